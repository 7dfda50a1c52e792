"""`WHAT_REMAINS.md` names each check that believes what a student's process says of itself; and none too many.

Which probes a check uses is read from its source: directly, and through the functions of its file that it calls.
"""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = Path(__file__).with_name("WHAT_REMAINS.md")
# What a row of the page is about, by the beginning of its first cell.
CLAIMS = {
    "How often": {"observe:traces"},
    "Which program": {"growth", "program", "observe:primitives"},
    "That it ran inside": {"jitted", "mapped", "under"},
    "How a slope": {"gradient", "steepness"},
    "Which random keys": {"observe:keys"},
    "That arguments": {"observe", "purity"},
    "What else happened": {"observe:leaks", "observe:printed", "observe:settings", "observe:warnings"},
    "What a spy": {"report"},
}


def probes_of(function):
    """The probes that a function calls; of `observe` what it watches for."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("probes."):
            watched = [one.value.value for one in node.keywords if one.arg == "watch"]
            found |= {f"observe:{word}" for text in watched for word in text.split()} or {node.func.attr}
    return found


def probes_by_check(file):
    """For each check of a file, its task and all the probes that it uses."""
    functions = {node.name: node for node in ast.parse(file.read_text("utf-8")).body if hasattr(node, "args")}

    def reached(name, seen):
        if name not in functions or name in seen:
            return set()
        seen.add(name)
        calls = [node.func for node in ast.walk(functions[name]) if isinstance(node, ast.Call)]
        names = {call.id for call in calls if isinstance(call, ast.Name)}
        return probes_of(functions[name]).union(*(reached(one, seen) for one in names))

    for name, function in functions.items():
        if name.startswith("test_"):
            yield function.args.args[0].arg, reached(name, set())


def counted():
    """For each claim the tasks whose checks believe it, as the page writes them: how many, of how many."""
    checks = defaultdict(list)
    for folder in (ROOT / "dlfb_lab" / "checks", ROOT / "solutions" / "hidden"):
        for file in sorted(folder.glob("test_*.py")):
            for task, probes in probes_by_check(file):
                checks[file.stem[5:7], task].append(probes)
    rows = {}
    for claim, probes in CLAIMS.items():
        labs = defaultdict(list)
        for (lab, task), used in checks.items():
            if number := sum(bool(one & probes) for one in used):
                labs[lab].append(f"`{task}` {number}/{len(used)}")
        rows[claim] = "; ".join(f"{lab}: {', '.join(tasks)}" for lab, tasks in sorted(labs.items()))
    return rows


def rows_of_the_page():
    cells = [line.strip("| ").split(" | ") for line in PAGE.read_text("utf-8").splitlines() if line.startswith("|")]
    return {cell[0]: cell[-1] for cell in cells[2:]}


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_page_names_each_task_whose_checks_believe_it(claim):
    (tasks,) = (tasks for first, tasks in rows_of_the_page().items() if first.startswith(claim))
    assert tasks == counted()[claim], "the checks have changed; write the last cell of this row anew"


def test_every_probe_is_a_claim_or_fetches_a_value():
    """`each`, `pull` and `take` call, the others read: what they bring is compared like every value."""
    values = {"each", "pull", "take", "tree", "fields", "facts", "parts"}
    used = {probe for file in ROOT.glob("*/*/test_0*.py") for _, probes in probes_by_check(file) for probe in probes}
    assert used <= values.union(*CLAIMS.values())
