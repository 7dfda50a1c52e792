"""`lab check` and `lab watch`: the saved notebook, run in a process of its own that ends in time."""

import contextlib
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from helpers import COURSE
from student import RIGHT, WRONG, notebook, said, write_answers
from student import folder as folder
from student import lab as lab

from dlfb_lab._check import verdict_on
from dlfb_lab._lab import watch as watching
from dlfb_lab._lab.notebooks import read_notebook
from dlfb_lab._lab.packed import pack, unpack
from dlfb_lab._lab.process import descendants, run_limited
from dlfb_lab._lab.saved import SavedCheck, check_saved
from dlfb_lab._progress import TaskProgress, progress_on, record
from dlfb_lab._verdict_text import as_text

unix = pytest.mark.skipif(sys.platform == "win32", reason="needs processes as POSIX has them")


def test_a_verdict_survives_the_way_through_json(folder):
    def batches(source, size):
        raise ValueError("an odd <answer>")

    verdict = verdict_on("batches", {"batches": batches})
    assert verdict.finding is not None
    assert unpack(json.loads(json.dumps(pack(verdict)))) == verdict


def test_right_wrong_and_missing_answers(lab, folder):
    write_answers(folder, {"ReadTally": RIGHT, "batches": WRONG})
    result = lab("check", "90")
    assert result.exit_code == 1
    minute = time.strftime("%H:%M", time.localtime(notebook(folder).stat().st_mtime))
    assert result.output.startswith(f"90_kinds, as saved at {minute} (exercises/90_kinds.ipynb)\n")
    assert "\nReadTally: all 2 checks hold. Well done!\n\n  ✓ holds  It counts each k-mer, and all" in result.output
    assert "\nbatches: 1 of 2 checks hold.\n" in result.output
    assert "\n  What we saw  " in result.output
    assert re.search(
        r"\n90_kinds: 1 of \d+ tasks hold; not attempted yet: int8_prediction, make_scorer, ", result.output
    )
    assert "descend: not attempted yet." not in result.output, "a starter is in the last line alone"
    assert (progress_on("ReadTally").passed, progress_on("ReadTally").live) == (True, 0.0)
    assert (progress_on("batches").held, progress_on("batches").of) == (1, 2)
    assert progress_on("descend") == TaskProgress()


def test_what_holds_exits_with_0_and_says_what_check_says(lab, folder):
    write_answers(folder, {"int8_prediction": "int8_prediction = -126"})
    result = lab("check", "int8_prediction")
    assert result.exit_code == 0
    assert as_text(verdict_on("int8_prediction", {"int8_prediction": -126}), 80) in result.output
    assert result.output.rstrip().endswith("int8_prediction: holds.")


def test_a_task_asked_for_by_name_is_shown_even_where_it_is_a_starter(lab, folder):
    result = lab("check", "batches")
    assert result.exit_code == 1
    assert "batches: not attempted yet. Replace the starter with your answer" in result.output
    assert result.output.rstrip().endswith("batches: not attempted yet.")


def test_it_warns_where_the_kernel_may_hold_newer_answers(lab, folder):
    os.utime(notebook(folder), (time.time() - 600,) * 2)
    record("batches", TaskProgress(2, 2, live=time.time() - 60))
    saved, live = (time.strftime("%H:%M", time.localtime(time.time() - ago)) for ago in (600, 60))
    result = lab("check", "batches")
    assert re.search(
        rf"! The last check\(\) in the notebook was [^,]*{live}, after the notebook was saved \([^)]*{saved}\)\. "
        r"Save it: your kernel may hold newer answers than the file\.",
        said(result),
    )
    os.utime(notebook(folder))
    assert "newer answers" not in said(lab("check", "batches"))


def test_an_older_file_says_its_day(lab, folder):
    os.utime(notebook(folder), (86400 * 365, 86400 * 365))
    assert lab("check", "batches").output.startswith("90_kinds, as saved on 1971-01-01 at ")


def test_a_cell_that_stopped_is_named(lab, folder):
    write_answers(folder, {"int8_prediction": "import no_such_package\nint8_prediction = -126"})
    result = lab("check", "int8_prediction")
    assert result.exit_code == 1
    assert re.search(
        r"! Code cell \d+ stopped\. The code stopped with ModuleNotFoundError: No module named 'no_such", said(result)
    )


