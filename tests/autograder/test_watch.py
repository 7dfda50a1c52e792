"""A look into a folder that a hostile process may be filling: it counts, follows no link, and ends early."""

import os
import threading
import time
from dataclasses import replace

import pytest

from autograder.sandbox._watch import Watch
from autograder.sandbox.limits import Limits

LIMITS = Limits(entries=20, scratch=1000)

pytestmark = pytest.mark.skipif(os.open not in os.supports_dir_fd, reason="needs descriptors of folders")


@pytest.fixture
def look(tmp_path):
    return Watch(os.getpid(), tmp_path, LIMITS)


def test_an_empty_folder_and_none_at_all_are_no_trouble(tmp_path, look):
    assert look() == ""
    tmp_path.rmdir()
    assert look() == ""


def test_files_and_folders_are_counted_at_any_depth(tmp_path, look):
    (tmp_path / "a/b/c").mkdir(parents=True)
    for n in range(17):
        (tmp_path / f"a/b/c/{n}").touch()
    assert look() == ""
    (tmp_path / "a/one").touch()
    assert look() == "its folder held more than 20 files and folders."


def test_sizes_are_added_up(tmp_path):
    limits = Limits(scratch=2 << 20)
    for name in ("one", "two"):
        (tmp_path / name).write_bytes(bytes(1 << 20))
    assert Watch(os.getpid(), tmp_path, limits)() == ""
    (tmp_path / "three").write_bytes(b"x")
    assert Watch(os.getpid(), tmp_path, limits)() == "its files took more than 2 MiB together."


def test_no_link_is_followed(tmp_path, look):
    (tmp_path / "elsewhere").mkdir()
    for n in range(19):
        (tmp_path / "elsewhere" / f"{n}").write_bytes(bytes(100))
    folder = tmp_path / "scratch"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path / "elsewhere")
    (folder / "file").symlink_to(tmp_path / "elsewhere/0")
    os.mkfifo(folder / "pipe")
    assert replace(look, scratch=folder)() == ""
    (tmp_path / "way").symlink_to(tmp_path)
    assert replace(look, scratch=tmp_path / "way")() == "", "not even to the folder itself"


def test_folders_in_folders_without_end_are_too_much(tmp_path):
    limits = Limits()
    (tmp_path / "/".join(["d"] * 31)).mkdir(parents=True)
    assert Watch(os.getpid(), tmp_path, limits)() == ""
    (tmp_path / "/".join(["d"] * 32)).mkdir()
    assert Watch(os.getpid(), tmp_path, limits)() == "its folder held folders in folders, more than 32 deep."


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look into every folder")
def test_a_folder_that_may_not_be_looked_into_is_too_much(tmp_path, look):
    (tmp_path / "closed").mkdir(mode=0)
    assert look() == "its folder held one that may not be looked into."


def test_a_look_at_a_folder_far_too_full_takes_no_longer_than_at_a_full_one(tmp_path):
    for n in range(20_000):
        (tmp_path / f"{n}").touch()
    watch = Watch(os.getpid(), tmp_path, LIMITS)
    started = time.monotonic()
    assert watch() == "its folder held more than 20 files and folders."
    assert time.monotonic() - started < 0.1


def test_threads_are_counted(tmp_path):
    limits = Limits(threads=-8 * (os.cpu_count() or 1) + 30)
    release = threading.Event()
    threads = [threading.Thread(target=release.wait) for _ in range(30)]
    try:
        for thread in threads:
            thread.start()
        assert Watch(os.getpid(), tmp_path, limits)() == "it had more than 30 threads at once."
    finally:
        release.set()
        for thread in threads:
            thread.join()


def test_a_process_that_is_gone_has_no_threads(tmp_path):
    assert Watch(2**22 + 1, tmp_path, replace(LIMITS, threads=0))() == ""


def test_no_descriptor_stays_open(tmp_path, look):
    (tmp_path / "a/b").mkdir(parents=True)
    before = os.listdir("/dev/fd")  # noqa: PTH208
    look()
    assert os.listdir("/dev/fd") == before  # noqa: PTH208
