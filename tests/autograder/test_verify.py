"""Each rule of the house can be broken: by a copy of the tests' own course, in which one thing is wrong."""

import json
import operator
import shutil
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.build import build_course
from autograder.cli import app
from autograder.course import CourseError, load_course
from autograder.verify import RULES, House, accuracy
from autograder.verify.house import part_of
from autograder.verify.judging import judge_sample
from autograder.verify.samples import Sample
from autograder.verify.workers import Lost, Workers

COURSE = Path(__file__).parents[1] / "course"
RULE = {rule.name: rule for rule in RULES}
SOURCE, CHECKS, HIDDEN = "solutions/90_kinds.py", "checks/test_90_kinds.py", "solutions/hidden/test_90_kinds.py"


@pytest.fixture(scope="module")
def workers():
    """One pool for all copies: a process begins in seconds."""
    with Workers(2, 120.0) as pool:
        yield pool


@pytest.fixture
def course(tmp_path):
    """A copy of the course, to break."""
    shutil.copytree(COURSE, tmp_path / "course", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "course"


def edit(course, file, old, new):
    text = (course / file).read_text("utf-8")
    assert old in text
    (course / file).write_text(text.replace(old, new, 1), "utf-8")


def broken(rule, course, workers, *tasks, runs=0, build=True):
    """What breaks the rule in this copy, as far as these tasks go."""
    loaded = load_course(course)
    if build:
        build_course(loaded, write=True)
    return [str(problem) for problem in RULE[rule].find(House(loaded, part_of(loaded, tasks), workers, runs))]


# ---- Places, names, built ------------------------------------------------------------------------------------------


def test_a_place_that_is_not_filled(course):
    edit(course, CHECKS, '"""The prediction is what', '"""TODO: The prediction is what')
    (course / "right" / "batches__TODO.py").write_text("batches = 1\n")
    assert broken("places", course, None) == [
        f'{CHECKS}, line 14: place not filled yet: `"""TODO: The prediction is what really happens."""`. Fill it.',
        "right/batches__TODO.py: place not filled yet: the name. Name the file for its story.",
    ]
    assert broken("places", course, None, "batches") == [
        "right/batches__TODO.py: place not filled yet: the name. Name the file for its story."
    ]


def test_a_word_that_only_holds_the_letters_is_no_place(course):
    edit(course, SOURCE, "# How many different numbers", "# METODOS: how many different numbers")
    assert broken("places", course, None) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (
            CHECKS,
            "test_batches_lose_nothing",
            "test_nothing_is_lost",
            f"{CHECKS}, line 143: `test_nothing_is_lost` is a check of `batches` and is not called so. "
            "Rename it: test_batches_...",
        ),
        (
            HIDDEN,
            "(ReadTally, rng)",
            "(ReadTaly, rng)",
            "`test_ReadTally_counts_long_input` takes no task of this lab (is it `ReadTally`?). "
            "Give it the task's name as its argument.",
        ),
        (
            CHECKS,
            "test_batches_take_no_more_than_they_need",
            "test_batches_lose_nothing",
            f"{CHECKS}: `test_batches_lose_nothing` stands there twice, and the first never runs. Rename one.",
        ),
        (
            CHECKS,
            "test_int8_prediction_is_right(int8_prediction)",
            "not_a_check(int8_prediction)",
            f"{CHECKS}: `int8_prediction` has no visible check. Write one.",
        ),
        (
            "catalog.json",
            '"name": "batches"',
            '"name": "portions"',
            "catalog.json: it has the task `portions` of 90_kinds, unlike the lab's source. Run `autograder build`.",
        ),
    ],
)
def test_a_name_that_does_not_fit(course, file, old, new, problem):
    edit(course, file, old, new)
    assert problem in " | ".join(broken("names", course, None, build=False))


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        (
            "wrong/batchs__one.py",
            "no task is called `batchs` (is it `batches`?). Correct the file's name, or delete it.",
        ),
        ("right/islice.py", "its name says no task. Rename it: <task>__<story>.py."),
        ("tests/right/01_other/batches__one.py", "`batches` is a task of 90_kinds. Move it to the folder 90_kinds."),
        ("checks/test_91_kinds.py", "checks of a lab that is not there (is it `90_kinds`?). Rename it for its lab,"),
        ("solutions/hidden/test_01_old.py", "checks of a lab that is not there. Rename it for its lab, or delete it."),
    ],
)
def test_a_file_that_is_named_for_nothing(course, file, problem):
    (course / file).parent.mkdir(parents=True, exist_ok=True)
    (course / file).write_text("")
    assert any(found.startswith(f"{file}: {problem}") for found in broken("names", course, None))


