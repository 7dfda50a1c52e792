"""`autograder new`: what it lays out is a course that loads, says what is left to fill, and overwrites nothing."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.course import load_course
from autograder.new.imports import with_import, with_names
from autograder.verify import RULES, House
from autograder.verify.house import part_of
from autograder.verify.workers import Workers

COURSE = Path(__file__).parents[1] / "course"
RULE = {rule.name: rule for rule in RULES}


@pytest.fixture
def root(tmp_path):
    """A folder for a course, without any lab."""
    (tmp_path / "solutions").mkdir()
    return tmp_path


@pytest.fixture
def new(monkeypatch, root):
    """Runs `autograder new` in that folder, and gives what it said."""
    monkeypatch.setattr(sys, "argv", ["autograder"])

    def run(*arguments, code=0):
        result = CliRunner().invoke(app, ["new", *arguments, "--course", str(root)])
        assert result.exit_code == code, result.output
        return result.output

    return run


def texts(root):
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in sorted(root.rglob("*.*"))}


def lines_of(text, *, starting):
    return [line for line in text.splitlines() if line.startswith(starting)]


def test_a_lab_gets_a_source_its_checks_and_rooms_for_samples(new, root):
    said = new("04_small")
    written = ["solutions/04_small.py", "checks/test_04_small.py", "solutions/hidden/test_04_small.py"]
    assert said.splitlines()[:4] == [f"{root / path}: new." for path in [*written, "solutions/course.toml"]]
    assert all((root / "tests" / kind / "04_small").is_dir() for kind in ("right", "wrong"))
    (lab,) = load_course(root).labs
    assert (lab.name, lab.tasks) == ("04_small", ())
    assert lines_of(said, starting="  ") == [
        "  1. Fill every place that says TODO, and name each sample file for its story.",
        f"  2. Add tasks: autograder new 04_small.TASK --course {root}",
        f"  3. Build the notebook: autograder build --course {root}",
        f"  4. See what is left, and whether all rules hold: autograder verify 04_small --course {root}",
    ]


def test_a_lab_of_the_repository_has_its_checks_in_the_package(new, root):
    (root / "dlfb_lab").mkdir()
    new("04_small")
    assert (root / "dlfb_lab" / "checks" / "test_04_small.py").is_file()


def test_a_task_gets_its_cells_two_checks_and_four_samples(new, root):
    new("04_small")
    said = new("04_small.center")
    assert {line.partition(":")[0].removeprefix(f"{root}/") for line in lines_of(said, starting=str(root))} == {
        "tests/right/04_small/center__TODO.py",
        *(f"tests/wrong/04_small/center__TODO_{number}.py" for number in (1, 2, 3)),
        "solutions/04_small.py",
        "checks/test_04_small.py",
        "solutions/hidden/test_04_small.py",
    }
    (task,) = load_course(root).labs[0].tasks
    assert (task.name, task.kind, len(task.hints)) == ("center", "function", 3)
    assert "def test_center_is_right(center):" in texts(root)["checks/test_04_small.py"]
    assert "(center, reference, rng):" in texts(root)["solutions/hidden/test_04_small.py"]


def test_a_value_is_another_kind_of_task(new, root):
    new("04_small")
    new("04_small.guess", "--value")
    assert load_course(root).labs[0].tasks[0].kind == "value"


def test_samples_go_where_the_course_has_its_others(new, root):
    shutil.copytree(COURSE, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    new("90_kinds.center")
    assert (root / "right" / "center__TODO.py").is_file()
    assert not (root / "tests").exists()


def test_tasks_stand_in_their_order_before_what_to_take_away(new, root):
    new("04_small")
    source = root / "solutions" / "04_small.py"
    source.write_text(source.read_text("utf-8").replace("## What to", "One more word.\n#\n# ## What to"), "utf-8")
    new("04_small.one")
    new("04_small.two", "--value")
    text = source.read_text("utf-8")
    order = [
        "One more word.",
        'task="one"',
        'check="one"',
        'hint="one"',
        'task="two"',
        'hint="two"',
        "What to take away",
    ]
    assert sorted(order, key=text.index) == order
    assert "# %% [markdown]\n# ## What to take away\n" in text


def test_a_lab_without_a_take_away_gets_its_task_at_the_end(new, root):
    new("04_small")
    source = root / "solutions" / "04_small.py"
    source.write_text(source.read_text("utf-8").partition("# %% [markdown]\n# ## What to")[0], "utf-8")
    new("04_small.one")
    assert source.read_text("utf-8").rstrip().endswith("# TODO: nearly the whole way, and still not the answer.")


def test_a_check_stands_below_the_others_and_above_their_helpers(new, root):
    new("04_small")
    new("04_small.one")
    checks = root / "checks" / "test_04_small.py"
    checks.write_text(checks.read_text("utf-8") + "\n\ndef _helper():\n    return 1\n", "utf-8")
    new("04_small.two")
    names = [node.name for node in ast.parse(checks.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)]
    assert names == ["test_one_is_right", "test_two_is_right", "_helper"]


def test_what_is_laid_out_is_clean_for_the_linter(new, root):
    new("04_small")
    new("04_small.one")
    new("04_small.two", "--value")
    for command in (["check"], ["format", "--check"]):
        folders = [str(root / folder) for folder in ("solutions", "checks", "tests")]
        settings = ["--config", str(Path(__file__).parents[2] / "pyproject.toml"), "--no-cache", "--ignore", "ANN,D,N"]
        used = settings if command == ["check"] else settings[:3]
        run = [sys.executable, "-m", "ruff", *command, *used, *folders]
        ended = subprocess.run(run, capture_output=True, text=True)
        assert ended.returncode == 0, ended.stdout + ended.stderr


def test_nothing_holds_until_every_place_is_filled_and_then_the_names_do(new, root):
    new("04_small")
    new("04_small.center")
    loaded = load_course(root)
    house = House(loaded, part_of(loaded, []), None)
    found = [str(problem) for problem in RULE["places"].find(house)]
    for file, text in texts(root).items():
        count = sum("TODO" in line for line in text.splitlines()) + ("TODO" in file)
        assert sum(line.startswith((f"{file}:", f"{file},")) for line in found) == count > 0
    assert all("place not filled yet: " in line for line in found)
    assert RULE["names"].find(house) == [] or "catalog.json" in str(RULE["names"].find(house))


def test_what_is_laid_out_runs(new, root):
    """The places hold a task that works: an author changes it step by step, and sees at each what a rule says."""
    new("04_small")
    new("04_small.center")
    loaded = load_course(root)
    with Workers(1, 120.0) as workers:
        house = House(loaded, part_of(loaded, []), workers, 1)
        assert RULE["reference"].find(house) == RULE["flakes"].find(house) == RULE["right"].find(house) == []


def test_nothing_is_overwritten_and_nothing_written_by_halves(new, root):
    new("04_small")
    new("04_small.center")
    sample = root / "tests" / "wrong" / "04_small" / "other__TODO_3.py"
    sample.write_text("mine")
    before = texts(root)
    there = (
        f"{root / 'solutions/04_small.py'}: there is a lab of that name. For a task of it: `autograder new 04_small."
    )
    assert there in new("04_small", code=2)
    assert "`center` is a task of 04_small. Names are unique over all labs: choose" in new("04_small.center", code=2)
    said = f"{sample} is there already, and nothing is ever overwritten. Finish it, or move it away."
    assert said in new("04_small.other", code=2)
    assert texts(root) == before


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("04-Small", "04-Small: not a lab's name. Use small letters, digits and `_`, such as 04_pure_functions."),
        ("04_small.rng", "`rng` cannot be a task's name: checks get something else under that name. Choose another"),
        ("05_none.x", "05_none: no lab of this course. Labs are 04_small. Add it: `autograder new 05_none`."),
    ],
)
def test_names_that_cannot_be(new, name, said):
    new("04_small")
    assert said in new(name, code=2)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"""Doc."""\n', '"""Doc."""\n\nimport jax.numpy as jnp\n\nfrom dlfb_lab import expect_close\n'),
        (
            "import math\n\nimport jax\nimport numpy as np\n\nfrom dlfb_lab import expect\n",
            "import math\n\nimport jax\nimport jax.numpy as jnp\nimport numpy as np\n\n"
            "from dlfb_lab import expect, expect_close\n",
        ),
        ("import jax\n", "import jax\nimport jax.numpy as jnp\n\nfrom dlfb_lab import expect_close\n"),
        (
            "from dlfb_lab import expect_close\n",
            "import jax.numpy as jnp\n\nfrom dlfb_lab import expect_close\n",
        ),
        (
            "import jax.numpy as jnp\n\nfrom dlfb_lab import (\n    expect,\n    probes,\n)\n",
            "import jax.numpy as jnp\n\nfrom dlfb_lab import expect, expect_close, probes\n",
        ),
    ],
)
def test_an_import_goes_where_the_linter_wants_it(before, after):
    assert with_import(with_names(before, "dlfb_lab", ["expect_close"]), "jax.numpy", "jnp") == after
    assert with_import(with_names(after, "dlfb_lab", ["expect_close"]), "jax.numpy", "jnp") == after


def test_an_import_too_long_for_its_line_takes_several():
    names = [f"expect_something_{number:02}" for number in range(9)]
    text = with_names(f"from dlfb_lab import {', '.join(names[:5])}\n", "dlfb_lab", names[5:])
    assert text == "from dlfb_lab import (\n" + "".join(f"    {name},\n" for name in names) + ")\n"
