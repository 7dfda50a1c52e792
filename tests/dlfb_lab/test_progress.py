"""Progress: a small file that adds up, survives any damage, and never stands in a student's way."""

import json
import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from student import folder as folder

from dlfb_lab import _progress, check
from dlfb_lab._folder import kept_folder, student_folder
from dlfb_lab._progress import TaskProgress, progress_file, progress_on, read_progress, record
from dlfb_lab._quiet import quiet

SOME = TaskProgress(held=2, of=3, hints=0b10, live=5.0)


def write(*lines):
    path = progress_file()
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"".join(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines))


def test_what_was_recorded_is_known_again(folder):
    assert record("batches", SOME)
    assert read_progress() == {"batches": SOME}


def test_the_best_stays_and_everything_else_adds_up(folder):
    record("batches", SOME)
    record("batches", TaskProgress(held=3, of=3, live=4.0))
    record("batches", TaskProgress(held=0, of=3, hints=0b100))
    record("batches", TaskProgress(solution=True))
    assert progress_on("batches") == TaskProgress(3, 3, 0b110, True, 5.0)
    assert progress_on("batches").passed
    assert not progress_on("descend").passed


def test_the_sum_is_the_same_in_any_order_and_however_often(folder):
    draw = random.Random(3)
    parts = [
        TaskProgress(draw.randrange(4), 4, draw.randrange(16), draw.random() < 0.1, draw.random()) for _ in range(9)
    ]
    sums = set()
    for _ in range(20):
        draw.shuffle(parts)
        total = TaskProgress()
        for part in parts + parts[:4]:
            total = total.plus(part)
        sums.add(total)
    assert len(sums) == 1


def test_nothing_is_written_that_says_nothing_new(folder):
    record("batches", SOME)
    before = progress_file().read_bytes()
    assert record("batches", SOME)
    assert record("batches", TaskProgress(held=1, of=3, hints=0b10))
    assert progress_file().read_bytes() == before


def test_nothing_is_written_while_a_notebook_is_graded(folder):
    with quiet():
        record("batches", SOME)
    assert not kept_folder().exists()


def test_git_is_told_to_leave_the_folder_alone(folder):
    record("batches", SOME)
    assert (folder / ".dlfb_lab/.gitignore").read_text("utf-8") == "*\n"


@pytest.mark.parametrize(
    "damage",
    [
        b'{"v": 1, "task": "descend", "hel',
        b"\xff\xfe\x00\x01\x80 binary mess \n",
        b'[1, 2]\n3\nnull\n"text"\n',
        b'{"v": 1}\n{"task": "descend", "held": 1, "of": 1}\n',
        b'{"v": 1, "task": 3, "held": 1, "of": 1}\n',
        b'{"v": 1, "task": "../../etc", "held": 1, "of": 1}\n',
        b"[" * 100_000 + b"\n",
        b'{"v": 1, "task": "descend", "held": ' + b"9" * 900 + b', "of": 1}\n',
        b'{"v": 1, "task": "descend", "live": NaN, "hints": -1, "held": true, "of": "x", "solution": 1}\n',
        b'{"v": 1, "task": "descend", "held": 5, "of": 2}\n',
        b'{"v": 1, "task": "descend", "live": ' + b"9" * 900 + b"}\n",
        b"\n\n\r\n  \n",
        b"\0" * 5000 + b"\n",
    ],
)
@pytest.mark.parametrize("before", [True, False])
def test_damage_costs_itself_alone(folder, damage, before):
    good = {"v": 1, "task": "batches", "held": 2, "of": 3, "hints": 2, "live": 5.0}
    write(*((damage if damage.endswith(b"\n") else damage + b"\n", good) if before else (good, damage)))
    assert read_progress().get("batches") == SOME
    assert read_progress().get("descend", TaskProgress()) == TaskProgress()
    assert record("batches", TaskProgress(solution=True))
    assert progress_on("batches") == TaskProgress(2, 3, 0b10, True, 5.0)


def test_half_a_line_at_the_end_does_not_swallow_the_next(folder):
    write(b'{"v": 1, "task": "descend", "hel')
    record("batches", SOME)
    assert read_progress() == {"batches": SOME}


def test_a_file_that_has_grown_long_becomes_one_line_a_task_and_loses_nothing(folder):
    later = {"v": 2, "task": "batches", "stars": 5}
    lines = [{"v": 1, "task": f"task_{n % 40}", "held": n % 3, "of": 3, "live": n} for n in range(2000)]
    write(later, b"garbage\n", *lines)
    known = read_progress()
    record("batches", SOME)
    assert read_progress() == {**known, "batches": SOME}
    assert len(progress_file().read_bytes().splitlines()) == 1 + 40 + 1
    assert json.dumps(later).encode() in progress_file().read_bytes()
    assert sorted(path.name for path in kept_folder().iterdir()) == [".gitignore", "progress.jsonl"]


def refused(folder, how):
    if how == "a file in the folder's place":
        (folder / ".dlfb_lab").write_text("mine")
    else:
        progress_file().mkdir(parents=True)


@pytest.mark.parametrize("how", ["a file in the folder's place", "a folder in the file's place"])
def test_where_nothing_can_be_written_this_process_remembers(folder, how):
    refused(folder, how)
    assert not record("batches", SOME)
    assert not record("batches", TaskProgress(solution=True))
    assert progress_on("batches") == TaskProgress(2, 3, 0b10, True, 5.0)
    assert _progress.why_not_writable()


