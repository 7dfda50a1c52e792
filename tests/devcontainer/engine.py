"""A container engine: the one that is there, or one of our own that nobody else sees.

Our own is Debian's docker.io, started with a socket and a data folder of its own: it changes no network and no firewall
rule, and is gone at the end. Where the registry with the base image is out of reach, that image is made from Debian's
archive, of which the official one is made too, with the certificates that this machine trusts.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from clock import Clock

BASE, SUITE = "debian:trixie-slim", "trixie"
ADVICE = "install and start Docker, or set INSTALL_ENGINE=1 as root on Debian or Ubuntu"
# Debian's client by its full path, because another may come first. Containers share the host's network: we make none.
SHIM = """#!/bin/sh
case "$1" in build|run)
    case " $* " in *" --network"*) ;; *) word=$1; shift; set -- "$word" --network host "$@" ;; esac ;;
esac
exec /usr/bin/docker "$@"
"""


class NoEngine(Exception):
    """No container engine is there, and none may be installed. The message says what to do."""


class Docker:
    """The engine's command line.

    Args:
        environment: for its commands, and for those that start it themselves.
    """

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment

    def __call__(self, *words: str | Path, check: bool = True, seconds: float = 1800.0) -> str:
        """What `docker` with these words prints; an AssertionError where it fails and `check` is True."""
        return run(["docker", *map(str, words)], self.environment, check=check, seconds=seconds)

    def answers(self) -> bool:
        """Whether there is an engine, and it runs."""
        if not shutil.which("docker", path=self.environment["PATH"]):
            return False
        command = ["docker", "version", "--format", "{{.Server.Version}}"]
        return subprocess.run(command, env=self.environment, capture_output=True).returncode == 0

    def megabytes(self, image: str) -> int:
        """The size of an image."""
        return int(self("image", "inspect", "--format", "{{.Size}}", image)) // 1_000_000


def run(command: list[str], environment: dict[str, str], *, check: bool = True, seconds: float = 1800.0) -> str:
    """What the command prints, errors too."""
    done = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=seconds,
    )
    said = done.stdout.decode("utf-8", "replace")
    assert done.returncode == 0 or not check, f"{' '.join(command)} ended with {done.returncode}:\n{said[-6000:]}"
    return said.strip()


@contextlib.contextmanager
def engine(folder: Path, clock: Clock, *, install: bool) -> Iterator[Docker]:
    """The engine that is there; else, with `install`, one that lives in `folder` until the end.

    Raises:
        NoEngine: there is none, and none may or can be installed.
    """
    found = Docker({**os.environ, "DOCKER_BUILDKIT": "1"})
    if found.answers():
        yield found
        return
    if not install:
        raise NoEngine(f"no container engine answers here. To try it, {ADVICE}.")
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("apt-get"):
        raise NoEngine("INSTALL_ENGINE=1 works as root on Debian or Ubuntu; install and start Docker yourself.")
    folder.mkdir()
    with clock("engine installed"):
        install_engine()
    with started(folder) as docker:
        with clock("base image"):
            bring_base(docker, folder)
        yield docker


def install_engine() -> None:
    """Debian's packages, where they are missing."""
    if Path("/usr/sbin/dockerd").exists() and shutil.which("mmdebstrap"):
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        run(["apt-get", "update", "-qq"], environment)
        run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "docker.io", "mmdebstrap"], environment)
    except AssertionError as error:
        raise NoEngine(f"the engine could not be installed: {error}") from None


@contextlib.contextmanager
def started(folder: Path) -> Iterator[Docker]:
    """Our own engine, until the end of the block."""
    shim = folder / "bin" / "docker"
    shim.parent.mkdir()
    shim.write_text(SHIM, "utf-8")
    shim.chmod(0o755)
    socket = f"unix://{folder / 'socket'}"
    path = f"{shim.parent}{os.pathsep}{os.environ['PATH']}"
    docker = Docker({**os.environ, "DOCKER_HOST": socket, "DOCKER_BUILDKIT": "1", "PATH": path})
    places = ["--data-root", "data", "--exec-root", "exec", "--pidfile", "pid"]
    network = ["--bridge=none", "--iptables=false", "--ip6tables=false", "--ip-forward=false"]
    command = ["dockerd", "--host", socket, *(str(folder / one) if one[0] != "-" else one for one in places), *network]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        wait_for(docker, process, folder / "log")
        yield docker
    finally:
        stop(docker, process, folder)


def wait_for(docker: Docker, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Until the engine answers."""
    for _ in range(150):
        if docker.answers():
            return
        if process.poll() is not None:
            break
        time.sleep(0.2)
    raise NoEngine(f"the engine was installed and does not start:\n{log.read_text('utf-8', 'replace')[-2000:]}")


def stop(docker: Docker, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    """End all containers and the engine, and let go of what it has mounted."""
    for container in docker("ps", "--all", "--quiet", check=False).split():
        docker("rm", "--force", container, check=False)
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(30)
    process.kill()
    mounted = [line.split()[1] for line in Path("/proc/mounts").read_text("utf-8").splitlines()]
    for place in sorted((one for one in mounted if one.startswith(f"{folder}/")), reverse=True):
        subprocess.run(["umount", place], check=False, stderr=subprocess.DEVNULL)


def bring_base(docker: Docker, folder: Path) -> None:
    """The base image: from its registry, else made from Debian's archive."""
    if "Pull complete" in docker("pull", BASE, check=False, seconds=120.0):
        return
    archive = folder / "base.tar"
    trust = 'cp -r /usr/local/share/ca-certificates "$1"/usr/local/share/; chroot "$1" update-ca-certificates'
    smaller = ["man/*", "locale/*", "doc/*"]
    make = (
        ["mmdebstrap", "--quiet", "--variant=minbase", "--include=ca-certificates", f"--customize-hook={trust}"]
        + [f"--dpkgopt=path-exclude=/usr/share/{one}" for one in smaller]
        + ["--dpkgopt=path-include=/usr/share/doc/*/copyright", SUITE, str(archive)]
    )
    try:
        run(make, {**os.environ})
    except (AssertionError, OSError) as error:
        raise NoEngine(f"neither its registry nor Debian's archive gave {BASE}:\n{error}") from None
    trusted = "ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"
    docker("import", "--change", 'CMD ["bash"]', "--change", trusted, archive, BASE)
    archive.unlink()
