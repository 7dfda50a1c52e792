"""`course.toml` -> the class and the policy. Of several folders laid over one another the later says more.

roster = "roster.csv"                   # beside this file; or [[students]] with id, name, email, sis_id, group
best_of = 3
drop_lowest = 1
groups = { "Team 1" = ["ada", "ben"] }
due = { "02_immutability" = 2025-03-03T23:59:00+01:00 }
late = { percent_a_day = 10, grace_minutes = 15, cap_percent = 50 }
weights = { "02_immutability" = 1 }
[[extensions]]
student = "ada"
lab = "02_immutability"
due = 2025-03-06T23:59:00+01:00
reason = "ill"
"""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.course_settings import CourseSettings, read_settings
from autograder.percent import CourseError
from autograder.policy import Extension, Late, Policy
from autograder.roster import Roster, RosterError, Student, did_you_mean
from autograder.roster_file import read_roster
from autograder.times import TimesError, parse_time

_STUDENT = ("id", "name", "email", "sis_id", "group", "handed_in_as")
_EXTENSION = ("student", "lab", "due", "reason")
_LATE = ("percent_a_day", "grace_minutes", "cap_percent")


def read_policy(folders: Sequence[Path], labs: Collection[str]) -> tuple[Roster, Policy]:
    """The class and the policy of a course.

    Args:
        folders: the course's, the one that wins last.
        labs: the names of its labs.

    Raises:
        CourseError: a setting cannot be; the message says which and what to do.
    """
    said: dict[str, tuple[Path, Any]] = {}
    for settings in map(read_settings, folders):
        _refuse_two_rosters(settings)
        if {"roster", "students"} & settings.policy.keys():
            said = {word: value for word, value in said.items() if word not in ("roster", "students", "groups")}
        said |= {word: (settings.path, value) for word, value in settings.policy.items()}
    roster = _grouped(_roster(said), *said.get("groups", (Path(), {})))
    policy = Policy(
        due={lab: _time(f"{path}: [due] {lab}", value) for path, lab, value in _by_lab(said, "due", labs)},
        late=_late(*said["late"]) if "late" in said else None,
        extensions=_extensions(said, roster, labs),
        weights={
            lab: _amount(f"{path}: [weights] {lab}", value) for path, lab, value in _by_lab(said, "weights", labs)
        },
        best_of=_count(said, "best_of"),
        drop_lowest=_count(said, "drop_lowest"),
    )
    return roster, policy


def _refuse_two_rosters(settings: CourseSettings) -> None:
    if {"roster", "students"} <= settings.policy.keys():
        raise CourseError(f"{settings.path}: it has roster = ... and [[students]]. Keep one of them.")


def _roster(said: Mapping[str, tuple[Path, Any]]) -> Roster:
    try:
        if "roster" in said:
            path, name = said["roster"]
            if not isinstance(name, str) or not name:
                raise CourseError(f'{path}: roster={name!r}. It is the name of a file: roster = "roster.csv".')
            return read_roster(path.parent / name)
        path, rows = said.get("students", (Path(), []))
        return Roster(tuple(_student(path, row) for row in _tables(path, "students", rows, _STUDENT)))
    except RosterError as error:
        raise CourseError(str(error)) from error


def _student(path: Path, row: Mapping[str, Any]) -> Student:
    told = {word: value for word, value in row.items() if word != "handed_in_as"}
    names = row.get("handed_in_as", [])
    texts = (*told.values(), *names) if isinstance(names, list) else (None,)
    if not all(isinstance(text, str) for text in texts) or not told.get("id"):
        raise CourseError(
            f'{path}: [[students]] {dict(row)}. Every student has an id, and all of it is text: id = "ada".'
        )
    return Student(**{"name": told["id"], **told}, handed_in_as=tuple(names))


def _grouped(roster: Roster, path: Path, groups: Any) -> Roster:
    """The roster with the groups of `[groups]`."""
    if not isinstance(groups, dict):
        raise CourseError(
            f'{path}: groups={groups!r}. It is a table: [groups], and lines such as Team1 = ["ada", "ben"].'
        )
    group_of: dict[str, str] = {}
    for group, members in groups.items():
        for name in members if isinstance(members, list) else [members]:
            student = _known(f"{path}: [groups] {group}", roster, name)
            if group_of.setdefault(student.id, group) != group:
                raise CourseError(
                    f"{path}: [groups] {student.id} is in {group_of[student.id]} and in {group}. Keep one."
                )
    return Roster(tuple(replace(one, group=group_of.get(one.id, one.group)) for one in roster.students))


