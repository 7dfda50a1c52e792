"""A run that is interrupted and goes on ends, bit by bit, like one that is not."""

import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest
from flax import struct
from flax.training import train_state

from dlfb_lab.checkpoint import ChangedConfig, CheckpointBroken, LatestCheckpoint

CONFIG = {"learning_rate": 0.01, "layers": [8, 1], "loss": "squared"}
X = jnp.linspace(-1.0, 1.0, 24).reshape(8, 3)


class Model(nn.Module):
    width: int = 8

    @nn.compact
    def __call__(self, x, key):
        x = nn.relu(nn.Dense(self.width)(x))
        return nn.Dense(1)(nn.Dropout(0.5, deterministic=False)(x, rng=key))


class TrainState(train_state.TrainState):
    noise_key: jax.Array
    seen: np.ndarray
    ema: dict = struct.field(default_factory=dict)


def fresh(width=8, make_key=jax.random.key):
    model = Model(width)
    params = model.init(make_key(0), X, make_key(1))["params"]
    return TrainState.create(
        apply_fn=model.apply,
        params=params,
        tx=optax.adam(0.01),
        noise_key=make_key(7),
        seen=np.zeros(2),
        ema={"loss": jnp.bfloat16(0)},
    )


@jax.jit
def train_step(state, key):
    noise_key, noise = jax.random.split(state.noise_key)

    def loss_fn(params):
        return jnp.mean((state.apply_fn({"params": params}, X, key) - jax.random.normal(noise, (8, 1))) ** 2)

    loss, grads = jax.value_and_grad(loss_fn)(state.params)
    ema = {"loss": jnp.bfloat16(0.9) * state.ema["loss"] + jnp.bfloat16(0.1) * loss.astype("bfloat16")}
    return state.apply_gradients(grads=grads, noise_key=noise_key, ema=ema)


def trained(state, key, steps, kept=None):
    for step in steps:
        key, step_key = jax.random.split(key)
        state = train_step(state, step_key)
        if kept is not None:
            kept.save(state, key=key, step=step + 1)
    return state, key


def as_bytes(tree):
    """Every leaf as its dtype, whether that is weak, its shape and its bits."""
    numbers = jax.tree.map(lambda leaf: jax.random.key_data(leaf) if is_typed(leaf) else leaf, tree)
    return [(jnp.asarray(leaf).aval, np.asarray(leaf).tobytes()) for leaf in jax.tree.leaves(numbers)]


def is_typed(leaf):
    return isinstance(leaf, jax.Array) and jnp.issubdtype(leaf.dtype, jax.dtypes.prng_key)


@pytest.mark.parametrize("make_key", [jax.random.key, jax.random.PRNGKey], ids=["typed", "raw"])
def test_a_run_that_goes_on_ends_bit_by_bit_like_one_that_was_not_interrupted(tmp_path, make_key):
    whole = trained(fresh(make_key=make_key), make_key(3), range(6))

    kept = LatestCheckpoint(tmp_path, CONFIG)
    trained(fresh(make_key=make_key), make_key(3), range(4), kept)
    state, key, step = LatestCheckpoint(tmp_path, CONFIG).load(fresh(make_key=make_key))
    assert step == 4
    resumed = trained(state, key, range(step, 6))

    assert as_bytes(resumed) == as_bytes(whole)
    assert type(resumed[0]) is TrainState and type(resumed[0].opt_state[0]) is type(whole[0].opt_state[0])
    assert as_bytes(resumed) != as_bytes(trained(fresh(make_key=make_key), make_key(3), range(5)))


@pytest.mark.parametrize("implementation", ["threefry2x32", "rbg"])
def test_keys_come_back_in_the_form_they_had(tmp_path, implementation):
    key, raw = jax.random.key(5, impl=implementation), jax.random.PRNGKey(5)
    kept = LatestCheckpoint(tmp_path, CONFIG)
    kept.save({"typed": key, "raw": raw}, key=jax.random.split(key, 3), step=0)
    state, keys, _ = kept.load({"typed": jax.random.key(0, impl=implementation), "raw": jax.random.PRNGKey(0)})
    assert state["typed"].dtype == keys.dtype == key.dtype
    assert as_bytes([state, keys]) == as_bytes([{"typed": key, "raw": raw}, jax.random.split(key, 3)])
    kept.save({}, key=raw, step=0)
    assert as_bytes(kept.load({})[1]) == as_bytes(raw)


def test_nothing_kept_is_none(tmp_path):
    assert LatestCheckpoint(tmp_path / "new", CONFIG).load(fresh()) is None


def test_only_the_latest_is_kept(tmp_path):
    kept = LatestCheckpoint(tmp_path / "a" / "b", CONFIG)
    for step in range(3):
        kept.save({"w": jnp.full(2, step)}, key=jax.random.key(step), step=step)
    assert [file.name for file in kept.file.parent.iterdir()] == ["latest.msgpack"]
    state, key, step = kept.load({"w": jnp.zeros(2, int)})
    assert (state["w"].tolist(), step) == ([2, 2], 2)
    assert as_bytes(key) == as_bytes(jax.random.key(2))


