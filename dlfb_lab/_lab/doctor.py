"""`lab doctor`: looks at the installation, the kernel, the notebooks and the progress, and says what to fix."""

import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path

from rich import box
from rich.table import Table
from rich.text import Text

from dlfb_lab._catalog import labs
from dlfb_lab._folder import VARIABLE, student_folder
from dlfb_lab._lab.backend import backend_row
from dlfb_lab._lab.errors import WrongInput
from dlfb_lab._lab.newer import release_row
from dlfb_lab._lab.notebooks import found_notebooks, read_notebook, shown
from dlfb_lab._lab.row import BROKEN, INSTALL, LOOK, OK, Row
from dlfb_lab._progress import progress_file, why_not_writable

_MARKS = {OK: "✓", LOOK: "!", BROKEN: "✗"}
_PACKAGE = "dlfb-lab"
_KERNEL = "python3"
_NAMED = ("jax", "jaxlib", "flax", "optax", "numpy")
_NEWEST_TESTED = {"Python": "3.13", "jax": "0.12"}


def examine() -> list[Row]:
    """Everything that is looked at. Takes some seconds."""
    return [_python(), *_packages(), backend_row(), _kernel(), *release_row(), *_notebooks(), _progress()]


def table(rows: Sequence[Row]) -> Table:
    """The rows for a terminal."""
    shown_as = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    shown_as.add_column("", no_wrap=True)
    shown_as.add_column("what", no_wrap=True)
    shown_as.add_column("seen, and what to do", overflow="fold")
    for row in rows:
        text = f"{row.seen}\n{row.fix}" if row.fix else row.seen
        shown_as.add_row(f"{_MARKS[row.word]} {row.word}", row.what, Text(text))
    return shown_as


def summary(rows: Sequence[Row]) -> str:
    """A sentence on all of them."""
    broken, look = (sum(row.word == word for row in rows) for word in (BROKEN, LOOK))
    if not broken and not look:
        return "Everything is as it should be."
    found = [f"{count} {word}" for count, word in ((broken, "broken"), (look, "to look at")) if count]
    return f"{' and '.join(found)}, with what to do."


def _python() -> Row:
    seen = f"{sys.version.split()[0]} ({sys.executable})"
    return _tested("Python", sys.version.split()[0]) or Row(OK, "Python", seen)


def _tested(name: str, version: str) -> Row | None:
    """The row for a version that is newer than all that were tried; None for others."""
    newest = _NEWEST_TESTED.get(name)
    if newest is None or _numbers(version)[:2] <= _numbers(newest):
        return None
    return Row(LOOK, name, f"{version}, newer than {newest}, the newest that was tested", "If a check breaks, say so.")


def _packages() -> Iterator[Row]:
    try:
        wanted = _least_versions(metadata.requires(_PACKAGE) or [])
        yield Row(OK, _PACKAGE, f"{metadata.version(_PACKAGE)} ({Path(__file__).parents[1]})")
    except metadata.PackageNotFoundError:
        yield Row(BROKEN, _PACKAGE, f"used from {Path(__file__).parents[1]}, but not installed", INSTALL)
        return
    for name in _NAMED:
        yield _package(name, wanted.get(name, ""))
    rest = [_package(name, least) for name, least in wanted.items() if name not in _NAMED]
    yield from (row for row in rest if row.word != OK)
    yield Row(OK, "other packages", ", ".join(f"{row.what} {row.seen}" for row in rest if row.word == OK))


def _package(name: str, least: str) -> Row:
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Row(BROKEN, name, "not installed", INSTALL)
    if _numbers(version) < _numbers(least):
        return Row(BROKEN, name, f"{version}, and {least} or newer is needed", INSTALL)
    if name == "jaxlib" and _numbers(version) != _numbers(metadata.version("jax")):
        return Row(LOOK, name, f"{version}, but jax is {metadata.version('jax')}", f"They belong together. {INSTALL}")
    return _tested(name, version) or Row(OK, name, version)


def _least_versions(requirements: Sequence[str]) -> dict[str, str]:
    """By name, the least versions of what a student's installation needs: `jax>=0.10`, but nothing of an extra."""
    plain = [one for one in requirements if ";" not in one]
    found = (re.match(r"([\w.-]+)\s*(?:\[[^\]]*\])?\s*>=\s*([\w.]+)", one) for one in plain)
    return {match.group(1): match.group(2) for match in found if match}


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def _kernel() -> Row:
    """Whether the kernel that the notebooks name is this interpreter."""
    what = f"kernel {_KERNEL}"
    try:
        from jupyter_client.kernelspec import KernelSpecManager

        program = KernelSpecManager().get_kernel_spec(_KERNEL).argv[0]
    except Exception as error:
        return Row(LOOK, what, f"cannot be found ({type(error).__name__})", _kernel_fix())
    program = shutil.which(program) or program
    if _place(program) == _place(sys.executable):
        return Row(OK, what, "is this Python")
    return Row(LOOK, what, f"is {program}, not this Python", _kernel_fix())


def _kernel_fix() -> str:
    return (
        f"Choose {sys.executable} as the kernel in your editor. In Jupyter, first: "
        f'"{sys.executable}" -m ipykernel install --sys-prefix --name {_KERNEL} --display-name "Python 3 (dlfb-lab)"'
    )


def _place(program: str) -> str:
    """An environment's folder of programs. Not the file itself: all environments link to the same one."""
    return os.path.normcase(Path(program).absolute().parent)


def _notebooks() -> Iterator[Row]:
    found = found_notebooks()
    if not found:
        yield Row(LOOK, "notebooks", f"none of a lab in {student_folder()}", "Change to the folder that holds them.")
    for lab, path in found.items():
        yield _notebook(lab, path)


def _notebook(lab: str, path: Path) -> Row:
    try:
        notebook = read_notebook(path)
    except WrongInput as problem:
        return Row(BROKEN, lab, str(problem), "If that does not help, take a copy out of .dlfb_lab/backups.")
    if not notebook.stamp:
        return Row(
            LOOK,
            lab,
            f"{shown(path)}: of an unknown release",
            "Its text and its checks may differ. See what check says.",
        )
    if notebook.stamp != labs()[lab].stamp:
        fix = "What its text asks and what is checked may differ. Get the notebook and dlfb-lab from the same place."
        return Row(LOOK, lab, f"{shown(path)}: of another release than dlfb-lab", fix)
    if notebook.kernel not in ("", _KERNEL):
        return Row(LOOK, lab, f"{shown(path)}: names the kernel {notebook.kernel!r}", f"If it fails, choose {_KERNEL}.")
    return Row(OK, lab, f"{shown(path)}: of the same release as dlfb-lab")


def _progress() -> Row:
    why = why_not_writable()
    if not why:
        return Row(OK, "progress", shown(progress_file()))
    fix = f"Everything else works. To keep it elsewhere, set the environment variable {VARIABLE} to a folder of yours."
    return Row(LOOK, "progress", f"{shown(progress_file())} cannot be written ({why})", fix)
