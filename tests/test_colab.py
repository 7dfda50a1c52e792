"""A notebook on Google Colab: JAX is there, this project is not, and the notebook lies alone in a folder.

What Colab is made of here: an environment of its own that sees the packages of this one but not this checkout, a module
`google.colab`, and as the package index a folder with our wheel.
"""

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
ANSWER = "def set_first(x, value):\n    return x.at[0].set(value)"


@pytest.fixture(scope="module")
def colab(tmp_path_factory):
    """The folder of the environment; also on JUPYTER_PATH, as the kernel called python3."""
    folder = tmp_path_factory.mktemp("colab")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder / "index"], cwd=ROOT, check=True
    )
    subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
    packages = next((folder / "env").glob("[lL]ib*/**/site-packages"))
    (packages / "colab.pth").write_text(f"{folder / 'seen'}\nimport google.colab\n")
    (folder / "seen").mkdir()
    for package in Path(sysconfig.get_path("purelib")).iterdir():
        if "dlfb_lab" not in package.name:
            (folder / "seen" / package.name).symlink_to(package)
    (packages / "google" / "colab").mkdir(parents=True)
    for name in ("__init__", "output"):  # JAX asks for the second
        (packages / "google" / "colab" / f"{name}.py").touch()
    python = folder / "env" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    kernel = folder / "jupyter" / "kernels" / "python3" / "kernel.json"
    kernel.parent.mkdir(parents=True)
    argv = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    kernel.write_text(json.dumps({"argv": argv, "display_name": "Colab", "language": "python"}))
    return folder


def ran(colab, tmp_path, monkeypatch, answer):
    """The first exercise, run whole; every cell's output as text, by the cell's id."""
    for name, value in {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(colab / "index")}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.setenv("JUPYTER_PATH", str(colab / "jupyter"))
    notebook = nbformat.read(ROOT / "exercises/02_immutability.ipynb", as_version=4)
    next(cell for cell in notebook.cells if cell.id == "set_first-answer").source = answer
    where = nbformat.v4.new_code_cell("import dlfb_lab; print(dlfb_lab.__file__)", id="where")
    notebook.cells.append(where)
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": tmp_path}}).execute()
    return {cell.id: "".join(map(text_of, cell.get("outputs", []))) for cell in notebook.cells}


def text_of(output):
    return output.get("text") or json.dumps(output.get("data", {}))


def test_the_first_cell_brings_all_that_the_notebook_needs(colab, tmp_path, monkeypatch):
    said = ran(colab, tmp_path, monkeypatch, ANSWER)
    assert str(colab) in said["where"], "and not this checkout's"
    assert "set_first: all 2 checks hold" in said["set_first-check"]
    assert "kmer_counts: not attempted yet" in said["kmer_counts-check"]
