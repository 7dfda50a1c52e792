"""Course folders laid over one another: what comes later wins, and nothing that fits nowhere goes unseen."""

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from typer.testing import CliRunner

from autograder.build import build_course
from autograder.cli import app
from autograder.course import CourseError, load_course
from autograder.fingerprint import course_digest
from autograder.new.task import task_draft
from autograder.policy_file import read_policy
from autograder.report.json_file import from_json
from autograder.verify.judging import Judge, as_notebook
from autograder.worker import refuse_exposed_folders
from dlfb_lab._outcome import Outcome
from dlfb_lab._plugin import _derived

ROOT = Path(__file__).parents[2]
BELOW, MINE = ROOT / "tests" / "course", ROOT / "tests" / "course_of_my_own"
SEED = 7462845112236051


@pytest.fixture(scope="module")
def both():
    return load_course([BELOW, MINE])


@pytest.fixture
def mine(tmp_path):
    """A copy of the folder, to be changed."""
    return shutil.copytree(MINE, tmp_path / "mine")


def settings_of(folder, text):
    (folder / "solutions" / "course.toml").write_text(text, "utf-8")


def refused(*folders):
    with pytest.raises(CourseError) as caught:
        load_course(folders)
    return str(caught.value)


def test_what_comes_later_wins(both):
    assert (both.title, both.seed) == ("Every kind of answer, with checks of my own", SEED)
    assert (both.root, both.home, both.folders) == (BELOW, MINE, (BELOW, MINE))
    assert (load_course(BELOW).seed, load_course([BELOW]).over) == (20250309, ())


def test_hidden_checks_are_added_and_labs_come_along(both):
    kinds, own = both.labs
    hidden = [folder / "solutions" / "hidden" / "test_90_kinds.py" for folder in (BELOW, MINE)]
    assert list(kinds.all_hidden) == hidden
    assert (kinds.source, own.name) == (BELOW / "solutions" / "90_kinds.py", "91_mine")
    assert own.visible_checks == MINE / "checks" / "test_91_mine.py"


def test_hidden_checks_take_the_place_of_those_below_where_that_is_said(mine):
    settings_of(mine, "replace_hidden = true")
    assert load_course([BELOW, mine]).labs[0].all_hidden == (mine / "solutions" / "hidden" / "test_90_kinds.py",)


def test_points_are_those_of_the_table(both):
    points = {task.name: task.points for task in both.labs[0].tasks}
    below = {task.name: task.points for task in load_course(BELOW).labs[0].tasks}
    assert points == {**below, "dilutions": 4}


def test_what_is_not_said_stays(mine):
    settings_of(mine, "")
    course = load_course([BELOW, mine])
    assert (course.title, course.seed) == ("Every kind of answer", 20250309)


def test_a_lab_of_the_same_name_takes_its_place_and_keeps_its_checks(mine):
    text = (BELOW / "solutions" / "90_kinds.py").read_text("utf-8").replace("# # Every kind", "# # My kind")
    (mine / "solutions" / "90_kinds.py").write_text(text, "utf-8")
    lab = load_course([BELOW, mine]).labs[0]
    assert (lab.title, lab.source) == ("My kind of answer", mine / "solutions" / "90_kinds.py")
    assert lab.visible_checks == BELOW / "checks" / "test_90_kinds.py"
    assert len(lab.all_hidden) == 2


def test_three_folders_lie_over_one_another(mine, tmp_path):
    top = tmp_path / "top"
    (top / "solutions").mkdir(parents=True)
    settings_of(top, "seed = 5\n[points]\nplate_mean = 1")
    course = load_course([BELOW, mine, top])
    assert (course.seed, course.labs[1].tasks[0].points, course.labs[0].tasks[2].points) == (5, 1, 4)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[points]\ndilution = 2",
            "[points] names `dilution`, which is no task of the course. Did you mean dilutions",
        ),
        ("[points]\ndilutions = 0", "[points] dilutions = 0. It must be a number above 0."),
        ("points = 3", "points=3. It is a table: [points], and below it lines such as counts = 2."),
        ("seed = -4", "has no seed. Add a line such as seed = 20250101, a whole number."),
        ("seed = 1\nseed = 2", "cannot be read (Cannot overwrite a value"),
        ("replace_hiden = true", "`replace_hiden` is no setting of a course. Did you mean replace_hidden"),
        ('replace_hidden = "yes"', "replace_hidden='yes'. It is true or false."),
    ],
)
def test_settings_that_fit_nothing_are_refused(mine, text, message):
    settings_of(mine, text)
    said = refused(BELOW, mine)
    assert said.startswith(str(mine / "solutions" / "course.toml"))
    assert message in said


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("test_90_kind.py", "", "hidden checks of a lab that the course does not have. Did you mean 90_kinds"),
        (
            "test_90_kinds.py",
            "def test_x(dilution, rng):\n    pass",
            ", line 1: `test_x` takes no task of 90_kinds as its argument. Did you mean dilutions",
        ),
        ("test_90_kinds.py", "def test_x(:\n", ", line 1: no Python ("),
        (
            "test_90_kinds.py",
            "def test_descend_holds_for_other_losses(descend):\n    pass",
            ", line 1: there is a check `test_descend_holds_for_other_losses` in ",
        ),
    ],
)
def test_hidden_checks_that_fit_nothing_are_refused(mine, name, text, message):
    file = mine / "solutions" / "hidden" / name
    file.write_text(text, "utf-8")
    said = refused(BELOW, mine)
    assert said.startswith(str(file))
    assert message in said


