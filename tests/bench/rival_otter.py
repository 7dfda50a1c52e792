"""`otter run` on the class, one notebook after the other: so it grades without containers."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

from processes import Finished, run_measured
from rival_course import as_handed_in, asserts_of, write
from rival_install import NotInstalled, environment_with, settings_for
from school import LAB, lab_of

from autograder.course import Course

# One test file a task. Its asserts run among the student's names, as in nbgrader.
_TEST = """from otter.test_files import test_case

OK_FORMAT = False
name = {name!r}
points = {points}


@test_case(points={points}, hidden=True)
def test_it(env):
    exec(compile({asserts!r}, {name!r}, "exec"), env)
"""


class Otter:
    """An autograder zip as `otter generate` makes it.

    Raises:
        NotInstalled: otter cannot be installed, or cannot make its zip.
    """

    name = "otter run"

    def __init__(self, course: Course, folder: Path) -> None:
        (folder / "tests").mkdir(parents=True)
        environment = environment_with("otter-grader==7.0.0")
        self._program = str(environment / "bin" / "otter")
        self._environment = settings_for(environment)
        self._folder, self._tasks = folder, lab_of(course).tasks
        for task in self._tasks:
            test = _TEST.format(name=task.name, points=task.points, asserts=asserts_of(task.name))
            (folder / "tests" / f"{task.name}.py").write_text(test, "utf-8")
        self._files = []
        for student, notebook in as_handed_in(course).items():
            self._files.append(folder / "handed_in" / student / f"{LAB}.ipynb")
            write(notebook, self._files[-1])
        made = self._run("generate", "-t", "tests", "--no-environment", "-o", "autograder.zip")
        if made.code:
            raise NotInstalled(f"It could not make its zip: {made.output[-120:]}")

    def run(self) -> Finished:
        """Run everything; wall and processor seconds are sums."""
        ended = [self._graded(file) for file in self._files]
        whole = replace(ended[0], wall=sum(one.wall for one in ended), cpu=sum(one.cpu for one in ended))
        failed = next((one for one in ended if one.code), None)
        if failed is not None:
            raise NotInstalled(f"It ended with {failed.code}: {failed.output[-120:]}")
        return whole

    def verdicts(self) -> dict[tuple[str, str], bool]:
        """(student, task) -> whether it got all points, from the results of the last run."""
        found = {}
        for file in self._files:
            results = json.loads((self._out(file) / "results.json").read_text("utf-8"))
            scores = {test["name"]: test["score"] >= test["max_score"] for test in results["tests"] if "score" in test}
            found |= {(file.parent.name, task.name): scores.get(task.name, False) for task in self._tasks}
        return found

    def _graded(self, file: Path) -> Finished:
        out = self._out(file)
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir(parents=True)
        return self._run("run", "--no-logo", "-a", "autograder.zip", "-o", str(out), str(file))

    def _out(self, file: Path) -> Path:
        return self._folder / "out" / file.parent.name

    def _run(self, *arguments: str) -> Finished:
        return run_measured([self._program, *arguments], self._folder, self._environment, self._folder / "log.txt")
