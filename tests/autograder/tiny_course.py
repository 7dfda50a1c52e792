"""A course of one lab with two tasks, for tests that grade for real and have no minutes to spare."""

import json
from pathlib import Path

LAB = "71_tiny"
# In the answers and hidden checks alone.
CANARY = "canary_of_the_tiny_course"
_HINTS = "".join(f'\n# %% [markdown] hint="{{task}}"\n# {hint}\n' for hint in ("Think.", "Think more.", "Twice."))
SOURCE = f'''# %% [markdown]
# # A tiny lab

# %%
from dlfb_lab import check

# %% [markdown] task="double" points=2 difficulty=1 minutes=1
# ## Task: double a number
{_HINTS.format(task="double")}
# %% answer="double"
def double(x):
    """Twice `x`."""
    # BEGIN SOLUTION
    {CANARY} = x + x
    return {CANARY}
    # END SOLUTION

# %% check="double"
check("double")

# %% [markdown] task="seven" points=1 difficulty=1 minutes=1
# ## Task: the number seven
{_HINTS.format(task="seven")}
# %% answer="seven"
# BEGIN SOLUTION
seven = 7
# END SOLUTION

# %% check="seven"
check("seven")
'''
VISIBLE = '''from dlfb_lab import expect_equal


def test_double_of_two(double):
    """Twice two is four."""
    expect_equal(double(2), 4)


def test_seven_is_seven(seven):
    """It is seven."""
    expect_equal(seven, 7)
'''
HIDDEN = f'''from dlfb_lab import expect_equal


def test_double_of_others(double, reference):
    """It holds for other numbers."""
    {CANARY} = 1234
    expect_equal(double({CANARY}), reference({CANARY}))
'''


def write_tiny_course(folder):
    """The course, built, in `folder`."""
    from autograder.build import build_course
    from autograder.course import load_course

    texts = {
        "solutions/course.toml": 'title = "Tiny"\nseed = 20250309\n',
        f"solutions/{LAB}.py": SOURCE,
        f"solutions/hidden/test_{LAB}.py": HIDDEN,
        f"checks/test_{LAB}.py": VISIBLE,
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    course = load_course(folder)
    build_course(course, write=True)
    return course


def notebook(*sources):
    """A notebook of the lab with these code cells."""
    cells = [
        {
            "cell_type": "code",
            "id": f"c{number}",
            "metadata": {},
            "source": source,
            "outputs": [],
            "execution_count": None,
        }
        for number, source in enumerate(sources)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


RIGHT = ("def double(x):\n    return x + x", "seven = 7")


def hand_in(folder, **notebooks):
    """Write notebooks, by name, as a student would hand them in."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name, text in notebooks.items():
        (folder / f"{name}.ipynb").write_text(text, "utf-8")
