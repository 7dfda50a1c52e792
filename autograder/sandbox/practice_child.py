"""The student's process at practice level: a program of its own, which imports what its entry needs and runs it."""

import faulthandler
import json
import os
import sys
from importlib import import_module
from typing import Any

from autograder.sandbox import limits, warm
from autograder.sandbox.blocking_channel import BlockingChannel
from autograder.sandbox.limits import Limits
from autograder.sandbox.zygote import find_entry


def main(arguments: dict[str, Any]) -> None:
    """Take the channel, import the entry, set the limits that this system has, say hello, run the entry."""
    channel = _take_channel()
    import_module("dlfb_lab")
    entry = find_entry(arguments["entry"])
    # In a checkout this folder holds the answers. No wall, but no open door either.
    sys.path[:] = [path for path in sys.path if path not in arguments["roots"]]
    warm.settle()
    _lead_nowhere(2)
    faulthandler.dump_traceback_later(arguments["ends_after"], exit=True)
    held, missing = _apply_limits(Limits(**arguments["limits"]))
    channel.send(json.dumps({"held": held, "missing": missing}).encode())
    try:
        entry(channel)
    finally:
        os._exit(0)


def _take_channel() -> BlockingChannel:
    """The channel comes as the standard streams; from here on they lead nowhere, and no `print` can disturb it."""
    channel = BlockingChannel(os.dup(0), os.dup(1))
    _lead_nowhere(0, 1)
    return channel


def _lead_nowhere(*streams: int) -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in streams:
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _apply_limits(wanted: Limits) -> tuple[list[str], dict[str, str]]:
    held, missing = ["descriptors", "folder"], {"walls": "there are none at practice level"}
    try:
        limits.apply(wanted, own_uid=False)
        held.append("limits")
    except (ImportError, AttributeError, OSError, ValueError) as error:
        missing["limits"] = f"{type(error).__name__}: {error}"
    return held, missing