def test_folders_that_are_no_layers_are_refused(mine, tmp_path):
    assert "this course is given twice. Name each folder once" in refused(BELOW, mine, BELOW / "checks" / "..")
    assert "no course, for it has no folder `solutions`" in refused(BELOW, tmp_path)
    (tmp_path / "solutions").mkdir()
    assert "holds nothing that could be laid over a course. Add a course.toml." in refused(BELOW, tmp_path)
    settings_of(mine, "seed = 1")
    assert "has no title." in refused(mine, BELOW)


def test_a_name_that_both_folders_use_is_refused(mine):
    for path in (mine / "solutions" / "91_mine.py", mine / "solutions" / "hidden" / "test_91_mine.py"):
        path.write_text(path.read_text("utf-8").replace("plate_mean", "dilutions"), "utf-8")
    assert "the task `dilutions` stands in 90_kinds.py and in 91_mine.py." in refused(BELOW, mine)


def test_the_digest_covers_every_folder_and_no_policy(mine):
    def digest(*folders):
        return course_digest.__wrapped__(load_course(folders))

    before = digest(BELOW, mine)
    settings_of(mine, (mine / "solutions" / "course.toml").read_text("utf-8").replace("drop_lowest = 1", ""))
    (mine / "solutions" / "roster.csv").write_text("id\nkim\nada\nben\nzoe\n", "utf-8")
    assert digest(BELOW, mine) == before
    with (mine / "solutions" / "hidden" / "test_90_kinds.py").open("a") as stream:
        stream.write("# changed\n")
    changed = digest(BELOW, mine)
    settings_of(mine, "[points]\ndilutions = 3")
    assert len({before, changed, digest(BELOW, mine), digest(BELOW)}) == 4


def test_the_example_has_a_class_and_a_policy(both):
    roster, policy = read_policy(both.folders, [lab.name for lab in both.labs])
    assert [student.group for student in roster.students] == ["Team 1", "Team 1", ""]
    assert policy.extensions[0].student == "zoe"


def test_built_notebooks_go_to_the_folder_on_top(mine):
    said = build_course(load_course([BELOW, mine]), write=True)
    assert all(line.startswith(str(mine)) for line in said)
    assert {path.name for path in (mine / "exercises").iterdir()} == {"90_kinds.ipynb", "91_mine.ipynb"}


def test_a_new_task_goes_to_a_lab_of_the_folder_on_top(mine):
    course = load_course([BELOW, mine])
    draft = task_draft(course, "91_mine", "plate_sum", is_value=False)
    assert all(path.is_relative_to(mine) for path in (*draft.new, *draft.grown))
    with pytest.raises(CourseError, match=r"90_kinds: it stands in a folder below, .*course\. Begin a lab of your own"):
        task_draft(course, "90_kinds", "other", is_value=False)


def say(*words):
    ended = CliRunner().invoke(app, [str(word) for word in words])
    assert ended.exit_code == 0, ended.output
    return ended.output


def test_a_course_of_ones_own_is_laid_out_and_can_be_used_at_once(tmp_path):
    data = json.loads(say("course", "new", tmp_path / "my", "--labs", "2,05_jit", "--title", 'My "own"', "--json"))
    assert data["options"] == ["--course", str(ROOT), "--course", str(tmp_path / "my")]
    course = load_course([ROOT, tmp_path / "my"])
    assert course.title == 'My "own"'
    assert course.seed != load_course(ROOT).seed
    assert [lab.name for lab in course.labs if len(lab.all_hidden) == 2] == ["02_immutability", "05_jit"]


