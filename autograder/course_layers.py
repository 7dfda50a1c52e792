"""A folder that is laid over a course: what it changes, and what of it nobody could use.

    solutions/course.toml           seed, title, show_solutions, [points]: what is said here wins
    solutions/hidden/test_<lab>.py  more hidden checks of a lab; instead of those below with replace_hidden = true
    solutions/<lab>.py, checks/     a lab more, or, under a name that is there already, in that one's place

A word that does not fit (a lab, a task that nobody has) is refused here, for it would silently check nothing.
"""

import ast
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from autograder.course_settings import CourseSettings
from autograder.lab_source import Lab, read_lab
from autograder.percent import CourseError
from autograder.roster import did_you_mean


def laid_over(below: tuple[Lab, ...], folder: Path, settings: CourseSettings) -> tuple[Lab, ...]:
    """The labs of a course with a folder laid over it, in order.

    Raises:
        CourseError: a file of the folder breaks a rule, or speaks of a lab or a task that is not there.
    """
    labs = {lab.name: lab for lab in below}
    sources = sorted((folder / "solutions").glob("*.py"))
    for source in sources:
        hidden_below = labs[source.stem].all_hidden if source.stem in labs else ()
        own = read_lab(folder, source, checks=labs[source.stem].visible_checks if source.stem in labs else None)
        labs[source.stem] = _with_hidden(replace(own, hidden_checks=None), hidden_below)
    files = sorted((folder / "solutions" / "hidden").glob("test_*.py"))
    if not (sources or files or settings.path.is_file()):
        raise CourseError(f"{folder / 'solutions'}: holds nothing that could be laid over a course. Add a course.toml.")
    for file in files:
        lab = _lab_of(file, labs)
        labs[lab.name] = _with_hidden(lab, (file,), instead=settings.replace_hidden)
        _refuse_checks_of_nothing(file, lab)
        _refuse_a_check_written_twice(labs[lab.name])
    return settings.with_points(tuple(labs[name] for name in sorted(labs)))


def _with_hidden(lab: Lab, files: tuple[Path, ...], *, instead: bool = False) -> Lab:
    every = files if instead else (*lab.all_hidden, *files)
    return replace(lab, hidden_checks=every[0] if every else None, more_hidden=every[1:])


def _lab_of(file: Path, labs: dict[str, Lab]) -> Lab:
    name = file.stem.removeprefix("test_")
    if name in labs:
        return labs[name]
    raise CourseError(
        f"{file}: hidden checks of a lab that the course does not have.{did_you_mean(name, labs)} "
        f"Rename the file for one of {', '.join(sorted(labs))}."
    )


def _checks(file: Path) -> list[ast.FunctionDef]:
    try:
        nodes = ast.parse(file.read_text("utf-8")).body
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{file}: cannot be read ({error}). Save it as UTF-8 text and check its rights.") from error
    except SyntaxError as error:
        raise CourseError(f"{file}, line {error.lineno}: no Python ({error.msg}). Correct it.") from error
    return [node for node in nodes if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]


def _refuse_checks_of_nothing(file: Path, lab: Lab) -> None:
    tasks = [task.name for task in lab.tasks]
    for check in _checks(file):
        words = [argument.arg for argument in (*check.args.posonlyargs, *check.args.args, *check.args.kwonlyargs)]
        if not set(words) & set(tasks):
            raise CourseError(
                f"{file}, line {check.lineno}: `{check.name}` takes no task of {lab.name} as its argument."
                f"{_nearest_of(words, tasks)} Tasks are {', '.join(tasks) or 'none yet'}."
            )


def _nearest_of(words: Collection[str], tasks: Collection[str]) -> str:
    others = [word for word in words if word not in ("rng", "make_key", "reference")]
    return next((said for word in others if (said := did_you_mean(word, tasks))), "")


def _refuse_a_check_written_twice(lab: Lab) -> None:
    homes: dict[str, Path] = {}
    for file in lab.all_hidden:
        for check in _checks(file):
            if homes.setdefault(check.name, file) != file:
                raise CourseError(
                    f"{file}, line {check.lineno}: there is a check `{check.name}` in {homes[check.name]}, too. "
                    "Rename one of them, or say replace_hidden = true in course.toml."
                )
