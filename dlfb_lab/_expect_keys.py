"""What a check expects of the keys that a call was seen to use, and which misconception a repeated one shows."""

from collections import Counter

from dlfb_lab._errors import CheckFailed
from dlfb_lab._finding import Finding
from dlfb_lab.probes import KeyUses, Seen


def expect_fresh_keys(seen: Seen) -> None:
    """Expect that no key served for two draws, and none for a draw and for making other keys.

    Look at `seen.value` first: an answer that draws nothing uses no key twice. What could not be seen is let pass.
    """
    found = _repeated(seen.key_uses) if seen.key_uses is not None else None
    if found is not None:
        raise CheckFailed(Finding(*found))


def _repeated(uses: KeyUses) -> tuple[str, str] | None:
    twice = {key for key, count in Counter(uses.drawn).items() if count > 1}
    if twice & set(uses.split_children) & set(uses.fold_children):
        return (
            "split-and-fold-in",
            "A key from `split` and one from `fold_in` are the same, and both were drawn from.",
        )
    if twice & _made_twice(uses.fold_children):
        return "fold-in-collision", "`fold_in` made the same key twice, and both were drawn from."
    if twice & _made_twice(uses.split_children):
        return "split-twice", "`split` made the same key twice, and both were drawn from."
    if twice:
        return "key-reused", "Two draws used the same key."
    if set(uses.drawn) & {*uses.split, *uses.folded}:
        return "parent-key-used", "A key was drawn from, and it was split or folded into as well."
    return None


def _made_twice(children: tuple[bytes, ...]) -> set[bytes]:
    return {key for key, count in Counter(children).items() if count > 1}
