"""Each test locks a small process of its own, since Landlock cannot be taken off again."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Landlock is part of Linux")

PRELUDE = """
import errno, json, os, sys
from pathlib import Path
from autograder.sandbox import _libc, landlock
from autograder.sandbox.landlock import Rule

place = Path(sys.argv[1])
real = _libc.syscall

def trying(action):
    try:
        action()
    except OSError as error:
        return errno.errorcode[error.errno]
    return "done"

def lock(*rules):
    _libc.prctl(_libc.PR_SET_NO_NEW_PRIVS, 1)
    return landlock.restrict(rules)
"""


def locked(code, place):
    """Run `code` in a process of its own; what it leaves in `answer`."""
    script = PRELUDE + code + "\nprint(json.dumps(answer))"
    process = [sys.executable, "-c", script, str(place)]
    done = subprocess.run(process, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module", autouse=True)
def needs_landlock():
    from autograder.sandbox import landlock

    try:
        landlock.version()
    except OSError as error:
        pytest.skip(f"this kernel has no Landlock: {error}")


@pytest.fixture
def place(tmp_path):
    for folder in ("open", "shut", "scratch"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "file").write_text(folder)
    return tmp_path


def test_what_is_not_granted_cannot_be_read_listed_or_written(place):
    code = """
lock(Rule(place / "open", landlock.READ))
answer = [
    (place / "open/file").read_text(),
    os.listdir(place / "open"),
    trying((place / "shut/file").read_text),
    trying(lambda: os.listdir(place / "shut")),
    trying(lambda: os.listdir(place)),
    trying(lambda: (place / "open/file").write_text("x")),
    trying(lambda: (place / "open/new").touch()),
    trying(lambda: os.truncate(place / "open/file", 0)),
]
"""
    assert locked(code, place) == ["open", ["file"], *["EACCES"] * 6]
    assert (place / "open/file").read_text() == "open"


def test_a_scratch_folder_takes_files_and_folders_but_no_links_and_pipes(place):
    code = """
lock(Rule(place / "scratch", landlock.SCRATCH), Rule(place / "open", landlock.READ))
s = place / "scratch"
answer = {
    "write": trying(lambda: (s / "new").write_text("x")),
    "folder": trying((s / "folder").mkdir),
    "move": trying(lambda: (s / "new").rename(s / "folder/new")),
    "delete": trying((s / "folder/new").unlink),
    "symlink": trying(lambda: (s / "link").symlink_to("/etc/passwd")),
    "pipe": trying(lambda: os.mkfifo(s / "pipe")),
    "hard link from outside": trying(lambda: os.link(place / "open/file", s / "taken")),
    "move out": trying(lambda: (s / "file").rename(place / "open/moved")),
}
"""
    answer = locked(code, place)
    allowed = {"write", "folder", "move", "delete"}
    assert {name for name, outcome in answer.items() if outcome == "done"} == allowed
    assert {outcome for name, outcome in answer.items() if name not in allowed} <= {"EACCES", "EXDEV"}


def test_a_cache_opens_to_who_knows_a_name_and_cannot_be_listed(place):
    code = """
lock(Rule(place / "open", landlock.READ_FILE))
answer = [(place / "open/file").read_text(), trying(lambda: os.listdir(place / "open"))]
"""
    assert locked(code, place) == ["open", "EACCES"]


def test_a_link_inside_leads_nowhere_outside(place):
    (place / "open/link").symlink_to(place / "shut/file")
    code = """
lock(Rule(place / "open", landlock.READ))
answer = trying((place / "open/link").read_text)
"""
    assert locked(code, place) == "EACCES"


def test_a_path_that_is_not_there_grants_nothing_and_harms_nothing(place):
    code = """
lock(Rule(place / "nowhere", landlock.READ), Rule(place / "open", landlock.READ))
(answer,) = [trying((place / "open/file").read_text)]
"""
    assert locked(code, place) == "done"


def test_no_tcp_connection_is_made(place):
    code = """
import socket
layers = lock(Rule(place, landlock.READ))
server = socket.socket()
answer = [layers, trying(lambda: server.bind(("127.0.0.1", 0))), trying(lambda: server.connect(("127.0.0.1", 9)))]
"""
    layers, bind, connect = locked(code, place)
    if "landlock-tcp" not in layers:
        pytest.skip("this kernel's Landlock is older than its rules for TCP; the filter denies sockets anyway")
    assert (bind, connect) == ("EACCES", "EACCES")


def test_nobody_outside_can_be_signalled(place):
    code = """
layers = lock(Rule(place, landlock.READ))
answer = [layers, trying(lambda: os.kill(os.getppid(), 0)), trying(lambda: os.kill(os.getpid(), 0))]
"""
    layers, parent, self = locked(code, place)
    if "landlock-scope" not in layers:
        pytest.skip("this kernel's Landlock is older than its scopes; the filter denies signals anyway")
    assert (parent, self) == ("EPERM", "done")


def test_a_kernel_that_claims_more_than_it_takes_gets_an_older_ruleset(place):
    code = """
def overstated(number, *arguments):
    if number == 444 and arguments[0] is not None and arguments[1] > 8:
        raise OSError(errno.EINVAL, "Invalid argument")
    return real(number, *arguments)

_libc.syscall = overstated
layers = lock(Rule(place / "open", landlock.READ))
answer = [layers, trying((place / "shut/file").read_text)]
"""
    layers, read = locked(code, place)
    assert layers[0] == "landlock" and not {"landlock-tcp", "landlock-scope"} & set(layers)
    assert read == "EACCES"


@pytest.mark.parametrize("error", ["ENOSYS", "EPERM"])
def test_a_kernel_without_landlock_says_so_and_nothing_is_pretended(place, error):
    code = f"""
def without(number, *arguments):
    if number in (444, 445, 446):
        raise OSError(errno.{error}, os.strerror(errno.{error}))
    return real(number, *arguments)

_libc.syscall = without
answer = [trying(lambda: lock(Rule(place / "open", landlock.READ))), (place / "shut/file").read_text()]
"""
    assert locked(code, place) == [error, "shut"]


def test_without_no_new_privs_an_ordinary_user_is_refused(place):
    code = """
from autograder.sandbox import identity
identity.drop_capabilities()
answer = trying(lambda: landlock.restrict([Rule(place / "open", landlock.READ)]))
"""
    assert locked(code, place) == "EPERM"
