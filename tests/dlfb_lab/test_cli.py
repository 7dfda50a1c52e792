"""The `lab` command: its help, exit codes and sentences, what it shows of progress, and that it starts without JAX."""

import os
import re
import signal
import subprocess
import sys
import time

import pytest
from helpers import ROOT
from student import folder as folder
from student import lab as lab
from student import notebook, said, write_answers

from dlfb_lab._catalog import catalog
from dlfb_lab._cli import EXIT_CODES, app
from dlfb_lab._progress import TaskProgress, progress_on, record

COMMANDS = ["list", "check", "watch", "hint", "reset", "doctor", "update", "submit"]


def run(*words, **options):
    command = [sys.executable, "-m", "dlfb_lab", *words]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", **options)


# ---- Help -----------------------------------------------------------------------------------------------------------


def test_the_help_lists_every_subcommand_and_the_exit_codes(lab):
    result = lab("--help", terminal_width=80)
    assert result.exit_code == 0
    assert re.findall(r"(?m)^  (\w+)  +[A-Z]", result.output.split("Commands:")[1]) == COMMANDS
    assert " ".join(EXIT_CODES.split()) in said(result)
    assert "..." not in result.output.split("Commands:")[1], "each line of the help is whole"


@pytest.mark.parametrize("command", COMMANDS)
def test_each_subcommand_gives_an_example_and_the_exit_codes(lab, command):
    result = lab(command, "--help")
    assert f"Example: lab {command}" in said(result)
    assert " ".join(EXIT_CODES.split()) in said(result)


def test_no_word_at_all_shows_the_help(lab):
    assert "Usage: lab [OPTIONS] COMMAND" in lab().output


