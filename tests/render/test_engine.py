import os
import sys
import warnings
from pathlib import Path

import nbformat
import pandas
import pytest
from IPython.core.interactiveshell import InteractiveShell
from nbformat import v4

from render.sixty import SIXTY, in_one_kernel
from reportkit.errors import BriefError
from reportkit.production.files import notebook_path
from reportkit.render import execute, normalise

PLACES = ["12071", "48", "gn4164138"]

ANALYST = (
    "import sys\nprint('one')\nprint('aside', file=sys.stderr)\nprint('two')",
    "import pandas as pd\nframe = pd.DataFrame({'a': [1, 2], 'b': ['é', '<b>']})\nframe",
    "from IPython.display import HTML, Markdown, display\ndisplay(Markdown('*x*'), 5)\nHTML('<i>y</i>')",
    "handle = display('first', display_id='it')\nhandle.update('second')",
    "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('kept')",
    "print('before')\ndisplay(7)\nprint('after')\n'value'",
    "1 + 1;",
    "_, sorted(Out), In[1][:5], __name__",
    "class Point:\n    pass\n\nPoint, Point().__class__.__module__",
    "",
    "import asyncio\nawait asyncio.sleep(0, 'waited')",
    "!echo shell",
    "{'nested': float('inf'), 'path': __import__('pathlib').Path('a')}",
    "from matplotlib import pyplot\npyplot.plot([1, 2])\nprint('drawn')",
)
FAILING = {
    "def f(x):\n    return 1 / x\n\nf(0)": "failed with ZeroDivisionError: division by zero",
    "this is no Python": "failed with SyntaxError: invalid syntax",
    "input('?')": "failed with StdinNotImplementedError: raw_input was called",
    "exit()": "ended the kernel, as sys.exit() does",
    "quit": "ended the kernel, as sys.exit() does",
}


@pytest.fixture(scope="module")
def brief():
    return nbformat.read(notebook_path("brief.ipynb"), as_version=4)


def written(path, cells):
    nb = v4.new_notebook(cells=cells)
    nb.metadata.kernelspec = {"name": "python3", "display_name": "x", "language": "python"}
    nbformat.write(nb, path)
    return path


def code(*sources):
    return [v4.new_code_cell(source) for source in sources]


def bytes_of(nb):
    return nbformat.writes(nb)


@pytest.mark.parametrize("place", PLACES)
def test_briefs_are_those_of_a_kernel_each(place):
    path, parameters = notebook_path("brief.ipynb"), {"jurisdiction": place}
    ours = execute(path, parameters, engine="reportkit")
    assert bytes_of(ours) == bytes_of(execute(path, parameters))
    assert bytes_of(normalise(ours)) == bytes_of(ours)


def test_sixty_briefs_of_every_kind_are_the_kernels():
    # With a kernel each, which takes minutes: tests/benchmarks/engine_proof.py.
    path = notebook_path("brief.ipynb")
    for parameters, kernel in zip(SIXTY, in_one_kernel(path, SIXTY), strict=True):
        ours = execute(path, parameters, engine="reportkit")
        assert bytes_of(ours) == bytes_of(normalise(kernel)), parameters


def test_an_analysts_notebook_is_the_kernels_on_every_run(brief, tmp_path):
    own = [
        v4.new_markdown_cell("## My own notes\n\n*Lee County* once more."),
        *code(*ANALYST),
        v4.new_code_cell("raise KeyError('skipped')", metadata={"tags": ["skip-execution"]}),
    ]
    path = written(tmp_path / "brief.ipynb", [*brief.cells[:3], *own, *brief.cells[3:]])
    engines = (None, "reportkit", "reportkit")
    runs = [execute(path, {"jurisdiction": "12071"}, engine=engine) for engine in engines]
    assert len({bytes_of(run) for run in runs}) == 1
    assert any(
        "image/png" in out.get("data", ())
        for cell in runs[0].cells
        for out in cell.get("outputs", ())
    )


@pytest.mark.parametrize("source", ["import sys\nsys.exit(0)", "import sys\nsys.exit(3)"])
def test_leaving_early_is_told_as_with_a_kernel(tmp_path, source):
    path = written(tmp_path / "brief.ipynb", code("place = ''", "print('x')", source))
    told = []
    for engine in ("reportkit", None):
        with pytest.raises(BriefError) as caught:
            execute(path, {"place": "x"}, engine=engine)
        told.append(str(caught.value))
    assert told[0] == told[1]


@pytest.mark.parametrize("source", FAILING)
def test_failures_name_the_cell(tmp_path, source):
    path = written(tmp_path / "brief.ipynb", code("place = ''", source))
    with pytest.raises(BriefError) as caught:
        execute(path, {"place": "x"}, engine="reportkit")
    assert f"cell 3 {FAILING[source]}" in str(caught.value)


def test_a_notebook_without_its_end_is_refused(tmp_path):
    path = written(tmp_path / "brief.ipynb", code("place = ''", "1"))
    with pytest.raises(BriefError, match="no cell showed the end of the brief"):
        execute(path, {"place": "x"}, engine="reportkit")


def test_an_interrupt_goes_through(tmp_path):
    path = written(tmp_path / "brief.ipynb", code("place = ''", "raise KeyboardInterrupt"))
    with pytest.raises(KeyboardInterrupt):
        execute(path, {"place": "x"}, engine="reportkit")


def test_nothing_of_a_run_is_left(brief, tmp_path):
    change = (
        "import os, sys, warnings, pandas\n"
        "os.environ['REPORTKIT_X'] = 'x'; os.environ.pop('PATH')\n"
        "os.chdir('/'); sys.argv.append('x'); sys.path.append('x')\n"
        "warnings.simplefilter('error')\n"
        "pandas.set_option('display.max_rows', 3)\n"
        "sys.stdout = sys.stderr = None\n"
        "leak = 1"
    )
    assert pandas.get_option("display.max_rows") == 60
    path = written(tmp_path / "brief.ipynb", [*brief.cells, *code(change)])

    def state():
        held = (sys.stdin, sys.stdout, sys.stderr, sys.modules["__main__"], sys.excepthook)
        options = pandas.get_option("display.max_rows")
        return (
            Path.cwd(),
            sys.argv[:],
            sys.path[:],
            dict(os.environ),
            warnings.filters[:],
            held,
            options,
        )

    before = state()
    execute(path, {"jurisdiction": "12071"}, engine="reportkit")
    assert state() == before
    assert not InteractiveShell.initialized()
    path = written(tmp_path / "again.ipynb", [*brief.cells[:2], *code("leak")])
    with pytest.raises(BriefError, match="NameError"):
        execute(path, {"jurisdiction": "12071"}, engine="reportkit")


def test_a_shell_around_it_is_left_as_it_was(brief):
    outer = InteractiveShell.instance()
    try:
        execute(notebook_path("brief.ipynb"), {"jurisdiction": "12071"}, engine="reportkit")
        assert InteractiveShell.instance() is outer
    finally:
        outer.restore_sys_module_state()
        InteractiveShell.clear_instance()


def test_no_history_is_written(tmp_path, monkeypatch):
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    execute(notebook_path("brief.ipynb"), {"jurisdiction": "12071"}, engine="reportkit")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
