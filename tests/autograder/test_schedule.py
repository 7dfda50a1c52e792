"""Who grades what when workers die. The workers are stand-ins that do what a submission's file says."""

import sqlite3
from types import SimpleNamespace

import pytest
from stand_in import serve

from autograder import schedule
from autograder.collect import Submission
from autograder.ledger import NAME, Ledger
from autograder.sandbox.errors import SandboxError
from autograder.schedule import MAX_DEATHS, Schedule
from autograder.worker_process import WorkerProcess


def submission(name, words="answer"):
    return Submission(name, name, f"{name}.ipynb", f"{name}.ipynb", words.encode())


@pytest.fixture
def run(tmp_path):
    """Grades these submissions with stand-ins; name -> its end, in the order in which they came."""

    def graded(*submissions, count=2, required="L2", patience=30.0):
        settings = SimpleNamespace(fingerprints={one.id: f"f-{one.id}" for one in submissions})

        def new_worker():
            return WorkerProcess(serve, settings, required)

        marked = [(one, settings.fingerprints[one.id]) for one in submissions]
        with Ledger(tmp_path) as ledger, Schedule(marked, ledger, new_worker, count, patience) as line:
            return {ended.submission.id: ended for ended in line.results()}

    return graded


def test_each_submission_comes_to_a_report(run):
    ended = run(*(submission(name) for name in "abcdefg"))
    assert sorted(ended) == list("abcdefg")
    assert all(one.report.submission == name and one.seconds is not None for name, one in ended.items())


def test_nothing_to_grade_starts_nobody(tmp_path):
    with Ledger(tmp_path) as ledger, Schedule([], ledger, lambda: pytest.fail("a worker was started"), 2, 1.0) as line:
        assert list(line.results()) == []


def test_no_more_workers_are_started_than_can_be_of_use(tmp_path):
    started = []
    settings = SimpleNamespace(fingerprints={"a": "f"})

    def new_worker():
        started.append("one")
        return WorkerProcess(serve, settings, "L2")

    with Ledger(tmp_path) as ledger, Schedule([(submission("a"), "f")], ledger, new_worker, 8, 30.0) as line:
        assert len(list(line.results())) == 1
    assert started == ["one"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_submission_over_which_a_worker_died_is_tried_again(run, tmp_path, count):
    dies_twice = submission("b", f"die 2 {tmp_path / 'deaths'}")
    ended = run(submission("a"), dies_twice, submission("c"), count=count)
    assert all(one.report is not None for one in ended.values())
    assert (tmp_path / "deaths").read_bytes() == b".."


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("die", "It ended itself with exit code 9."),
        ("lose", "The fork server has died."),
        ("hang", "It did not answer in time."),
    ],
)
def test_a_submission_over_which_workers_die_is_put_aside_and_the_rest_goes_on(run, words, why):
    ended = run(submission("a", words), *(submission(name) for name in "bcd"), patience=4.0)
    assert ended["a"].report is None
    assert ended["a"].why == f"Each of {MAX_DEATHS} worker processes died over it. The last: {why}"
    assert all(ended[name].report is not None for name in "bcd")
    assert list(ended)[-1] == "a", "others wait for it"


def test_every_attempt_is_in_the_ledger(run, tmp_path):
    run(submission("a", "die"), submission("b"), count=1)
    with sqlite3.connect(tmp_path / NAME) as db:
        found = db.execute("SELECT submission, end FROM attempt ORDER BY submission, rowid").fetchall()
    db.close()
    # `finish` is for who keeps the report: see test_batch.py.
    assert found == [("a", "lost")] * MAX_DEATHS + [("b", None)]


def test_where_no_worker_begins_the_run_ends_with_a_sentence(run):
    with pytest.raises(SandboxError) as caught:
        run(*(submission(name) for name in "abc"), required="a life", count=1)
    said = "3 worker processes died one after the other. The last: It ended itself with exit code 7."
    assert str(caught.value) == said


def test_what_no_worker_can_do_ends_the_run_at_once(run):
    with pytest.raises(SandboxError, match="This machine will not do"):
        run(submission("a"), required="a better machine")


def test_a_machine_on_which_nothing_survives_is_given_up(run, monkeypatch):
    monkeypatch.setattr(schedule, "MAX_DEATHS_IN_A_ROW", 5)
    with pytest.raises(SandboxError, match="5 worker processes died one after the other"):
        run(*(submission(name, "die") for name in "abcdef"))
