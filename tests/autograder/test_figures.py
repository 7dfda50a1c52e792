"""The figures that a notebook draws: collected in its child, looked through outside, and worth no point."""

import json
import struct
import time
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.collect import Submission
from autograder.course import load_course
from autograder.figures import MAX_BYTES, clean_png, read_figures
from autograder.grade import Grader, Settings
from autograder.report.record import Figure
from autograder.sandbox.limits import Limits
from autograder.session import MAX_CHILDREN, Session
from dlfb_lab._errors import AnswerLost
from dlfb_lab._outcome import Outcome

QUICK = Limits(wall_request=5.0, wall_submission=60.0)
BEGIN = "import matplotlib.pyplot as plt\nfrom dlfb_lab import plot"
TWO = "plt.plot([1, 2]); plt.title('first'); plt.show()\nplt.plot([2, 1]); plt.title('second')"


@pytest.fixture
def session(zygote):
    """Opens sessions on cells that all may draw, and closes them after the test."""
    opened = []

    def open_session(*cells, draws=None):
        numbers = range(1, len(cells) + 1) if draws is None else draws
        opened.append(Session(zygote, cells, QUICK, draws=numbers))
        opened[-1].start()
        return opened[-1]

    yield open_session
    for one in opened:
        one.__exit__()


def seen(session):
    return [(figure.cell, figure.says) for figure in session.figures]


def test_figures_come_with_the_number_of_their_cell_and_what_they_say_of_themselves(session):
    own = "plot.bars(['A', 'C'], [1, 2], xlabel='base', ylabel='how often')"
    one = session(BEGIN, TWO, "_ = plt.figure()", own, "plt.plot([1]); plt.xlabel('step'); plt.ylabel('loss')")
    assert seen(one)[:2] == [(2, "first"), (2, "second")], "`show` ends a figure, and so does the end of a cell"
    assert seen(one)[2][0] == 4
    assert "how often" in seen(one)[2][1]
    assert seen(one)[3:] == [(5, "x: step, y: loss")]
    assert all(figure.png.startswith(b"\x89PNG") and len(figure.png) < MAX_BYTES for figure in one.figures)


def test_the_last_four_of_the_cells_that_were_asked_for_are_kept(session):
    cells = [f"plt.plot([{number}]); plt.title('{number}')" for number in range(2, 8)]
    assert seen(session(BEGIN, *cells, draws=[2, 3, 4, 5, 6])) == [(n, str(n)) for n in (3, 4, 5, 6)]
    assert seen(session(BEGIN, *cells, draws=[])) == []


def test_the_same_cells_draw_the_same_bytes(session):
    assert session(BEGIN, TWO).figures == session(BEGIN, TWO).figures


def test_a_figure_of_any_size_and_noise_is_small(session):
    noise = "import numpy as np\nplt.figure(figsize=(90, 3)); plt.imshow(np.random.rand(300, 900), aspect='auto')"
    (figure,) = session(BEGIN, noise + "\nplt.text(1e5, 1e5, 'far outside')").figures
    assert len(figure.png) < MAX_BYTES
    assert max(struct.unpack(">II", figure.png[16:24])) <= 1000


FORGED = "import autograder.sandbox.figures as ours\nours.Figures.images = lambda self, cells: {}"
GOES_WRONG = {
    "ends the process": "import os\nplt.plot([1]); plt.gca().draw = lambda *_: os._exit(3)",
    "never ends": "plt.plot([1])\ndef draw(*_):\n    while True: pass\nplt.gca().draw = draw",
    "raises": "plt.plot([1]); plt.gca().draw = lambda *_: 1 / 0",
    "raises what ends a process": "plt.plot([1]); plt.gca().draw = lambda *_: exit()",
    "pyplot is replaced": "plt.plot([1]); plt.get_fignums = plt.close = None",
    "too much": FORGED.format("b'x' * 10**7 and 'x' * 10**7"),
    "no list": FORGED.format("7"),
    "no images": FORGED.format("[[2, 'says', 'png'], [2, 3, 4], [2], None, [2, 'says', __import__('numpy').ones(9)]]"),
    "another cell": FORGED.format("[[99, 'says', __import__('numpy').ones(9, 'uint8')]]"),
}


@pytest.mark.parametrize("how", GOES_WRONG)
def test_what_goes_wrong_with_a_figure_costs_the_picture_and_nothing_else(how, session):
    started = time.monotonic()
    bad = "import os\ndef bad(): os._exit(3)"
    one = session(BEGIN, GOES_WRONG[how], f"{bad}\ndef answer(): return 41")
    assert one.figures == ()
    assert one.cell_errors == ()
    assert time.monotonic() - started < 20
    for _ in range(MAX_CHILDREN - 1):
        assert one.answer("answer")() == 41
        with pytest.raises(AnswerLost):
            one.answer("bad")()
    assert one.answer("answer")() == 41, "as many children are left as ever"


