"""The latest state of a training run on disk, to go on from there after an interruption as if there had been none.

    kept = LatestCheckpoint("runs/cells", {"learning_rate": 0.01, "width": 32})
    state, key, step = kept.load(state) or (state, key, 0)
    for step in range(step, 100):
        key, step_key = jax.random.split(key)
        state = train_step(state, step_key)
        kept.save(state, key=key, step=step + 1)

What the run goes on with is all in the file: parameters, the optimizer's own state, the key, the step. Bit by bit, so
that the run ends just where it would have ended.

The settings are in it too. A checkpoint that comes back whatever they are now is a trap: whoever changes the learning
rate and runs the notebook again looks at yesterday's model.

The file is written beside the old one and then takes its place, so that an interruption in between costs nothing.
It holds numbers and texts only (msgpack), and reading it runs nothing.

But: it keeps no history, no best state, and is no way to write from several processes at once.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import jax
import jax.numpy as jnp
from flax import serialization

from dlfb_lab._data import is_key
from dlfb_lab._kept_state import plain, restored

State = TypeVar("State")
_DIGEST_SIZE = hashlib.sha256().digest_size


class ChangedConfig(ValueError):
    """The checkpoint is one of another run: the settings differ, or the state has other parts."""


class CheckpointBroken(ValueError):
    """The file is not what `save` wrote."""


class LatestCheckpoint:
    """One file in a folder, which each `save` replaces.

    Args:
        folder: where it lies; made when it is missing.
        config: the settings that the run depends on: texts, numbers, None, and lists and dictionaries of them.

    Raises:
        TypeError: `config` holds something else.
    """

    def __init__(self, folder: str | Path, config: Mapping[str, Any]) -> None:
        self.file = Path(folder) / "latest.msgpack"
        self._config = _canonical(config)

    def save(self, state: Any, *, key: jax.Array, step: int) -> None:
        """Replace what was kept.

        Args:
            state: a TrainState, or any tree of arrays, numbers and keys.
            key: the key that the run goes on with, typed or raw.
            step: how many steps are done.
        """
        form = str(jax.random.key_impl(key)) if is_key(key) else "raw"
        content = {"config": self._config, "step": int(step), "form": form, "key": plain(key), "state": plain(state)}
        packed = serialization.msgpack_serialize(content)
        self.file.parent.mkdir(parents=True, exist_ok=True)
        part = self.file.with_suffix(".part")
        with part.open("wb") as file:
            file.write(hashlib.sha256(packed).digest() + packed)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.file)

    def load(self, template: State) -> tuple[State, jax.Array, int] | None:
        """State, key and step as they were saved last, or None when nothing was.

        Args:
            template: a state of the same parts, such as a freshly made one. Its numbers do not matter.

        Raises:
            ChangedConfig: it was saved under other settings, or its parts differ from those of the template.
            CheckpointBroken: the file cannot be read.
        """
        if not self.file.exists():
            return None
        content = self._read()
        if content["config"] != self._config:
            raise ChangedConfig(f"{_changes(content['config'], self._config)} {self._advice}")
        try:
            state = restored(template, content["state"])
        except ValueError as error:
            raise ChangedConfig(f"The saved state has other parts than this one. {error} {self._advice}") from error
        key = jnp.array(content["key"])
        key = key if content["form"] == "raw" else jax.random.wrap_key_data(key, impl=content["form"])
        return state, key, content["step"]

    def _read(self) -> dict[str, Any]:
        found = self.file.read_bytes()
        digest, packed = found[:_DIGEST_SIZE], found[_DIGEST_SIZE:]
        if hashlib.sha256(packed).digest() != digest:
            raise CheckpointBroken(f"{self.file} is damaged, or no checkpoint. Delete it, and start anew.")
        content: dict[str, Any] = serialization.msgpack_restore(packed)
        return content

    @property
    def _advice(self) -> str:
        return f"Put the setting back, choose another folder, or delete {self.file} to start anew."


def _canonical(config: Mapping[str, Any]) -> str:
    """The same text for equal settings, in whatever order they were written."""
    try:
        return json.dumps(dict(config), sort_keys=True)
    except TypeError as error:
        allowed = "texts, numbers, None, and lists and dictionaries of them"
        raise TypeError(f"The config of a checkpoint takes {allowed}. {error}.") from error


def _changes(before: str, now: str) -> str:
    """Which settings differ between two canonical texts."""
    old, new = ({name: json.dumps(value) for name, value in json.loads(text).items()} for text in (before, now))
    names = [name for name in sorted({*old, *new}) if old.get(name) != new.get(name)]
    return " ".join(f"Saved with {name}={old.get(name, 'nothing')}, now {new.get(name, 'nothing')}." for name in names)
