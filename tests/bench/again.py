"""Grade the same class again and again, and compare the reports byte by byte.

    python tests/bench/again.py             twenty runs; a quarter of an hour
    python tests/bench/again.py --runs 4    fewer

Each run has another order of submissions, one worker or four, a filled compile cache or none. The class is every tenth
notebook of the fifty and some stories that end badly. Exits with 1 if any report differs from the first run's.
"""

import argparse
import itertools
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]
STORIES = (
    "sets_instead_of_adding",
    "writes_into_an_array",
    "exits_in_the_middle",
    "two_draws_from_one_key",
    "empty_file",
)
SEED = 20


def main(arguments: list[str] | None = None) -> int:
    """Grade and compare; the exit code."""
    parser = argparse.ArgumentParser(prog="again.py", description="Grade the same class again and again, and compare.")
    parser.add_argument("--runs", type=int, default=20, help="how many times (20)")
    runs = parser.parse_args(arguments).runs
    with tempfile.TemporaryDirectory(prefix="dlfb-lab-again-") as name:
        folder = Path(name)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")  # no other run loses what it has compiled
        _write_class(folder / "class")
        differing: dict[str, list[int]] = {}
        first: dict[str, bytes] = {}
        for number, (workers, cold) in zip(range(runs), itertools.cycle(_ways()), strict=False):
            started = time.monotonic()
            found = _graded(folder, number, workers, cold)
            first = first or found
            for file in [file for file in first if found.get(file) != first[file]]:
                differing.setdefault(file, []).append(number)
            kind = f"{workers} worker{'s' if workers > 1 else ''}, {'cold' if cold else 'filled'} cache"
            print(f"run {number + 1:2} of {runs}: {kind}, {time.monotonic() - started:.0f} s", flush=True)
    for file, numbers in sorted(differing.items()):
        print(f"{file} differs from run 1 in run {', '.join(str(number + 1) for number in numbers)}")
    print(f"{runs} runs, {len(first)} files each: {f'{len(differing)} differ' if differing else 'all byte-equal'}.")
    return 1 if differing else 0


def _ways() -> list[tuple[int, bool]]:
    return [(1, True), (4, False), (4, True), (1, False)]


def _write_class(folder: Path) -> None:
    from school import write_class

    from autograder.course import load_course

    for file in write_class(load_course(ROOT), folder):
        if int(file.parent.name[-2:]) % 10:
            shutil.rmtree(file.parent)
    for story in STORIES:
        shutil.copytree(ROOT / "tests" / "submissions" / story, folder / story)


def _graded(folder: Path, number: int, workers: int, cold: bool) -> dict[str, bytes]:
    """The files of a run: name -> content."""
    from autograder.batch import grade_all, output_folder
    from autograder.collect import Submission, collect
    from autograder.course import load_course
    from autograder.grade import Settings
    from autograder.ledger import Ledger
    from autograder.sandbox.limits import Limits

    course = load_course(ROOT)
    submissions: Sequence[Submission] = collect([folder / "class"]).submissions
    shuffled = random.Random(SEED + number).sample(submissions, len(submissions))
    settings, out = Settings(course.root, course.seed, Limits()), folder / f"out-{number}"
    if cold:
        _forget_compiled()
    with output_folder(out), Ledger(out) as ledger:
        grade_all(
            shuffled, course, settings, out, ledger, workers=workers, required="L2", on_report=lambda report: None
        )
    return {
        str(file.relative_to(out)): file.read_bytes()
        for place in ("reports", "feedback")
        for file in sorted((out / place).rglob("*"))
        if file.is_file()
    }


def _forget_compiled() -> None:
    """Remove what this version of grader and course has compiled. It is made again at need."""
    from autograder.compile_cache import cache_base
    from autograder.course import load_course
    from autograder.fingerprint import environment_digest
    from autograder.sandbox.sandbox import start_sandbox

    zygote = start_sandbox()
    base = cache_base(zygote)
    zygote.close()
    if base is not None:
        for place in base.glob(f"*-{environment_digest(load_course(ROOT))[:16]}"):
            shutil.rmtree(place)


if __name__ == "__main__":
    sys.exit(main())
