"""A few paragraphs written for a notebook, shown as text or as HTML: lines that belong together, list items, code."""

import html
import re
import textwrap
from collections.abc import Iterator

from dlfb_lab._verdict_text import inline

_ITEM = re.compile(r"(?:[-*]|\d+\.)\s+")
_FENCE = "```"


def prose_as_text(prose: str, width: int, indent: str = "  ") -> str:
    """`prose` for a terminal of `width` columns."""
    shown = []
    for kind, block in _blocks(prose):
        if kind == "code":
            shown.append(textwrap.indent(block, indent + "    "))
        else:
            more = indent + "  " if kind == "item" else indent
            shown.append(_filled(block, width, indent, more))
    return "\n".join(shown)


def prose_as_html(prose: str) -> str:
    """`prose` for a notebook."""
    return "".join(
        _PAGE[kind].format(html.escape(block) if kind == "code" else inline(block)) for kind, block in _blocks(prose)
    )


def _filled(text: str, width: int, first: str, more: str) -> str:
    """Words stay whole: half of an expression is none."""
    return textwrap.fill(
        text, width, initial_indent=first, subsequent_indent=more, break_long_words=False, break_on_hyphens=False
    )


_PAGE = {
    "text": '<p style="margin:.3em 0">{}</p>',
    "item": '<p style="margin:.2em 0 .2em 1.2em">{}</p>',
    "code": '<pre style="margin:.4em 0 .4em 1.2em;background:none;color:inherit"><code>{}</code></pre>',
}


def _blocks(prose: str) -> Iterator[tuple[str, str]]:
    """(kind, text) of each paragraph, list item and piece of code. Lines of a paragraph are one text."""
    lines: list[str] = []
    kind = "text"
    for line in [*prose.strip("\n").splitlines(), ""]:
        if line.strip().startswith(_FENCE):
            yield from _block(kind, lines)
            lines, kind = [], "text" if kind == "code" else "code"
        elif kind == "code":
            lines.append(line)
        elif not line.strip() or _ITEM.match(line.strip()):
            yield from _block(kind, lines)
            lines, kind = [line], "item" if line.strip() else "text"
        else:
            lines.append(line)
    yield from _block(kind, lines)


def _block(kind: str, lines: list[str]) -> Iterator[tuple[str, str]]:
    text = textwrap.dedent("\n".join(lines)) if kind == "code" else " ".join(" ".join(lines).split())
    if text.strip():
        yield kind, text.rstrip()
