"""What stands in nbgrader's gradebook, row by row: found by its natural key, or added; never doubled, never removed.

    course > assignment > notebook > cells                what was handed out: a lab is a notebook and an assignment
    student > submitted_assignment > submitted_notebook   what was handed in
    grade, comment                                        one of each cell and submitted notebook

A person's work is left alone: manual scores and comments, extra credit, extensions, due dates, names.
"""

import sqlite3
import uuid
from collections.abc import Iterable
from typing import Any

from autograder.nbgrader.cells import GradedCell

DEFAULT_COURSE = "default_course"
_TABLES = {"GradeCell": "grade_cells", "SolutionCell": "solution_cells", "TaskCell": "task_cells"}


class Gradebook:
    """The rows of an open gradebook (see gradebook_file.py). All ids are nbgrader's own, 32 hexadecimal digits."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def assignment_of(self, lab: str) -> tuple[str, str]:
        """(id, name) of the assignment with the lab's notebook: its own, unless an instructor put it elsewhere."""
        found = self._db.execute(
            "SELECT assignment.id, assignment.name FROM notebook JOIN assignment ON assignment.id = assignment_id "
            "WHERE notebook.name = ? ORDER BY assignment.name <> ?",
            (lab, lab),
        ).fetchone()
        if found is not None:
            return str(found[0]), str(found[1])
        return self._kept("assignment", {"name": lab}, course_id=self._course()), lab

    def _course(self) -> str:
        found = self._db.execute("SELECT id FROM course ORDER BY id <> ?", (DEFAULT_COURSE,)).fetchone()
        if found is None:
            self._db.execute("INSERT INTO course (id) VALUES (?)", (DEFAULT_COURSE,))
        return DEFAULT_COURSE if found is None else str(found[0])

    def notebook(self, lab: str, assignment: str, kernelspec: str) -> str:
        """The id of the lab's notebook in the assignment with that id."""
        return self._kept("notebook", {"name": lab, "assignment_id": assignment}, kernelspec=kernelspec)

    def put_cells(self, notebook: str, cells: Iterable[GradedCell]) -> None:
        """Add what is missing of the cells, and give those that are there their present points."""
        for cell in cells:
            if cell.solution:
                self._put_cell(notebook, cell, "SolutionCell")
            if cell.grade:
                self._put_cell(notebook, cell, "GradeCell")
            text = {"source": cell.source, "checksum": cell.checksum(), "locked": cell.locked}
            self._kept("source_cell", {"name": cell.name, "notebook_id": notebook}, cell_type=cell.cell_type, **text)

    def _put_cell(self, notebook: str, cell: GradedCell, kind: str) -> None:
        made = self._kept("base_cell", {"name": cell.name, "notebook_id": notebook, "type": kind})
        score = {"max_score": cell.points, "cell_type": cell.cell_type} if kind == "GradeCell" else {}
        self._kept(_TABLES[kind], {"id": made}, **score)
        if score:
            self._db.execute("UPDATE grade_cells SET max_score = ? WHERE id = ?", (cell.points, made))

    def cells(self, notebook: str) -> list[GradedCell]:
        """All cells of the notebook that the gradebook knows, also those that an instructor has added."""
        rows = self._db.execute(
            "SELECT base_cell.name, type, coalesce(g.max_score, t.max_score), "
            "coalesce(s.cell_type, g.cell_type, t.cell_type, 'code'), coalesce(s.source, '') FROM base_cell "
            "LEFT JOIN grade_cells g ON g.id = base_cell.id LEFT JOIN task_cells t ON t.id = base_cell.id "
            "LEFT JOIN source_cell s ON s.name = base_cell.name AND s.notebook_id = base_cell.notebook_id "
            "WHERE base_cell.notebook_id = ? ORDER BY base_cell.rowid",
            (notebook,),
        )
        kinds: dict[str, list[Any]] = {}
        for row in rows:
            kinds.setdefault(str(row[0]), []).append(row[1:])
        return [_cell(name, found) for name, found in kinds.items()]

    def submission(self, student: str, assignment: str, notebook: str, timestamp: str | None) -> str:
        """The id of what the student handed in for the notebook, with a grade and a comment for each of its cells.

        Args:
            student: the student's id, added if it is unknown.
            assignment: the assignment's id.
            notebook: the notebook's id.
            timestamp: when, in UTC as "2026-11-30 10:00:00.000000"; None to leave what is there.
        """
        self._kept("student", {"id": student})
        whole = self._kept("submitted_assignment", {"assignment_id": assignment, "student_id": student})
        if timestamp is not None:
            self._db.execute("UPDATE submitted_assignment SET timestamp = ? WHERE id = ?", (timestamp, whole))
        part = self._kept("submitted_notebook", {"notebook_id": notebook, "assignment_id": whole}, flagged=False)
        # nbgrader expects a part for each notebook of the assignment, handed in or not.
        self._fill("submitted_notebook (id, notebook_id, assignment_id, flagged)", _PARTS, (assignment, whole))
        for number in self._db.execute("SELECT id FROM notebook WHERE assignment_id = ?", (assignment,)).fetchall():
            self._fill("grade (id, notebook_id, cell_id, needs_manual_grade)", _GRADES, number)
            self._fill("comment (id, notebook_id, cell_id)", _COMMENTS, number)
        return part

    def set_score(self, part: str, cell: str, score: float | None, needs_person: bool) -> None:
        """Set what the grader gives for a cell of a submitted notebook. A manual score stays, and stays what counts.

        Args:
            part: the submitted notebook's id.
            cell: the cell's name.
            score: the points; None where it could not be judged.
            needs_person: whether a person must look at it.
        """
        grade, before, manual, needed = self._db.execute(
            "SELECT grade.id, auto_score, manual_score, needs_manual_grade FROM grade "
            "JOIN base_cell ON base_cell.id = cell_id WHERE grade.notebook_id = ? AND name = ?",
            (part, cell),
        ).fetchone()
        if manual is not None:
            needs_person = needs_person or bool(needed) or before != score
        self._db.execute(
            "UPDATE grade SET auto_score = ?, needs_manual_grade = ? WHERE id = ?", (score, needs_person, grade)
        )

    def set_comment(self, part: str, cell: str, text: str) -> None:
        """Set the grader's comment on a cell of a submitted notebook. A person's stays, and is what is shown."""
        self._db.execute(
            "UPDATE comment SET auto_comment = ? WHERE notebook_id = ? AND cell_id IN "
            "(SELECT id FROM base_cell WHERE name = ? AND type <> 'GradeCell')",
            (text, part, cell),
        )

    def set_penalty(self, part: str, points: float) -> None:
        """Set by how many points lateness lowers the score of a submitted notebook."""
        self._db.execute("UPDATE submitted_notebook SET late_submission_penalty = ? WHERE id = ?", (points, part))

    def _kept(self, table: str, key: dict[str, str], **rest: object) -> str:
        """The id of the row with that key, added with `rest` if there is none."""
        where = " AND ".join(f"{name} = ?" for name in key)
        found = self._db.execute(f"SELECT id FROM {table} WHERE {where}", tuple(key.values())).fetchone()
        if found is not None:
            return str(found[0])
        row = {"id": uuid.uuid4().hex, **key, **rest}
        marks = ", ".join("?" * len(row))
        self._db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
        return str(row["id"])

    def _fill(self, columns: str, missing: str, values: tuple[str, ...]) -> None:
        """Add the rows that a query finds missing; their ids are made here."""
        for row in self._db.execute(missing, values).fetchall():
            marks = ", ".join("?" * (len(row) + 1))
            self._db.execute(f"INSERT INTO {columns} VALUES ({marks})", (uuid.uuid4().hex, *row))


