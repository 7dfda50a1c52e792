"""Rows -> a table that reads well in a terminal and as Markdown, and its place in the README."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from samples import Row, Section

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
_HEAD = ("", "median", "min", "max", "n", "CPU", "")


def table_of(section: Section) -> str:
    """The section as Markdown whose columns are aligned, too."""
    lines = [_HEAD, *(_cells(row) for row in section.rows)]
    widths = [max(3, *(len(line[column]) for line in lines)) for column in range(len(_HEAD))]
    ruler = [("-" * width if column in (0, 6) else "-" * (width - 1) + ":") for column, width in enumerate(widths)]
    text = [_line(_HEAD, widths), f"|{'|'.join(f' {part} ' for part in ruler)}|"]
    return "\n".join([f"### {section.title}", "", *text, *(_line(line, widths) for line in lines[1:])])


def put_into(readme: Path, text: str, markers: tuple[str, str] = (BEGIN, END)) -> None:
    """Replace what stands between the two markers of `readme`.

    Raises:
        ValueError: a marker is missing.
    """
    whole = readme.read_text("utf-8")
    begin, end = markers
    before, found, rest = whole.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"{readme.name} has no place for the numbers. Put the lines {begin} and {end} into it.")
    readme.write_text(f"{before}{begin}\n\n{text.strip()}\n\n{end}{after}", "utf-8")


def shown(value: float, unit: str) -> str:
    """A number in a unit that suits its size, three digits of it."""
    if unit != "s":
        return f"{_digits(value)} {unit}".rstrip()
    for size, name in ((1.0, "s"), (1e-3, "ms")):
        if abs(value) >= size:
            return f"{_digits(value / size)} {name}"
    return f"{_digits(value / 1e-6)} us"


def _digits(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"


def _cells(row: Row) -> tuple[str, ...]:
    if not row.values:
        return (row.what, "-", "", "", "0", "", row.note)
    numbers = (row.median, min(row.values), max(row.values))
    cpu = "" if row.cpu is None else shown(row.cpu, "s")
    return (row.what, *(shown(number, row.unit) for number in numbers), str(len(row.values)), cpu, row.note)


def _line(cells: Sequence[str], widths: Iterable[int]) -> str:
    padded = (
        cell.ljust(width) if column in (0, 6) else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "|" + "|".join(f" {cell} " for cell in padded) + "|"