def test_list_hint_and_help_start_without_jax():
    script = (
        "import sys\nfrom typer.testing import CliRunner\nfrom dlfb_lab._cli import app\n"
        "for words in (['--help'], ['list'], ['hint', 'set_first']):\n"
        "    assert CliRunner().invoke(app, words).exit_code == 0, words\n"
        "print(sorted({'jax', 'numpy', 'IPython', 'pytest', 'flax'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_the_project_installs_it_under_this_name():
    assert '\nlab = "dlfb_lab.__main__:main"\n' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert app.info.epilog == EXIT_CODES


def test_a_package_that_is_missing_is_named():
    script = "import sys\nsys.modules['typer'] = None\nfrom dlfb_lab.__main__ import main\nmain()"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == "lab needs the package typer, which is missing. Install it: pip install --upgrade dlfb-lab\n"


# ---- lab list -------------------------------------------------------------------------------------------------------


def test_list_shows_labs_tasks_points_and_progress_in_words(lab):
    record("int8_prediction", TaskProgress(2, 2, hints=0b110))
    record("batches", TaskProgress(1, 2, solution=True))
    result = lab("list")
    assert result.exit_code == 0
    assert "90_kinds  Every kind of answer" in result.output
    rows = {line.split()[0]: " ".join(line.split()[1:]) for line in result.output.splitlines() if line}
    assert rows["int8_prediction"] == "1 1 of 5 1 ✓ all checks hold, 2 hints"
    assert rows["batches"].endswith("✗ 1 of 2 hold, solution seen")
    assert rows["make_scorer"] == "1 2 of 5 3 ○ not begun"
    total = sum(task.points for task in catalog().values())
    assert f"1 of {len(catalog())} tasks hold, 1 of {total:g} points, about " in said(result)
    assert said(result).endswith("Next: make_scorer (3 minutes): open exercises/90_kinds.ipynb.")


def test_list_of_one_lab(lab):
    assert lab("list", "90").output == lab("list").output
    assert (lab("list", "91").exit_code, said(lab("list", "91"))[:32]) == (2, "No lab or task is called `91`. `")


def test_list_says_when_everything_holds(lab):
    for task in catalog():
        record(task, TaskProgress(1, 1))
    assert said(lab("list")).endswith("Everything holds. `lab submit` makes the zip to hand in.")


def test_list_without_a_notebook_says_where_to_go(lab, folder):
    notebook(folder).unlink()
    assert "there is no 90_kinds.ipynb here; change to your notebooks' folder." in said(lab("list"))


@pytest.mark.parametrize("columns", [80, 60])
def test_list_fits_the_terminal_and_cuts_no_name(folder, columns):
    os.environ["COLUMNS"] = str(columns)
    try:
        done = run("list", cwd=ROOT, env={**os.environ, "DLFB_LAB_FOLDER": str(folder)})
    finally:
        del os.environ["COLUMNS"]
    assert done.returncode == 0, done.stderr
    assert max(map(len, done.stdout.splitlines())) <= columns
    assert "bootstrap_means" in done.stdout


def test_a_terminal_with_few_signs_gets_words_and_no_traceback(folder):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "DLFB_LAB_FOLDER": str(folder)}
    done = run("list", cwd=ROOT, env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "? not begun" in done.stdout


# ---- lab hint -------------------------------------------------------------------------------------------------------


def test_hint_goes_on_and_names_itself_for_the_next(lab):
    result = lab("hint", "make_scorer")
    assert result.exit_code == 0
    assert said(result).startswith("make_scorer: hint 1 of 3 A function can be defined inside another one")
    assert said(result).endswith("Still stuck? `lab hint make_scorer` shows hint 2.")
    assert said(lab("hint", "make_scorer", 3)).startswith("make_scorer: hint 3 of 3")
    assert progress_on("make_scorer").hints == 0b1010


def test_hints_seen_in_a_notebook_are_not_shown_again_here(lab, folder):
    script = "from pathlib import Path\nfrom dlfb_lab import _catalog, hint\n"
    script += f"_catalog.use_course(Path({str(ROOT / 'tests/course')!r}))\nhint('make_scorer')"
    environment = {name: value for name, value in os.environ.items() if name != "DLFB_LAB_FOLDER"}
    subprocess.run([sys.executable, "-c", script], cwd=folder / "exercises", check=True, env=environment)
    assert said(lab("hint", "make_scorer")).startswith("make_scorer: hint 2 of 3")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["make_scorr"], "No task is called `make_scorr`. Did you mean `make_scorer`?"),
        (["90"], "`90` is a lab. Name one of its tasks: int8_prediction, make_scorer, "),
        (["xyz"], "No task is called `xyz`. `lab list` shows what there is."),
        (["make_scorer", "9"], "make_scorer has 3 hints, numbered from 1. `lab hint make_scorer` shows the next one."),
    ],
)
def test_hint_with_wrong_words(lab, words, sentence):
    result = lab("hint", *words)
    assert result.exit_code == 2
    assert said(result).startswith(sentence)


# ---- Ctrl-C ---------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals between processes")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_whatever_ends_the_command_ends_the_notebook_that_it_runs(folder, name, code):
    running = "import os, time\nopen('running', 'w').write(str(os.getpid()))\ntime.sleep(600)"
    write_answers(folder, {"batches": running})
    script = "from pathlib import Path\nfrom dlfb_lab import _catalog, __main__\n"
    script += f"_catalog.use_course(Path({str(ROOT / 'tests/course')!r}))\n__main__.main()"
    command = [sys.executable, "-c", script, "check", "batches"]
    with subprocess.Popen(command, cwd=folder, stdout=-1, stderr=-1, text=True) as process:
        pid = wait_for(folder / "exercises/running")
        process.send_signal(getattr(signal, name))
        _, errors = process.communicate(timeout=20)
    assert process.returncode == code, errors
    assert "Traceback" not in errors
    assert errors.strip() == ("Interrupted." if name == "SIGINT" else "")
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def wait_for(path):
    """The number in a file, once there is one."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        if path.exists() and path.read_text():
            return int(path.read_text())
        time.sleep(0.05)
    raise AssertionError(f"{path.name} did not come")
