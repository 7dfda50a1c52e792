"""nbgrader's `timestamp.txt`, which lies beside a submission and says when it was handed in."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_LONGEST = 200


@dataclass(frozen=True)
class Timestamp:
    """When something was handed in: as its file says it, and as the gradebook does, in UTC."""

    text: str
    in_gradebook: str


def read_timestamp(path: Path) -> Timestamp | None:
    """What the file says, such as "2026-11-30 10:00:00.000000 UTC"; None if it is missing, or says anything else."""
    try:
        with path.open(encoding="utf-8") as stream:
            text = stream.read(_LONGEST).strip()
        day, clock, *zone = text.split()
        when = datetime.fromisoformat(f"{day}T{clock}{_offset(zone)}")
    except (OSError, ValueError):
        return None
    return Timestamp(text + "\n", when.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f"))


def _offset(zone: list[str]) -> str:
    """The zone as an ISO time has it; nbgrader writes UTC unless told otherwise. Raises ValueError for other names."""
    name = zone[0] if zone else "UTC"
    if name in ("UTC", "GMT", "Z"):
        return "+00:00"
    if name[0] in "+-":
        return name
    raise ValueError(name)
