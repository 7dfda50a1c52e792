"""What a student does in the dev container, done with the real dev containers CLI."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from engine import Docker, run

ROOT = Path(__file__).resolve().parents[2]
STUDENT = 1000
ENVIRONMENT = "/home/vscode/env/venv"
FIRST_TASK, FIRST_ANSWER = "set_first", "def set_first(x, value):\n    return x.at[0].set(value)"
NOTEBOOK = "exercises/02_immutability.ipynb"
# Writes an answer into the notebook as an editor would, by the id of its cell.
WRITE = """
import json, sys
path, task, answer = sys.argv[1:]
notebook = json.load(open(path))
next(cell for cell in notebook["cells"] if cell["id"] == task + "-answer")["source"] = answer
json.dump(notebook, open(path, "w"))
"""
# What Jupyter does with a notebook: a kernel by the name that the notebook has, one cell after the other.
RUN = """
import json, sys
from jupyter_client.manager import start_new_kernel
notebook = json.load(open(sys.argv[1]))
manager, client = start_new_kernel(kernel_name=notebook["metadata"]["kernelspec"]["name"])
said = []
def hear(message):
    content = message["content"]
    if message["msg_type"] == "error":
        said.append("ERROR " + content["ename"] + ": " + content["evalue"])
    said.append(content.get("text", "") or content.get("data", {}).get("text/plain", ""))
for cell in notebook["cells"]:
    if cell["cell_type"] == "code":
        client.execute_interactive("".join(cell["source"]), timeout=120, output_hook=hear, allow_stdin=False)
client.execute_interactive("import sys; print('kernel', sys.executable)", timeout=60, output_hook=hear)
manager.shutdown_kernel(now=True)
print("\\n".join(said))
"""


class Workspace:
    """A copy of the checkout, and the container that belongs to it.

    Args:
        folder: where the copy and the CLI go.
        docker: the engine.
        cli: the dev containers CLI, as npm calls it.
        config: the folder of another configuration in `.devcontainer`; "" for the default one.
        source: the git checkout that is copied.
    """

    image = "dlfb-lab-test:dev"

    def __init__(self, folder: Path, docker: Docker, cli: str, config: str = "", source: Path = ROOT) -> None:
        self.project = folder / "work" / "dlfb-lab"
        self._docker = docker
        copy_checkout(self.project, source)
        npm = folder / "npm"
        run(["npm", "install", "--silent", "--no-save", "--prefix", str(npm), cli], docker.environment)
        self._cli = str(npm / "node_modules/.bin/devcontainer")
        file = self.project / ".devcontainer" / config / "devcontainer.json"
        self._where = ["--workspace-folder", str(self.project), "--config", str(file)]

    def build(self) -> None:
        """The image, as the configuration describes it."""
        self._call("build", "--image-name", self.image)

    def up(self, *words: str) -> str:
        """Start the container; what was said."""
        return self._call("up", *words)

    def inside(self, *command: str) -> str:
        """What a command prints in the container, run as the container's user."""
        return self._call("exec", command=command)

    def answer_the_first_task(self) -> None:
        """The answer is written into the saved notebook, and checked."""
        self.inside("python", "-c", WRITE, NOTEBOOK, FIRST_TASK, FIRST_ANSWER)
        said = self.inside("sh", "-c", f"lab check {FIRST_TASK}")
        assert "✓" in said and "✗" not in said, said

    def looks_as_promised(self) -> None:
        """The user, the interpreter, the kernel, the listed tests, and a workspace that can be written to."""
        said = self.inside("sh", "-c", "id -u; command -v python; touch .writable && rm .writable && echo writable")
        assert said.split()[-3:] == [str(STUDENT), f"{ENVIRONMENT}/bin/python", "writable"], said
        said = self.inside("jupyter", "kernelspec", "list", "--json", "--log-level=CRITICAL")
        kernels = json.loads(said[said.index("{") : said.rindex("}") + 1])["kernelspecs"].values()
        assert [one["spec"]["display_name"] for one in kernels] == ["Python 3 (dlfb-lab)"], said
        tests = self.inside("python", "-m", "pytest", "--rootdir=.", "--collect-only", "-q", "dlfb_lab/checks")
        assert "tests collected" in tests and "error" not in tests.lower(), tests[-2000:]

    def run_the_visible_checks(self) -> None:
        """What the editor's testing view runs: one task is answered, all others wait."""
        said = self.inside("sh", "-c", "python -m pytest -q dlfb_lab/checks; echo code $?")
        assert "code 0" in said and " passed" in said and "failed" not in said, said[-3000:]

    def run_a_notebook(self) -> None:
        """The first exercise, in the kernel that it names."""
        said = self.inside("python", "-c", RUN, NOTEBOOK)
        assert f"kernel {ENVIRONMENT}/bin/python" in said, said[-3000:]
        assert "ERROR" not in said, said[-3000:]

    def rebuild(self) -> None:
        """A new container for the same folder: what the student wrote is still there, and so are the packages."""
        self.up("--remove-existing-container")
        said = self.inside("sh", "-c", f"lab check {FIRST_TASK}")
        assert "✓" in said and "✗" not in said, said

    def restart(self) -> None:
        """Stopped, and started again."""
        self._docker("stop", *self._containers())
        self.up()
        self.inside("python", "-c", "import dlfb_lab")

    def remove(self) -> None:
        """The container and the image, where the engine goes on without us."""
        for container in self._containers():
            self._docker("rm", "--force", container, check=False)
        self._docker("image", "rm", "--force", self.image, check=False)

    def _containers(self) -> list[str]:
        chosen = f"label=devcontainer.local_folder={self.project}"
        return self._docker("ps", "--all", "--quiet", "--filter", chosen, check=False).split()

    def _call(self, word: str, *words: str, command: tuple[str, ...] = ()) -> str:
        return run([self._cli, word, *self._where, *words, *command], self._docker.environment)


def copy_checkout(to: Path, source: Path = ROOT) -> None:
    """What git knows and would add, owned by the student as on a laptop."""
    to.mkdir(parents=True)
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=source,
        check=True,
        capture_output=True,
    ).stdout.decode()
    for name in filter(None, names.split("\0")):
        if (source / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / name, to / name)
    if os.geteuid() == 0:
        for path in [to, *to.rglob("*")]:
            os.chown(path, STUDENT, STUDENT)
