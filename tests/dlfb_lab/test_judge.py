"""Runs check files under settings of its own, and says how each check ended."""

import os

import pytest
from helpers import LoopbackTransport, judged

from dlfb_lab import props
from dlfb_lab._answer import Transport
from dlfb_lab._errors import AnswerLost
from dlfb_lab._host import DirectTransport, Host
from dlfb_lab._judge import judge
from dlfb_lab._outcome import Outcome

HEAD = "import jax, pytest\nfrom dlfb_lab import expect, expect_close, probes, props\n\n"


@pytest.fixture
def check_file(tmp_path):
    """`check_file(text)`: a check file with this text."""

    def write(text, name="test_lab.py"):
        path = tmp_path / name
        path.write_text(HEAD + text)
        return path

    return write


def ends(results):
    return [(result.name, result.outcome.value) for result in results]


def double(x):
    return 2 * x


def test_checks_are_named_sentenced_and_kept_in_order(check_file):
    file = check_file(
        'def test_double_b(double):\n    """Twice\n    as much.\n\n    More."""\n    expect_close(double(1), 2)\n\n'
        "def test_double_a(double):\n    expect_close(double(1), 3)\n"
    )
    good, bad = judged(file, {"double": double})
    assert (good.name, good.task, good.sentence, good.file) == ("test_double_b", "double", "Twice as much.", file)
    assert (good.outcome, bad.outcome) == (Outcome.PASSED, Outcome.FAILED)
    assert (bad.sentence, bad.finding.diagnosis) == ("test_double_a", "wrong-value")


def test_the_runs_of_a_parametrized_check_are_one_check_that_fails_with_the_first_of_them(check_file):
    file = check_file(
        '@pytest.mark.parametrize("n", [1, 2, 3])\ndef test_double(double, n):\n'
        '    expect(n == 1, "wrong-value", f"run {n}")\n\n'
        "def test_double_keys(double, make_key):\n    assert make_key(1).ndim in (0, 1)\n"
    )
    first, second = judged(file, {"double": double})
    assert (first.outcome, first.finding.saw) == (Outcome.FAILED, "run 2")
    assert second.outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("body", "outcome", "diagnosis"),
    [
        ("pass", "passed", None),
        ("assert double(1) == 3", "failed", "wrong-value"),
        ("expect(False, 'key-reused', '')", "failed", "key-reused"),
        ("double('x')['y']", "failed", "wrong-kind"),
        ("double({}, 1)", "failed", "wrong-arguments"),
        ("expect(double(1), 'wrong-value', '')", "grader_error", None),
        ("double(lambda: 0)", "grader_error", None),
        ("expect(False, 'no-such-diagnosis', '')", "grader_error", None),
        ("raise SystemExit", "failed", "wrong-kind"),
    ],
)
def test_how_a_check_ends_tells_whose_fault_it_is(check_file, body, outcome, diagnosis):
    (result,) = judged(check_file(f"def test_double(double):\n    {body}\n"), {"double": double})
    assert result.outcome == outcome
    assert (result.finding and result.finding.diagnosis) == diagnosis
    assert bool(result.note) == (outcome == "grader_error")


def test_a_check_that_fails_on_the_reference_too_is_our_fault(check_file):
    file = check_file("def test_double(double):\n    expect_close(double(1), 3)\n")
    (result,) = judged(file, {"double": double}, broken=["test_double"])
    assert result.outcome is Outcome.GRADER_ERROR
    assert result.note.startswith("CheckFailed: ")


def test_a_check_file_that_cannot_be_read_is_our_fault_and_said_loudly(check_file):
    (result,) = judged(check_file("import no_such_module\n"), {"double": double})
    assert result.outcome is Outcome.GRADER_ERROR
    assert "no_such_module" in result.note


@pytest.mark.parametrize(
    ("names", "outcome", "diagnosis"),
    [
        ({"double": None}, "not_attempted", "not-attempted"),
        ({}, "not_attempted", "no-such-name"),
    ],
)
def test_an_answer_that_is_not_there_is_not_attempted(check_file, names, outcome, diagnosis):
    file = check_file("def test_double(double):\n    double(1)\n\ndef test_double_more(double):\n    pass\n")
    results = judge([file], ["double"], DirectTransport(Host(names)))
    assert [(r.outcome.value, r.finding.diagnosis) for r in results] == [(outcome, diagnosis)] * 2


def test_a_starter_is_not_attempted_but_another_error_of_its_kind_is_wrong(check_file):
    def starter(x):
        raise NotImplementedError("double")

    def lazy(x):
        raise NotImplementedError("later")

    file = check_file("def test_double(double):\n    double(1)\n")
    assert ends(judged(file, {"double": starter})) == [("test_double", "not_attempted")]
    assert ends(judged(file, {"double": lazy})) == [("test_double", "failed")]


