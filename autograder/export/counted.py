"""Reports of one lab -> the one that counts for each student."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from autograder.export.results_folder import by_student
from autograder.export.verdict import earned, without_points
from autograder.plain_text import one_line
from autograder.report.record import Report
from autograder.report.words import number
from autograder.roster import Roster, Student


@dataclass(frozen=True)
class Counted:
    """The report that counts, by the student's id; sentences on work that counts for nobody; and on choices made."""

    reports: dict[str, Report]
    left_out: tuple[str, ...]
    notes: tuple[str, ...]


def counted(reports: Sequence[Report], find: Callable[[str], Student | None], roster: Roster) -> Counted:
    """Who gets which report. A group's work counts for each of its members; of several hand-ins the best one counts.

    Args:
        reports: of one lab, and those of which the lab could not be told.
        find: the student that the name under which work was handed in means.
        roster: the class.
    """
    given: dict[str, list[Report]] = {}
    left_out = []
    for name, own in by_student(reports).items():
        student = find(name)
        if student is None:
            left_out.append(_nobody(name, roster))
            continue
        for member in roster.together_with(student):
            given.setdefault(member.id, []).extend(own)
    chosen = {id: max(own, key=_worth) for id, own in given.items()}
    left_out += without_points(list({report.submission: report for report in chosen.values()}.values()))
    notes = (_choice(chosen[id], own) for id, own in given.items() if len(own) > 1)
    return Counted(chosen, tuple(left_out), tuple(dict.fromkeys(notes)))


def _worth(report: Report) -> float:
    points = earned(report)
    return -1.0 if points is None else points


def _choice(chosen: Report, own: Sequence[Report]) -> str:
    points = earned(chosen)
    shown = "no points" if points is None else f"{number(points)} points"
    return (
        f"{one_line(chosen.student)}: of {len(own)} hand-ins the best one counts, {shown} ({one_line(chosen.source)})."
    )


def _nobody(name: str, roster: Roster) -> str:
    near = roster.nearest(name)
    hint = f" Did you mean {one_line(' or '.join(near))}?" if near else ""
    return (
        f"{one_line(name)}: is nobody in the class list, or could be two students.{hint} "
        "Add the name to the student's `handed_in_as` in the roster."
    )
