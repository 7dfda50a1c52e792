import json
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.build import build_catalog, build_course, build_lab, stamp_of
from autograder.course import CourseError, load_course
from dlfb_lab._quiet import quiet
from dlfb_lab._runner import Runner

REPOSITORY = Path(__file__).parents[2]
HINTS = "".join(f'# %% [markdown] hint="{{name}}"\n# hint {n}\n\n' for n in (1, 2, 3))
LAB = '''\
# %% [markdown]
# # Counting

# %%
import math

# %% [markdown] task="count" points=2 difficulty=1 minutes=3
# ## Count

# %% answer="count"
SCALE = 2


def count(x):
    """How many."""
    # BEGIN SOLUTION
    found = len(x)
    return SCALE * found
    # END SOLUTION

# %% check="count"
check("count")

{count}# %% [markdown] task="Counter" points=1 difficulty=1 minutes=3
# ## A class

# %% answer="Counter"
class Counter:
    def more(self):
        # BEGIN SOLUTION
        self.n += 1
        # END SOLUTION

    def read(self):
        # BEGIN SOLUTION
        return self.n
        # END SOLUTION

# %% check="Counter"
check("Counter")

{Counter}# %% [markdown] task="guess" points=0.5 difficulty=1 minutes=1
# ## A value

# %% answer="guess"
# BEGIN SOLUTION
guess = {{
    "secret": 3,
}}
# END SOLUTION

# %% check="guess"
check("guess")

{guess}'''.format(**{name: HINTS.format(name=name) for name in ("count", "Counter", "guess")})


@pytest.fixture
def course(tmp_path):
    return load_course(write_course(tmp_path, LAB))


def write_course(root, text):
    (root / "solutions").mkdir(exist_ok=True)
    (root / "checks").mkdir(exist_ok=True)
    (root / "solutions" / "course.toml").write_text('title = "Small"\nseed = 7\n')
    (root / "solutions" / "01_count.py").write_text(text)
    (root / "checks" / "test_01_count.py").write_text("")
    return root


def cells_of(course):
    return {cell["id"]: "".join(cell["source"]) for cell in json.loads(built(course))["cells"]}


def built(course):
    return build_lab(course.labs[0], course.install)


def test_what_is_committed_is_what_the_sources_give():
    assert build_course(load_course(REPOSITORY), write=False) == []


