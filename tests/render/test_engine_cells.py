"""What analysts write in cells comes out as a kernel of its own gives it, byte for byte."""

import nbformat
import papermill
import pytest
from nbformat import v4

from reportkit.render import normalise

# Each is the cells of one subject. They run one after the other in one notebook, so that a kernel
# starts once: what a subject changes, the ones after it see with either engine.
SUBJECTS = {
    "frames": (
        "import pandas as pd\npd.DataFrame({'a': [1, 2], 'b': ['é', '<b>']})",
        "pd.Series([1.5, None], index=['x', 'y'], name='s')",
        "pd.set_option('display.max_rows', 4)\npd.DataFrame({'n': range(50)})",
        "pd.DataFrame({'n': range(3)}).style.format('{:.2f}', uuid='x') if 0 else pd.Timestamp(0)",
    ),
    "display": (
        "from IPython.display import HTML, JSON, Markdown, SVG, Latex, display\n"
        "display(Markdown('*x*'), 5)\ndisplay(HTML('<i>a</i>'), metadata={'k': 1})\nHTML('<i>y</i>')",
        "display({'text/plain': 'raw', 'text/html': '<b>raw</b>'}, raw=True)\nJSON({'a': [1, (2, 3)]})",
        "display(SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>'))\nLatex('$x$')",
        "handle = display('first', display_id='it')\nhandle.update('second')\nhandle.display('third')",
        "handle.update(Markdown('*changed from another cell*'))",
        "from IPython.display import update_display\nupdate_display('unknown', display_id='no')",
        "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('kept')",
        "print('gone')\nclear_output(wait=True)\nprint('kept')\nclear_output(wait=True)",
        "print('before')\ndisplay(7)\nprint('after')\n'value'",
        "1 + 1;",
        "None",
    ),
    "rich": (
        "class Rich:\n"
        "    def _repr_html_(self): return '<p>é</p>'\n"
        "    def _repr_markdown_(self): return '*m*', {'note': 1}\n"
        "    def _repr_png_(self): return b'\\x89PNG'\n"
        "    def _repr_json_(self): return {1: (2, 3)}\n"
        "    def __repr__(self): return 'rich'\n"
        "Rich()",
        "class Bundle:\n"
        "    def _repr_mimebundle_(self, include=None, exclude=None):\n"
        "        return {'text/plain': 'p', 'application/x+json': {'a': (1,)}}, {'m': {'w': 1}}\n"
        "display(Bundle())\nBundle()",
        "class Own:\n    def _ipython_display_(self): print('own')\ndisplay(Own())\nOwn()",
        "class Point:\n    pass\n\nPoint, Point().__class__.__module__",
        "{'nested': float('inf'), 'path': __import__('pathlib').Path('a'), 'set': {3, 1, 2}}",
        "get_ipython().display_formatter.formatters['text/plain'].for_type(int, "
        "lambda n, p, c: p.text(f'<{n}>'))\n5",
        "get_ipython().display_formatter.formatters['text/plain'].pop(int);",
        "list(range(2000))",
    ),
    "streams": (
        "import sys\nprint('one')\nprint('aside', file=sys.stderr)\nprint('two', end='')\nprint('!')",
        "print('10%\\r20%\\r30%')\nprint('ab\\b\\bc')\nprint('É ß 漢 🦉 \\u200b')",
        "sys.stdout.write('no newline'), sys.stdout.writelines(['a', 'b']), sys.stdout.encoding",
        "sys.stdout.isatty(), sys.stdout.writable(), sys.stdout.name, sys.stderr.name",
        "try:\n    sys.stdout.write(5)\nexcept TypeError as wrong:\n    print(wrong)",
        "print('x' * 300_000)",
        "print('\\x1b[31mred\\x1b[0m')\n'\\ud800' == '\\ud800'",
        "from contextlib import redirect_stdout\nimport io\nwith redirect_stdout(io.StringIO()) as text:"
        "\n    print('held')\ntext.getvalue()",
    ),
    "names": (
        "1",
        "_, __, sorted(Out), len(In), In[-2], _i, _ii, _ih[-3:], _dh != []",
        "__name__, __import__('__main__').__dict__['handle'] is handle, __builtins__.__name__",
        "type(get_ipython()).__name__[-21:] and 'IPKernelApp' in get_ipython().config",
        "get_ipython().execution_count, get_ipython().user_ns is globals()",
        "'__file__' in globals(), '__session__' in globals(), '_dh' in globals()",
        "leak = 1\ndel leak\n'leak' in dir()",
        "from __future__ import annotations\ndef f(x: undefined): pass\nf.__annotations__",
    ),
    "errors": (
        "!raises\ndef f(x):\n    return 1 / x\n\nf(0)",
        "!raises\nraise ValueError('é')",
        "!raises\nthis is no Python",
        "!raises\nprint('partly')\ntry:\n    {}['k']\nexcept KeyError as e:\n    raise RuntimeError from e",
        "!raises\nundefined",
        "!raises\nimport json\njson.loads('{')",
        "!raises\nclass Bad:\n    def _repr_html_(self): raise ValueError('bad')\nBad()\n1 / 0",
        "!raises\nraise ExceptionGroup('both', [ValueError(1), KeyError(2)])",
        "!raises\nassert 1 == 2, 'no'",
        "!raises\nx = 1\n  y = 2",
        "import getpass\nfor ask in (input, getpass.getpass):\n    try:\n        ask('?')\n"
        "    except Exception as told:\n        print(type(told), told)",
        "!raises\nawait undefined()",
        "!raises\ncompile('1 +', 'x', 'exec')",
        "get_ipython().showtraceback()",
        "!skip\nraise KeyError('skipped')",
        "",
        "# nothing but a comment",
    ),
    "warnings": (
        "import warnings\nfor _ in range(3):\n    warnings.warn('once')\nwarnings.warn('more')",
        "warnings.warn('old', DeprecationWarning)\nwarnings.warn('res', ResourceWarning)",
        "warnings.warn('soon', FutureWarning, stacklevel=1)",
        "with warnings.catch_warnings(record=True) as seen:\n    warnings.simplefilter('always')\n"
        "    warnings.warn('caught')\nlen(seen)",
        "!raises\nwarnings.simplefilter('error')\nwarnings.warn('raised')",
        "warnings.simplefilter('ignore')\nwarnings.warn('unseen')",
    ),
    "logging": (
        "import logging\nlogging.warning('to the last resort %s', 1)\nlogging.info('unseen')",
        "logging.getLogger('mine').error('seen'), logging.getLogger().handlers",
        "logging.basicConfig(level='DEBUG', format='%(levelname)s %(message)s', force=True)\n"
        "logging.getLogger('mine').debug('now seen')",
        "logging.disable(logging.CRITICAL)\nlogging.error('unseen')\nlogging.disable(0)\n"
        "logging.getLogger().setLevel('WARNING')",
    ),
    "async": (
        "import asyncio\nawait asyncio.sleep(0, 'waited')",
        "async def double(x):\n    await asyncio.sleep(0)\n    return 2 * x\n\n"
        "await asyncio.gather(*(double(x) for x in range(3)))",
        "task = asyncio.create_task(double(21))",
        "await task",
        "!raises\nunused = double(1)\nasyncio.run(unused)",
        "unused.close()",
        "asyncio.get_running_loop().is_running(), asyncio.get_event_loop().is_running()",
        "async with asyncio.timeout(5):\n    print('in')\nasync def numbers():\n    yield 1\n"
        "[n async for n in numbers()]",
        "!raises\nasync def wrong():\n    raise KeyError('w')\nawait wrong()",
    ),
    "contexts": (
        "import contextvars, decimal\nvar = contextvars.ContextVar('var', default='unset')\n"
        "var.set('set');",
        "var.get()",
        "decimal.getcontext().prec = 5\ndecimal.Decimal(1) / 3",
        "decimal.Decimal(1) / 3",
        "await asyncio.sleep(0)\nvar.set('in async')\nvar.get()",
        "var.get()",
        "import numpy\nnumpy.set_printoptions(precision=2)\nnumpy.array([1 / 3])",
        "numpy.array([1 / 3])",
        "!raises\nnumpy.seterr(all='raise')\nnumpy.float64(1) / 0",
        "!raises\nnumpy.float64(1) / 0",
    ),
    "threads": (
        "import threading\nworker = threading.Thread(target=print, args=('from a thread',))\n"
        "worker.start()\nworker.join()",
        "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor() as pool:\n"
        "    print(list(pool.map(lambda x: x * 2, range(3))))",
        "with ThreadPoolExecutor() as pool:\n    pool.submit(display, 'shown').result()",
    ),
    "magics": (
        "!echo shell",
        "lines = !echo captured\nlines",
        "!echo aside >&2; exit 3\n_exit_code",
        "%%capture held\nprint('x')\ndisplay(1)\n2",
        "held.stdout, len(held.outputs)\nheld.show()",
        "%matplotlib inline",
        "%pwd\n%env REPORTKIT_NONE=1",
        "%%bash\necho bash\necho aside >&2",
        "%%python3\nprint('other')",
        "%%capture timed\n%time sum(range(10))",
        "'Wall time' in timed.stdout",
        "%config InlineBackend.figure_format",
        "%history -n 1-2",
        "%who_ls int",
        "%precision 3\n3.14159",
        "%precision",
        "print?",
        "!raises\n%no_such_magic",
        "%alias_magic t timeit",
        "%load_ext autoreload\n%autoreload 0",
        "%%html\n<b>x</b>",
        "%%javascript\n1",
        "%xmode Minimal",
        "!raises\n1 / 0",
        "%xmode Context",
        "%pprint",
        "[1, 2]",
        "%pprint",
        "%page 5",
        "%lsmagic\nNone",
    ),
    "figures": (
        "from matplotlib import pyplot\npyplot.plot([1, 2])\nprint('drawn')",
        "pyplot.rcParams['figure.figsize'] = (2, 1)\nfigure, axes = pyplot.subplots()\naxes.bar(['a'], [1])",
        "figure",
        "with pyplot.xkcd() if 0 else pyplot.style.context('ggplot'):\n    pyplot.plot([2, 1])\n"
        "    pyplot.show()\nprint('after')",
        "pyplot.plot([1]);\npyplot.close()",
        "from matplotlib import get_backend\nget_backend()",
        "%config InlineBackend.figure_format = 'svg'\n"
        "pyplot.rcParams['svg.hashsalt'] = 'x'\nimport matplotlib\n"
        "pyplot.figure(); print(get_ipython().display_formatter.formatters['image/svg+xml'].type_printers"
        " != {}); pyplot.close('all')",
    ),
    "charts": (
        "import altair\naltair.renderers.enable('json')\naltair.Chart(altair.InlineData([])).mark_bar()",
    ),
    "programs": (
        "import os, subprocess, sys, time\nprint('a')\nos.system('echo b')\ntime.sleep(.2)\nprint('c')",
        "subprocess.run(['echo', 'd'])\ntime.sleep(.2)",
        # A kernel reads each stream of a program in a thread of its own, and needs time to.
        "subprocess.run('echo e; sleep .4; echo f >&2; sleep .4', shell=True).returncode",
        "time.sleep(.2)\nsubprocess.check_output(['echo', 'g'])",
        "subprocess.run(['cat'], capture_output=True, text=True).stdout",
        "os.popen('echo h').read()",
        "!raises\nsubprocess.run('exit 3', shell=True, check=True)",
        "sys.stdin.read()",
        "os.system('exit 2')",
    ),
    "process": (
        "import signal\nrung = []\nsignal.signal(signal.SIGALRM, lambda *_: rung.append(1))\n"
        "signal.setitimer(signal.ITIMER_REAL, .01)\ntime.sleep(.05)\nrung",
        "import atexit\nf = atexit.register(print, 'at exit');",
        "os.chdir('/')\nos.getcwd()",
        "os.environ['REPORTKIT_X'] = 'x'\nsys.path.append('x')\nsys.argv[1:] = ['y']\nsys.argv[1:]",
        "import locale\nlocale.setlocale(locale.LC_ALL, 'C')",
        "import random\nrandom.seed(1)\nnumpy.random.seed(1)\nrandom.random(), numpy.random.random()",
        "sys.modules['fake'] = type(sys)('fake')\nimport fake\nfake",
        "random.randint = lambda *_: 'patched'\nrandom.randint(1, 2)",
        "sys.setrecursionlimit(5000)\nsys.displayhook.__class__.__name__",
    ),
}  # fmt: skip

