"""`lab reset`: the starter comes back, every other byte stays, and nothing is ever lost."""

import json
import stat
import sys

import nbformat
import pytest
from student import RIGHT, WRONG, notebook, said, write_answers
from student import folder as folder
from student import lab as lab

from dlfb_lab import _cli
from dlfb_lab._catalog import catalog
from dlfb_lab._lab import reset
from dlfb_lab._lab.splice import span, with_cell, with_source

ANSWERS = {"ReadTally": RIGHT, "batches": WRONG}


def backups(folder):
    return sorted((folder / ".dlfb_lab/backups").glob("*"))


def cells(folder):
    return {cell["id"]: "".join(cell["source"]) for cell in json.loads(notebook(folder).read_text("utf-8"))["cells"]}


def test_the_starter_comes_back_and_the_file_is_what_it_was_before_the_answer(lab, folder):
    built = notebook(folder).read_bytes()
    write_answers(folder, {"batches": WRONG})
    answered = notebook(folder).read_bytes()
    result = lab("reset", "batches")
    assert result.exit_code == 0, result.output
    assert notebook(folder).read_bytes() == built
    (kept,) = backups(folder)
    assert kept.read_bytes() == answered
    assert kept.name.startswith("90_kinds-20")
    number = [name for name in cells(folder) if not is_text(name)].index("batches-answer") + 1
    assert said(result) == (
        f"The starter of batches is back in code cell {number}. What stood there is in .dlfb_lab/backups/{kept.name}. "
        "If the notebook is open in your editor, load it again from disk first: to save it there would undo this."
    )


def is_text(name):
    return name.endswith("-task") or name == "90_kinds-01"


def test_other_answers_stay(lab, folder):
    write_answers(folder, ANSWERS)
    lab("reset", "batches")
    assert cells(folder)["ReadTally-answer"] == RIGHT
    assert cells(folder)["batches-answer"] == catalog()["batches"].starter


def test_a_starter_needs_no_reset(lab, folder):
    before = notebook(folder).read_bytes()
    result = lab("reset", "batches")
    assert result.exit_code == 0
    assert "holds the starter of batches already." in said(result)
    assert (notebook(folder).read_bytes(), backups(folder)) == (before, [])


def test_two_resets_in_one_second_keep_two_backups(lab, folder, monkeypatch):
    monkeypatch.setattr(reset.time, "strftime", lambda form: "20250101-120000")
    for answer in ("batches = 1", "batches = 2"):
        write_answers(folder, {"batches": answer})
        lab("reset", "batches")
    assert sorted("batches = 1" in path.read_text("utf-8") for path in backups(folder)) == [False, True]


def without_ids(folder):
    found = json.loads(notebook(folder).read_text("utf-8"))
    for cell in found["cells"]:
        del cell["id"]
    found["nbformat_minor"] = 4
    notebook(folder).write_text(json.dumps(found))


def sources(folder):
    return ["".join(cell["source"]) for cell in json.loads(notebook(folder).read_text("utf-8"))["cells"]]


def test_without_ids_the_cell_that_binds_the_name_is_found(lab, folder):
    write_answers(folder, ANSWERS)
    without_ids(folder)
    assert lab("reset", "batches").exit_code == 0
    assert catalog()["batches"].starter in sources(folder)
    assert WRONG not in sources(folder)
    assert RIGHT in sources(folder)


def test_another_cell_that_binds_the_name_is_mentioned(lab, folder):
    write_answers(folder, {"batches": WRONG, "descend": "%matplotlib inline\nbatches = 3"})
    result = lab("reset", "batches")
    assert "binds `batches`, too. Of several, what runs last counts." in said(result)
    assert cells(folder)["descend-answer"].endswith("batches = 3")


def test_an_answer_in_one_cell_with_another_is_left_alone(lab, folder):
    write_answers(folder, {"batches": f"{WRONG}\ndef descend(loss, w, rate, steps):\n    return w"})
    before = notebook(folder).read_bytes()
    result = lab("reset", "batches")
    assert result.exit_code == 2
    assert "holds `descend` beside `batches`. Move that to a cell of its own, save, and reset again." in said(result)
    assert (notebook(folder).read_bytes(), backups(folder)) == (before, [])