@pytest.mark.parametrize("lab", load_course(REPOSITORY).labs, ids=lambda lab: lab.name)
def test_a_student_can_run_all_cells_of_the_starter(lab):
    cells = json.loads(build_lab(lab, "x"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    runner = Runner()
    with quiet():
        problems = [runner.run(number, text) for number, text in enumerate(code, 1)]
    assert [problem for problem in problems if problem] == []
    assert {task.name for task in lab.tasks} <= set(runner.namespace)


@pytest.mark.parametrize("lab", load_course(REPOSITORY).labs, ids=lambda lab: lab.name)
def test_no_line_of_a_solution_is_in_the_starter(lab):
    source = lab.source.read_text().split("# BEGIN SOLUTION")[1:]
    secret = {line.strip() for part in source for line in part.split("# END SOLUTION")[0].splitlines() if line.strip()}
    answers = [cell for cell in json.loads(build_lab(lab, "x"))["cells"] if cell["id"].endswith("-answer")]
    left = {line.strip() for cell in answers for line in cell["source"]}
    assert secret
    assert secret & left == set()


def test_the_same_source_gives_the_same_bytes(course):
    assert built(course) == built(load_course(course.root))


def test_a_function_becomes_a_stub_that_names_the_task(course):
    assert cells_of(course)["count-answer"] == (
        'SCALE = 2\n\n\ndef count(x):\n    """How many."""\n    raise NotImplementedError("count")'
    )


def test_each_method_of_a_class_becomes_a_stub(course):
    assert cells_of(course)["Counter-answer"] == (
        'class Counter:\n    def more(self):\n        raise NotImplementedError("Counter")\n\n'
        '    def read(self):\n        raise NotImplementedError("Counter")'
    )


def test_decorators_that_belong_to_the_answer_are_left_out(course):
    source = course.root / "solutions" / "01_count.py"
    marked = "# BEGIN SOLUTION\n@jax.jit\n@partial(\n    jax.jit,\n)\n# END SOLUTION\ndef count(x):"
    source.write_text(source.read_text().replace("def count(x):", marked))
    assert "SCALE = 2\n\n\ndef count(x):" in cells_of(load_course(course.root))["count-answer"]


def test_a_value_becomes_none(course):
    assert cells_of(course)["guess-answer"] == "guess = None"


def test_cells_are_named_after_their_task(course):
    assert list(cells_of(course)) == [
        "01_count-setup",
        "01_count-01",
        "01_count-02",
        *("count-task", "count-answer", "count-check"),
        *("Counter-task", "Counter-answer", "Counter-check"),
        *("guess-task", "guess-answer", "guess-check"),
    ]


def test_a_new_cell_of_text_renames_no_cell_of_a_task(course):
    before = {name for name in cells_of(course) if not name.startswith("01_count")}
    longer = LAB.replace("# %%\nimport math", "# %% [markdown]\n# More text.\n\n# %%\nimport math")
    after = cells_of(load_course(write_course(course.root, longer)))
    assert {name for name in after if not name.startswith("01_count")} == before
    assert len(after) == len(cells_of(course))


def test_one_changed_word_changes_its_line_and_the_stamp(course):
    before, stamp = built(course).splitlines(), stamp_of(course.labs[0])
    after = built(load_course(write_course(course.root, LAB.replace("# # Counting", "# # Adding")))).splitlines()
    changed = [one.strip() for one, other in zip(before, after, strict=True) if one != other]
    assert changed == ['"# Counting"', f'"stamp": "{stamp}"']


def test_the_first_cell_installs_on_colab_and_nowhere_else(course, monkeypatch):
    code = cells_of(course)["01_count-setup"]
    assert '%pip install --quiet "dlfb-lab"' in code
    runner = Runner()
    assert runner.run(1, code) == []
    monkeypatch.setitem(sys.modules, "google.colab", sys)
    (refused,) = runner.run(2, code)
    assert refused.kind == "MagicRefused" and "%pip" in refused.message


def test_what_colab_installs_is_said_by_the_course(course):
    settings = course.root / "solutions" / "course.toml"
    settings.write_text(settings.read_text() + 'install = "own-lab @ https://example.org/own.zip"\n')
    assert (
        '%pip install --quiet "own-lab @ https://example.org/own.zip"'
        in cells_of(load_course(course.root))["01_count-setup"]
    )
    settings.write_text('title = "Small"\nseed = 7\ninstall = 3\n')
    with pytest.raises(CourseError, match=r"install=3\. It is what pip is given on Colab: install = \"dlfb-lab\"\."):
        load_course(course.root)


def test_the_stamp_is_that_of_the_text_and_not_of_the_answers(course):
    before = stamp_of(course.labs[0])
    write_course(course.root, LAB.replace("found = len(x)", "found = sum(1 for _ in x)"))
    assert stamp_of(course.labs[0]) == before


def test_a_notebook_is_valid_and_holds_no_trace_of_a_run(course):
    notebook = nbformat.reads(built(course), as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata == {
        "dlfb_lab": {"lab": "01_count", "stamp": stamp_of(course.labs[0])},
        "kernelspec": {"display_name": "Python 3 (dlfb-lab)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None and cell.metadata == {} for cell in code)


def test_a_notebook_is_written_as_jupyter_writes_it(course):
    text = built(course)
    assert text == nbformat.writes(nbformat.reads(text, as_version=4)) + "\n"


def test_hints_are_in_the_catalog_and_not_in_the_notebook(course):
    assert "hint 1" not in built(course)
    catalog = json.loads(build_catalog(course))
    assert catalog["title"] == "Small"
    (lab,) = catalog["labs"]
    assert (lab["name"], lab["title"], lab["stamp"]) == ("01_count", "Counting", stamp_of(course.labs[0]))
    assert lab["tasks"][0] == {
        "name": "count",
        "title": "Count",
        "kind": "function",
        "points": 2,
        "difficulty": 1,
        "minutes": 3,
        "hints": ["hint 1", "hint 2", "hint 3"],
        "starter": cells_of(course)["count-answer"],
    }


def test_the_catalog_holds_no_answer_and_no_seed(course):
    text = build_catalog(course)
    assert "secret" not in text
    assert "len(x)" not in text
    assert "seed" not in text


def test_what_is_missing_is_named_and_then_built(course):
    notebook, catalog = course.root / "exercises" / "01_count.ipynb", course.root / "catalog.json"
    assert build_course(course, write=False) == [
        f"{notebook}: missing. Run `autograder build`.",
        f"{catalog}: missing. Run `autograder build`.",
    ]
    assert not notebook.exists()
    assert build_course(course, write=True) == [f"{notebook}: built.", f"{catalog}: built."]
    assert build_course(course, write=False) == []
    assert notebook.read_text("utf-8") == built(course)
    assert list(notebook.parent.iterdir()) == [notebook]


def test_an_edited_notebook_is_noticed_and_built_again(course):
    build_course(course, write=True)
    notebook = course.root / "exercises" / "01_count.ipynb"
    notebook.write_text(notebook.read_text("utf-8") + "\n")
    outdated = [f"{notebook}: not what its source gives. Run `autograder build`."]
    assert build_course(course, write=False) == outdated
    assert build_course(course, write=True) == [f"{notebook}: built."]
    assert build_course(course, write=True) == []


def test_what_is_up_to_date_is_not_touched(course):
    build_course(course, write=True)
    notebook = course.root / "exercises" / "01_count.ipynb"
    before = notebook.stat().st_mtime_ns
    build_course(course, write=True)
    assert notebook.stat().st_mtime_ns == before


def test_a_notebook_without_a_source_is_named_and_left_alone(course):
    build_course(course, write=True)
    orphan = course.root / "exercises" / "00_old.ipynb"
    orphan.write_text("{}")
    assert build_course(course, write=True) == [
        f"{orphan}: no lab of this course is built to it. Delete it, or restore its source."
    ]
    assert orphan.exists()


def test_a_notebook_that_cannot_be_written_is_named(course):
    (course.root / "catalog.json").mkdir()
    with pytest.raises(CourseError, match=r"catalog\.json: cannot be read \(.*\)\. Correct its rights\."):
        build_course(course, write=True)


def test_a_full_disk_is_named_and_leaves_no_draft(course, monkeypatch):
    def full(path, data):
        path.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    message = r"01_count\.ipynb: cannot be written \(.*No space left.*\)\. Free some space, or correct its rights\."
    with pytest.raises(CourseError, match=message):
        build_course(course, write=True)
    assert list((course.root / "exercises").iterdir()) == []


def test_two_random_ids_that_happen_to_be_the_same_disturb_nothing(course, monkeypatch):
    """Seen once in some thousands of reads: the library that reads a source gives each cell a random id."""
    before = built(course)
    monkeypatch.setattr("nbformat.v4.nbbase.random_cell_id", lambda: "twin")
    assert built(course) == before