def test_after_a_lost_process_the_tasks_other_checks_end_the_same_and_other_tasks_go_on(check_file):
    class Fragile(Transport):
        def __init__(self):
            self.inner = DirectTransport(Host({"bomb": double, "double": double}))
            self.asked = 0

        def request(self, operation, *payload):
            if operation == "lookup" and payload == ("bomb",):
                self.asked += 1
                raise AnswerLost(Outcome.CRASHED, "It is gone.")
            return self.inner.request(operation, *payload)

    fragile = Fragile()
    checks = "def test_bomb(bomb): bomb(1)\n\ndef test_bomb_two(bomb): bomb(2)\n\ndef test_double(double): double(1)\n"
    results = judge([check_file(checks)], ["bomb", "double"], fragile)
    assert [result.outcome.value for result in results] == ["crashed", "crashed", "passed"]
    assert fragile.asked == 1


def test_only_the_checks_of_one_task_can_be_run(check_file):
    file = check_file("def test_set(set_): pass\n\ndef test_set_first(set_first): pass\n")
    assert ends(judged(file, {"set_": 1, "set_first": 2}, only=["set_first"])) == [("test_set_first", "passed")]


def test_visible_inputs_never_change_and_hidden_ones_follow_the_seed(check_file):
    text = "def test_same_{0}(same, rng, make_key):\n    same([float(rng.random()), make_key(3)])\n"
    visible, hidden = check_file(text.format(0)), check_file(text.format(1), "test_hidden.py")

    def drawn(seed):
        seen = []
        names = {"same": lambda x: seen.append(x)}
        judge([visible], names, DirectTransport(Host(names)), hidden=[hidden], seed=seed)
        return [(number, key.tolist() if key.ndim else str(key)) for number, key in seen]

    one, again, other = drawn(1), drawn(1), drawn(2)
    assert one == again
    assert len(one) == 4, "each check runs with typed and with raw keys"
    assert one[:2] == other[:2]
    assert {number for number, _ in one[2:]} & {number for number, _ in other[2:]} == set()
    assert one[1][1] == [0, 3], "a student can make the visible key: jax.random.PRNGKey(3)"


def test_the_reference_is_given_to_hidden_checks_alone(check_file):
    file = check_file("def test_double(double, reference):\n    expect_close(double(1), reference(1))\n")
    assert ends(judged(file, {"double": double}, reference={"double": double})) == [("test_double", "passed")]
    (result,) = judged(file, {"double": double})
    assert result.outcome is Outcome.GRADER_ERROR


def test_props_and_handles_do_not_outlive_their_check(check_file):
    text = "def test_same_{0}(same):\n    same(props.endless_source())\n    same(same)\n"
    file = check_file(text.format(1) + "\n" + text.format(2))
    host = Host({"same": lambda x: x})
    judge([file], ["same"], LoopbackTransport(host))
    assert (host._objects, host._props, props._registry._MADE) == ({}, {}, {})


def test_no_configuration_plugin_or_variable_of_the_surroundings_counts(check_file, tmp_path, monkeypatch):
    file = check_file("def test_double(double):\n    expect_close(double(1), 2)\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
    (tmp_path / "conftest.py").write_text("raise RuntimeError('hostile')\n")
    (tmp_path / "pyproject.toml").write_text("[tool.pytest.ini_options]\naddopts = ['-x', '--no-such']\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")
    monkeypatch.setenv("PYTEST_PLUGINS", "no_such_plugin")
    assert ends(judged(file, {"double": double})) == [("test_double", "passed")]
    assert os.environ["PYTEST_PLUGINS"] == "no_such_plugin"
    assert "PYTEST_DISABLE_PLUGIN_AUTOLOAD" not in os.environ


def test_judging_writes_nothing_beside_the_checks(check_file, tmp_path):
    judged(check_file("def test_double(double): pass\n"), {"double": double})
    assert {path.name for path in tmp_path.iterdir()} <= {"test_lab.py", "__pycache__"}


def test_judging_prints_nothing_and_lets_the_answer_print(check_file, capsys):
    judged(check_file("def test_double(double):\n    assert double(1) == 3\n"), {"double": lambda x: print("mine")})
    assert capsys.readouterr().out == "mine\n"


def test_the_keyboard_still_interrupts(check_file):
    def interrupted(x):
        raise KeyboardInterrupt

    file = check_file("def test_double(double):\n    double(1)\n\ndef test_double_two(double):\n    pass\n")
    with pytest.raises(KeyboardInterrupt):
        judged(file, {"double": interrupted})
