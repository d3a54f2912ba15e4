"""Machines of a cluster and a store of objects, on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer
from s3fs import S3FileSystem

import reportkit
from reportkit.production.batch import Run
from reportkit.production.job import RUN

SOURCES = Path(reportkit.__file__).parents[1]


class Cluster:
    """A Dask scheduler and what workers are started, each a process."""

    def __init__(self, home: Path, ends: ExitStack) -> None:
        self._home, self._ends = home, ends
        self._file = home / "scheduler.json"
        self.scheduler = self._start("dask_scheduler", "--port", "0", "--no-dashboard", env={})
        while not self._file.exists():
            time.sleep(0.05)
        self._workers = 0

    @property
    def address(self) -> str:
        return str(json.loads(self._file.read_text())["address"])

    def worker(self, env: Mapping[str, str] | None = None) -> Worker:
        """Start a worker of one thread with a cache of its own; it joins soon."""
        self._workers += 1
        cache = self._home / f"cache-{self._workers}"
        process = self._start(
            "dask_worker",
            *("--nthreads", "1", "--no-nanny", "--no-dashboard"),
            *("--local-directory", str(self._home / f"worker-{self._workers}")),
            env={"REPORTKIT_CACHE": str(cache), **(env or {})},
        )
        return Worker(process, cache)

    def _start(self, module: str, *options: str, env: Mapping[str, str]) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", f"distributed.cli.{module}"),
                *("--scheduler-file", str(self._file), "--host", "127.0.0.1", *options),
            ],
            env={**os.environ, "PYTHONPATH": str(SOURCES), **env},
            stderr=(self._home / "log").open("ab"),
            cwd=self._home,
        )
        self._ends.callback(process.wait)
        self._ends.callback(process.kill)
        return process


class Worker:
    """A worker: its process and its cache."""

    def __init__(self, process: subprocess.Popen[bytes], cache: Path) -> None:
        self.process, self.cache = process, cache

    def end(self) -> None:
        """End it in good order."""
        self.process.terminate()
        self.process.wait()


@contextmanager
def cluster(home: Path) -> Iterator[Cluster]:
    """A scheduler without workers; it and all its workers end with this."""
    with ExitStack() as ends:
        yield Cluster(home, ends)


@contextmanager
def objects() -> Iterator[str]:
    """A store of objects like S3, with one bucket, whose address is in the environment."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
            "AWS_ACCESS_KEY_ID": "nobody",
            "AWS_SECRET_ACCESS_KEY": "nothing",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }.items():
            patch.setenv(name, value)
        S3FileSystem.clear_instance_cache()
        boto3.client("s3").create_bucket(Bucket="briefs")
        yield "s3://briefs"
    server.stop()


def stored(bucket: str = "briefs", prefix: str = "") -> dict[str, bytes]:
    """The objects of a bucket below a prefix, but for those of the run itself."""
    client = boto3.client("s3")
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    keys = [item["Key"] for page in pages for item in page.get("Contents", ())]
    return {
        name: client.get_object(Bucket=bucket, Key=key)["Body"].read()
        for key in keys
        if not (name := key.removeprefix(prefix)).startswith(f"{RUN}/")
    }


def files(out: Path) -> dict[str, bytes]:
    """The files below a folder by path, but for those of the run itself."""
    return {
        name: path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not (name := path.relative_to(out).as_posix()).startswith(RUN)
    }


def results(run: Run) -> dict[str, str]:
    """What became of each place, which must be there once."""
    assert len({item.geoid for item in run.outcomes}) == len(run.outcomes)
    return {item.geoid: item.result for item in run.outcomes}