_PARTS = """
SELECT notebook.id, submitted_assignment.id, 0 FROM notebook JOIN submitted_assignment USING (assignment_id)
WHERE assignment_id = ? AND submitted_assignment.id = ? AND NOT EXISTS (
    SELECT 1 FROM submitted_notebook AS part
    WHERE part.notebook_id = notebook.id AND part.assignment_id = submitted_assignment.id)
"""
_MISSING = """
SELECT part.id, cell.id{more} FROM submitted_notebook AS part JOIN base_cell AS cell USING (notebook_id)
WHERE notebook_id = ? AND cell.type IN ({kinds}) AND NOT EXISTS (
    SELECT 1 FROM {table} WHERE {table}.notebook_id = part.id AND {table}.cell_id = cell.id)
"""
_GRADES = _MISSING.format(table="grade", more=", 1", kinds="'GradeCell', 'TaskCell'")
_COMMENTS = _MISSING.format(table="comment", more="", kinds="'SolutionCell', 'TaskCell'")


def _cell(name: str, rows: list[Any]) -> GradedCell:
    kinds = {kind for kind, *_ in rows}
    points = next((most for _, most, *_ in rows if most is not None), None)
    _, _, cell_type, source = rows[0]
    return GradedCell(
        name, "GradeCell" in kinds, "SolutionCell" in kinds, "TaskCell" in kinds, cell_type, points, source
    )
