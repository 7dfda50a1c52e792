"""A training whose course is known beforehand: to look at what an answer makes of it."""

from typing import Any

import jax.numpy as jnp

from dlfb_lab.props._registry import prop


class CountedEpoch:
    """Trains for one epoch: the entry `epoch` of the state grows by one. Counts its calls, and refuses the 201st."""

    MOST = 200

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, state: dict[str, Any]) -> dict[str, Any]:
        """The state after one more epoch."""
        self.calls += 1
        if self.calls > self.MOST:
            raise RuntimeError(f"{self.MOST} epochs of training are enough: when does your loop end?")
        return {**state, "epoch": jnp.asarray(state["epoch"]) + 1}

    def report(self) -> dict[str, int]:
        """How many epochs were trained."""
        return {"calls": self.calls}


@prop
def counted_epoch() -> CountedEpoch:
    """An epoch of training for a state `{"epoch": i32[]}`; read how many there were with `probes.report`."""
    return CountedEpoch()


class ScriptedLosses:
    """What validation gives after each epoch, as it was written down. Beyond its end the last number comes again."""

    def __init__(self, script: str) -> None:
        self.losses = [float(word) for word in script.split()]
        self.calls = 0

    def __call__(self, state: dict[str, Any]) -> float:
        """The loss of a state after `epoch` epochs, 1 or more."""
        self.calls += 1
        return self.losses[min(int(state["epoch"]), len(self.losses)) - 1]

    def report(self) -> dict[str, int]:
        """How often it was called."""
        return {"calls": self.calls}


@prop
def scripted_losses(script: str) -> ScriptedLosses:
    """The losses of the epochs, such as "1.0 0.9 1.1", for states of `counted_epoch`."""
    return ScriptedLosses(script)