# These end the notebook, each in its own way.
FAILING = {
    "error": ("print('x')", "def f(x):\n    return 1 / x\n\nf(0)", "print('never')"),
    "syntax": ("this is no Python",),
    "shown": ("class Bad:\n    def _repr_html_(self): raise ValueError('bad')\nBad()\n1 / 0",),
    "repr": ("class Bad:\n    def __repr__(self): raise ValueError('bad')\nBad()", "1"),
    "sys.exit": ("import sys\nsys.exit(0)", "print('never')"),
    "sys.exit 3": ("import sys\nsys.exit(3)", "print('never')"),
}
_TAGS = {"!raises\n": "raises-exception", "!skip\n": "skip-execution"}


def cell(source):
    for mark, tag in _TAGS.items():
        if source.startswith(mark):
            return v4.new_code_cell(source.removeprefix(mark), metadata={"tags": [tag]})
    return v4.new_code_cell(source)


def written(path, cells):
    nb = v4.new_notebook(cells=cells)
    nb.metadata.kernelspec = {"name": "python3", "display_name": "x", "language": "python"}
    nbformat.write(nb, path)
    return path


def run(path, engine, **options):
    """The notebook as papermill leaves it, normalised, and what papermill raised."""
    out, told = path.with_suffix(f".{engine}.ipynb"), None
    try:
        papermill.execute_notebook(
            str(path),
            str(out),
            engine_name=engine,
            progress_bar=False,
            record_timing=False,
            iopub_timeout=60,
            extra_arguments=["--IPKernelApp.log_level=40"],
            **options,
        )
    except Exception as error:
        told = error
    return normalise(nbformat.read(out, as_version=4)), told


def test_the_cells_of_analysts_show_what_a_kernel_shows(tmp_path, monkeypatch):
    # A kernel takes no output from programs where this is set.
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    sources = [(name, source) for name, cells in SUBJECTS.items() for source in cells]
    path = written(tmp_path / "nb.ipynb", [cell(source) for _, source in sources])
    kernel, ours = (run(path, engine) for engine in (None, "reportkit"))
    assert type(ours[1]) is type(kernel[1])
    assert str(ours[1]) == str(kernel[1])
    for one, other in zip(kernel[0].cells, ours[0].cells, strict=True):
        assert other == one


@pytest.mark.parametrize("sources", FAILING.values(), ids=FAILING)
def test_a_failed_notebook_is_saved_and_told_as_with_a_kernel(tmp_path, sources):
    path = written(tmp_path / "nb.ipynb", [cell(source) for source in sources])
    (kernel, error), (ours, ours_error) = (run(path, engine) for engine in (None, "reportkit"))
    assert nbformat.writes(ours) == nbformat.writes(kernel)
    assert type(ours_error) is type(error)
    assert str(ours_error) == str(error)
