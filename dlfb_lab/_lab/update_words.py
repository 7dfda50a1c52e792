"""What `lab update` says it does, in words."""

from collections.abc import Iterator, Sequence

from dlfb_lab._lab.merge import Merged


def notebook_words(path: str, merged: Merged) -> Iterator[str]:
    """A line on a notebook that gets new text, and one on each thing in it that a student should know of."""
    kept = [_count(len(merged.kept), "answer"), _count(merged.own, "cell", " of your own")]
    stays = f" Kept as they are: {' and '.join(filter(None, kept))}." if any(kept) else ""
    yield f"{path}: {_count(merged.texts, 'new text') or 'of the new release'}.{stays}"
    if merged.added:
        yield f"  with its starter: {', '.join(merged.added)}."
    if merged.starters:
        yield f"  the starter is another one now, and your answer is kept: {', '.join(merged.starters)}."
    if merged.dropped:
        yield f"  no longer asked for, and your answer is kept: {', '.join(merged.dropped)}."
    if merged.bound:
        names = ", ".join(merged.bound)
        yield f"! asked for now, and a cell of yours has the name already, so no starter was added: {names}."
    if merged.beside:
        changed = _count(merged.beside, "text")
        yield f"! {changed} that you had changed, too: the new one is there, and yours stands below it."


def package_words(written: Sequence[str], removed: Sequence[str]) -> Iterator[str]:
    """A line on each folder, or file at the top, that is brought up to date."""
    other = [path for path in (*written, *removed) if not path.endswith(".ipynb")]
    tops = sorted({path.split("/")[0] for path in other})
    for top in tops:
        new = sum(path.split("/")[0] == top for path in written if not path.endswith(".ipynb"))
        old = sum(path.split("/")[0] == top for path in removed)
        gone = f", {_count(old, 'file')} removed" if old else ""
        yield f"{top}: {_count(new, 'file') or 'nothing'} brought up to date{gone}."


def _count(number: int, what: str, more: str = "") -> str:
    return f"{number} {what}{'' if number == 1 else 's'}{more}" if number else ""
