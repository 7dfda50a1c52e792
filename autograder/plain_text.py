"""Text from strangers -> text that is safe to print.

A file name or a message of a student's code can hold escape sequences that recolor a terminal, marks that reverse the
reading direction, or halves of characters that no file can store. They are shown as escapes, so that nothing is lost
and nothing acts.
"""

import re

_ACTING = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters; tab and line feed are dealt with apart
    r"\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"  # invisible marks, line separators, reading direction
    r"\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f"  # annotations, lone surrogates, invisible tags
)
_IN_A_BLOCK = re.compile(f"[{_ACTING}]")
_IN_A_LINE = re.compile(rf"[{_ACTING}\t\n]")


def one_line(text: str, limit: int = 500) -> str:
    """`text` on a single line, everything that could act shown as an escape, cut after `limit` characters."""
    return _IN_A_LINE.sub(_escape, _cut(text, limit))


def block(text: str, limit: int = 4000) -> str:
    """`text` with its tabs and line feeds kept, everything else that could act shown as an escape."""
    return _IN_A_BLOCK.sub(_escape, _cut(text.replace("\r\n", "\n"), limit))


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _escape(match: re.Match[str]) -> str:
    return match.group().encode("unicode_escape", "surrogatepass").decode("ascii")
