"""Runs in the environment of the real nbgrader: does one thing with a course, and prints what came of it as JSON.

nbgrader_driver.py grade COURSE ANSWERS     validate, release, hand in (student -> task -> code), autograde, feedback
nbgrader_driver.py person COURSE CELL       feedback on our gradebook; a person scores a cell of `partly`; export
"""

import csv
import json
import runpy
import sys
import warnings
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.plugins import CsvExportPlugin
from nbgrader.validator import Validator
from traitlets.config import Config

LAB = "10_bases"


def main(word, course, more):
    course = Path(course)
    api = NbGraderAPI(config=config(course))
    print(json.dumps({"grade": grade, "person": person}[word](api, course, more)))


def config(course):
    found = Config()
    found.CourseDirectory.root = str(course)
    return found


def grade(api, course, answers):
    """nbgrader's own way from the source to the points."""
    settings = configured(course)
    validator = Validator(config=settings)
    validated = validator.validate(str(course / "source" / LAB / f"{LAB}.ipynb"))
    api = NbGraderAPI(config=settings)
    done = {"generate": api.generate_assignment(LAB, force=True, create=True)}
    released = course / "release" / LAB / f"{LAB}.ipynb"
    for student, texts in json.loads(answers).items():
        hand_in(released, texts, course / "submitted" / student / LAB / f"{LAB}.ipynb")
        done[f"autograde {student}"] = api.autograde(LAB, student, force=True, create=True)
    done["feedback"] = api.generate_feedback(LAB, "partly", force=True)
    return {"validated": validated, "failed": failed(done), "grades": grades(course)}


def configured(course):
    """The settings of nbgrader_config.py, with the course's place."""
    from traitlets.config.loader import PyFileConfigLoader

    settings = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    settings.merge(config(course))
    return settings


def hand_in(released, texts, path):
    notebook = json.loads(released.read_text("utf-8"))
    for cell in notebook["cells"]:
        if (task := cell["id"].removesuffix("-answer")) in texts:
            cell["source"] = texts[task]
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(notebook), "utf-8")
    (path.parent / "timestamp.txt").write_text("2026-11-30 10:00:00.000000 UTC", "utf-8")


def failed(done):
    return {what: ended.get("error") or ended.get("log") for what, ended in done.items() if not ended["success"]}


def grades(course):
    """(student, cell) as "student cell" -> points."""
    with Gradebook(f"sqlite:///{course}/gradebook.db", "default_course") as book:
        submissions = book.assignment_submissions(LAB)
        found = [grade for one in submissions for part in one.notebooks for grade in part.grades]
        return {f"{grade.student.id} {grade.name}": grade.score for grade in found}


def person(api, course, cell):
    """What a person does with the gradebook that we wrote."""
    with Gradebook(f"sqlite:///{course}/gradebook.db", "default_course") as book:
        book.update_or_create_assignment(LAB, duedate="2026-11-30 09:00 UTC")
        book.find_grade(cell, LAB, LAB, "partly").manual_score = 1.75
        book.find_comment(cell.replace("check", "answer"), LAB, LAB, "partly").manual_comment = "A good start."
        book.db.commit()
        late = {one.student.id: one.total_seconds_late for one in book.assignment_submissions(LAB)}
    done = {"feedback": api.generate_feedback(LAB, "partly", force=True)}
    done["generate"] = api.generate_assignment(LAB, force=True, create=True)
    in_time = exported(course)
    runpy.run_path(str(course / "grading" / "late_penalties.py"))
    shown = [one["student"] for one in api.get_submissions(LAB) if one["autograded"]]
    return {
        "failed": failed(done),
        "exported": in_time,
        "late": late,
        "after": exported(course),
        "shown": sorted(shown),
    }


def exported(course):
    """Student -> score, as nbgrader exports it."""
    with Gradebook(f"sqlite:///{course}/gradebook.db", "default_course") as book:
        CsvExportPlugin(to=str(course / "grades.csv")).export(book)
    with (course / "grades.csv").open(newline="") as stream:
        return {row["student_id"]: float(row["score"]) for row in csv.DictReader(stream)}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main(*sys.argv[1:])