def test_a_folder_of_samples_of_no_lab(course):
    (course / "tests" / "wrong" / "01_old").mkdir(parents=True)
    (course / "tests" / "wrong" / "01_old" / "batches__one.py").write_text("")
    said = "tests/wrong/01_old: samples for a lab that is not there. Rename it for its lab, or delete it."
    assert said in broken("names", course, None)


def test_what_is_not_built(course):
    edit(course, "exercises/90_kinds.ipynb", "A generator", "A generatr")
    assert broken("built", course, None, build=False) == [
        "exercises/90_kinds.ipynb: not what its source gives. Run `autograder build`."
    ]


# ---- Words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hint", "held"),
    [
        ("Write `return self.counts.get(kmer,0)`.", "return self.counts.get(kmer, 0)"),
        ("It is self.counts[kmer] = self.count(kmer)\n# + 1, and no more.", "self.counts[kmer] = self.count(kmer) + 1"),
        ("Give `self.counts.get(kmer, 0)` back.", "self.counts.get(kmer, 0)"),
    ],
)
def test_a_hint_that_holds_the_answer(course, hint, held):
    edit(course, SOURCE, "`dict.get` has a second argument.", hint)
    (found,) = broken("words", course, None, "ReadTally")
    assert found.endswith(f"the hint holds a part of the answer, `{held}`. Say what to look at, not what to write.")


def test_an_answer_whose_decorators_are_part_of_it_is_read_too(course):
    marked = "# BEGIN SOLUTION\n@jax.jit\n# END SOLUTION\ndef log_odds"
    edit(course, SOURCE, "def log_odds", marked)
    edit(course, SOURCE, "How many different numbers", "`@jax.jit` may help. How many different numbers")
    assert broken("words", course, None) == []


def test_a_hint_that_holds_the_value(course):
    edit(course, SOURCE, "-128. Count on from there.", "-128, then -127, then -126.")
    (found,) = broken("words", course, None, "int8_prediction")
    assert found.endswith("the hint holds a part of the answer, `-126`. Say what to look at, not what to write.")


@pytest.mark.parametrize("hint", ["-1260 would be too small.", "It is not 4-126.5.", "`partial(f, factor)` keeps it."])
def test_a_hint_that_only_looks_like_it(course, hint):
    edit(course, SOURCE, "How many different numbers", hint)
    assert broken("words", course, None, "int8_prediction", "dilutions") == []


def test_hints_that_say_the_same_and_checks_that_say_nothing(course):
    edit(course, SOURCE, "# `dict.get` has a second argument.", "# A k-mer that was never noted has the count 0.")
    edit(course, CHECKS, '    """It counts each k-mer, and all of them together."""\n', "")
    first, second = broken("words", course, None, "ReadTally")
    assert "`test_ReadTally_counts` has no sentence for the student. Write one as its docstring" in first
    assert "`ReadTally` has hints that are empty or the same. Let each say more." in second


# ---- What runs -----------------------------------------------------------------------------------------------------


def replace_check(course, name, body):
    """Give the check another body: the text up to the next function."""
    text = (course / CHECKS).read_text("utf-8")
    before, head, after = text.partition(f"def {name}(")
    signature, _, rest = after.partition("\n")
    rest = rest[rest.index("\n\n\n") :] if "\n\n\n" in rest else "\n"
    (course / CHECKS).write_text(f'{before}{head}{signature}\n    """It holds."""\n    {body}{rest}', "utf-8")


def test_a_stub_that_counts_as_an_answer_and_a_cell_that_stops(course, workers):
    edit(course, SOURCE, 'check("make_scorer")', 'check("make_scorer")\nmake_scorer(1)')
    replace_check(course, "test_ReadTally_counts", "expect_callable(ReadTally)")
    found = broken("stubs", course, workers, "ReadTally")
    notebook = "exercises/90_kinds.ipynb, code cell 6"
    stops = f"{notebook}: it stops with NotImplementedError: make_scorer. A notebook as handed out must run through."
    assert stops in found
    assert any("`test_ReadTally_counts` ends as passed on the stub." in line for line in found)


def test_a_reference_answer_that_does_not_pass(course, workers):
    edit(course, SOURCE, "int8_prediction = -126", "int8_prediction = -125")
    (found,) = broken("reference", course, workers, "int8_prediction")
    assert found.startswith("int8_prediction, reference answer: `test_int8_prediction_is_right` ends as failed (")
    assert found.endswith("Correct the answer or the check.")


def test_a_reference_answer_that_does_not_even_run(course, workers):
    edit(course, SOURCE, "int8_prediction = -126", "int8_prediction = 1 // 0")
    (found,) = broken("reference", course, workers, "int8_prediction")
    assert "It cannot be judged (ZeroDivisionError: integer division or modulo by zero)." in found


