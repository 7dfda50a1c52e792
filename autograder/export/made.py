"""What an export has made: a text to be stored, and all that whoever asked for it must hear."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Made:
    """An export.

    Attributes:
        text: what to store; a CSV in `csv_file.ENCODING`, everything else in UTF-8.
        count: how many students got points.
        left_out: a sentence for each student who got none although there is work, and for work of nobody's.
        notes: a sentence for each thing that was decided, such as which of two hand-ins counts.
    """

    text: str
    count: int
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
