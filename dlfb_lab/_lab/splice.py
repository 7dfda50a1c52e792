"""Changes one place in a JSON text and leaves every other byte as it is, however the text is laid out."""

import json
import re
from collections.abc import Sequence

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n\ufeff]*")  # some programs begin a file with the last one


def span(text: str, path: Sequence[str | int]) -> tuple[int, int]:
    """Where in `text` the value at `path` stands: from its first character to behind its last.

    Args:
        text: JSON.
        path: keys of objects and places in lists, from the outside in.

    Raises:
        KeyError: there is no such value.
    """
    start = _skip(text, 0)
    for step in path:
        start = _object_value(text, start, step) if isinstance(step, str) else _list_value(text, start, step)
    return start, _end(text, start)


def with_source(text: str, cell: int, source: str) -> str:
    """The notebook in `text` with another source in cell number `cell`, from 0: a text or lines, as it was before."""
    start, end = span(text, ("cells", cell, "source"))
    return text[:start] + _rendered(text, start, end, source) + text[end:]


def with_cell(text: str, after: int, cell: dict[str, object]) -> str:
    """The notebook in `text` with one more cell behind cell number `after`, from 0; -1 for the first place."""
    step = step_of(text)
    rendered = json.dumps(cell, indent=step, ensure_ascii=False)
    if after < 0:
        at = span(text, ("cells",))[0] + 1
        follows = text[_skip(text, at)] != "]"
        return text[:at] + _shifted(rendered, step, "\n") + ("," if follows else "") + text[at:]
    start, end = span(text, ("cells", after))
    before = re.search(r"\n[ \t]*$", text[:start])
    return text[:end] + "," + _shifted(rendered, step, before.group() if before else " ") + text[end:]


def _shifted(rendered: str, step: str | int | None, before: str) -> str:
    if step is None:
        return before + rendered
    indent = before.removeprefix("\n") if len(before) > 1 else str(step) * 2
    return "\n" + "\n".join(indent + line for line in rendered.split("\n"))


def step_of(text: str) -> str | None:
    """One step of the text's indentation; None where it has no lines."""
    found = re.match(r"\{\r?\n([ \t]+)", text.lstrip("\ufeff"))
    return found.group(1) if found else None


def _rendered(text: str, start: int, end: int, source: str) -> str:
    if text[start] == '"':
        return json.dumps(source, ensure_ascii=False)
    lines = [json.dumps(line, ensure_ascii=False) for line in source.splitlines(keepends=True)]
    line = re.search(r"\n([ \t]*)[^\n]*$", text[:start])
    inner = re.search(r"\n([ \t]*)\S", text[start:end])
    if "\n" not in text[start:end] and step_of(text) is None:
        return f"[{', '.join(lines)}]"
    outer = line.group(1) if line else ""
    indent = inner.group(1) if inner and text[start:end].strip("[] \r\n\t") else outer + (step_of(text) or " ")
    return "[\n" + ",\n".join(indent + one for one in lines) + f"\n{outer}]"


def _object_value(text: str, start: int, key: str) -> int:
    if text[start] != "{":
        raise KeyError(key)
    found, at = None, _skip(text, start + 1)
    while text[at] != "}":
        name, at = _DECODER.raw_decode(text, at)
        value = _skip(text, _skip(text, at) + 1)
        if name == key:
            found = value  # of two that are called the same, JSON means the last
        at = _next(text, _end(text, value))
    if found is None:
        raise KeyError(key)
    return found


def _list_value(text: str, start: int, place: int) -> int:
    if text[start] != "[":
        raise KeyError(place)
    at = _skip(text, start + 1)
    for _ in range(place):
        if text[at] == "]":
            raise KeyError(place)
        at = _next(text, _end(text, at))
    if text[at] == "]":
        raise KeyError(place)
    return at


def _next(text: str, at: int) -> int:
    at = _skip(text, at)
    return _skip(text, at + 1) if text[at] == "," else at


def _end(text: str, start: int) -> int:
    return _DECODER.raw_decode(text, start)[1]


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
