"""`lab ... --json`: the values behind the words, as one object on standard output and nothing else there."""

import json
import zipfile

import pytest
from student import RIGHT, WRONG, notebook, write_answers
from student import folder as folder
from student import lab as lab

from dlfb_lab._catalog import catalog
from dlfb_lab._lab import doctor
from dlfb_lab._lab.row import BROKEN, OK, Row
from dlfb_lab._lab.watch import watch
from dlfb_lab._progress import TaskProgress, progress_on, record


def data(result):
    return json.loads(result.stdout)


def test_list(lab):
    record("batches", TaskProgress(1, 2, hints=0b110, solution=True))
    result = lab("list", "--json")
    (only,) = data(result)["labs"]
    assert (result.exit_code, only["lab"], len(only["tasks"])) == (0, "90_kinds", len(catalog()))
    tasks = {task["task"]: task for task in only["tasks"]}
    batches = tasks["batches"]
    assert (batches["holds"], batches["checks_held"], batches["checks"]) == (False, 1, 2)
    assert (batches["hints_seen"], batches["solution_seen"], batches["points"]) == (
        2,
        True,
        catalog()["batches"].points,
    )


def test_check(lab, folder):
    write_answers(folder, {"ReadTally": RIGHT, "batches": WRONG})
    result = lab("check", "ReadTally", "batches", "--json")
    found = data(result)
    assert (result.exit_code, found["holds"]) == (1, False)
    right, wrong = sorted(found["labs"][0]["tasks"], key=lambda task: task["task"])
    assert (right["holds"], right["finding"]) == (True, None)
    assert {check["outcome"] for check in right["checks"]} == {"passed"}
    assert (wrong["holds"], wrong["attempted"]) == (False, True)
    assert wrong["finding"]["diagnosis"] and wrong["finding"]["title"]


def test_hint(lab):
    result = lab("hint", "batches", "--json")
    assert (result.exit_code, data(result)["task"], data(result)["hints"]) == (
        0,
        "batches",
        [catalog()["batches"].hints[0]],
    )
    assert progress_on("batches").saw_hint(1), "it counts as seen"
    wrong = lab("hint", "batches", "9", "--json")
    assert (wrong.exit_code, data(wrong)["hints"]) == (2, [])


def test_reset(lab, folder):
    write_answers(folder, {"batches": WRONG})
    result = lab("reset", "batches", "--json")
    assert (result.exit_code, data(result)["task"], data(result)["changed"]) == (0, "batches", True)
    assert "What stood there is in .dlfb_lab/backups/" in " ".join(data(result)["said"])
    assert data(lab("reset", "batches", "--json"))["changed"] is False


@pytest.mark.parametrize(("word", "code"), [(OK, 0), (BROKEN, 1)])
def test_doctor(lab, monkeypatch, word, code):
    monkeypatch.setattr(doctor, "examine", lambda: [Row(word, "jax", "0.10", "Install it.")])
    result = lab("doctor", "--json")
    assert result.exit_code == code
    assert data(result)["rows"] == [{"word": word, "what": "jax", "seen": "0.10", "fix": "Install it."}]


def test_submit(lab, folder):
    result = lab("submit", "--json", "--out", folder / "mine.zip")
    assert (result.exit_code, data(result)["zip"]) == (0, str(folder / "mine.zip"))
    assert zipfile.ZipFile(folder / "mine.zip").namelist() == ["90_kinds.ipynb"]
    again = lab("submit", "--json", "--out", folder / "mine.zip")
    assert (again.exit_code, again.stdout) == (2, "")


def test_watch_prints_a_line_for_each_time(folder):
    notebook(folder).write_text("{")
    lines = watch({"90_kinds": ["batches"]}, 60.0, 80, as_json=True, sleep=lambda _: None)
    assert json.loads(next(lines))["lab"] == "90_kinds"
    lines.close()


def test_wrong_input_leaves_standard_output_empty(lab):
    for words in (["list", "91"], ["check", "nothing"], ["hint", "nothing"], ["reset", "nothing"], ["submit", "91"]):
        result = lab(*words, "--json")
        assert (result.exit_code, result.stdout) == (2, ""), words
        assert result.stderr.strip()
