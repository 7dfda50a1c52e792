"""What a check expects of how often an answer was compiled, and which misconception another count shows."""

from dlfb_lab._errors import CheckBug
from dlfb_lab._expect import expect
from dlfb_lab.probes import Seen


def expect_compiles(seen: Seen, most: int = 1, *, again: str = "compiled-again") -> None:
    """Expect that the calls compiled something of the student's, and at most `most` programs.

    Look at `seen.value` first. `again` is what it shows if there are too many programs, but fewer than calls: a static
    argument or a shape that changes, say. As many programs as calls show a function made anew in each. `seen` must come
    from `observe(..., watch="traces")`, with shapes that nobody uses. Raises CheckBug where it does not.
    """
    if seen.compiles is None:
        raise CheckBug('expect_compiles() needs what observe(..., watch="traces") saw')
    expect(seen.compiles > 0, "not-compiled", f"{_calls(seen.calls)}, and no function of yours was compiled.")
    saw = f"{_calls(seen.calls)}, and {seen.compiles} programs were compiled; {most} at most {_is(most)} needed."
    expect(seen.compiles < seen.calls or seen.compiles <= most, "jit-made-anew", saw)
    expect(seen.compiles <= most, again, saw)


def _calls(n: int) -> str:
    return "There was 1 call" if n == 1 else f"There were {n} calls"


def _is(n: int) -> str:
    return "is" if n == 1 else "are"
