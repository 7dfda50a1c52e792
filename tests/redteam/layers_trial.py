"""A program: make every attack on children that lack some layers, and say what came of each. For `test_layers.py`.

    python layers_trial.py FOLDERS SETS

`FOLDERS` are what to import from, `SETS` lists of layers to leave out, both as JSON. Prints JSON: the layers of a whole
child, why it has no uid of its own, and for each set the names of the attacks that got through. It is a program of its
own so that another user can run it, with another interpreter than that of the tests.
"""

import json
import os
import signal
import sys
import time
from dataclasses import asdict

FOLDERS, SETS = (json.loads(text) for text in sys.argv[1:3])
sys.path[:0] = FOLDERS

from autograder import doctor  # noqa: E402
from autograder.sandbox._attack import THROUGH, Ground  # noqa: E402
from autograder.sandbox.attacks import ATTACKS  # noqa: E402
from autograder.sandbox.channel import ChannelError  # noqa: E402
from autograder.sandbox.launch import Child, Zygote  # noqa: E402

# These change the child where they succeed, so that the next attack would no longer tell about its own wall.
ALONE = ("exec", "undo-jail", "raise-limits", "ptrace")
TOGETHER = tuple(name for name in ATTACKS if name not in ALONE)


def got_through(child: Child, ground: Ground, name: str) -> bool:
    """Whether one attack succeeded. No answer is no wall; a network with nobody on it is one."""
    deadline = time.monotonic() + 20
    try:
        child.channel.send(json.dumps({"name": name, "ground": asdict(ground)}).encode(), deadline=deadline)
        outcome, detail = json.loads(child.channel.receive(1 << 20, deadline))
    except ChannelError:
        return True
    return outcome == THROUGH and "Network is unreachable" not in detail


def attacked(zygote: Zygote, without: list[str], names: tuple[str, ...]) -> list[str]:
    """The attacks that get through to a child without these layers, on a ground of their own: some leave nothing."""
    options = {"entry": "autograder.sandbox.attacks:serve", "without": without}
    with doctor._ground(None) as ground, zygote.spawn(doctor._LIMITS, **options) as child:
        assert not set(without) & child.layers, child.layers
        through = [name for name in names if got_through(child, ground, name)]
        # Killed at once, not stopped first as usual: a zygote that the child traces would wait for a stopped one.
        os.kill(child.pid, signal.SIGKILL)
        return through


def main() -> None:
    """Try all sets with one zygote."""
    with Zygote.start() as zygote:
        with zygote.spawn(entry="autograder.sandbox.entries:echo") as child:
            layers = sorted(child.layers)
        parts = [TOGETHER, *((name,) for name in ALONE)]
        found = [sorted(name for part in parts for name in attacked(zygote, without, part)) for without in SETS]
        print(json.dumps([layers, zygote.why_no_uid, found]))


if __name__ == "__main__":
    main()
