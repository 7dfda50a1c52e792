"""A student's notebook and the newer one of its lab -> one notebook: the new text, and all that the student wrote.

Three notebooks meet: what was given out (of which digests are left), what the student made of it, and what is given out
now. A cell is known by its id, else by its text, an answer at last by the name that it binds. What the student has not
touched becomes what it is now. What they wrote stays where it is: answers, cells of their own, their order.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dlfb_lab._lab.notebooks import bound_names, source_of
from dlfb_lab._lab.release import cell_digest

Cell = dict[str, Any]
_ANSWER = "-answer"


@dataclass
class Merged:
    """A notebook that was brought up to date.

    Attributes:
        root: its JSON.
        texts: how many cells have another text, or are new.
        own: how many cells of the student's own were kept.
        kept: the tasks whose answers were kept.
        starters: those of them whose starter is another one now.
        added: tasks that are new, or whose answer cell was gone.
        dropped: tasks that are no more, whose answers were kept.
        bound: new tasks whose name the student's own cells bind already.
        beside: how many texts both have changed: the student's version stands below the new one.
    """

    root: dict[str, Any]
    texts: int = 0
    own: int = 0
    kept: list[str] = field(default_factory=list)
    starters: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    bound: list[str] = field(default_factory=list)
    beside: int = 0


def merge(mine: dict[str, Any], new: dict[str, Any], given: Mapping[str, str]) -> Merged:
    """Bring the notebook `mine` to what `new` says.

    Args:
        mine: the student's notebook, as JSON.
        new: the notebook that is given out now.
        given: of the notebook that was given out, each cell's digest by its id; empty where that is not known.

    Neither is changed. Of what `mine` holds, only cells that were given out and are untouched can be missing after it.
    """
    merged = Merged({**mine, "metadata": {**_dict(mine.get("metadata")), **_note(new)}})
    cells = {cell["id"]: cell for cell in new["cells"]}
    groups = _groups(mine["cells"], _keys(mine["cells"], cells, given), cells, given, merged)
    here, bound = [key for key in groups if key], _bound_by_the_student(groups, cells)
    for key in [key for key in cells if key not in groups]:
        name = key.removesuffix(_ANSWER) if key.endswith(_ANSWER) else ""
        if name in bound:
            merged.bound.append(name)
            continue
        groups[key] = [_without_id(cells[key]) if _is_old(mine) else cells[key]]
        merged.texts += not name
        merged.added += [name] if name else []
    order = _order(here, list(given) or list(cells), list(cells))
    merged.root["cells"] = [cell for key in ["", *order] for cell in groups.get(key, [])]
    return merged


def _keys(mine: Sequence[Cell], new: Mapping[str, Cell], given: Mapping[str, str]) -> list[str]:
    """For each of the student's cells the id of the given cell that it is; "" for one of their own."""
    keys = [""] * len(mine)

    def take(key: str, places: Sequence[int]) -> None:
        free = [place for place in places if not keys[place]]
        if key not in keys and free:
            keys[free[0]] = key

    digests = [cell_digest(source_of(cell)) for cell in mine]
    for key in {**given, **new}:
        take(key, [place for place, cell in enumerate(mine) if cell.get("id") == key and _fits(cell, key, new)])
    for key in {**given, **new}:
        texts = {given.get(key), cell_digest(source_of(new[key])) if key in new else None}
        fit = [place for place, cell in enumerate(mine) if digests[place] in texts and _fits(cell, key, new)]
        # Of what is new they have no copy: a cell that says the same is their own, unless its id was lost.
        take(key, [place for place in fit if key in given or "id" not in mine[place]])
    for key in given or new:
        if key.endswith(_ANSWER):
            name = key.removesuffix(_ANSWER)
            take(key, [place for place, cell in reversed(list(enumerate(mine))) if _binds(cell, name)])
    return keys


def _fits(cell: Cell, key: str, new: Mapping[str, Cell]) -> bool:
    """Whether a cell is of the kind that the cell called `key` is. A student may have turned an answer into a text."""
    if key in new:
        return bool(cell["cell_type"] == new[key]["cell_type"])
    return not key.endswith(_ANSWER) or cell["cell_type"] == "code"


def _binds(cell: Cell, name: str) -> bool:
    return cell["cell_type"] == "code" and name in bound_names(source_of(cell))


def _groups(
    mine: Sequence[Cell], keys: Sequence[str], new: Mapping[str, Cell], given: Mapping[str, str], merged: Merged
) -> dict[str, list[Cell]]:
    """What stands at each given cell, by its id: the cell, then the student's own ones that follow it; "" the first."""
    groups: dict[str, list[Cell]] = {"": []}
    here = ""
    for cell, key in zip(mine, keys, strict=True):
        if key in new:
            here = key
            groups[here] = _updated(cell, key, new[key], given, merged)
        elif not key:
            groups[here].append(_renamed(cell) if cell.get("id") in new else cell)
            merged.own += 1
        elif cell_digest(source_of(cell)) != given[key]:
            groups[here].append(cell)
            merged.dropped += [key.removesuffix(_ANSWER)] if key.endswith(_ANSWER) else []
    return groups


def _updated(cell: Cell, key: str, new: Cell, given: Mapping[str, str], merged: Merged) -> list[Cell]:
    """What becomes of one given cell that the student has."""
    was, now, mine = given.get(key), cell_digest(source_of(new)), cell_digest(source_of(cell))
    if key.endswith(_ANSWER) and mine not in (was, now):
        merged.kept.append(key.removesuffix(_ANSWER))
        if was not in (None, now):
            merged.starters.append(key.removesuffix(_ANSWER))
        return [cell]
    if mine == now or was == now:
        return [cell]
    merged.texts += 1
    taken = new if "id" in cell else _without_id(new)
    if mine == was:
        return [taken]
    merged.beside += 1
    return [taken, _renamed(cell)]


def _renamed(cell: Cell) -> Cell:
    """The cell with an id of its own, where it has one at all."""
    return {**cell, "id": secrets.token_hex(4)} if "id" in cell else cell


def _bound_by_the_student(groups: Mapping[str, list[Cell]], new: Mapping[str, Cell]) -> set[str]:
    """The names that cells bind which are not as they are given out."""
    given = {cell_digest(source_of(cell)) for cell in new.values()}
    sources = (source_of(cell) for group in groups.values() for cell in group if cell["cell_type"] == "code")
    return {name for source in sources if cell_digest(source) not in given for name in bound_names(source)}


def _order(mine: list[str], given: list[str], new: list[str]) -> list[str]:
    """In which order the given cells stand: as they do now, unless the student has moved some of them."""
    ranks = [given.index(key) for key in mine if key in given]
    if ranks == sorted(ranks):
        return new
    order = list(mine)
    for before, key in zip(["", *new], new, strict=False):
        if key not in order:
            order.insert(order.index(before) + 1 if before else 0, key)
    return order


def _note(new: dict[str, Any]) -> dict[str, Any]:
    return {"dlfb_lab": _dict(new.get("metadata")).get("dlfb_lab", {})}


def _is_old(root: dict[str, Any]) -> bool:
    """Whether the notebook's format knows no ids."""
    minor = root.get("nbformat_minor")
    return not isinstance(minor, int) or minor < 5


def _without_id(cell: Cell) -> Cell:
    return {name: value for name, value in cell.items() if name != "id"}


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
