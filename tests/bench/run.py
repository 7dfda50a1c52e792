"""Measure how fast the house is, beside nbgrader and otter, and write the numbers into the README of this folder.

python tests/bench/run.py               everything, an hour and more; writes README.md
python tests/bench/run.py --quick       some minutes, without the others and large classes; writes nothing
python tests/bench/run.py --only joint live --repeats 1      parts of it; writes nothing
python tests/bench/run.py --notebooks 10                     a class of ten instead of fifty; writes nothing
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # at run time they are imported where the path is set, and not in each worker that is spawned
    from samples import Section

    from autograder.collect import Submission
    from autograder.sandbox.launch import Zygote

ROOT = Path(__file__).resolve().parents[2]
# This checkout is measured, whatever is installed. Worker processes inherit the path.
sys.path[:0] = [str(ROOT)]

PARTS = ("start", "joint", "live", "whole", "floor", "class", "rivals", "thousand", "tiny")
QUICK = ("start", "joint", "live", "whole")


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; the exit code."""
    parser = argparse.ArgumentParser(prog="run.py", description="Measure speed, beside nbgrader and otter.")
    parser.add_argument("--quick", action="store_true", help="some minutes: no large class, no other grader")
    parser.add_argument("--only", nargs="+", choices=PARTS, help="these parts alone; writes nothing")
    parser.add_argument("--notebooks", type=int, default=50, help="the first so many of the fifty (50)")
    parser.add_argument("--repeats", type=int, help="how often things that take milliseconds are done")
    chosen = parser.parse_args(arguments)
    import school
    from machine import described
    from table import put_into

    from autograder.sandbox.launch import Zygote

    school.size = chosen.notebooks
    parts = chosen.only or (QUICK if chosen.quick else PARTS)
    text = described()
    print(text, flush=True)
    repeats = chosen.repeats or (5 if chosen.quick else 20)
    with tempfile.TemporaryDirectory(prefix="dlfb-lab-bench-") as folder, Zygote.start() as zygote:
        text += "".join(f"\n\n{table}" for table in tables(parts, repeats, Path(folder), zygote))
    if parts == PARTS and chosen.notebooks == 50:
        put_into(Path(__file__).with_name("README.md"), text)
    return 0


def tables(parts: Sequence[str], repeats: int, folder: Path, zygote: "Zygote") -> list[str]:
    """The tables of all `parts`, printed as they come."""
    from table import table_of

    from autograder.course import load_course

    made = []
    setting = SimpleNamespace(course=load_course(ROOT), zygote=zygote, repeats=repeats, folder=folder, cpu=None)
    for part in parts:
        for section in STEPS[part](setting):
            made.append(table_of(section))
            print(f"\n{made[-1]}", flush=True)
    return made


def _start(setting: SimpleNamespace) -> list["Section"]:
    import joint

    return [joint.starts(max(1, setting.repeats // 6))]


def _joint(setting: SimpleNamespace) -> list["Section"]:
    import joint

    measure = [
        partial(joint.forks, repeats=setting.repeats),
        partial(joint.calls, repeats=setting.repeats * 20),
        partial(joint.observations, repeats=setting.repeats),
    ]
    return [one(setting.zygote) for one in measure]


def _live(setting: SimpleNamespace) -> list["Section"]:
    import live

    return [live.empty_checks(setting.folder, setting.repeats), live.live_checks(setting.course, setting.repeats)]


def _whole(setting: SimpleNamespace) -> list["Section"]:
    import whole

    fifty = _handed_in(setting)
    sections, setting.cpu = whole.warm_and_cold(setting.course, setting.zygote, fifty, setting.folder)
    return [*sections, whole.memory(setting.course, setting.zygote, fifty[0])]


def _floor(setting: SimpleNamespace) -> list["Section"]:
    import floor

    return [floor.floor(setting.course, setting.folder, setting.cpu)]


def _class(setting: SimpleNamespace) -> list["Section"]:
    import pages
    import whole

    section = whole.throughput(setting.course, _handed_in(setting), setting.folder, (1, 2))
    return [section, pages.pages(setting.folder / "workers-2", setting.folder / "pages", max(1, setting.repeats // 5))]


def _rivals(setting: SimpleNamespace) -> list["Section"]:
    import rival

    return rival.compared(setting.course, setting.folder / "rival")


def _thousand(setting: SimpleNamespace) -> list["Section"]:
    import scale

    return scale.thousand(setting.course, _handed_in(setting), setting.folder)


def _tiny(setting: SimpleNamespace) -> list["Section"]:
    import scale

    return scale.tiny(setting.course, setting.folder)


def _handed_in(setting: SimpleNamespace) -> list["Submission"]:
    from school import write_class

    from autograder.collect import collect

    write_class(setting.course, setting.folder / "class")
    return list(collect([setting.folder / "class"]).submissions)


STEPS: dict[str, Callable[[SimpleNamespace], list["Section"]]] = {
    "start": _start,
    "joint": _joint,
    "live": _live,
    "whole": _whole,
    "floor": _floor,
    "class": _class,
    "rivals": _rivals,
    "thousand": _thousand,
    "tiny": _tiny,
}

if __name__ == "__main__":
    sys.exit(main())
