"""One lab -> the folder `CLASSROOM/autograders/ASSIGNMENT/` of a Classroom 50 repository.

The bundle is public: it is fetched without credentials, and graded in the student's own repository. So it has visible
checks alone, and what it says is a practice grade: the one that counts is made where the hidden checks are.
"""

import json

from autograder.export.grader_files import ENTRY, grader_files, instructor_lock
from autograder.export.results_folder import ExportError
from autograder.export.visible_course import visible_files
from autograder.lab_source import Lab

_LARGEST = 10 << 20  # bytes that Classroom 50 takes
_PYTHON = "3.13"
_README = """# Classroom 50: {lab}

Made by `autograder export classroom50`. Copy this folder to `CLASSROOM/autograders/ASSIGNMENT/` in your `classroom50`
repository, and give the assignment the runtime in `runtime.json` (`gh teacher assignment add --runtime runtime.json`).

**Everything here is public**, so it holds the visible checks alone, no answer and no hidden check. A submission is
graded in the student's own repository, where the student can change what is run: take its score for practice. For
grades that count, download the submissions and run `autograder grade` on them. Scores are a hundredfold of the points,
since Classroom 50 takes whole numbers: {points} points are {score}.
"""


def classroom50_files(lab: Lab) -> dict[str, bytes]:
    """The bundle's files by name.

    Raises:
        ExportError: this is no checkout of the repository, the notebook is not built, or the bundle is too large.
    """
    points = sum(task.points for task in lab.tasks)
    readme = _README.format(lab=lab.name, points=f"{points:g}", score=round(100 * points))
    files = {
        "autograder.py": ENTRY.read_bytes(),
        "runtime.json": (json.dumps({"runs-on": "ubuntu-latest", "python": _PYTHON}, indent=1) + "\n").encode(),
        "README.md": readme.encode(),
        "requirements/instructor.txt": instructor_lock().read_bytes(),
        **grader_files(),
        **visible_files(lab),
    }
    size = sum(map(len, files.values()))
    if size > _LARGEST:
        raise ExportError(f"The bundle of {lab.name} has {size >> 20} MB; Classroom 50 takes {_LARGEST >> 20}.")
    return files