@pytest.fixture
def at_a_terminal(monkeypatch):
    """Somebody is there to answer a question."""
    monkeypatch.setattr(_cli, "_somebody_is_there", lambda: True)


def without(folder, *names):
    found = json.loads(notebook(folder).read_text("utf-8"))
    found["cells"] = [cell for cell in found["cells"] if cell["id"] not in names]
    notebook(folder).write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")


def test_a_lost_cell_is_added_below_its_text_after_asking(lab, folder, at_a_terminal):
    built = json.loads(notebook(folder).read_text("utf-8"))
    without(folder, "batches-answer")
    result = lab("reset", "batches", input="y\n")
    assert "No cell of exercises/90_kinds.ipynb binds `batches`. Add one with the starter, below its text?" in said(
        result
    )
    assert json.loads(notebook(folder).read_text("utf-8")) == built
    nbformat.validate(nbformat.read(notebook(folder), as_version=4))
    assert len(backups(folder)) == 1


def test_a_lost_cell_whose_text_is_lost_too_is_added_at_the_end(lab, folder):
    without(folder, "batches-answer", "batches-task")
    assert "was added at the end." in said(lab("reset", "batches", "--yes"))
    assert list(cells(folder))[-1] == "batches-answer"


def test_nothing_is_added_without_a_yes(lab, folder, at_a_terminal):
    without(folder, "batches-answer")
    before = notebook(folder).read_bytes()
    assert said(lab("reset", "batches", input="n\n")).endswith("Nothing was changed.")
    assert lab("reset", "batches", input="").exit_code == 1, "the terminal was closed"
    assert (notebook(folder).read_bytes(), backups(folder)) == (before, [])


@pytest.mark.parametrize("option", [[], ["--json"]])
def test_nothing_is_asked_where_nobody_can_answer(lab, folder, option):
    without(folder, "batches-answer")
    before = notebook(folder).read_bytes()
    result = lab("reset", "batches", *option, input="y\n")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said(result).endswith("Nothing was changed. To agree, say --yes.")
    assert (notebook(folder).read_bytes(), backups(folder)) == (before, [])


def test_with_json_nothing_is_asked_at_a_terminal_either(lab, folder, at_a_terminal):
    without(folder, "batches-answer")
    assert lab("reset", "batches", "--json", input="y\n").exit_code == 2


def test_an_old_notebook_gets_a_cell_without_an_id(lab, folder):
    without(folder, "batches-answer")
    without_ids(folder)
    lab("reset", "batches", "-y")
    assert "id" not in json.loads(notebook(folder).read_text("utf-8"))["cells"][-1]
    nbformat.validate(nbformat.read(notebook(folder), as_version=4))


# ---- Never losing work ----------------------------------------------------------------------------------------------


def test_without_a_backup_nothing_is_changed(lab, folder):
    write_answers(folder, {"batches": WRONG})
    before = notebook(folder).read_bytes()
    (folder / ".dlfb_lab").write_text("a file in its place")
    result = lab("reset", "batches")
    assert result.exit_code == 1
    assert said(result) == "No backup could be written (File exists), so nothing was changed. Mend this first."
    assert notebook(folder).read_bytes() == before


