# Two commands do everything on a fresh machine: make brief, make test.
PLACE ?= Lee County, FL
PYTHON ?= python3
BIN := .venv/bin

.PHONY: brief test lint bench bench-batch bench-all bench-verify bench-site

brief: .venv/ready
	$(BIN)/reportkit brief "$(PLACE)"

test: .venv/ready
	$(BIN)/python -m pytest -n auto

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/ready
	$(BIN)/python tests/benchmarks/one_brief.py

bench-batch: .venv/ready
	$(BIN)/python tests/benchmarks/batch.py

bench-all: .venv/ready
	$(BIN)/python tests/benchmarks/batch.py --all --growth --profile

bench-verify: .venv/ready
	$(BIN)/python tests/benchmarks/verify.py

bench-site: .venv/ready
	$(BIN)/python tests/benchmarks/site.py

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@
