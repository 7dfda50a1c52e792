"""The grader image: the sample class graded in it, with no network, no capability and nothing to write to."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from clock import Clock
from engine import Docker
from student import ROOT, copy_checkout

IMAGE = "dlfb-lab-test:grader"
GRADER = 10001
LOCKED = ["--network", "none", "--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL"]
LOCKED += ["--security-opt", "no-new-privileges", "--pids-limit", "512", "--memory", "4g"]


def grade_the_sample_class(folder: Path, docker: Docker, clock: Clock) -> str:
    """Build the image, look into it, attack its sandbox, grade in it, and compare with what must come out; its name."""
    source, results = folder / "source", folder / "results"
    copy_checkout(source)
    results.mkdir()
    if os.geteuid() == 0:
        os.chown(results, GRADER, GRADER)
    else:
        results.chmod(0o777)
    with clock("grader image built"):
        docker("build", "--target", "grader", "-f", source / ".devcontainer/Dockerfile", "-t", IMAGE, source)
    with clock("no answer and no hidden check in it"):
        holds_no_course(docker)
    with clock("autograder doctor: its sandbox attacked"):
        said = docker("run", "--rm", *LOCKED, IMAGE, "doctor")
        assert "L2" in said or "L3" in said, said
    with clock("sample class graded"):
        class_graded(docker, source, results)
    judged_as_expected(results)
    return IMAGE


def holds_no_course(docker: Docker) -> None:
    """Look for the folder of the answers, and for the name of every hidden check."""
    hidden = "\n".join(path.read_text("utf-8") for path in (ROOT / "solutions/hidden").glob("*.py"))
    names = " ".join(f"-e {name}" for name in re.findall(r"(?m)^def (test_\w+)", hidden))
    assert names, "no hidden check was found in solutions/hidden/"
    find = "find / -xdev -path /proc -prune -o \\( -name solutions -o -name 'test_[0-9]*' -path '*hidden*' \\) -print"
    grep = f"grep -rlFw {names} /src /opt/venv/lib/python3*/site-packages/dlfb_lab"
    command = f"{find} 2> /dev/null; {grep}; true"
    said = docker("run", "--rm", "--network", "none", "--entrypoint", "sh", IMAGE, "-c", command)
    assert said == "", said


def class_graded(docker: Docker, source: Path, results: Path) -> None:
    """`autograder grade` on tests/submissions, with the course mounted to be read alone."""
    mounts = [f"{source}:/course:ro", f"{source / 'tests/submissions'}:/handed-in:ro", f"{results}:/results"]
    volumes = [word for one in mounts for word in ("-v", one)]
    options = ["--course", "/course", "--out", "/results", "--timeout", "20"]
    docker("run", "--rm", *LOCKED, *volumes, IMAGE, "grade", "/handed-in", *options)


def judged_as_expected(results: Path) -> None:
    """Every submission has the points that its story must get, and was judged behind walls."""
    reports = [json.loads(path.read_text("utf-8")) for path in (results / "reports").glob("*.json")]
    got = {(one["student"], Path(one["source"]).name): one for one in reports}
    wrong = [f"{key}: {points_of(got[key])}, not {must}" for key, must in expected() if points_of(got[key]) != must]
    assert wrong == [], "\n".join(wrong)
    levels = {one["isolation"] for one in reports if one["isolation"]}
    assert levels and min(levels) >= "L2", levels


def expected() -> Iterator[tuple[tuple[str, str], str]]:
    """Story and file, with the points that they must get."""
    for path in sorted((ROOT / "tests/submissions").glob("*/expected.json")):
        for name, report in json.loads(path.read_text("utf-8")).items():
            yield (path.parent.name, name), report["points"]


def points_of(report: dict[str, Any]) -> str:
    """Points and the most that there are."""
    return f"{report['points']:g}/{report['max_points']:g}"
