import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from autograder.report.record import CheckReport, Report, TaskReport
from autograder.report.table import class_table, print_table
from dlfb_lab._outcome import Outcome


def task(name, points=1.0, outcome=Outcome.PASSED):
    return TaskReport(name, name, outcome, points, 1.0)


def report(student, *tasks, lab="03_random_keys", problem=""):
    return Report(student, student, student, lab, tasks, problem)


def printed(*reports, width=80, encoding="utf-8"):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    print_table(reports, Console(file=stream, width=width))
    stream.flush()
    return raw.getvalue().decode(encoding)


def test_sign_word_and_points_stand_in_each_cell():
    text = printed(report("ada", task("two_draws"), task("step_key", 0.5, Outcome.FAILED)))
    assert "│ student │ two_draws    │ step_key       │ points │" in text
    assert "│ ada     │ ✓ passed 1/1 │ ✗ failed 0.5/1 │  1.5/2 │" in text


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_is_told_without_color(outcome):
    text = printed(report("ada", task("two_draws", 0, outcome)))
    assert outcome.value.replace("_", " ") in text
    assert "\x1b" not in text


def test_every_outcome_has_a_sign_of_its_own():
    for encoding in ("utf-8", "ascii"):
        text = printed(*(report("ada", task("t", 0, outcome)) for outcome in Outcome), encoding=encoding)
        rows = [line for line in text.splitlines() if "ada" in line and "0/1" in line]
        assert len({row.split()[3] for row in rows}) == len(Outcome)


def test_a_terminal_that_knows_only_ascii_gets_ascii():
    text = printed(report("ada", task("two_draws"), task("step_key", 0, Outcome.FAILED)), encoding="ascii")
    assert "| ada     | + passed 1/1 | x failed 0/1 |" in text


@pytest.mark.parametrize("count", [1, 3, 5, 8, 12, 30])
@pytest.mark.parametrize("width", [50, 80, 120, 200])
def test_no_table_is_wider_than_the_terminal_and_no_task_is_lost(count, width):
    tasks = [task(f"a_long_task_name_{position}", 0.25, Outcome.NOT_ATTEMPTED) for position in range(count)]
    text = printed(report("ada with a rather long name indeed", *tasks), width=width)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert text.count("0.25") == count + (count == 1)
    assert "…" not in text


def test_tasks_that_do_not_fit_get_numbers_and_a_key():
    text = printed(report("ada", *(task(f"a_long_task_name_{position}") for position in range(12))))
    assert "│ student │ 1   │ 2   │" in text
    key = text.replace("\n", " ")
    assert "Tasks: 1\u00a0a_long_task_name_0, 2\u00a0a_long_task_name_1," in key
    assert "12\u00a0a_long_task_name_11" in key


def test_each_lab_has_its_table():
    text = printed(
        report("ada", task("b"), lab="03"), report("ben", task("a"), lab="02"), report("ada", task("a"), lab="02")
    )
    assert text.index("02\n" if "02\n" in text else "02 ") < text.index("03 ")
    assert text.count("│ student") == 2


def test_a_task_that_one_report_lacks_is_an_empty_cell():
    text = printed(report("ada", task("a")), report("ben", task("a"), task("b")))
    assert "│ ada     │ ✓ passed 1/1 │              │    1/1 │" in text


def test_what_could_not_be_graded_is_listed_with_its_sentence():
    text = printed(report("cy", problem="cy.pdf is not a notebook.", lab=""))
    assert "Not graded:\n  cy: cy.pdf is not a notebook." in text


def test_a_grader_error_comes_first_and_names_who_is_concerned():
    check = CheckReport("c", "It holds.", True, Outcome.GRADER_ERROR)
    broken = Report("b", "ben", "b", "03", (TaskReport("t", "T", Outcome.PASSED, 1.0, 1.0, (check,)),))
    text = printed(report("ada", task("t"), lab="03"), broken)
    assert text.index("GRADER ERROR") < text.index("student")
    assert "could not be judged for ben" in text


def test_the_legend_explains_the_signs_that_occur():
    text = printed(report("ada", task("a"), task("b", 0, Outcome.TIMED_OUT)))
    assert text.rstrip().endswith("✓ passed   ◷ timed out")


def test_names_are_neither_markup_nor_escapes():
    text = printed(report("[red]ada[/red] \x1b[31m", task("[bold]t")))
    assert "[red]ada[/red] \\x1b[3" in text
    assert "[bold]t" in text
    assert "\x1b" not in text


def test_the_table_can_be_put_into_something_else():
    console = Console(file=io.StringIO(), width=80)
    console.print(class_table([report("ada", task("two_draws"))], width=80))
    assert "✓ passed 1/1" in console.file.getvalue()


def test_nobody_is_no_table():
    assert printed() == ""