@pytest.mark.skipif(sys.platform == "win32", reason="there it may mean that a lock is just being removed")
def test_without_permission_nobody_waits(folder, monkeypatch):
    def refuse(*arguments):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(_progress.os, "open", refuse)
    monkeypatch.setattr(_progress.time, "sleep", lambda seconds: pytest.fail("waited"))
    assert not record("batches", SOME)
    assert _progress.why_not_writable() == "Permission denied"


def test_what_could_not_be_written_is_written_with_the_next(folder):
    refused(folder, "a file in the folder's place")
    record("batches", SOME)
    (folder / ".dlfb_lab").unlink()
    assert record("batches", TaskProgress(solution=True))
    assert _progress._unsaved == {}
    assert progress_on("batches") == TaskProgress(2, 3, 0b10, True, 5.0)
    assert _progress.why_not_writable() == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to try")
def test_a_full_disk(folder):
    kept_folder().mkdir()
    progress_file().symlink_to("/dev/full")
    assert not record("batches", SOME)
    assert progress_on("batches") == SOME


def test_half_a_line_is_what_a_full_disk_leaves(folder, monkeypatch):
    class Full:
        def __init__(self, file):
            self.file = file

        def __enter__(self):
            return self

        def __exit__(self, *error):
            self.file.close()

        def write(self, data):
            return self.file.write(data[:9])

        def __getattr__(self, name):
            return getattr(self.file, name)

    record("descend", SOME)
    with monkeypatch.context() as patched:
        patched.setattr(_progress, "_open_to_append", lambda path, open_=_progress._open_to_append: Full(open_(path)))
        assert not record("batches", SOME)
    assert record("dilutions", SOME)
    assert read_progress() == dict.fromkeys(["descend", "batches", "dilutions"], SOME)


def test_a_lock_that_a_dead_kernel_left_is_removed_and_a_living_one_waited_for_in_vain(folder):
    record("batches", SOME)
    lock = kept_folder() / "lock"
    lock.touch()
    started = time.monotonic()
    assert record("descend", SOME)
    assert time.monotonic() - started < 5
    assert lock.exists(), "it is somebody else's"
    os.utime(lock, (1, 1))
    assert record("dilutions", SOME)
    assert not lock.exists()
    assert set(read_progress()) == {"batches", "descend", "dilutions"}


def test_many_threads_and_two_kernels_at_once_lose_nothing(folder, monkeypatch):
    monkeypatch.setattr(_progress, "_LONG", 2000)
    monkeypatch.setattr(_progress, "_PATIENCE", 20.0)
    script = "from dlfb_lab import _progress as p\np._LONG, p._PATIENCE = 2000, 20.0\n"
    script += "for n in range(60): p.record(f'other_{n}', p.TaskProgress(held=1, of=2, live=float(n)))"
    with subprocess.Popen([sys.executable, "-c", script], cwd=folder) as other:
        work = [threading.Thread(target=record, args=(f"own_{n}", SOME)) for n in range(30)]
        for thread in work:
            thread.start()
        for thread in work:
            thread.join()
        assert other.wait(60) == 0
    assert set(read_progress()) == {f"own_{n}" for n in range(30)} | {f"other_{n}" for n in range(60)}


# ---- Where it is kept -----------------------------------------------------------------------------------------------


def test_a_kernel_in_exercises_and_a_command_above_find_the_same_file(folder):
    (folder / "data/raw").mkdir(parents=True)
    (folder / "exercises/deep").mkdir()
    for place in ("", "exercises", "exercises/deep", "data/raw"):
        assert student_folder(folder / place) == folder


def test_notebooks_without_a_folder_exercises_keep_it_beside_them(folder):
    (folder / "exercises").rename(folder / "jax")
    assert student_folder(folder / "jax") == folder / "jax"


def test_where_there_is_no_notebook_it_is_the_current_folder(folder, tmp_path_factory):
    empty = tmp_path_factory.mktemp("empty")
    (empty / "exercises").mkdir()
    assert student_folder(empty) == empty


def test_a_variable_names_another_place(folder, monkeypatch):
    monkeypatch.setenv("DLFB_LAB_FOLDER", str(folder / "elsewhere"))
    record("batches", SOME)
    assert (folder / "elsewhere/progress.jsonl").is_file()


def test_a_current_folder_that_was_removed_is_no_exception(folder, monkeypatch):
    gone = folder / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    record("batches", SOME)
    assert progress_on("batches") == SOME


# ---- What check records ---------------------------------------------------------------------------------------------


def test_check_records_how_much_held_and_when(folder, capsys):
    int8_prediction = 127  # noqa: F841
    before = time.time()
    check("int8_prediction")
    known = progress_on("int8_prediction")
    assert (known.held, known.passed) == (0, False)
    assert known.of > 0
    assert before <= known.live <= time.time()
    assert capsys.readouterr().out.startswith("int8_prediction: 0 of ")


def test_a_starter_and_an_unknown_name_are_not_recorded(folder):
    int8_prediction = None  # noqa: F841
    check("int8_prediction")
    check("no_such_task")
    assert read_progress() == {}


def test_a_verdict_is_shown_even_where_nothing_can_be_recorded(folder, capsys):
    refused(folder, "a file in the folder's place")
    int8_prediction = -126  # noqa: F841
    check("int8_prediction")
    assert capsys.readouterr().out.startswith("int8_prediction: its check holds.")
