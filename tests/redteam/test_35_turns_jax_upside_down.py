"""A notebook changes what JAX computes with: 64 bits, other random numbers, other rules, flags for the compiler."""

import jax
import pytest
from arena import outcome, verdicts
from threat import OTHER, RIGHT, Threat

from dlfb_lab._outcome import Outcome

SETTINGS = {
    "jax_enable_x64": True,
    "jax_default_matmul_precision": "bfloat16",
    "jax_default_prng_impl": "rbg",
    "jax_numpy_dtype_promotion": "strict",
    "jax_numpy_rank_promotion": "raise",
    "jax_debug_nans": True,
    "jax_disable_jit": True,
    "jax_check_tracer_leaks": True,
}
FLIPS = f"for name, value in {SETTINGS}.items():\n    jax.config.update(name, value)\n"
# Right as long as the default integer has 32 bits.
BY_DEFAULT = RIGHT.replace("dtype=jnp.int32", "dtype=int")
DUMPS = 'import os\nos.environ["XLA_FLAGS"] = "--xla_dump_to=" + {!r}\n'
BREAKS = 'import os\nos.environ["XLA_FLAGS"] = "--xla_no_such_flag"\n'

THREAT = Threat(
    35,
    "JAX's settings and the compiler's flags changed",
    "They are those of the submission's own process; the grader's are another's, and no other submission has it.",
    "the tests that follow run under them",
    (FLIPS, BY_DEFAULT),
)


def test_what_is_right_is_right_under_other_settings(arena):
    assert verdicts(arena.grade(FLIPS, RIGHT)) == verdicts(arena.honest)


def test_an_answer_that_they_make_wrong_is_wrong_and_said_to_be_of_another_dtype(arena):
    before = {name: getattr(jax.config, name) for name in SETTINGS}
    report = arena.grade(*THREAT.cells)
    assert outcome(report) is Outcome.FAILED
    (task,) = (one for one in report.tasks if one.name == "kmer_counts")
    assert task.finding.diagnosis == "wrong-dtype"
    assert {name: getattr(jax.config, name) for name in SETTINGS} == before


def test_without_them_it_is_right(arena):
    assert verdicts(arena.grade(BY_DEFAULT)) == verdicts(arena.honest)


def test_the_compiler_writes_nowhere_but_at_home(arena, tmp_path):
    assert verdicts(arena.grade(DUMPS.format(str(tmp_path)), RIGHT)) == verdicts(arena.honest)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("cells", [(BREAKS, RIGHT, OTHER)])
def test_flags_that_end_the_process_end_nobody_elses(arena, cells):
    report = arena.grade(*cells)
    assert outcome(report) is Outcome.CRASHED
    assert outcome(report, "swap_rows") is Outcome.NOT_ATTEMPTED
