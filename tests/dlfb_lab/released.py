"""What the tests of `lab update` share: small releases, made by hand, and a student's folder with work in it."""

import json
from pathlib import Path

from dlfb_lab._lab.release import FILE, cell_digest, digest

LAB = "exercises/01_arrays.ipynb"
SUM_STARTER = 'def total(x):\n    raise NotImplementedError("total")'
MEAN_STARTER = 'def mean(x):\n    raise NotImplementedError("mean")'
SUM_ANSWER = "def total(x):\n    return x.sum()  # mine: ä, 中\n\n"
MEAN_ANSWER = "def mean(x):\n    return total(x) / len(x)"


def text(name, source):
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}


def code(name, source, outputs=()):
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": {},
        "outputs": list(outputs),
        "source": source,
    }


def task(name, starter, words):
    return [text(f"{name}-task", words), code(f"{name}-answer", starter), code(f"{name}-check", f'check("{name}")')]


def cells(intro="Arrays.", total="Add.", mean="Divide.", starter=SUM_STARTER):
    return [
        text("01_arrays-01", intro),
        code("01_arrays-02", "from dlfb_lab import check"),
        *task("total", starter, total),
        *task("mean", MEAN_STARTER, mean),
    ]


def notebook(own, stamp="one"):
    metadata = {
        "dlfb_lab": {"lab": "01_arrays", "stamp": stamp},
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
    }
    return {"cells": own, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def given(own):
    return {cell["id"]: cell_digest(cell["source"]) for cell in own}


def as_text(root):
    return json.dumps(root, indent=1, ensure_ascii=False) + "\n"


def release(folder: Path, own, stamp="one", origin="", more=None) -> Path:
    """A release with one lab and a few other files, in `folder`."""
    files = {
        LAB: as_text(notebook(own, stamp)),
        "dlfb_lab/_check.py": "# the first\n",
        "requirements/student.txt": "jax==1\n",
        "README.md": "Read me.\n",
        **(more or {}),
    }
    described = {path: digest(data.encode()) for path, data in files.items()}
    about = {"title": "Arrays", "stamp": stamp, "origin": origin, "labs": ["01_arrays"]}
    files[FILE] = as_text({**about, "files": described, "cells": {LAB: given(own)}})
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(data, "utf-8")
    return folder


def sources(root):
    """(id, text) of each cell."""
    return [(cell.get("id"), "".join(cell["source"])) for cell in root["cells"]]