def test_a_right_answer_that_is_rejected_and_a_task_without_one(course, workers):
    edit(course, "right/int8_prediction__computed.py", "int8_prediction = ", "int8_prediction = 1 + ")
    (course / "right" / "ReadTally__dataclass.py").unlink()
    first, second = broken("right", course, workers, "int8_prediction", "ReadTally")
    assert first == (
        "ReadTally: it has 0 right sample answers of the 1 that it needs. "
        "Write more in the folder right: <task>__<story>.py."
    )
    assert second.startswith("right/int8_prediction__computed.py: `test_int8_prediction_is_right` ends as failed (")
    assert second.endswith("Mend the check: a right answer must pass.")


def test_wrong_answers_that_pass_or_get_another_diagnosis(course, workers):
    wrong = course / "wrong"
    (wrong / "int8_prediction__passes.py").write_text("# diagnosis: integer-overflow\nint8_prediction = -126\n")
    (wrong / "int8_prediction__other.py").write_text("# diagnosis: integer-overflow\nint8_prediction = 127\n")
    (wrong / "int8_prediction__none.py").write_text("int8_prediction = 130\n")
    (wrong / "int8_prediction__unknown.py").write_text("# diagnosis: overflowed\nint8_prediction = 130\n")
    for file in wrong.glob("ReadTally__*.py"):
        file.unlink()
    loaded = load_course(course)
    house = House(loaded, part_of(loaded, ["int8_prediction", "ReadTally"]), workers, 0)
    few, *found = [str(problem) for problem in RULE["wrong"].find(house)]
    assert few.startswith("ReadTally: it has 0 wrong sample answers of the 3 that it needs.")
    none, other, passes, unknown = found
    assert none.startswith("wrong/int8_prediction__none.py: it says no diagnosis. Add the line `# diagnosis: ...`")
    assert "it ends as failed with cast-out-of-range, not as failed with integer-overflow. The first that" in other
    assert passes.endswith("this wrong answer passes every check. Add one that shows integer-overflow.")
    assert "`overflowed` is no diagnosis." in unknown
    counted = accuracy(house)
    assert (counted.wrong, counted.diagnosed, counted.accepted) == (len(house.wrong), len(house.wrong) - 4, 1)
    assert f"{counted.diagnosed} of {counted.wrong} wrong answers got their own diagnosis (" in str(counted)


def test_a_check_that_what_is_no_answer_passes_or_breaks(course, workers):
    replace_check(course, "test_ReadTally_is_its_own", "expect_callable(ReadTally)")
    replace_check(course, "test_int8_prediction_is_right", "probes.facts(object())")
    passed, broke = sorted(broken("nothing", course, workers, "ReadTally", "int8_prediction"))
    assert passed.startswith(
        f"{CHECKS}: `test_ReadTally_is_its_own` passes an answer that is None, the first argument,"
    )
    assert passed.endswith("an object equal to everything. Ask for the right value first, then for the property.")
    assert broke.startswith(f"{CHECKS}: `test_int8_prediction_is_right` breaks on an answer that is ")
    assert "an object equal to everything (CheckBug: A check may hand an answer plain data" in broke


def test_a_check_that_flakes(course, workers):
    check = "test_int8_prediction_is_lucky"
    hidden = f'\n\ndef {check}(int8_prediction, rng):\n    """Luck."""\n    assert rng.random() < 0.5\n'
    (course / HIDDEN).write_text((course / HIDDEN).read_text("utf-8") + hidden, "utf-8")
    (found,) = broken("flakes", course, workers, "int8_prediction", runs=12)
    assert f"int8_prediction, reference answer: `{check}` does not pass in " in found
    assert " of 14 runs, such as with the seed " in found


LAB_WITH_A_KEY = """\
# %% [markdown]
# # Draws

# %%
import jax

# %% [markdown] task="two_numbers" points=1 difficulty=1 minutes=1
# ## Two numbers

# %% answer="two_numbers"
def two_numbers(key):
    # BEGIN SOLUTION
    {body}
    # END SOLUTION

# %% check="two_numbers"
pass

# %% [markdown] hint="two_numbers"
# one

# %% [markdown] hint="two_numbers"
# two

# %% [markdown] hint="two_numbers"
# three
"""
FRESH = "return tuple(jax.random.normal(one) for one in jax.random.split(key))"
REUSED = "return jax.random.normal(key), jax.random.uniform(key)"


