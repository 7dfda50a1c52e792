"""Runs all threats and writes what became of them into `README.md`: `make redteam`.

The right column is nbgrader's own verdict where the very notebook can be handed in to it, else what its code says.
"""

import importlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from pathlib import Path

from nbgrader_course import NotInstalled, SaysNothing, verdicts
from threat import Threat

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
HEAD = """# The red team

One file a threat. `make redteam` runs them all and writes this table; `make test` runs them as tests. Each is a
submission, a folder, a zip or a notebook with its exact verdict. After each, everything must be as before: processes,
scratch folders, descriptors, memory, and the report of an honest bystander. No report may hold the canary that marks
what is secret. Where it makes sense the same code is run without the sandbox, too, and must succeed there: so its
failure means something.

What a student can still fake, and what is not closed, is in [WHAT_REMAINS.md](WHAT_REMAINS.md).

"""


def main() -> None:
    """Run, compare, write."""
    threats = {path.stem: _threat(path) for path in sorted(HERE.glob("test_[0-9][0-9]_*.py"))}
    ours = _verdicts_here()
    theirs, note = _verdicts_there({one.number: one.cells for one in threats.values() if one.cells})
    lines = ["| # | what is tried | what stops it | here | nbgrader |", "| --- | --- | --- | --- | --- |"]
    for stem, threat in threats.items():
        there = theirs.get(threat.number, f"by its code: {threat.elsewhere}")
        cells = (f"[{threat.number}]({stem}.py)", threat.title, threat.defence, ours.get(stem, "did not run"), there)
        lines.append(f"| {' | '.join(cell.replace('|', '¦') for cell in cells)} |")
    (HERE / "README.md").write_text(HEAD + note + "\n".join(lines) + "\n", "utf-8")
    print(f"{HERE / 'README.md'} is written.")


def _threat(path: Path) -> Threat:
    found: Threat = importlib.import_module(path.stem).THREAT
    return found


def _verdicts_here() -> dict[str, str]:
    """File -> how its tests ended, from a run of all of them."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log.xml")
        subprocess.run([sys.executable, "-m", "pytest", "-q", str(HERE), f"--junitxml={log}"], cwd=ROOT, check=False)
        ends: dict[str, list[str]] = defaultdict(list)
        for case in ElementTree.parse(log).iter("testcase"):
            stem = case.get("classname", "").rpartition(".")[2]
            ends[stem].append(
                next((child.tag for child in case if child.tag in ("failure", "error", "skipped")), "held")
            )
    return {stem: _in_words(found) for stem, found in ends.items()}


def _in_words(ends: list[str]) -> str:
    broken = sum(end in ("failure", "error") for end in ends)
    if broken:
        return f"**{broken} of {len(ends)} did not hold**"
    skipped = ends.count("skipped")
    return f"held ({len(ends) - skipped}{f'; {skipped} not possible on this machine' if skipped else ''})"


def _verdicts_there(attacks: dict[int, tuple[str, ...]]) -> tuple[dict[int, str], str]:
    with tempfile.TemporaryDirectory() as folder:
        try:
            return verdicts(attacks, Path(folder, "course")), ""
        except (NotInstalled, SaysNothing) as problem:
            return {}, f"nbgrader could not be run for comparison: {problem}\n\n"


if __name__ == "__main__":
    main()
