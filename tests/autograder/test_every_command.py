"""What holds for every command of `autograder` and of `lab`: help, an example, `--json`, exit codes, completion.

They are found by walking through both, so a new command is in here at once.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys

import pytest
import typer
import typer.main

from autograder.cli import app as autograder
from dlfb_lab._cli import app as lab

APPS = {"autograder": autograder, "lab": lab}
MODULES = {"autograder": "autograder", "lab": "dlfb_lab"}
NEEDED = {
    "autograder": {"help", "example", "--json", "--verbose", "exit codes"},
    "lab": {"help", "example", "--json", "exit codes"},
}


def commands(app, name):
    """Every command below `app`, by all its words: "autograder export canvas"."""
    waiting, found = [(name, typer.main.get_command(app))], {}
    while waiting:
        words, command = waiting.pop()
        below = getattr(command, "commands", None)
        if below is None and not command.hidden:  # what is hidden is for our own scripts
            found[words] = command
        elif below is not None:
            waiting += [(f"{words} {word}", each) for word, each in below.items()]
    return dict(sorted(found.items()))


def has(words, command):
    """Which of the things that each command needs this one has."""
    text = " ".join((command.help or "").split())
    options = {option for parameter in command.params for option in parameter.opts}
    codes = re.findall(r"(\d+) [a-z]", (command.epilog or "").partition("Exit codes:")[2])
    return {
        *(["help"] if len(text.partition("Example:")[0]) > 20 else []),
        *(["example"] if f"Example: {words}" in text else []),
        *(option for option in ("--json", "--verbose") if option in options),
        *(["exit codes"] if {"0", "1", "2", "130"} <= set(codes) else []),
    }


def missing(app, name):
    """A sentence for each command that lacks something."""
    lacks = {words: NEEDED[name] - has(words, command) for words, command in commands(app, name).items()}
    return [f"{words} lacks {', '.join(sorted(what))}" for words, what in lacks.items() if what]


@pytest.mark.parametrize("name", APPS)
def test_every_command_has_help_an_example_json_and_exit_codes(name):
    assert missing(APPS[name], name) == []


def test_all_that_are_known_are_walked_to():
    words = [*commands(autograder, "autograder"), *commands(lab, "lab")]
    for one in ("autograder grade", "autograder similar", "autograder nbgrader course", "lab check"):
        assert one in words


def test_the_walk_names_what_is_missing():
    app, group = typer.Typer(), typer.Typer()

    @app.command()
    def bare() -> None:
        """Short."""

    @group.command(epilog="Exit codes: 0 done · 1 not done · 2 wrong input · 130 interrupted")
    def half(json_: bool = typer.Option(False, "--json")) -> None:
        """Do something of use to somebody. Example: autograder group half"""

    app.add_typer(group, name="group")
    assert missing(app, "autograder") == [
        "autograder bare lacks --json, --verbose, example, exit codes, help",
        "autograder group half lacks --verbose",
    ]


def test_the_teachers_help_needs_nothing_that_takes_long():
    heavy = "{'jax', 'numpy', 'flax', 'optax', 'pytest', 'IPython', 'jupytext', 'nbformat', 'jinja2', 'matplotlib'}"
    script = f"import sys, autograder.cli\nprint(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
    assert (done.stdout, done.stderr) == ("[]\n", "")


# ---- Shell completion -----------------------------------------------------------------------------------------------


def run(name, *words, **environment):
    command = [sys.executable, "-m", MODULES[name], *words]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, timeout=120)


def run_in_bash(name, *words, **environment):
    """Typed in bash, and not started by whatever runs the tests: the command asks which shell it is in."""
    typed = shlex.join([sys.executable, "-m", MODULES[name], *words])
    command = ["bash", "--norc", "-c", f"{typed}; exit $?"]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, timeout=120)


def completed(typed):
    """What bash offers for what was typed so far."""
    words = typed.split(" ")
    asked = {
        f"_{words[0].upper()}_COMPLETE": "complete_bash",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(len(words) - 1),
    }
    return run(words[0], **asked).stdout.split()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("autograder gr", ["grade"]),
        ("autograder similar --thr", ["--threshold"]),
        ("lab he", []),
        ("lab ch", ["check"]),
        ("lab reset --y", ["--yes"]),
    ],
)
def test_a_shell_completes_commands_and_options(typed, offered):
    assert completed(typed) == offered


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize("name", APPS)
def test_completion_is_shown_and_installed_for_bash(name, tmp_path):
    shown = run_in_bash(name, "--show-completion")
    assert (shown.returncode, shown.stderr) == (0, "")
    installed = run_in_bash(name, "--install-completion", HOME=str(tmp_path))
    assert installed.returncode == 0, installed.stderr
    script = f"source {tmp_path}/.bashrc; complete -p {name}"
    known = subprocess.run(
        ["bash", "--norc", "-c", script], capture_output=True, text=True, env={"HOME": str(tmp_path)}
    )
    assert known.stdout.strip().endswith(f" {name}"), known.stderr
    assert "complete" in shown.stdout and name in shown.stdout