def test_a_full_disk_at_the_backup_changes_nothing(lab, folder, monkeypatch):
    write_answers(folder, {"batches": WRONG})
    before = notebook(folder).read_bytes()

    def full(path, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(reset, "write_to_disk", full)
    assert "No backup could be written (No space left on device)" in said(lab("reset", "batches"))
    assert notebook(folder).read_bytes() == before


def test_a_full_disk_at_the_notebook_changes_nothing_and_leaves_no_draft(lab, folder, monkeypatch):
    write_answers(folder, {"batches": WRONG})
    before = notebook(folder).read_bytes()
    write = reset.write_to_disk

    def full(path, data):
        if path.suffix != ".ipynb":
            path.write_bytes(data[:9])
            raise OSError(28, "No space left on device")
        write(path, data)

    monkeypatch.setattr(reset, "write_to_disk", full)
    result = lab("reset", "batches")
    assert result.exit_code == 1
    assert said(result) == (
        "exercises/90_kinds.ipynb cannot be written (No space left on device). Nothing was changed."
    )
    assert notebook(folder).read_bytes() == before
    assert [path.name for path in notebook(folder).parent.iterdir()] == ["90_kinds.ipynb"]


def test_a_save_in_between_is_not_overwritten(lab, folder, monkeypatch):
    write_answers(folder, {"batches": WRONG})
    back_up = reset.back_up

    def meanwhile(found):
        kept = back_up(found)
        write_answers(folder, {"batches": RIGHT})
        return kept

    monkeypatch.setattr(reset, "back_up", meanwhile)
    result = lab("reset", "batches")
    assert result.exit_code == 1
    assert "was saved just now by something else. Nothing was changed; try again." in said(result)
    assert cells(folder)["batches-answer"] == RIGHT


@pytest.mark.skipif(sys.platform == "win32", reason="needs links and modes")
def test_a_link_stays_a_link_and_a_mode_a_mode(lab, folder):
    write_answers(folder, {"batches": WRONG})
    real = folder / "real.ipynb"
    notebook(folder).rename(real)
    real.chmod(0o640)
    notebook(folder).symlink_to(real)
    assert lab("reset", "batches").exit_code == 0
    assert notebook(folder).is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert cells(folder)["batches-answer"] == catalog()["batches"].starter


# ---- Splicing -------------------------------------------------------------------------------------------------------

CELL = {"cell_type": "code", "metadata": {"a": [1, {"b": "]}"}]}, "outputs": [], "source": ["x = 'ä'\n", "y = 2"]}
NOTEBOOK = {"metadata": {"note": '\u2028 " \\ }'}, "cells": [{**CELL, "source": ""}, CELL, {**CELL, "source": []}]}


def layouts():
    for indent in (None, 1, 2, 4, "\t"):
        for ascii_only in (True, False):
            yield json.dumps(NOTEBOOK, indent=indent, ensure_ascii=ascii_only)
    yield json.dumps(NOTEBOOK, separators=(",", ":"))
    yield json.dumps(NOTEBOOK, indent=1).replace("\n", "\r\n")
    yield "\ufeff" + json.dumps(NOTEBOOK, indent=1) + "\n\n"


@pytest.mark.parametrize("text", list(layouts()))
@pytest.mark.parametrize("cell", [0, 1, 2])
def test_only_the_source_of_the_cell_changes_in_any_layout(text, cell):
    changed = with_source(text, cell, "new = 1\n# ü")
    start, end = span(text, ("cells", cell, "source"))
    assert changed.startswith(text[:start])
    assert changed.endswith(text[end:])
    found = json.loads(changed.removeprefix("\ufeff"))
    source = found["cells"][cell].pop("source")
    assert "".join(source) == "new = 1\n# ü"
    wanted = json.loads(json.dumps(NOTEBOOK))
    assert type(source) is type(wanted["cells"][cell].pop("source"))
    assert found == wanted


@pytest.mark.parametrize("indent", [1, 2, 4, "\t", None])
def test_a_source_is_laid_out_as_a_program_would_write_the_file(indent):
    changed = json.loads(json.dumps(NOTEBOOK))
    changed["cells"][1]["source"] = ["new = 1\n", "# ü\n", "z"]
    written = json.dumps(changed, indent=indent, ensure_ascii=False)
    assert with_source(json.dumps(NOTEBOOK, indent=indent, ensure_ascii=False), 1, "new = 1\n# ü\nz") == written


@pytest.mark.parametrize("text", list(layouts()))
@pytest.mark.parametrize("after", [-1, 0, 1, 2])
def test_a_cell_is_added_anywhere_in_any_layout(text, after):
    found = json.loads(with_cell(text, after, {"source": ["1"]}).removeprefix("\ufeff"))
    wanted = json.loads(json.dumps(NOTEBOOK))
    wanted["cells"].insert(after + 1, {"source": ["1"]})
    assert found == wanted


def test_a_cell_is_added_to_an_empty_notebook():
    for text in ('{"cells": []}', '{\n "cells": []\n}', '{\n "cells": [\n ]\n}'):
        assert json.loads(with_cell(text, -1, {"a": 1})) == {"cells": [{"a": 1}]}


@pytest.mark.parametrize("path", [("cell",), ("cells", 3), ("cells", 0, "source", 0), ("metadata", 0), (0,)])
def test_what_is_not_there_is_a_key_error(path):
    with pytest.raises(KeyError):
        span(json.dumps(NOTEBOOK), path)