def test_every_course_of_ones_own_has_another_seed_and_nothing_is_overwritten(tmp_path):
    for name in ("a", "b"):
        say("course", "new", tmp_path / name, "--labs", "2")
    texts = [(tmp_path / name / "solutions" / "course.toml").read_text("utf-8") for name in ("a", "b")]
    assert texts[0] != texts[1]
    ended = CliRunner().invoke(app, ["course", "new", str(tmp_path / "a"), "--labs", "2"])
    assert (ended.exit_code, "nothing is ever overwritten" in ended.output) == (2, True)
    assert (tmp_path / "a" / "solutions" / "course.toml").read_text("utf-8") == texts[0]


def test_every_public_lab_gives_an_example_of_a_hidden_check(tmp_path):
    say("course", "new", tmp_path / "my")
    files = sorted((tmp_path / "my" / "solutions" / "hidden").iterdir())
    assert len(files) == len(load_course(ROOT).labs)
    assert all("_of_mine(" in file.read_text("utf-8") for file in files)


SHORT_PLATES = """\
from functools import partial


def dilutions(factors):
    return [partial(lambda factor, concentration: concentration / factor, factor) for factor in factors[:24]]
"""


def notebook(path, code):
    cell = {"cell_type": "code", "execution_count": None, "id": "a", "metadata": {}, "outputs": [], "source": code}
    path.parent.mkdir()
    path.write_text(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "utf-8")
    return path


def test_the_public_checks_let_it_pass():
    verdict = Judge(BELOW).verdicts(as_notebook(SHORT_PLATES), ["dilutions"])["dilutions"]
    assert verdict.outcome is Outcome.PASSED


DRAWS = """

def test_dilutions_draws_from_my_seed(dilutions, rng):
    \"\"\"It passes with one seed alone, and is our fault with any other.\"\"\"
    expect_close(int(rng.integers(2**31)), {drawn})
    expect_close(expect_callable(dilutions([2.0])[0])(10.0), 5.0)
"""


def test_a_check_and_a_seed_of_ones_own_decide(tmp_path, mine):
    work = notebook(tmp_path / "ada" / "90_kinds.ipynb", SHORT_PLATES)
    drawn = np.random.default_rng(_derived(SEED, "test_dilutions_draws_from_my_seed")).integers(2**31)
    with (mine / "solutions" / "hidden" / "test_90_kinds.py").open("a") as stream:
        stream.write(DRAWS.format(drawn=drawn))
    say("grade", work, "--out", tmp_path / "out", "--course", BELOW, "--course", mine, "--workers", 1)
    (path,) = (tmp_path / "out" / "reports").iterdir()
    task = next(task for task in from_json(path.read_text("utf-8")).tasks if task.name == "dilutions")
    outcomes = {check.name: check.outcome for check in task.checks if not check.visible}
    assert outcomes == {
        "test_dilutions_holds_for_a_whole_plate": Outcome.FAILED,
        "test_dilutions_draws_from_my_seed": Outcome.PASSED,
    }
    assert (task.outcome, task.max_points) == (Outcome.FAILED, 4)


@pytest.mark.parametrize("exposed", [BELOW, MINE])
def test_a_folder_that_submissions_could_read_is_refused_whichever_it_is(both, exposed):
    zygote = SimpleNamespace(exposes=lambda path: path == exposed / "solutions")
    with pytest.raises(CourseError, match=f"^{exposed}: this course lies among the packages that submissions must"):
        refuse_exposed_folders(both, zygote)
    refuse_exposed_folders(both, SimpleNamespace(exposes=lambda path: False))


def test_no_release_holds_anything_of_a_course_of_ones_own(tmp_path):
    """Its visible checks and exercises go to students; nothing of its `solutions` does."""
    say("release", tmp_path / "out", "--course", ROOT, "--course", mine_over_the_public_labs(tmp_path))
    held = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    secrets = (
        str(SEED),
        "A0042",
        "Lovelace",
        "whole_plate",
        "test_plate_mean_of_a_large_plate",
        "jnp.mean(plate, axis=1)",
    )
    for secret in secrets:
        assert [path for path, data in held.items() if secret.encode() in data] == []
    assert any("91_mine" in path.name for path in held)


def mine_over_the_public_labs(folder):
    """The example, over this repository's labs instead of the small course."""
    mine = shutil.copytree(MINE, folder / "mine")
    (mine / "solutions" / "hidden" / "test_90_kinds.py").unlink()
    text = (mine / "solutions" / "course.toml").read_text("utf-8").replace("dilutions = 4", "plate_mean = 4")
    settings_of(mine, text)
    return mine
