"""What one child may use up. The process's own limits are set here; the wall clock is the grader's."""

import os
import sys
from dataclasses import asdict, dataclass

GIB = 1 << 30
MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """The limits of one child.

    Attributes:
        wall_request: seconds for one request. The grader's clock, as is the next.
        wall_submission: seconds for all requests of a submission together.
        grace: how many times longer each of the two may become on a machine so busy that the child has to wait for a
            processor. Only as long as it has waited.
        cpu: seconds of processor time over all threads; None allows every core for `wall_submission`.
        data: bytes of private memory. Beyond it NumPy and Python raise MemoryError, XLA RESOURCE_EXHAUSTED.
        file: bytes of one file in the scratch folder.
        scratch: bytes of all files there together. The grader looks now and then, as for the next.
        entries: files and folders there.
        files: open descriptors.
        locked: bytes of memory that cannot be swapped.
        threads: threads of the child, besides a few for each core. The grader looks; where the child has a uid of its
            own the kernel counts too, by uid.
        message: bytes of one message from the child.
    """

    wall_request: float = 30.0
    wall_submission: float = 120.0
    grace: float = 3.0
    cpu: int | None = None
    data: int = 2 * GIB
    file: int = 16 * MIB
    scratch: int = 256 * MIB
    entries: int = 5000
    files: int = 256
    locked: int = 64 * 1024
    threads: int = 512
    message: int = 64 * MIB

    @property
    def cpu_seconds(self) -> int:
        """`cpu`, or what every core can do in `wall_submission`."""
        return self.cpu if self.cpu is not None else int(self.wall_submission * (os.cpu_count() or 1)) + 1

    @property
    def most_threads(self) -> int:
        """`threads`, and those that XLA starts for each core."""
        return self.threads + 8 * (os.cpu_count() or 1)

    def to_json(self) -> dict[str, float | int | None]:
        """The limits as the zygote is told them."""
        return asdict(self)


def apply(limits: Limits, *, own_uid: bool) -> None:
    """Set the limits on this process, hard and soft, so that it cannot raise them again.

    Raises:
        OSError, ValueError: the system refused one of them.
    """
    import resource

    cpu = limits.cpu_seconds
    # The soft limit sends SIGXCPU, which a process can ignore; two seconds later the kernel kills it.
    _set(resource.RLIMIT_CPU, cpu, cpu + 2)
    _set(resource.RLIMIT_FSIZE, limits.file)
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_NOFILE, limits.files)
    _set(resource.RLIMIT_DATA, limits.data)
    if sys.platform == "linux":
        # A backstop for what RLIMIT_DATA does not count. XLA reserves address space by the core.
        _set(resource.RLIMIT_AS, limits.data + 4 * GIB + 256 * MIB * (os.cpu_count() or 1))
        _set(resource.RLIMIT_MEMLOCK, limits.locked)
        _set(resource.RLIMIT_MSGQUEUE, 0)
        if own_uid:
            _set(resource.RLIMIT_NPROC, limits.most_threads)


def _set(which: int, soft: int, hard: int | None = None) -> None:
    """Lower one limit; never above what this process was given."""
    import resource

    _, given = resource.getrlimit(which)
    wanted = soft if hard is None else hard
    hard = wanted if given == resource.RLIM_INFINITY else min(wanted, given)
    resource.setrlimit(which, (min(soft, hard), hard))
