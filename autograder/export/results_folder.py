"""The output folder of `autograder grade` -> its reports."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from autograder.report.json_file import ReportFormatError, from_json
from autograder.report.record import Report


class ExportError(ValueError):
    """An export that cannot be made from what was given. The message says what is wrong and what to do."""


def read_results(folder: Path, lab: str | None = None) -> tuple[Report, ...]:
    """The reports in `folder`, by their file names; of one lab, where one is named.

    Work of which the lab could not be told belongs to every lab: it may be anyone's.

    Raises:
        ExportError: no output folder, a file in it that is no report, or no report of that lab.
        OSError: a file cannot be read.
    """
    files = sorted((folder / "reports").glob("*.json"))
    if not files:
        raise ExportError(f"{folder}: no reports are there. Name the folder that `autograder grade --out` wrote.")
    reports = tuple(_read(file) for file in files)
    if lab is None:
        return reports
    chosen = tuple(report for report in reports if report.lab in (lab, ""))
    if not any(report.lab for report in chosen):
        raise ExportError(f"{folder}: no report is of the lab {lab!r}. It has: {_listed(labs_of(reports))}.")
    return chosen


def labs_of(reports: Sequence[Report]) -> list[str]:
    """The labs that the reports are of."""
    return sorted({report.lab for report in reports if report.lab})


def the_one_lab(reports: Sequence[Report], lab: str | None) -> str:
    """The lab to export: the one that was named, else the only one there is.

    Raises:
        ExportError: there are several, or none.
    """
    labs = labs_of(reports)
    if lab is None and len(labs) != 1:
        raise ExportError(f"The reports are of several labs, or of none: {_listed(labs)}. Choose one with --lab.")
    return lab or labs[0]


def by_student(reports: Sequence[Report]) -> dict[str, list[Report]]:
    """The reports of each name under which work was handed in."""
    grouped: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        grouped[report.student].append(report)
    return dict(grouped)


def _read(file: Path) -> Report:
    try:
        return from_json(file.read_text("utf-8"))
    except (ReportFormatError, UnicodeDecodeError) as error:
        raise ExportError(f"{file}: {error}") from error


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "none"