@unix
def test_a_loop_in_a_cell_is_ended_with_what_it_started_and_named(lab, folder):
    start = "import subprocess, sys\nsleep = [sys.executable, '-c', 'import time; time.sleep(300)']\n"
    start += "started = [subprocess.Popen(sleep, start_new_session=new).pid for new in (True, False)]\n"
    start += "open('started', 'w').write(repr(started))\nwhile True:\n    pass\nbatches = 1"
    write_answers(folder, {"batches": start})
    result = lab("check", "batches", "--timeout", "15")
    assert result.exit_code == 1
    assert re.search(
        r"! The time limit of 15 s was over in code cell \d+, line 5: `while True:`\. "
        r"If nothing loops there, `--timeout 30` gives it longer\. 90_kinds: nothing was checked\.",
        said(result),
    )
    for pid in json.loads((folder / "exercises/started").read_text()):
        assert is_gone(pid), "what the notebook started outlived it"


def is_gone(pid):
    for _ in range(50):
        try:
            os.kill(pid, 0)
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.1)
    return False


def test_a_loop_in_an_answer_names_the_task_and_keeps_what_came_before(lab, folder):
    loops = "def batches(source, size):\n    while True:\n        pass"
    write_answers(folder, {"int8_prediction": "int8_prediction = -126", "batches": loops})
    result = lab("check", "int8_prediction", "batches", "--timeout", "20")
    assert result.exit_code == 1
    assert "int8_prediction: its check holds." in result.output
    assert "The time limit of 20 s was over while `batches` was checked: a call of your answer." in said(result)
    assert "90_kinds: 1 of 2 tasks hold; not checked: batches." in said(result)


@pytest.mark.parametrize(
    ("code", "how"),
    [("import os\nos._exit(0)", "exit code 0"), pytest.param("import os\nos.abort()", "Abort", marks=unix)],
)
def test_a_notebook_that_ends_its_process_is_told_where(lab, folder, code, how):
    write_answers(folder, {"batches": code})
    result = lab("check", "batches")
    assert result.exit_code == 1
    assert re.search(rf"! The notebook's process ended \({how}\w*\) in code cell \d+, line 2: `os\.\w+\(", said(result))


def test_in_the_notebook_check_and_hint_do_nothing_and_modules_beside_it_are_found(lab, folder):
    (folder / "exercises/json.py").write_text("raise SystemExit('in the way of our own imports')")
    (folder / "exercises/mine.py").write_text("number = -126")
    calls = "from dlfb_lab import *\nhint('batches'); check('batches')\n"
    files = "from mine import number\nassert 'number' in open('mine.py').read()\n"
    write_answers(folder, {"int8_prediction": calls + files + "int8_prediction = number"})
    assert lab("check", "int8_prediction").exit_code == 0
    assert progress_on("batches") == TaskProgress()


@pytest.mark.parametrize("words", [["batches"], ["90", "descend"]])
def test_without_a_notebook(lab, folder, words):
    notebook(folder).unlink()
    result = lab("check", *words)
    assert result.exit_code == 2
    assert said(result).startswith(
        f"There is no notebook 90_kinds.ipynb in {folder}, nor in its folder exercises. Change to"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "(it is empty)"),
        (b'{"cells"', "(JSONDecodeError, line 1, column 9)"),
        (b"\xff\xfe", "(UnicodeDecodeError, its bytes)"),
    ],
)
def test_a_notebook_that_cannot_be_read(lab, folder, text, reason):
    notebook(folder).write_bytes(text)
    result = lab("check", "batches")
    assert result.exit_code == 2
    sentence = (
        f"exercises/90_kinds.ipynb cannot be read as a notebook {reason}. Open it in your editor, and save it again."
    )
    assert said(result) == sentence


@pytest.mark.parametrize("text", ["[]", "{}", '{"cells": 3}', '{"cells": [3]}', '{"worksheets": []}'])
def test_json_that_is_no_notebook(lab, folder, text):
    notebook(folder).write_text(text)
    assert "is JSON, but not a notebook of format 4. Open it" in said(lab("check", "batches"))


def test_what_is_saved_while_it_runs_does_not_matter(folder, monkeypatch):
    write_answers(folder, {"int8_prediction": "int8_prediction = -126"})
    found = read_notebook(notebook(folder))
    notebook(folder).write_text('{"cells')
    assert check_saved(found, ["int8_prediction"], 60).holds


def test_a_notebook_whose_command_has_died_ends_itself(folder):
    write_answers(folder, {"batches": "while True:\n    pass"})
    given = {"notebook": str(notebook(folder)), "folder": str(folder), "events": str(folder / "events")}
    given |= {"course": str(COURSE), "tasks": ["batches"], "seconds": 2}
    command = [sys.executable, "-P", "-m", "dlfb_lab._lab.worker", json.dumps(given)]
    ended = subprocess.run(command, capture_output=True, timeout=60)
    assert ended.returncode == 1
    assert b"Timeout" in ended.stderr


