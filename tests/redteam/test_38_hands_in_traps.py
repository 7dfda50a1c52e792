"""A folder and a zip hold everything but plain files, under names that lead elsewhere or break what prints them.

Single traps are tried in tests/autograder/test_collect.py; here all of them go the whole way to reports on disk.
"""

import os
import re
import socket
import stat
import zipfile

import pytest
from arena import LAB, notebook
from threat import RIGHT, Threat

from autograder.collect import collect
from autograder.report.write import write_class

NAMES = [
    "-rf",
    "--out=elsewhere",
    "two\nlines",
    "'; rm -rf ~; '",
    '"quoted"',
    "\u202egnp.fdp",
    "\x1b[2J\x07",
    "%s%n{0}",
    "=1+1",
    "$(touch ran)",
    "a\\b",
    "CON",
    "ADA",
    "ada",
    "Ada",
    "stra\N{LATIN SMALL LETTER SHARP S}e",
    "STRASSE",
    "é",
    "e\u0301",
    "x" * 240,
]
LEADING_OUT = [
    "../../../up.ipynb",
    "/etc/cron.d/root.ipynb",
    "C:\\Windows\\c.ipynb",
    "..\\..\\win.ipynb",
    "a/../../b.ipynb",
]

THREAT = Threat(
    38,
    "Zip-slip, links, devices, pipes, sockets, odd and colliding names",
    "Regular files alone, opened without following links; nothing unpacked; a name is a label and never a path.",
    "files are copied as they are, links followed",
)


def graded(arena, given, out):
    """What was found in `given`, and a report of each, on disk."""
    found = collect([given])
    reports = [arena.grader().grade(one) for one in found.submissions]
    write_class(reports, out, problems=found.problems)
    return found.submissions, reports


def test_names_are_labels_whatever_they_hold(arena, tmp_path):
    given, out = tmp_path / "class", tmp_path / "out"
    given.mkdir()
    for name in NAMES:
        (given / f"{name}.ipynb").write_bytes(b"")  # unreadable, so that each gets a report in no time
    _, reports = graded(arena, given, out)
    ids = [report.submission for report in reports]
    assert len({one.casefold() for one in ids}) == len(NAMES), "two of them would share a file on some disks"
    assert all(re.fullmatch(r"[a-z0-9_][a-z0-9_~-]*", one) for one in ids)
    files = sorted(path.name for path in (out / "feedback").iterdir())
    assert files == sorted(f"{one}.{kind}" for one in ids for kind in ("html", "md"))
    for text in (report.student + report.source for report in reports):
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["class", "out"]


def test_what_is_no_regular_file_is_never_opened(arena, tmp_path):
    given, out = tmp_path / "class", tmp_path / "out"
    given.mkdir()
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(notebook(RIGHT))
    (given / "a_link.ipynb").symlink_to(secret)
    (given / "a_loop.ipynb").symlink_to("a_loop.ipynb")
    (given / "a_zip.zip").symlink_to("/dev/zero")
    (given / "a_folder").symlink_to("/proc/self")
    os.mkfifo(given / "a_pipe.ipynb")
    os.mkfifo(given / "b_pipe.zip")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(given / "a_socket.ipynb"))
        found, reports = graded(arena, given, out)
    assert not [one for one in found if one.data]
    assert {report.student for report in reports} >= {"a_link", "a_loop", "a_zip", "a_pipe", "b_pipe", "a_socket"}
    assert {report.points for report in reports} == {0}
    assert all("is a link" in one.problem or "is not a regular file" in one.problem for one in reports)


def test_a_device_is_never_opened(tmp_path):
    path = tmp_path / "class" / "ada.ipynb"
    path.parent.mkdir()
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))  # /dev/zero, which never ends
    except PermissionError:
        pytest.skip("only root may make a device, and only where it is not forbidden")
    (only,) = collect([path.parent]).submissions
    assert (only.data, only.problem[:34]) == (b"", "ada.ipynb is not a regular file, s")


def test_a_hard_link_gives_away_no_word_of_what_it_leads_to(arena, tmp_path):
    """It cannot be told from the file itself, so it is read; of what is no notebook nothing is quoted."""
    secret = tmp_path / "shadow"
    secret.write_text(f"root:{arena.canary}:19000:0:99999:7:::\n", "utf-8")
    given = tmp_path / "class"
    given.mkdir()
    (given / f"{LAB}.ipynb").hardlink_to(secret)
    (only,) = collect([given]).submissions
    report = arena.grade_bytes(only.data)  # which also looks for the canary
    assert report.problem.startswith("The file is not a notebook: line 1 is not JSON.")


def test_nothing_of_a_zip_gets_out_of_it(arena, tmp_path):
    given, out = tmp_path / "class.zip", tmp_path / "out"
    with zipfile.ZipFile(given, "w") as archive:
        for name in LEADING_OUT:
            archive.writestr(name, b"")
        for kind in (stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK):
            member = zipfile.ZipInfo(f"kind_{kind}.ipynb")
            member.external_attr = (kind | 0o4777) << 16
            archive.writestr(member, "/etc/passwd")
    found, reports = graded(arena, given, out)
    assert len(found) == len(LEADING_OUT) + 5
    assert sum("is a link or a device" in one.problem for one in found) == 5
    assert sorted(path.name for path in tmp_path.iterdir()) == ["class.zip", "out"]
    assert len(list((out / "reports").iterdir())) == len(reports)
