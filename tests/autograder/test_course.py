import re
from pathlib import Path

import pytest

from autograder.course import CourseError, load_course

REPOSITORY = Path(__file__).parents[2]
LAB = '''\
# %% [markdown]
# # Counting
#
# Some text.

# %% [markdown] task="count" points=2 difficulty=1 minutes=3
# ## Task: count them
# Write it.

# %% answer="count"
def count(x):
    """How many."""
    # BEGIN SOLUTION
    return len(x)
    # END SOLUTION

# %% check="count"
check("count")

# %% [markdown] hint="count"
# one

# %% [markdown] hint="count"
# two

# %% [markdown] hint="count"
# three
'''


def write_course(root, text=LAB, lab="01_count"):
    (root / "solutions").mkdir(exist_ok=True)
    (root / "checks").mkdir(exist_ok=True)
    (root / "solutions" / "course.toml").write_text('title = "Small"\nseed = 7\n')
    (root / "solutions" / f"{lab}.py").write_text(text)
    (root / "checks" / f"test_{lab}.py").write_text("")
    return root


def message_of_loading(root):
    with pytest.raises(CourseError) as caught:
        load_course(root)
    return str(caught.value)


def test_this_repository_is_a_course():
    course = load_course(REPOSITORY)
    assert {"02_immutability", "03_random_keys"} <= {lab.name for lab in course.labs}
    assert all(lab.visible_checks.is_file() and lab.hidden_checks.is_file() for lab in course.labs)


def test_a_lab_knows_its_title_and_the_files_of_its_checks(tmp_path):
    root = write_course(tmp_path)
    (root / "solutions" / "hidden").mkdir()
    hidden = root / "solutions" / "hidden" / "test_01_count.py"
    hidden.write_text("")
    (lab,) = load_course(root).labs
    assert (lab.name, lab.title) == ("01_count", "Counting")
    assert (lab.visible_checks, lab.hidden_checks) == (root / "checks" / "test_01_count.py", hidden)


def test_a_lab_may_have_no_hidden_checks(tmp_path):
    assert load_course(write_course(tmp_path)).labs[0].hidden_checks is None


def test_the_labs_that_ship_have_their_checks_in_the_package():
    lab = next(lab for lab in load_course(REPOSITORY).labs if lab.name == "02_immutability")
    assert lab.visible_checks == REPOSITORY / "dlfb_lab" / "checks" / "test_02_immutability.py"


def test_a_task_knows_all_that_its_cells_say(tmp_path):
    (task,) = load_course(write_course(tmp_path)).labs[0].tasks
    assert (task.name, task.lab, task.title, task.kind) == ("count", "01_count", "Task: count them", "function")
    assert (task.points, task.difficulty, task.minutes) == (2, 1, 3)
    assert task.hints == ("one", "two", "three")


def test_an_answer_that_is_assigned_is_a_value(tmp_path):
    answer = '# %% answer="count"\n# BEGIN SOLUTION\ncount = 3\n# END SOLUTION\n\n'
    text = re.sub(r"# %% answer.*?\n\n(?=# %% check)", answer, LAB, flags=re.DOTALL)
    assert load_course(write_course(tmp_path, text)).labs[0].tasks[0].kind == "value"


def test_an_answer_may_be_a_class(tmp_path):
    text = LAB.replace("def count(x):", "class count:").replace('    """How many."""', "    def n(self):")
    text = text.replace("    # ", "        # ").replace("    return", "        return")
    assert load_course(write_course(tmp_path, text)).labs[0].tasks[0].kind == "function"


def test_labs_and_tasks_keep_their_order(tmp_path):
    write_course(tmp_path, LAB.replace("count", "later"), "02_b")
    course = load_course(write_course(tmp_path, LAB, "01_a"))
    assert [(lab.name, [task.name for task in lab.tasks]) for lab in course.labs] == [
        ("01_a", ["count"]),
        ("02_b", ["later"]),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        (
            "    # END SOLUTION\n",
            "",
            10,
            "`# BEGIN SOLUTION` is never closed. Put `# END SOLUTION` below the solution.",
        ),
        ("    # BEGIN SOLUTION\n", "", 10, "`# END SOLUTION` has no `# BEGIN SOLUTION` before it. Add one above"),
        (
            "    return",
            "    # BEGIN SOLUTION\n    return",
            10,
            "`# BEGIN SOLUTION` stands twice before `# END SOLUTION`.",
        ),
        ("def count(x)", "def kount(x)", 10, "does not define `count`. Keep its `def` line."),
        ("return len(x)", "return len(x", 10, "is no Python ("),
        ('check("count")', "# BEGIN SOLUTION", 17, "a solution marker outside an answer cell. Write answer="),
        ('# %% check="count"', "# %%", 6, "the task `count` has 0 check cells. It needs exactly one."),
        (
            '# %% answer="count"',
            '# %% answer="kount"',
            10,
            "answer='kount' names no task of this lab. Correct the name, or",
        ),
        (
            '# %% [markdown] hint="count"\n# two\n',
            "",
            6,
            "the task `count` has 2 hints. It needs three, each saying more.",
        ),
        (" points=2", "", 6, "the task `count` has no points. Add points= to its header."),
        (" minutes=3", "", 6, "the task `count` has no minutes. Add minutes= to its header."),
        ("points=2", "points=0", 6, "points=0. It must be a number above 0."),
        ("points=2", 'points="two"', 6, "points='two'. It must be a number above 0."),
        ("difficulty=1", "difficulty=6", 6, "difficulty=6. It must be 1, 2, 3, 4 or 5."),
        ("minutes=3", "minutes=0.5", 6, "minutes=0.5. It must be a whole number above 0."),
        ("points=2", "point=2", 6, "the header has `point`, which is no header word. Known are task, hint, answer and"),
        ('# %% check="count"', '# %% check="count" points=2', 17, "`points` stands in a header without task=. Move it"),
        ('# %% check="count"', "# %% the check", 17, "the header has 'the check', which is no header word."),
        ('# %% check="count"', '# %% check="count" hint="count"', 17, "the header has both check and hint. Keep one"),
        (
            '# %% check="count"',
            '# %% [markdown] check="count"',
            17,
            "check='count' stands on a markdown cell. Begin its",
        ),
        (
            '# %% [markdown] hint="count"\n# one',
            '# %% hint="count"\n# one',
            20,
            "Begin its header with `# %% [markdown]`.",
        ),
        ('# %% check="count"', '# %% [raw] check="count"', 17, "a raw cell. Only code cells and [markdown] cells"),
        ("# ## Task: count them\n", "", 6, "the task `count` has no title. Begin its text with a heading"),
    ],
)
def test_a_source_that_breaks_a_rule_is_refused_with_its_place(tmp_path, old, new, line, message):
    assert old in LAB
    found = message_of_loading(write_course(tmp_path, LAB.replace(old, new, 1)))
    assert found.startswith(f"{tmp_path / 'solutions' / '01_count.py'}, line {line}: ")
    assert message in found


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("rng", "checks get something else under that name"),
        ("reference", "checks get something else under that name"),
        ("key", "labs and checks use it for something else"),
        ("request", "pytest keeps it for a fixture of its own"),
        ("tmp_path", "pytest keeps it for a fixture of its own"),
        ("lambda", "it is no plain Python name"),
        ("k-mer", "it is no plain Python name"),
        ("c" * 51, "it is longer than 50 characters"),
    ],
)
def test_some_names_cannot_be_a_task(tmp_path, name, reason):
    found = message_of_loading(write_course(tmp_path, LAB.replace('"count"', f'"{name}"')))
    assert found.endswith(f"line 6: `{name}` cannot be a task's name: {reason}. Choose another one.")


