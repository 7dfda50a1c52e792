"""A notebook forges what its process says of itself: jaxprs, compilations, slopes, `jax.jit` around an answer.

What a probe says is the student's word, and worth something only beside a value that is right. `WHAT_REMAINS.md` says
what can be forged all the same; the last tests here are its examples.
"""

import shutil
from pathlib import Path

import pytest
from arena import LIMITS, notebook, outcome, points
from threat import Threat

from autograder.collect import Submission
from autograder.course import load_course
from autograder.grade import Grader, Settings
from dlfb_lab._outcome import Outcome

ROOT = Path(__file__).parents[2]
LAB = "05_jit"
# Values that are wrong everywhere, and values that are right without any compilation.
WRONG_HILL = "def hill(x, n, k):\n    return x**k / (n**k + x**k) + 0.5\n"
PLAIN_HILL = "def hill(x, n, k):\n    return x**n / (k**n + x**n)\n"
WRONG_SELU = "def selu(x, alpha=1.67, lambda_=1.05):\n    return jnp.asarray(x, jnp.float32) * 0.5 + 40\n"
# Right, but with an `if` that `jax.jit` and `jax.vmap` cannot read.
BRANCHING = """
def growth_by_temperature(t):
    return 0.0002 * t * (t - 10) * (35 - t) ** 0.5 if 10 < t < 35 else 0.0 * t
"""
FORGERIES = {
    "JAX itself": """
import jax.monitoring
real = jax.make_jaxpr
jax.make_jaxpr = lambda f, *a, **k: real(lambda *x: x)
jax.jit = lambda f=None, **k: f if f is not None else (lambda g: g)
jax.vmap = lambda f, *a, **k: (lambda *rows: jnp.stack([jnp.asarray(f(*row)) for row in zip(*rows)]))
jax.value_and_grad = lambda f, *a, **k: (lambda *x: (f(*x), jnp.ones_like(x[0])))
""",
    "JAX's events": """
import jax.monitoring
listen = jax.monitoring.register_event_duration_secs_listener
def with_a_forged_event(listener):
    listen(listener)
    for name in ("hill", "ten_power_sum", "padded_mean"):
        listener("/jax/core/compile/backend_compile_duration", 0.1, fun_name=name)
jax.monitoring.register_event_duration_secs_listener = with_a_forged_event
""",
    "the probes": """
from dlfb_lab.probes import _registry
def observation(answer, args, kwargs, watch, again):
    seen = dict.fromkeys(("keys", "leaks", "primitives", "printed", "settings", "warnings"))
    return {**seen, "value": answer(*args, **kwargs), "inputs_after": args, "traces": 1, "compiles": 1}
def each(answer, *rows, **how):
    return jnp.stack([jnp.asarray(answer(*row), jnp.float32) for row in zip(*rows)])
_registry._INSTRUMENTS |= {
    "observation": observation, "mapped": each, "jitted": lambda answer, *args, static=(): answer(*args),
    "slope": lambda answer, args, argnum, at: [answer(*args), jnp.float32(1)],
}
""",
}
# Forms that no probe has.
NONSENSE = ("'passed'", "{'value': 1, 'passed': True}", "10**18", "print")

THREAT = Threat(
    70,
    "Forged claims on structure: jaxprs, compilations, slopes",
    "Values first, from fresh inputs, compared outside; what a process says of itself counts only beside them.",
    "the tests themselves run in the student's process, so their verdicts can be forged as well",
)


@pytest.fixture(scope="module")
def jit_grader(ground, tmp_path_factory):
    """A grader for the lab whose checks ask most of what a process says of itself."""
    folder = tmp_path_factory.mktemp("jit")
    (folder / "solutions" / "hidden").mkdir(parents=True)
    for name in (f"{LAB}.py", f"hidden/test_{LAB}.py", "course.toml"):
        shutil.copy(ROOT / "solutions" / name, folder / "solutions" / name)
    course = load_course(folder)
    grader = Grader(course, ground.zygote, Settings(folder, course.seed, LIMITS), ground.level)
    grader._kit(course.labs[0])  # its memory is not an attack's
    return grader


@pytest.fixture
def grade(jit_grader, arena):
    """Grades a notebook of the lab."""

    def graded(*cells):
        data = notebook(*cells, metadata={"dlfb_lab": {"lab": LAB}})
        report = jit_grader.grade(Submission("attacker", "attacker", "attacker", f"{LAB}.ipynb", data))
        assert report.faults == () and report.cells == ()
        return report

    return graded


def lost(report, task):
    """The checks of a task that did not pass."""
    (one,) = (one for one in report.tasks if one.name == task)
    return {check.name.removeprefix(f"test_{task}_") for check in one.checks if check.outcome is not Outcome.PASSED}


@pytest.mark.parametrize("way", FORGERIES)
def test_wrong_values_stay_worth_nothing(grade, way):
    report = grade(FORGERIES[way], WRONG_HILL, WRONG_SELU)
    for task in ("hill", "selu"):
        assert (outcome(report, task), points(report, task)) == (Outcome.FAILED, 0)


def test_a_forged_slope_has_to_be_the_right_number(grade):
    """It is compared like any other value. This one is right where the rate grows as fast as the temperature."""
    report = grade(FORGERIES["the probes"], BRANCHING)
    assert lost(report, "growth_by_temperature") == {"has_a_slope", "keeps_its_slope"}


@pytest.mark.parametrize("said", NONSENSE)
def test_an_observation_of_no_known_form_is_the_students_fault_and_nothing_gained(grade, said):
    forged = f"from dlfb_lab.probes import _registry\n_registry._INSTRUMENTS['observation'] = lambda *a, **k: {said}"
    report = grade(forged, PLAIN_HILL)
    assert lost(report, "hill") == COMPILED
    assert outcome(report, "hill") is Outcome.FAILED


# What remains. Each of these answers has all its values right.

COMPILED = {"makes_one_program", "serves_every_n_and_k"}


def test_without_a_forgery_an_answer_that_is_never_compiled_loses_those_checks(grade):
    assert lost(grade(PLAIN_HILL), "hill") == COMPILED


@pytest.mark.parametrize("way", ["JAX's events", "the probes"])
def test_that_something_was_compiled_can_be_forged(grade, way):
    assert lost(grade(FORGERIES[way], PLAIN_HILL), "hill") == set()


def test_that_an_answer_ran_inside_jit_or_vmap_can_be_forged(grade):
    inside = {"works_inside_jit", "works_inside_vmap"}
    assert lost(grade(BRANCHING), "growth_by_temperature") >= inside
    assert not lost(grade(FORGERIES["the probes"], BRANCHING), "growth_by_temperature") & inside
