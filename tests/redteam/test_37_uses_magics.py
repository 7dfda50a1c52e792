"""A notebook leaves Python by a magic: a shell, an installation, an extension, a script, another interpreter."""

from arena import verdicts
from threat import RIGHT, Threat

# Each would leave the file `ran`.
REFUSED = (
    "!touch ran",
    "!!touch ran",
    "out = !touch ran",
    "%pip install dlfb-evil",
    "%conda install dlfb-evil",
    "%sx touch ran",
    "%system touch ran",
    "%run ran.py",
    "%cd /",
    "%env PATH=/",
    "%%bash\ntouch ran",
    "%%sh\ntouch ran",
    "%%script python\nopen('ran', 'w')",
    "%%python3\nopen('ran', 'w')",
    "%%writefile ran\nran",
    "get_ipython().system('touch ran')",
    "get_ipython().getoutput('touch ran')",
    "get_ipython().run_line_magic('sx', 'touch ran')",
)
INERT = (
    "%load_ext evil",
    "%reload_ext evil",
    "%alias ls touch ran",
    "%%javascript\nJupyter.notebook.kernel.execute('evil')",
    "%%html\n<script>evil()</script>",
)
# In an answer they would run when the grader calls it.
IN_AN_ANSWER = "def kmer_counts(idx, K):\n    !touch ran\n    return jnp.zeros(K + 1, dtype=jnp.int32)\n"
LOOKS = "import os\nloot = os.listdir(), os.getcwd() != '/'"

THREAT = Threat(
    37,
    "Shell commands and magics",
    "Cells are run without IPython: magics that only look do nothing, others are refused; and nothing can be executed.",
    "all of them run, under the grader's user",
)


def test_each_that_reaches_out_of_python_is_refused_by_its_name(arena):
    report = arena.grade(*REFUSED, RIGHT)
    assert [cell.finding.diagnosis for cell in report.cells] == ["magic-refused"] * len(REFUSED)
    assert verdicts(report) == verdicts(arena.honest)


def test_each_that_only_looks_does_nothing(arena):
    report = arena.grade(*INERT, RIGHT)
    assert report.cells == ()
    assert verdicts(report) == verdicts(arena.honest)


def test_nothing_of_it_was_done(arena):
    cells = [f"try:\n    get_ipython().run_cell({cell!r})\nexcept Exception: pass" for cell in REFUSED]
    assert arena.loot(*cells, *INERT, LOOKS) == ([], True)


def test_a_magic_in_an_answer_is_refused_when_it_is_called(arena):
    report = arena.grade(IN_AN_ANSWER)
    (task,) = (one for one in report.tasks if one.name == "kmer_counts")
    assert {check.finding.diagnosis for check in task.checks} == {"magic-refused"}
    assert task.points == 0