def test_a_function_must_have_its_markers_inside(tmp_path):
    text = LAB.replace("    # BEGIN SOLUTION\n", "").replace("    # END SOLUTION", "# END SOLUTION")
    text = text.replace("def count(x):", "# BEGIN SOLUTION\ndef count(x):")
    assert "put them inside it, around its body" in message_of_loading(write_course(tmp_path, text))


def test_an_answer_without_markers_is_refused(tmp_path):
    text = LAB.replace("    # BEGIN SOLUTION\n", "").replace("    # END SOLUTION\n", "")
    assert "has no solution markers. Put `# BEGIN SOLUTION`" in message_of_loading(write_course(tmp_path, text))


def test_a_task_written_twice_is_refused(tmp_path):
    found = message_of_loading(write_course(tmp_path, LAB + LAB))
    assert found.endswith("line 6: the task `count` has 2 task cells. It needs exactly one.")


def test_a_task_in_two_labs_is_refused(tmp_path):
    write_course(tmp_path, LAB, "01_a")
    found = message_of_loading(write_course(tmp_path, LAB, "02_b"))
    assert found == (
        "the task `count` stands in 01_a.py and in 02_b.py. Names are unique over all labs: rename one of them."
    )


def test_a_folder_without_solutions_is_no_course(tmp_path):
    found = message_of_loading(tmp_path)
    assert found == f"{tmp_path}: no course, for it has no folder `solutions`. Name a course folder with --course."


def test_a_course_without_labs_is_refused(tmp_path):
    root = write_course(tmp_path)
    (root / "solutions" / "01_count.py").unlink()
    assert message_of_loading(root) == f"{root / 'solutions'}: holds no lab. Add one, such as 01_arrays.py."


def test_a_lab_without_checks_is_refused(tmp_path):
    root = write_course(tmp_path)
    (root / "checks" / "test_01_count.py").unlink()
    assert message_of_loading(root).endswith("missing, and dlfb_lab ships no checks for the lab '01_count'. Write it.")


def test_a_lab_needs_a_name_that_fits_into_file_names(tmp_path):
    found = message_of_loading(write_course(tmp_path, LAB, "01-Count"))
    assert "01-Count.py: not a lab's name. Rename it with small letters, digits and `_`" in found


def test_a_lab_needs_a_title(tmp_path):
    found = message_of_loading(write_course(tmp_path, LAB.replace("# # Counting", "# Counting")))
    assert found.endswith(
        "01_count.py: has no title. Begin its first [markdown] cell with a heading, such as `# # Arrays`."
    )


def test_a_source_that_is_no_text_is_refused(tmp_path):
    root = write_course(tmp_path)
    (root / "solutions" / "01_count.py").write_bytes(b"\xff\xfe")
    found = message_of_loading(root)
    assert "01_count.py: cannot be read (" in found
    assert found.endswith("Save it as UTF-8 text and check its rights.")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("seed = 1", 'has no title. Add a line such as title = "Learning JAX".'),
        ('title = "x"', "has no seed. Add a line such as seed = 20250101, a whole number."),
        ('title = "x"\nseed = -1', "has no seed. Add a line such as seed = 20250101, a whole number."),
        ('title = "x"\nseed = true', "has no seed. Add a line such as seed = 20250101, a whole number."),
        ("title = ", "cannot be read ("),
        (None, 'missing. Write it: title = "..." and seed = (any whole number).'),
    ],
)
def test_settings_that_say_too_little_are_refused(tmp_path, settings, message):
    path = write_course(tmp_path) / "solutions" / "course.toml"
    path.unlink()
    if settings is not None:
        path.write_text(settings)
    assert message_of_loading(tmp_path).startswith(f"{path}: {message}")
