"""What a task's points are, from how its checks ended."""

from collections.abc import Sequence

from dlfb_lab._outcome import Outcome


def points_of(most: float, outcomes: Sequence[Outcome]) -> float:
    """Each check is worth the same share of `most`. One that could not be judged for our own fault counts as passed."""
    kept = sum(outcome in (Outcome.PASSED, Outcome.GRADER_ERROR) for outcome in outcomes)
    return round(most * kept / len(outcomes), 2) if outcomes else float(most)
