"""Files that Python, IPython and matplotlib run or read when they start lie wherever they are looked for."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from arena import HASTY, LIMITS
from threat import Threat

from autograder.session import Session
from dlfb_lab._errors import AnswerLost

STARTS = (
    "sitecustomize.py",
    "usercustomize.py",
    "startup.py",
    "profile_default/startup/00-evil.py",
    ".ipython/profile_default/startup/00-evil.py",
)
# Leaves them at home, and dies. The next child of the same submission is asked what it finds there.
LEAVES = """
import os
from pathlib import Path
found = os.listdir()
for name in NAMES:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text("raise SystemExit('started')")
def kmer_counts(idx, K):
    os._exit(0)
"""

THREAT = Threat(
    32,
    "sitecustomize, .pth, PYTHONSTARTUP, startup files of IPython",
    "The fork server is started with a clean environment, without `site`; each child's home is new and empty.",
    "~/.ipython and the user's packages are those of everybody who is graded",
)


@pytest.fixture
def trace(tmp_path, monkeypatch):
    """A grader's surroundings that point to them; the file that they leave."""
    trace = tmp_path / "trace"
    user = (
        tmp_path
        / "user"
        / Path(sysconfig.get_path("purelib", "posix_user")).relative_to(sysconfig.get_config_var("userbase"))
    )
    for path in (*(tmp_path / name for name in STARTS), user / "evil.pth"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"import pathlib; pathlib.Path({str(trace)!r}).touch()\n", "utf-8")
    (tmp_path / "matplotlibrc").write_text("backend: module://sitecustomize\n", "utf-8")
    new = {"PYTHONPATH": "", "HOME": "", "IPYTHONDIR": "", "MATPLOTLIBRC": "", "PYTHONUSERBASE": "user"}
    for name, place in {**new, "PYTHONSTARTUP": "startup.py", "PYTHONINSPECT": "startup.py"}.items():
        monkeypatch.setitem(os.environ, name, str(tmp_path / place))
    return trace


def test_no_process_of_the_sandbox_runs_any_of_them(redteam_zygote, trace):
    from autograder.sandbox.launch import Zygote

    with (
        Zygote.start() as zygote,
        Session(zygote, ["import sys; loot = sys.path, sys.flags.no_site"], LIMITS) as session,
    ):
        ((path, no_site),) = session.request("lookup", "loot")
    assert not trace.exists()
    assert no_site == 1
    assert not [one for one in path if one.startswith(str(trace.parent))]


def test_an_ordinary_interpreter_runs_them(trace):
    subprocess.run([sys.executable, "-c", "pass"], stdin=subprocess.DEVNULL, timeout=30, check=False)
    assert trace.exists()


def test_what_a_notebook_leaves_at_home_is_gone_with_its_process(arena):
    with Session(arena.zygote, [f"NAMES = {STARTS}", LEAVES], HASTY) as session:
        first = session.request("lookup", "found")
        with pytest.raises(AnswerLost):
            session.request("call", session.request("lookup", "kmer_counts")[0], [1, 2], {})
        assert (first, session.request("lookup", "found")) == (([],), ([],))