@pytest.mark.parametrize(
    ("body", "check", "problem"),
    [
        (FRESH, "two_numbers(jax.random.key(1))", ""),
        (FRESH, "two_numbers(jax.random.PRNGKey(1))", ""),
        (REUSED, "two_numbers(jax.random.key(1))", "Two draws used the same key. Use a fresh key, or say why not: "),
        (REUSED, "two_numbers(jax.random.PRNGKey(1))", "Two draws used the same key. Use a fresh key, or say why"),
        (REUSED, "probes.each(two_numbers, [[jax.random.key(1)]])", "Two draws used the same key. Use a fresh key,"),
        (REUSED, "probes.observe(two_numbers, jax.random.key(1))", "Two draws used the same key. Use a fresh key,"),
        (REUSED, "two_numbers.kind", "it takes a key, and no check calls it with one. Write a check that does."),
        (f"# reuses a key on purpose\n    {REUSED}", "two_numbers(jax.random.key(1))", ""),
        (
            f"# reuses a key on purpose\n    {FRESH}",
            "two_numbers(jax.random.key(1))",
            "it reuses no key, whatever it says. Remove the line `# reuses a key on purpose`.",
        ),
    ],
)
def test_a_reference_answer_that_reuses_a_key(tmp_path, workers, body, check, problem):
    for folder in ("solutions", "checks"):
        (tmp_path / folder).mkdir()
    (tmp_path / "solutions" / "course.toml").write_text('title = "Draws"\nseed = 1\n')
    (tmp_path / "solutions" / "01_draws.py").write_text(LAB_WITH_A_KEY.format(body=body))
    imports = "import jax\nfrom dlfb_lab import probes\n\n"
    check = f'def test_two_numbers_are_numbers(two_numbers):\n    """They are."""\n    {check}\n'
    (tmp_path / "checks" / "test_01_draws.py").write_text(imports + check)
    found = broken("keys", tmp_path, workers, build=False)
    assert len(found) == bool(problem)
    assert all(line.startswith(f"two_numbers, reference answer: {problem}") for line in found)


# ---- Workers, parts, the command -----------------------------------------------------------------------------------


def test_an_answer_that_hangs_or_ends_the_process_is_lost_and_the_next_job_is_done():
    sources = ["while True:\n    pass", "import os\nos._exit(3)"]
    answers = [Sample("batches", "hangs", source, "", COURSE / "x.py") for source in sources]
    with Workers(1, 4.0) as pool:
        assert pool.map(judge_sample, COURSE, answers) == [
            Lost("It ran longer than 4 s and was stopped."),
            Lost("It ended the whole Python process."),
        ]
        assert pool.map(operator.eq, COURSE, [COURSE, None]) == [True, False]


def test_a_part_is_named_by_lab_by_task_or_both():
    course = load_course(COURSE)
    assert part_of(course, []).is_all
    assert len(part_of(course, ["90_kinds"]).tasks) == len(course.labs[0].tasks)
    for name in ("batches", "90_kinds.batches"):
        assert [task.name for task in part_of(course, [name]).tasks] == ["batches"]
    with pytest.raises(CourseError, match=r"^90_kins: no lab or task of this course\. Did you mean 90_kinds\?$"):
        part_of(course, ["90_kins"])
    with pytest.raises(CourseError, match=r"^x: no lab or task of this course\. Labs are 90_kinds\.$"):
        part_of(course, ["x"])


@pytest.fixture
def command(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["autograder"])
    return lambda *arguments: CliRunner().invoke(app, ["verify", *(str(argument) for argument in arguments)])


def test_the_command_shows_every_rule_and_the_accuracy(command):
    result = command("int8_prediction", "--course", COURSE, "--runs", 1, "--workers", 1)
    said = " ".join(result.output.split())
    assert result.exit_code == 0, result.output
    assert said.count("holds") >= len(RULES)
    assert "Diagnosis accuracy: 3 of 3 wrong answers got their own diagnosis (100.0%). 0 of 3 wrong" in said
    assert "Every rule of the house holds." in said


def test_the_command_waits_with_the_other_rules_while_places_are_not_filled(command, course):
    edit(course, SOURCE, "# How many different numbers", "# TODO: how many different numbers")
    result = command("int8_prediction", "--course", course, "--workers", 1)
    said = " ".join(result.output.split())
    assert result.exit_code == 1
    assert (
        f"{SOURCE}, line 23: place not filled yet: `TODO: how many different numbers are there of dtype int8?`" in said
    )
    assert "Broken: places. The other rules wait for it." in said
    assert said.count("not looked at") == len(RULES) - 1


def test_the_command_ends_with_1_when_a_rule_is_broken(command, course):
    catalog = json.loads((course / "catalog.json").read_text("utf-8"))
    (course / "catalog.json").write_text(json.dumps(catalog))
    result = command("int8_prediction", "--course", course, "--runs", 0, "--workers", 1)
    assert result.exit_code == 1
    assert result.output.endswith("Broken: built.\n")


def test_the_command_ends_with_2_for_a_name_that_is_none(command):
    result = command("int8_predicton", "--course", COURSE)
    assert result.exit_code == 2
    assert "no lab or task of this course. Did you mean int8_prediction?" in " ".join(result.output.split())