def test_figures_are_asked_for_once_and_before_anything_else(session, monkeypatch):
    asked = []
    ask = Session._ask
    monkeypatch.setattr(
        Session, "_ask", lambda self, what, *rest, **more: asked.append(what) or ask(self, what, *rest, **more)
    )
    one = session(BEGIN, "import os\ndef bad(): os._exit(3)", TWO)
    with pytest.raises(AnswerLost):
        one.answer("bad")()
    one.answer("plt")
    cells = ["cell"] * 3
    assert asked == [*cells, "figures", "lookup", "call", *cells, "lookup"]
    assert len(one.figures) == 2


def chunk(name, body=b""):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(*chunks, width=2, height=1):
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks)


PIXELS, END = chunk(b"IDAT", zlib.compress(b"\0\1\2")), chunk(b"IEND")
PLAIN = png(PIXELS, END)


def test_an_image_keeps_its_pixels_and_nothing_else():
    assert clean_png(PLAIN) == PLAIN
    texts = [chunk(b"tEXt", b"Software\0x"), chunk(b"tIME", b"1234567"), chunk(b"acTL", b"12345678")]
    assert clean_png(png(*texts, PIXELS, END) + b"<script>") == PLAIN


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n",
        PLAIN[:-1],
        png(END),
        png(PIXELS),
        png(chunk(b"IHDR", b"x" * 13), PIXELS, END),
        png(PIXELS, END, width=100_000),
        png(PIXELS, END, height=0),
        png(chunk(b"IDAT", b"x" * MAX_BYTES), END),
        PLAIN.replace(PIXELS, PIXELS[:-1] + b"x"),
    ],
)
def test_what_is_no_such_image_is_none(data):
    assert clean_png(data) is None


@given(st.binary(max_size=90), st.integers(0, len(PLAIN)), st.integers(0, len(PLAIN)))
def test_bytes_of_any_kind_are_an_image_or_none(junk, start, end):
    cleaned = clean_png(PLAIN[:start] + junk + PLAIN[end:])
    assert cleaned is None or clean_png(cleaned) == cleaned


def test_a_reply_is_read_as_far_as_it_holds_figures():
    image = np.frombuffer(PLAIN, np.uint8)
    reply = [[3, "x" * 900, image], [4, "", image], [True, "", image], [3, "", image.reshape(1, -1)], [3, "", image]]
    assert read_figures(reply, [3]) == (Figure(3, "x" * 500, PLAIN), Figure(3, "", PLAIN))


LAB = (
    """# %% [markdown]
# # Tiny

# %%
import matplotlib.pyplot as plt

plt.plot([1], label="the course's own")

# %% [markdown] task="tiny" points=1 difficulty=1 minutes=1
# ## A number
"""
    + "".join(f'\n# %% [markdown] hint="tiny"\n# Hint {number}.\n' for number in range(3))
    + """
# %% answer="tiny"
# BEGIN SOLUTION
tiny = 7
# END SOLUTION

# %% check="tiny"
check("tiny")
"""
)
CHECK = '''def test_tiny_is_seven(tiny):
    """It is seven."""
    assert tiny == 7
'''


def test_a_report_has_the_figures_of_the_students_own_cells(tmp_path, zygote):
    from autograder.build import build_course

    for place, text in {
        "solutions/01_tiny.py": LAB.replace('check("tiny")\n', ""),
        "solutions/course.toml": 'title = "x"\nseed = 1\n',
        "checks/test_01_tiny.py": CHECK,
    }.items():
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text(text, "utf-8")
    course = load_course(tmp_path)
    build_course(course, write=True)
    notebook = json.loads((tmp_path / "exercises" / "01_tiny.ipynb").read_text("utf-8"))
    own = "tiny = 7\nplt.plot([tiny]); plt.title('my own')"
    notebook["cells"].append({"cell_type": "code", "source": own, "metadata": {}, "outputs": []})
    number = sum(cell["cell_type"] == "code" for cell in notebook["cells"])
    grader = Grader(course, zygote, Settings(course.root, 1, QUICK), "L2")
    report = grader.grade(Submission("ada", "Ada", "x", "01_tiny.ipynb", json.dumps(notebook).encode()))
    assert report.tasks[0].outcome is Outcome.PASSED
    assert [(figure.cell, figure.says) for figure in report.figures] == [(number, "my own")]
