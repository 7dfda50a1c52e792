"""A student hands in again and again: to draw easier inputs, or to come nearer to hidden values step by step."""

from arena import LIMITS, verdicts
from threat import RIGHT, Threat

from autograder.grade import Grader, Settings
from autograder.session import Session

SEES = """
import hashlib
seen = []
def kmer_counts(idx, K):
    if not isinstance(idx, jax.core.Tracer) and idx.size > 50:
        seen.append(hashlib.sha256(np.asarray(idx).tobytes()).hexdigest())
    return honest(idx, K)
"""
# Right wherever the student can look, and off by so much elsewhere.
GUESS = """
def kmer_counts(idx, K):
    return honest(idx, K) + (idx.size > 50) * jnp.int32({off})
"""
HONEST = RIGHT.replace("def kmer_counts", "def honest")

THREAT = Threat(
    25,
    "Resubmission as an oracle",
    "The seed belongs to the course, so that nothing is drawn anew; a hidden check tells no distance.",
    "whatever hidden tests print or raise comes back in the feedback",
)


def test_handing_in_again_draws_no_other_inputs(arena):
    first, again = (arena.told("seen", HONEST, SEES) for _ in range(2))
    assert first == again
    assert len(set(first)) > 1


def test_another_seed_would(arena):
    """So the inputs above are the same because the seed is, and who does not know it cannot compute them."""
    settings = Settings(arena.course.root, arena.course.seed + 1, LIMITS)
    kit = Grader(arena.course, arena.zygote, settings, arena.level)._kit(arena.course.labs[0])
    with Session(
        arena.zygote, ["import jax\nimport jax.numpy as jnp\nimport numpy as np", HONEST, SEES], LIMITS
    ) as session:
        kit.judge(session)
        (others,) = session.request("lookup", "seen")
    assert not set(others) & set(arena.told("seen", HONEST, SEES))


def test_a_guess_far_off_reads_like_one_that_is_near(arena):
    near, far = (arena.grade(HONEST, GUESS.format(off=off)) for off in (1, 1000))
    assert near.tasks == far.tasks
    assert verdicts(near) != verdicts(arena.honest)
