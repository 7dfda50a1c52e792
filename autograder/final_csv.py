"""Final scores -> `final.csv`: one row a student. For spreadsheets, as `scores.csv` is."""

import csv
import io

from autograder.policy import Mark
from autograder.report.csv_file import one_cell
from autograder.report.words import number
from autograder.scores import Scores

NAME = "final.csv"


def to_csv(scores: Scores) -> str:
    """The scores as CSV text: who, the points of each lab, the final grade in percent, and remarks.

    A cell is empty where a lab could not be judged, and where nothing counts yet: that is no zero.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    heads = [f"{lab} (of {number(most)})" for lab, most in scores.labs.items()]
    writer.writerow(map(one_cell, ["id", "name", "email", "sis_id", "group", *heads, "final", "remarks"]))
    for row in scores.rows:
        who = row.student
        texts = map(one_cell, (who.id, who.name, who.email, who.sis_id, who.group))
        points = (shown(row.marks[lab]) for lab in scores.labs)
        writer.writerow([*texts, *points, final(row.final), one_cell(" ".join(row.remarks))])
    return text.getvalue()


def shown(mark: Mark) -> str:
    """The points of a lab; "" where it could not be judged."""
    return number(mark.points) if mark.counts else ""


def final(percent: float | None) -> str:
    """The final grade; "" where nothing counts yet."""
    return "" if percent is None else number(percent)