def _known(place: str, roster: Roster, name: Any) -> Student:
    found = roster.find(name) if isinstance(name, str) else None
    if found is None:
        words = [word for one in roster.students for word in (one.id, one.name)]
        raise CourseError(
            f"{place}: nobody in the roster is {name!r}.{did_you_mean(str(name), words)} Correct the name."
        )
    return found


def _by_lab(said: Mapping[str, tuple[Path, Any]], word: str, labs: Collection[str]) -> list[tuple[Path, str, Any]]:
    path, table = said.get(word, (Path(), {}))
    if not isinstance(table, dict):
        raise CourseError(f"{path}: {word}={table!r}. It is a table: [{word}], and below it a line for each lab.")
    for lab in table:
        _refuse_an_unknown_lab(f"{path}: [{word}]", lab, labs)
    return [(path, lab, value) for lab, value in table.items()]


def _refuse_an_unknown_lab(place: str, lab: Any, labs: Collection[str]) -> None:
    if lab not in labs:
        raise CourseError(
            f"{place} names {lab!r}, which is no lab of the course.{did_you_mean(str(lab), labs)} "
            f"Labs are {', '.join(labs)}."
        )


def _time(place: str, value: Any) -> datetime.datetime:
    if isinstance(value, datetime.datetime) and value.utcoffset() is not None:
        return value
    try:
        return parse_time(value.isoformat() if isinstance(value, datetime.date) else str(value))
    except TimesError as error:
        raise CourseError(f"{place}: {error}") from None


def _amount(place: str, value: Any, most: float = 1e6) -> float:
    if type(value) not in (int, float) or not 0 <= value <= most:
        raise CourseError(f"{place} = {value!r}. It is a number from 0 to {most:g}.")
    return float(value)


def _count(said: Mapping[str, tuple[Path, Any]], word: str) -> int:
    path, value = said.get(word, (Path(), 0))
    if type(value) is not int or value < 0:
        raise CourseError(f"{path}: {word}={value!r}. It is a whole number, 0 or more.")
    return value


def _late(path: Path, table: Any) -> Late | None:
    if table == "none":
        return None
    if not isinstance(table, dict):
        raise CourseError(f'{path}: late={table!r}. It is "none", or a table with percent_a_day = 10.')
    for word in table:
        if word not in _LATE:
            raise CourseError(
                f"{path}: [late] has no `{word}`.{did_you_mean(word, _LATE)} Known are {', '.join(_LATE)}."
            )
    most = {"grace_minutes": 1e6}
    return Late(
        **{word: _amount(f"{path}: [late] {word}", value, most.get(word, 100)) for word, value in table.items()}
    )


def _extensions(said: Mapping[str, tuple[Path, Any]], roster: Roster, labs: Collection[str]) -> tuple[Extension, ...]:
    path, rows = said.get("extensions", (Path(), []))
    found = []
    for row in _tables(path, "extensions", rows, _EXTENSION):
        place = f"{path}: [[extensions]] for {row.get('student')!r}"
        _refuse_an_unknown_lab(place, row.get("lab"), labs)
        student = _known(place, roster, row.get("student")).id if roster else str(row.get("student", ""))
        if "due" not in row:
            raise CourseError(f"{place}: has no due. Add due = 2025-03-06T23:59:00+01:00.")
        found.append(Extension(student, row["lab"], _time(place, row["due"]), str(row.get("reason", ""))))
    return tuple(found)


def _tables(path: Path, word: str, rows: Any, known: Collection[str]) -> list[dict[str, Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise CourseError(f"{path}: {word} are written as tables, each below a line [[{word}]].")
    for row in rows:
        for name in row:
            if name not in known:
                said = f"{did_you_mean(name, known)} Known are {', '.join(known)}."
                raise CourseError(f"{path}: [[{word}]] has no `{name}`.{said}")
    return rows