# ---- The process ----------------------------------------------------------------------------------------------------


def test_a_program_that_ends_in_time_leaves_its_code_and_its_errors(tmp_path):
    ended = run_limited([sys.executable, "-c", "import sys; sys.exit('no')"], 30, tmp_path, tmp_path / "errors")
    assert (ended.code, ended.errors) == (1, "no")


def test_a_program_that_does_not_is_ended(tmp_path):
    started = time.monotonic()
    ended = run_limited([sys.executable, "-c", "import time; time.sleep(300)"], 0.5, tmp_path, tmp_path / "errors")
    assert ended.code is None
    assert time.monotonic() - started < 20


@unix
def test_descendants_are_found_whatever_their_group():
    code = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'], "
    code += "start_new_session=True); print('up', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as child:
        child.stdout.readline()
        try:
            found = descendants(child.pid)
            assert len(found) == 1
            assert descendants(found[0]) == []
        finally:
            for pid in [*descendants(child.pid), child.pid]:
                os.kill(pid, 9)


# ---- lab watch ------------------------------------------------------------------------------------------------------


def steps(*actions):
    """A sleep that does one of these each time, then presses Ctrl-C."""
    left = iter(actions)

    def sleep(seconds):
        action = next(left, "end")
        if action == "end":
            raise KeyboardInterrupt
        if action is not None:
            action()

    return sleep


def looks(folder, monkeypatch, *actions):
    """What watch prints while these happen, one at each sleep."""

    def check_lab(lab, tasks, seconds):
        found = watching.read_notebook(notebook(folder))
        return SavedCheck(found, (), tuple(tasks), (f"saw {len(found.text)} characters",), False), "A warning."

    monkeypatch.setattr(watching, "check_lab", check_lab)
    return [line for line in until_ctrl_c(*actions) if "saw" in line]


def until_ctrl_c(*actions):
    lines = []
    with contextlib.suppress(KeyboardInterrupt):
        lines.extend(watching.watch({"90_kinds": ["batches", "descend"]}, 5, 80, sleep=steps(*actions)))
    return lines


def save(folder, text):
    notebook(folder).write_text(text, "utf-8")


WHOLE = '{"cells": [], "nbformat": 4}'


def test_it_checks_at_once_and_again_on_each_save(folder, monkeypatch):
    size = len(notebook(folder).read_text("utf-8"))
    said = looks(folder, monkeypatch, None, None, lambda: save(folder, WHOLE), None, None, None, None)
    assert said == [f"  ! saw {size} characters", f"  ! saw {len(WHOLE)} characters"]


def test_half_a_file_is_waited_for(folder, monkeypatch):
    half = lambda: save(folder, WHOLE[:9])  # noqa: E731
    said = looks(folder, monkeypatch, None, half, None, None, lambda: save(folder, WHOLE), None, None, None)
    assert said[1:] == [f"  ! saw {len(WHOLE)} characters"]


def test_a_file_that_is_gone_for_a_moment_is_waited_for(folder, monkeypatch):
    gone = notebook(folder).unlink
    said = looks(folder, monkeypatch, None, gone, None, None, lambda: save(folder, WHOLE), None, None, None)
    assert said[1:] == [f"  ! saw {len(WHOLE)} characters"]


def test_a_file_that_stays_broken_is_spoken_of_once(folder, monkeypatch):
    def check_lab(lab, tasks, seconds):
        watching.read_notebook(notebook(folder))
        raise AssertionError("it cannot be read")

    monkeypatch.setattr(watching, "check_lab", check_lab)
    save(folder, "{")
    (line,) = until_ctrl_c(*[None] * 60)
    assert line.startswith("exercises/90_kinds.ipynb cannot be read as a notebook")


def test_watch_prints_a_line_a_task_and_ctrl_c_ends_it_quietly(lab, folder, monkeypatch):
    write_answers(folder, {"int8_prediction": "int8_prediction = -126", "batches": WRONG})
    monkeypatch.setattr(watching.watch, "__kwdefaults__", {"sleep": steps(None)})
    result = lab("watch", "int8_prediction", "batches")
    assert result.exit_code == 0
    first, second, third = result.output.strip().splitlines()
    assert first == "Watching 90_kinds. Save a notebook, and read here what holds. Ctrl-C ends it."
    assert re.fullmatch(r"\d\d:\d\d:\d\d  90_kinds: 1 of 2 tasks hold\.", second)
    assert re.fullmatch(r"  ✗ batches: 1 of 2 checks hold\. [A-Z].+\.", third)