def test_what_comes_back_can_be_donated_and_leaves_numpy_what_it_was(tmp_path):
    kept = LatestCheckpoint(tmp_path, CONFIG)
    kept.save({"w": jnp.ones(3), "n": np.arange(3), "steps": 4}, key=jax.random.key(0), step=0)
    state, *_ = kept.load({"w": jnp.zeros(3), "n": np.zeros(3, int), "steps": 0})
    assert (type(state["n"]), state["n"].flags.writeable, state["steps"]) == (np.ndarray, True, 4)
    jax.jit(lambda w: w + 1, donate_argnums=0)(state["w"])
    assert state["w"].is_deleted()


@pytest.mark.parametrize(
    ("config", "said"),
    [
        (CONFIG | {"learning_rate": 0.1}, "Saved with learning_rate=0.01, now 0.1."),
        (CONFIG | {"layers": [9, 1]}, "Saved with layers=[8, 1], now [9, 1]."),
        (CONFIG | {"epochs": 3}, "Saved with epochs=nothing, now 3."),
        (CONFIG | {"layers": [8, 1.0]}, "Saved with layers=[8, 1], now [8, 1.0]."),
        (CONFIG | {"loss": None}, 'Saved with loss="squared", now null.'),
        ({"loss": "squared"}, "Saved with layers=[8, 1], now nothing. Saved with learning_rate=0.01, now nothing."),
    ],
)
def test_a_checkpoint_of_other_settings_is_refused_by_their_names(tmp_path, config, said):
    kept = LatestCheckpoint(tmp_path, CONFIG)
    kept.save({"w": X}, key=jax.random.key(0), step=0)
    with pytest.raises(ChangedConfig) as refused:
        LatestCheckpoint(tmp_path, config).load({"w": X})
    assert str(refused.value) == (
        f"{said} Put the setting back, choose another folder, or delete {kept.file} to start anew."
    )


def test_the_same_settings_in_another_order_are_the_same(tmp_path):
    LatestCheckpoint(tmp_path, CONFIG).save({"w": X}, key=jax.random.key(0), step=8)
    same = {"loss": "squared", "layers": (8, 1), "learning_rate": 0.01}
    assert LatestCheckpoint(str(tmp_path), same).load({"w": X})[2] == 8


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ({"w": jnp.zeros((8, 4))}, r"w was saved as float32\[8, 3\], and is float32\[8, 4\] now\."),
        ({"w": X.astype("bfloat16")}, r"w was saved as float32\[8, 3\], and is bfloat16\[8, 3\] now\."),
        ({"w": jax.random.key(0)}, r"w was saved as float32\[8, 3\], and is uint32\[2\] now\."),
        ({"v": X, "w": X}, r"v was not saved\."),
        ({}, r"w was saved, and is not there now\."),
        ({"w": {"v": X}}, r"w/v was not saved\."),
        ([X, X], r"0 was not saved\."),
    ],
)
def test_a_state_of_other_parts_is_refused(tmp_path, template, said):
    kept = LatestCheckpoint(tmp_path, CONFIG)
    kept.save({"w": X}, key=jax.random.key(0), step=0)
    with pytest.raises(ChangedConfig, match=rf"^The saved state has other parts than this one\. {said}"):
        kept.load(template)


def test_a_wider_model_under_the_same_settings_is_refused_by_the_first_array_that_differs(tmp_path):
    kept = LatestCheckpoint(tmp_path, CONFIG)
    kept.save(fresh(8), key=jax.random.key(0), step=0)
    with pytest.raises(ChangedConfig, match=r"Dense_0/bias was saved as float32\[8\], and is float32\[9\] now\."):
        kept.load(fresh(9))


@pytest.mark.parametrize("damage", [lambda whole: whole[:-1], lambda whole: b"", lambda whole: b"x" + whole[1:]])
def test_a_damaged_file_is_told_apart_from_none(tmp_path, damage):
    kept = LatestCheckpoint(tmp_path, CONFIG)
    kept.save({"w": X}, key=jax.random.key(0), step=0)
    kept.file.write_bytes(damage(kept.file.read_bytes()))
    with pytest.raises(
        CheckpointBroken, match=r"latest\.msgpack is damaged, or no checkpoint\. Delete it, and start anew\.$"
    ):
        kept.load({"w": X})


def test_an_interruption_while_writing_leaves_the_last_one_as_it_was(tmp_path, monkeypatch):
    kept = LatestCheckpoint(tmp_path, CONFIG)
    kept.save({"w": X}, key=jax.random.key(0), step=1)

    def interrupted(descriptor):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("os.fsync", interrupted)
        kept.save({"w": X + 1}, key=jax.random.key(0), step=2)
    state, _, step = kept.load({"w": X})
    assert step == 1 and (state["w"] == X).all()
    kept.save({"w": X}, key=jax.random.key(0), step=3)
    assert [file.name for file in tmp_path.iterdir()] == ["latest.msgpack"]


@pytest.mark.parametrize("config", [{"lr": np.float32(0.1)}, {"optimizer": optax.sgd(0.1)}, {1: 2, "a": 3}])
def test_settings_that_are_no_texts_and_numbers_are_refused(tmp_path, config):
    with pytest.raises(TypeError, match=r"^The config of a checkpoint takes texts, numbers, None, and lists and dict"):
        LatestCheckpoint(tmp_path, config)
