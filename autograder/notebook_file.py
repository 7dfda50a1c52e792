"""The bytes of a file -> the code cells of a notebook, or one sentence on why they are none.

Reads JSON and nothing else: no cell is run, no output looked at, no attachment opened.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

MAX_CELLS = 5_000
_SAVE = "Open it in Jupyter or VS Code, save it as a notebook (.ipynb) and hand it in again."


class NotANotebook(Exception):
    """The bytes are no notebook that can be graded. The message says why and what to do, without the file's name."""


@dataclass(frozen=True)
class Notebook:
    """What grading needs of a notebook.

    Attributes:
        cells: the sources of its code cells, in order.
        lab: the lab named in its metadata (`dlfb_lab.lab`); "" where none is.
        language: the language its metadata names, in lower case; "" where none is.
    """

    cells: tuple[str, ...]
    lab: str = ""
    language: str = ""


def read_notebook(data: bytes) -> Notebook:
    """The notebook in `data`: nbformat 3 and 4, and the older 2, which looks like 3.

    Raises:
        NotANotebook: whatever else is wrong with the bytes.
    """
    root = _load(_decode(data))
    if not isinstance(root, dict):
        raise NotANotebook(f"The file is JSON, but not a notebook. {_SAVE}")
    cells = _all_cells(root)
    if len(cells) > MAX_CELLS:
        raise NotANotebook(f"The notebook has {len(cells)} cells; at most {MAX_CELLS} are read. Remove some.")
    metadata = _dict(root.get("metadata"))
    sources = tuple(_source(cell, number) for number, cell in enumerate(cells, 1) if _is_code(cell, number))
    language = _language(metadata, cells)
    if language and not re.fullmatch(r"(i?python|pyodide|xpython)[\d.]*", language):
        raise NotANotebook(f'The notebook is written in "{language}", not in Python. Choose a Python kernel.')
    return Notebook(sources, _lab(metadata), language)


def _decode(data: bytes) -> str:
    if not data.strip(b" \t\r\n\0"):
        raise NotANotebook(f"The file is empty. {_SAVE}")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4]:
        raise NotANotebook(f"The file is not UTF-8 text; it looks like UTF-16. {_SAVE}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.end == len(data) and "unexpected end" in error.reason:
            raise NotANotebook(_half_written()) from None
        raise NotANotebook(f"The file is not text in UTF-8 (byte {error.start}), so not a notebook. {_SAVE}") from None


def _load(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise NotANotebook(_not_json(text, error)) from None
    except RecursionError:
        raise NotANotebook(f"The file's JSON is nested too deeply to be a notebook. {_SAVE}") from None
    except ValueError:  # Python refuses integers of more than some thousand digits
        raise NotANotebook(f"The file's JSON holds a number too long to be a notebook's. {_SAVE}") from None


def _not_json(text: str, error: json.JSONDecodeError) -> str:
    # An open string reaches to the end of the text, so only a cut leaves one, whatever the last character is.
    at_the_end = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
    extra = error.msg.startswith("Extra data")
    if text.lstrip().startswith("{") and (at_the_end or not text.rstrip().endswith("}")) and not extra:
        return _half_written()
    return f"The file is not a notebook: line {error.lineno} is not JSON. {_SAVE}"


def _half_written() -> str:
    return "The notebook is half-written: the file ends in the middle. Save it once more and hand it in again."


def _all_cells(root: dict[str, Any]) -> list[Any]:
    version = root.get("nbformat")
    if isinstance(version, int) and version > 4:
        shown = version if version < 1000 else "unknown"
        raise NotANotebook(f"The notebook has format {shown}, newer than the newest known, 4. Save it as 4.")
    cells, sheets = root.get("cells"), root.get("worksheets")
    if isinstance(cells, list):
        return cells
    if isinstance(sheets, list) and all(isinstance(_dict(sheet).get("cells"), list) for sheet in sheets):
        return [cell for sheet in sheets for cell in sheet["cells"]]
    raise NotANotebook(f"The file is JSON, but not a notebook: it has no list of cells. {_SAVE}")


def _is_code(cell: object, number: int) -> bool:
    if not isinstance(cell, dict) or not isinstance(cell.get("cell_type"), str):
        raise NotANotebook(f"The notebook is damaged: its cell {number} is not a cell. {_SAVE}")
    return bool(cell["cell_type"] == "code")


def _source(cell: dict[str, Any], number: int) -> str:
    source = cell.get("source", cell.get("input", ""))  # "input" is what nbformat 3 calls it
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise NotANotebook(f"The notebook is damaged: the code of its cell {number} is not text. {_SAVE}")
    return _whole_characters(source)


def _whole_characters(text: str) -> str:
    """`text` without lone surrogates, which JSON can write but neither a file nor Python's compiler takes."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _language(metadata: dict[str, Any], cells: list[Any]) -> str:
    kernel, info = _dict(metadata.get("kernelspec")), _dict(metadata.get("language_info"))
    named = [kernel.get("language"), info.get("name"), _from_kernel_name(kernel.get("name"))]
    named += [cell.get("language") for cell in cells if isinstance(cell, dict)]  # nbformat 3 names it in each cell
    known = [name.strip().lower() for name in named if isinstance(name, str) and name.strip()]
    # A stranger's word goes into a sentence, so it may hold only what names of languages are made of.
    return re.sub(r"[^\w+#. -]", "", _whole_characters(known[0]))[:40] if known else ""


def _from_kernel_name(name: object) -> str:
    """Some kernels leave the language out. R's is called "ir"; the others bear the language's name and a version."""
    known = {"ir": "R", "julia": "Julia", "python": "Python"}
    return known.get(re.split(r"[\d-]", name)[0], "") if isinstance(name, str) else ""


def _lab(metadata: dict[str, Any]) -> str:
    lab = _dict(metadata.get("dlfb_lab")).get("lab")
    return lab if isinstance(lab, str) and re.fullmatch(r"[A-Za-z0-9_.-]{1,100}", lab) else ""


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


@dataclass(frozen=True)
class AnyCell:
    """A cell of a notebook, of whatever kind, for those who write the notebook once more.

    Attributes:
        kind: "code", "markdown" or "raw".
        source: its text.
        names: what it is called: nbgrader's `grade_id`, then its id. Strangers' words: only ever compared.
    """

    kind: str
    source: str
    names: tuple[str, ...] = ()


def read_all_cells(data: bytes) -> tuple[AnyCell, ...]:
    """All cells of the notebook in `data`, without outputs, attachments and metadata.

    Raises:
        NotANotebook: as `read_notebook`.
    """
    read_notebook(data)  # refuses whatever it refuses
    root = _load(_decode(data))
    assert isinstance(root, dict)
    return tuple(_any_cell(cell, number) for number, cell in enumerate(_all_cells(root), 1))


def _any_cell(cell: dict[str, Any], number: int) -> AnyCell:
    kind = cell["cell_type"] if cell["cell_type"] in ("code", "raw") else "markdown"
    names = (_dict(_dict(cell.get("metadata")).get("nbgrader")).get("grade_id"), cell.get("id"))
    return AnyCell(kind, _source(cell, number), tuple(name for name in names if isinstance(name, str)))
