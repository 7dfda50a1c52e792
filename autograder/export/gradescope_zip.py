"""One lab -> the zip that Gradescope makes an autograder of.

    setup.sh run_autograder README.md gradescope.json      the container's own
    requirements/ package/ wheels/                         what it installs
    course/ course1/ ...                                   this lab alone: answers, hidden checks, seed; for root's eyes

The same course gives the same bytes. Of course.toml only what grading needs goes along: no names, no dates.
"""

import io
import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

import dlfb_lab
from autograder.course import Course, Lab
from autograder.export.grader_files import from_checkout, grader_files, instructor_lock
from autograder.export.gradescope_results import not_graded
from autograder.export.results_folder import ExportError
from autograder.report.words import number

_HERE = Path(__file__).parent / "container"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_RESERVE = 30  # seconds that we end before Gradescope would
# Measured in memory and CPU groups of 768 MB and half a CPU: a right notebook takes 390 MB (lab 02) to 670 MB (lab 10)
# and 40 s to 270 s. It does, but leaves little for answers that need more, and learners wait.
CONTAINER = "1 CPU, 1.5 GB RAM"
SETTINGS = "gradescope.json"


@dataclass(frozen=True)
class Options:
    """How the autograder is to behave.

    Attributes:
        allow_practice: go on at level L1, as a user that is not root, where L2 cannot be reached.
        minutes: the time limit that Gradescope is set to.
        wheels: a folder of wheels to take along, for an image without a network.
    """

    allow_practice: bool = False
    minutes: int = 10
    wheels: Path | None = None


def gradescope_zip(course: Course, lab: Lab, options: Options) -> bytes:
    """The zip's bytes.

    Raises:
        ExportError: this is no checkout of the repository, or wheels are missing.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted({**_own(lab, options), **_packages(options), **_course(course, lab)}.items()):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 3  # Unix, so that the mode counts
            mode = 0o755 if name in ("setup.sh", "run_autograder") else 0o600 if name.startswith("course") else 0o644
            entry.external_attr = (0o100000 | mode) << 16
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".whl") else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return stream.getvalue()


def _own(lab: Lab, options: Options) -> dict[str, bytes]:
    fallback = not_graded("the grader ended without a result, perhaps for want of time or memory.")
    points = sum(task.points for task in lab.tasks)
    words = {
        "LAB": lab.name,
        "MEMORY": CONTAINER,
        "POINTS": number(points),
        "SECONDS": str(max(60, options.minutes * 60 - _RESERVE)),
        "FALLBACK": json.dumps(fallback, indent=1),
        "WHEELS": " and taken from `wheels/`" if options.wheels else "",
        "PRACTICE": "or, where the container has no such kernel, as a user without rights (level L1, practice)"
        if options.allow_practice
        else "or is not run at all",
    }
    settings = {"lab": lab.name, "allow_practice": options.allow_practice}
    files = {file.name: _filled(file, words) for file in _HERE.iterdir() if file.is_file()}
    return {**files, SETTINGS: json.dumps(settings, indent=1).encode() + b"\n"}


def _filled(file: Path, words: dict[str, str]) -> bytes:
    text = file.read_text("utf-8").replace("\r\n", "\n")
    return re.sub(r"@([A-Z]+)@", lambda match: words[match[1]], text).encode()


def _packages(options: Options) -> dict[str, bytes]:
    locks = [instructor_lock(), from_checkout("requirements/uv.txt")]
    files = {f"requirements/{file.name}": file.read_bytes() for file in locks} | grader_files()
    if options.wheels is not None:
        files |= {f"wheels/{file.name}": file.read_bytes() for file in _wheels(options.wheels, locks[0])}
    return files


def _wheels(folder: Path, lock: Path) -> list[Path]:
    """The wheels in a folder, if none is missing that every system needs. The rest is setup.sh's to find out."""
    wheels = sorted(folder.glob("*.whl"))
    have = {_plain("-".join(wheel.name.split("-")[:2])) for wheel in wheels}
    pinned = re.findall(r"^([\w.-]+)==([^\s;\\]+) *\\?$", lock.read_text("utf-8"), re.MULTILINE)
    missing = [f"{name}=={version}" for name, version in pinned if _plain(f"{name}-{version}") not in have]
    if missing:
        shown = ", ".join(missing[:8]) + (" ..." if len(missing) > 8 else "")
        raise ExportError(
            f"{folder}: {len(missing)} wheels are missing: {shown}. On a machine like the image: "
            f"pip download --require-hashes --only-binary :all: -r requirements/instructor.txt -d {folder}"
        )
    return wheels


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()


def _course(course: Course, lab: Lab) -> dict[str, bytes]:
    """The lab alone. What lay over it in other folders lies over it again, a folder for each further file of checks."""
    files = {"course/solutions/course.toml": _settings(course, lab).encode()}
    files[f"course/solutions/{lab.name}.py"] = lab.source.read_bytes()
    for count, hidden in enumerate(lab.all_hidden):
        files[f"course{count or ''}/solutions/hidden/test_{lab.name}.py"] = hidden.read_bytes()
    if not lab.visible_checks.resolve().is_relative_to(Path(dlfb_lab.__path__[0]).resolve()):
        files[f"course/checks/test_{lab.name}.py"] = lab.visible_checks.read_bytes()
    notebook = lab.source.parents[1] / "exercises" / f"{lab.name}.ipynb"
    if not notebook.is_file():
        raise ExportError(f"{notebook}: missing. Run `autograder build` first.")
    return {**files, f"course/exercises/{lab.name}.ipynb": notebook.read_bytes()}


def _settings(course: Course, lab: Lab) -> str:
    points = [f"{task.name} = {task.points!r}" for task in lab.tasks]
    lines = [f"title = {json.dumps(course.title)}", f"seed = {course.seed}", "", "[points]", *points]
    return "\n".join(lines) + "\n"
