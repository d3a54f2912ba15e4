import datetime as dt
import pickle

import nbformat
import papermill
import pytest
from nbformat import v4

from reportkit.errors import BriefError
from reportkit.render import execute, normalise

SHOW = (
    "from reportkit.brief.blocks import Document, Paragraph, Span\n"
    "from reportkit.brief.display import Display\n"
)
LAST = "Display((Paragraph((Span(place),)),), Document('T', place, '2026-05-18'), last=True)"


def notebook(tmp_path, *sources):
    cells = [v4.new_code_cell("place = ''", metadata={"tags": ["parameters"]})]
    cells += [v4.new_code_cell(source) for source in sources]
    nb = v4.new_notebook(cells=cells)
    nb.metadata.kernelspec = {"name": "python3", "display_name": "x", "language": "python"}
    path = tmp_path / "brief.ipynb"
    nbformat.write(nb, path)
    return path


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return notebook(tmp_path_factory.mktemp("run"), SHOW + "print('a', flush=True)", LAST)


@pytest.fixture(scope="module")
def run(path):
    return execute(path, {"place": "Doña Ana County"})


def test_parameters_arrive_and_the_end_is_seen(run):
    assert "Doña Ana County" in str(run.cells[-1].outputs)


def test_same_bytes(path, run):
    again = execute(path, {"place": "Doña Ana County"})
    assert nbformat.writes(again) == nbformat.writes(run)


def test_nothing_of_the_run_remains(path, run):
    text = nbformat.writes(run)
    for trace in ("papermill", "start_time", "duration", str(path.parent), "version_info"):
        assert trace not in text.replace('"nbformat', "")
    assert set(run.metadata) == {"kernelspec", "language_info"}
    assert [cell.execution_count for cell in run.cells] == [1, 2, 3, 4]
    nbformat.validate(run)


@pytest.mark.parametrize("tagged", [True, False])
def test_a_run_is_papermills(tmp_path, caplog, tagged):
    path = notebook(tmp_path, SHOW + "print('a')", LAST)
    if not tagged:
        nb = nbformat.read(path, as_version=4)
        nb.cells[0].metadata.clear()
        nb.cells[0].source = "place = 'y'"
        nb.cells.append(v4.new_code_cell(LAST.replace("'2026", "other or '2026")))
        nbformat.write(nb, path)
    parameters = {"place": "x", "other": "2025-01-01", "third": [1, None, {"a": 0.5}]}
    ours = execute(path, parameters, engine="reportkit")
    warned = [record.getMessage() for record in caplog.records]
    caplog.clear()
    theirs = papermill.execute_notebook(
        str(path), None, parameters, engine_name="reportkit", progress_bar=False
    )
    assert nbformat.writes(ours) == nbformat.writes(normalise(theirs))
    assert [record.getMessage() for record in caplog.records] == warned
    assert "Passed unknown parameter: third" in warned


def test_a_notebook_that_changes_is_read_again(tmp_path):
    shown = []
    for word in ("first", "second", "first"):
        path = notebook(tmp_path, SHOW + f"print('{word}')", LAST)
        ran = execute(path, {"place": "x"}, engine="reportkit")
        shown.append(ran.cells[2].outputs[0].text)
    assert shown == ["first\n", "second\n", "first\n"]


def test_normalise_is_idempotent(run):
    assert nbformat.writes(normalise(run)) == nbformat.writes(run)


def test_normalise_hides_random_ids_and_split_streams():
    def made():
        cell = v4.new_code_cell("x", execution_count=7)
        cell.outputs = [v4.new_output("stream", name="stdout", text=part) for part in "ab"]
        return v4.new_notebook(cells=[cell, v4.new_markdown_cell("m")])

    one, two = normalise(made()), normalise(made())
    assert nbformat.writes(one) == nbformat.writes(two)
    assert [output.text for output in one.cells[0].outputs] == ["ab"]
    assert one.cells[0].execution_count == 1


def failure(path, parameters=None, **options):
    with pytest.raises(BriefError) as caught:
        execute(path, parameters or {"place": "x"}, **options)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
    return str(caught.value)


def test_a_failing_cell_is_named(tmp_path):
    message = failure(notebook(tmp_path, "1 / 0", LAST))
    assert message.startswith("brief.ipynb: cell 3 failed with ZeroDivisionError")
    assert "'1 / 0'" in message
    assert str(tmp_path) not in message


def test_a_quiet_exit_is_a_failure(tmp_path):
    message = failure(notebook(tmp_path, "import sys; sys.exit(0)", SHOW + LAST))
    assert "cell 3 ended the kernel" in message


def test_a_missing_end_is_a_failure(tmp_path):
    assert "no cell showed the end" in failure(notebook(tmp_path, "1"))


def test_a_missing_kernel_is_named(tmp_path):
    assert "no Jupyter kernel is named 'nowhere'" in failure(
        notebook(tmp_path, LAST), kernel="nowhere"
    )


def test_a_missing_notebook_is_named(tmp_path):
    assert "absent.ipynb" in failure(tmp_path / "absent.ipynb")


@pytest.mark.parametrize("value", [dt.date(2026, 5, 18), (1, 2), {1: "a"}, {"a"}])
def test_values_that_papermill_would_change_are_refused(tmp_path, value):
    assert "parameter 'place'" in failure(tmp_path / "x.ipynb", {"place": value})
