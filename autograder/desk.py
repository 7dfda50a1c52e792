"""An output folder after grading: its reports, by whose they are, and the ledger with what was decided of them.

Whatever changes here is written as grading writes it: each file whole, and the pages about the class once more.
"""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.batch import output_folder
from autograder.decisions import Decisions
from autograder.ledger import Ledger
from autograder.report.json_file import ReportFormatError, from_json
from autograder.report.record import Report
from autograder.report.write import write_overview, write_report
from autograder.roster import did_you_mean


class DeskError(ValueError):
    """What was asked for is not in the output folder. The message says what is, and what to do."""


class Desk:
    """The reports of an output folder that this process holds.

    Attributes:
        out: the folder.
        ledger: its ledger.
        decisions: what was decided of the reports.
        reports: by submission, as they are shown; sorted by lab and name.
        unreadable: sentences on files that are no reports.
    """

    def __init__(self, out: Path, ledger: Ledger) -> None:
        self.out = out
        self.ledger = ledger
        self.decisions = Decisions(ledger)
        self.unreadable: list[str] = []
        found = [report for path in sorted((out / "reports").glob("*.json")) if (report := self._read(path))]
        found.sort(key=lambda report: (report.lab, report.student.casefold(), report.submission))
        self.reports = {report.submission: report for report in found}

    def _read(self, path: Path) -> Report | None:
        try:
            return from_json(path.read_text("utf-8"))
        except (ReportFormatError, UnicodeDecodeError) as error:
            self.unreadable.append(f"{path}: {error}")
            return None

    def of(self, who: str) -> list[Report]:
        """All reports of a student, who is named as in the reports; or the one of a submission, by its id.

        Raises:
            DeskError: nobody of that name handed anything in.
        """
        if who in self.reports:
            return [self.reports[who]]
        wanted = who.casefold().strip()
        found = [report for report in self.reports.values() if report.student.casefold().strip() == wanted]
        if not found:
            names = dict.fromkeys(report.student for report in self.reports.values())
            listed = f" It has: {', '.join(names)}." if 0 < len(names) <= 12 else ""
            raise DeskError(f"{self.out} has no report of {who!r}.{did_you_mean(who, names) or listed}")
        return found

    def the_report(self, who: str, task: str) -> Report:
        """The report of a student that has the task.

        Raises:
            DeskError: there is none, or there are several.
        """
        own = self.of(who)
        found = [report for report in own if any(one.name == task for one in report.tasks)]
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(report.submission for report in found)
            raise DeskError(f"{who} handed the task `{task}` in more than once. Name one submission of: {ids}.")
        tasks = [one.name for report in own for one in report.tasks]
        raise DeskError(
            f"No report of {who} has the task `{task}`.{did_you_mean(task, tasks)} "
            f"There are: {', '.join(tasks) or 'none, for nothing of theirs could be graded'}."
        )

    def put(self, report: Report) -> Report:
        """Write the report with all that was decided of it; as it was written. Raises OSError."""
        shown = self.decisions.adjusted(report)
        write_report(shown, self.out)
        self.reports[shown.submission] = shown
        return shown

    def write_overview(self) -> None:
        """Write the pages about the class once more, about whom they were before. Raises OSError."""
        submissions, problems = self.decisions.shown()
        chosen = submissions or list(self.reports)
        reports = [self.reports[one] for one in chosen if one in self.reports]
        write_overview(reports, self.out, problems=problems, seconds=self.ledger.seconds())


@contextlib.contextmanager
def open_desk(out: Path) -> Iterator[Desk]:
    """The output folder `out`, for this process alone.

    Raises:
        DeskError: it holds no reports.
        OutputUnusable: another run holds it.
        OSError: it cannot be read or written.
    """
    if not any((out / "reports").glob("*.json")):
        raise DeskError(f"{out}: no reports are there. Name the folder that `autograder grade --out` wrote.")
    with output_folder(out), Ledger(out) as ledger:
        yield Desk(out, ledger)


def plain(report: Report) -> Report:
    """The report as it was graded, before anybody decided anything."""
    return replace(report, adjustments=())


def students_of(reports: Sequence[Report]) -> list[str]:
    """The names in the reports, each once, sorted."""
    return sorted({report.student for report in reports}, key=str.casefold)
