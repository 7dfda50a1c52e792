"""The words around a pair. They say what was seen, and never that somebody copied."""

from autograder.similar.overlap import Overlap

HINT = (
    "A hint to look, not a verdict: answers can be alike by chance, by a common source, or because two were allowed to "
    "work together. Read both, and talk with both students before you conclude anything."
)


def what_was_seen(overlap: Overlap) -> str:
    """One sentence on how much was compared and what was found."""
    pairs = _count(len(overlap.pairs), "pair of answers looks", "pairs of answers look")
    tasks = _count(len(overlap.tasks), "task", "tasks")
    return f"{pairs} alike, among {_count(overlap.students, 'student', 'students')} and {tasks}."


def what_cannot_be_told(overlap: Overlap) -> str:
    """One sentence on the tasks that say nothing either way; "" where there are none."""
    if not overlap.untold:
        return ""
    tasks = _count(len(overlap.tasks), "task", "tasks")
    return (
        f"Nothing can be told on {overlap.untold} of {tasks}: the answers are too short, or as the course or most of "
        "the class have them."
    )


def percent(similarity: float) -> str:
    """0.834 as "83 %"; only what is the same throughout is 100 %."""
    return f"{int(similarity * 100)} %"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
