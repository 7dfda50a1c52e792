"""Cells as learners write them, each of which stops with an exception, under the diagnosis it must get.

They run behind `BEFORE`. Every row of `dlfb_lab/_translate_rows.py` is met by one of them, or by a case in
test_translate.py.
"""

BEFORE = """
import dataclasses, functools, math
import jax, jax.numpy as jnp, numpy as np, optax, flax, flax.linen as nn
from jax import lax, random
from flax.training.train_state import TrainState

x, key, table = jnp.arange(3.0), jax.random.key(0), jnp.arange(6.0).reshape(3, 2)

class Model(nn.Module):
    @nn.compact
    def __call__(self, x, training=False):
        x = nn.relu(nn.Dense(4)(x))
        return nn.Dense(1)(nn.Dropout(0.5, deterministic=not training)(x))

class Normed(nn.Module):
    @nn.compact
    def __call__(self, x, train=True):
        return nn.BatchNorm(use_running_average=not train)(x)

class Setting:
    rate = 0.1

model, tx = Model(), optax.adam(0.1)
variables = model.init(key, table)
params = variables["params"]
state = TrainState.create(apply_fn=model.apply, params=params, tx=tx)

def loss(params, x):
    return jnp.mean(model.apply({"params": params}, x) ** 2)
"""


def called(body):
    """A cell that defines a model with this body, and calls it."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return f"class A(nn.Module):\n{lines}A().init(key, table)"


CELLS: dict[str, list[str]] = {
    # Python itself
    "local-without-value": ["count = 0\ndef more():\n    count += 1\nmore()"],
    "name-error": ["nowhere"],
    "unbound-axis-name": ["lax.psum(1.0, 'batch')", "jax.vmap(lambda v: v / lax.psum(v, 'batch'))(x)"],
    "number-too-large": ["jnp.array(2**40)", "jnp.uint8(300)", "x.astype(int) + 2**40"],
    "own-assertion": ["assert x.sum() > 100, 'too small'"],
    "iterator-empty": ["next(iter([]))"],
    "no-such-module": ["import torch", "from jax import tree_map"],
    "out-of-reach": ["open('counts.csv')", "np.loadtxt('counts.csv')"],
    "number-of-names": [
        "gradient_descent = lambda: 3 * [0]\na, b = gradient_descent()",
        "a, b = [1, 2, 3]",
        "a, b, c = x[:2]",
        "y, updated = model.apply(variables, table)",
        "first, second = state",
    ],
    "no-such-function": ["nn.Linear(2, 3)", "jax.tree_map(jnp.sum, params)", "optax.Adam(0.1)"],
    "no-such-attribute": [
        "x.numpy()",
        "jax.jit(lambda v: v.detach())(x)",
        "state.param",
        "state['params']",
        "params.Dense_0",
    ],
    "no-such-entry": ["params['Dense_9']", "variables['batch_stats']"],
    "past-the-end": ["[1, 2][2]", "np.arange(3)[3]"],
    "operands-do-not-fit": ["x + 'a'", "'a' + 1", "1 < 'a'", "-'a'"],
    "wrong-arguments": [
        "jnp.sum(x, axes=0)",
        "functools.partial(loss, params=params)(params, x)",
        "jax.grad(jnp.sum, argnums='x')(x)",
    ],
    "none-as-value": ["None + 1", "random.normal(None)", "None.shape", "jax.tree.map(jnp.add, {'a': x}, {'a': None})"],
    "not-a-function": ["x(0)", "tx(params)", "nn.Sequential([nn.Dense(3), nn.relu(x)]).init(key, table)"],
    "mutable-default": ["@dataclasses.dataclass\nclass Setting:\n    widths: list = []"],
    # Arrays
    "item-assignment": ["x[0] = 1.0", "def f(v):\n    v[0] = 1.0\njax.jit(f)(x)"],
    "fixed-item-assigned": ["bases = 'ACGT'\nbases[0] = 'T'", "pair = (1, 2)\npair[0] = 3"],
    "at-not-a-call": ["x.at(0).set(1)", "jnp.sum(x.at[0])", "x.at[0].plus(1)"],
    "list-not-array": ["jnp.exp([1.0, 2.0])", "random.normal([key, key])"],
    "tree-not-array": [
        "params - params",
        "0.1 * params",
        "-params",
        "jnp.mean(params)",
        "flax.core.freeze(params) * 2",
    ],
    "no-array": [
        "[1, 2].mean()",
        "params.at[0]",
        "[1.0, 2.0] * 0.5",
        "[1.0] + 1.0",
        "[1.0] - [1.0]",
        "[1.0, 2.0, 3.0] + x",
    ],
    "tuple-as-one": [
        "(x, 0.5) + 1",
        "(x, 0.5) - 1",
        "(state, 0.5).apply_gradients(grads=params)",
        "y = Normed().apply(Normed().init(key, table), table, mutable=['batch_stats'])\ny.mean()",
    ],
    "arrays-do-not-grow": ["x.append(1.0)", "jax.jit(lambda v: v.append(1.0))(x)", "np.ones(2).extend([1])"],
    "function-not-called": [
        "0.1 * jax.grad(loss)",
        "jnp.zeros[3]",
        "jax.jit(loss) + 1",
        "loss.shape",
        "optax.adam.init(params)",
    ],
    "indexed-by-text": ["x['image']", "batch = (x, table)\nbatch['image']"],
    "list-as-index": ["x[[0, 1]]"],
    "shapes-do-not-fit": [
        "x + x[:2]",
        "lax.add(x, x[:2])",
        "table @ table",
        "jnp.dot(table, x)",
        "jax.vmap(jnp.dot, in_axes=(None, 1))(table, jnp.ones((5, 4)))",
        "jnp.einsum('ij,jk->ik', table, table)",
        "jax.vmap(lambda v: jnp.einsum('i,i->', v, x), out_axes=0)(table)",
        "jnp.concatenate([x, table])",
        "jnp.vstack([x, x[:2]])",
        "jnp.stack([x, x[:2]])",
        "np.ones((2, 3)) @ np.ones((2, 3))",
        "np.dot(np.ones((2, 3)), np.ones((2, 3)))",
        "np.stack([np.ones(2), np.ones(3)])",
        "optax.l2_loss(table, x)",
    ],
    "reshape-does-not-fit": ["table.reshape(4, 2)", "np.ones(6).reshape(4, 2)"],
    "rows-of-different-lengths": ["jnp.array([[1, 2], [3]])", "np.array([[1, 2], [3]])"],
    "text-as-array": ["jnp.array(['A', 'C'])", "jax.nn.one_hot('ACGT', 4)", "jnp.array({'a': 1})"],
    "one-number-taken-apart": [
        "for v in x[0]: pass",
        "jax.vmap(lambda v: len(v))(x)",
        "jax.vmap(lambda v: v[0])(x)",
        "len(1.0)",
        "for i in 3: pass",
        "v = 1.0\nv[0]",
        "a, b = 1.0",
        "np.float32(1)[0]",
        "jnp.concatenate([1.0, 2.0])",
        "x @ 2.0",
    ],
    "no-such-axis": [
        "x.sum(axis=1)",
        "jax.vmap(lambda v: v.sum(axis=1))(table)",
        "x[0, 1]",
        "jax.vmap(jnp.sum, in_axes=2)(table)",
    ],
    "many-numbers-as-one": ["float(x)", "x.item()", "f'{x:.2f}'"],
    "not-a-whole-number": [
        "x[1.0]",
        "half = 2 / 2\n[1, 2][half]",
        "np.ones(3)[1.0]",
        "range(3.0)",
        "range(x[2])",
        "lax.switch(1.0, [lambda: 1, lambda: 2])",
    ],
    "shape-not-integers": [
        "jnp.zeros(2.5)",
        "random.normal(key, (2.0,))",
        "jnp.zeros(-1)",
        "nn.Dense(2.5).init(key, table)",
    ],
    "dtype-not-accepted": ["~x", "lax.add(1, jnp.float32(2))", "jnp.bincount(x)"],
    "array-as-dictionary-key": ["{x: 1}", "x in {'a': 1}"],
    "number-as-dtype": ["jnp.zeros(3, 4)"],
    "truth-of-an-array": ["if x > 1: pass", "sorted([x, x])"],
    # Purity and printing
    "leaked-tracer": [
        "kept = []\njax.jit(lambda v: kept.append(v))(x)\nkept[0] + 1",
        "total = 0.0\n@jax.jit\ndef f(v):\n    global total\n    total = total + v.sum()\nf(x)\nf(table)",
    ],
    "text-without-place": [
        "jax.debug.print('cells: ', x)",
        "jax.debug.print('{} {}', x)",
        "jax.debug.print('{v}', x)",
        "jax.debug.print(x)",
    ],
    "callback-failed": ["jax.jit(lambda v: jax.debug.print('{:.2f}', v))(x)\njax.effects_barrier()"],
    # jit
    "python-if-on-tracer": [
        "jax.jit(lambda v: 1 if v > 0 else 2)(1.0)",
        "jax.jit(lambda v: max(v, 0.0))(1.0)",
        "jax.vmap(lambda v: v and 1)(x)",
        "jax.jit(lambda p: model.apply(variables, table, p))(True)",
    ],
    "traced-integer": [
        "jax.jit(lambda n: [v for v in range(n)])(3)",
        "jax.jit(lambda v: 'ACGT'[jnp.argmax(v)])(x)",
        "jax.jit(lambda n: [0.0] * n)(3)",
    ],
    "boolean-mask-in-jit": ["jax.jit(lambda v: v[v > 0].mean())(x)"],
    "numpy-on-tracer": ["jax.jit(lambda v: np.log(v))(x)", "jax.vmap(lambda i: np.arange(3)[i])(jnp.arange(3))"],
    "size-needed": [
        "jax.jit(lambda v: jnp.where(v > 0))(x)",
        "jax.jit(jnp.unique)(x)",
        "jax.jit(jnp.bincount)(jnp.arange(3))",
        "jax.jit(lambda v, n: jnp.repeat(v, n))(x, 2)",
        "jax.jit(lambda v: jnp.setdiff1d(v, v))(x)",
    ],
    "traced-shape": [
        "jax.jit(lambda n: jnp.zeros(n))(3)",
        "jax.jit(lambda n: jnp.arange(n))(3)",
        "jax.jit(lambda n: jnp.linspace(0.0, 1.0, n))(3)",
        "jax.jit(lambda v, n: jnp.pad(v, (0, n)))(x, 2)",
        "jax.jit(lambda v, n: jnp.split(v, n))(x, 3)",
        "jax.jit(lambda v, n: jnp.tile(v, n))(x, 2)",
        "jax.jit(lambda v, n: v[:n])(x, 2)",
        "jax.jit(lambda v, n: lax.top_k(v, n))(x, 2)",
        "jax.jit(lambda n: np.zeros(n))(3)",
        "jax.jit(lambda n: lax.scan(lambda c, _: (c, c), 0.0, None, length=n))(3)",
        "jax.jit(lambda k, n: random.normal(k, (n,)))(key, 3)",
    ],
    "concrete-value-in-jit": ["jax.jit(lambda v: float(v.sum()))(x)", "jax.jit(lambda v: v.sum().item())(x)"],
    "math-on-tracer": ["jax.jit(lambda v: math.exp(v))(1.0)"],
    "traced-text": [
        "jax.jit(lambda v: f'{v:.2f}')(1.0)",
        "jax.jit(lambda v: {0: 'a'}[v])(0)",
        "jax.jit(lambda v: '%d' % v)(1)",
    ],
    "waited-inside-jit": ["jax.jit(lambda v: v.block_until_ready())(x)"],
    "not-waited-for": ["{'a': x}.block_until_ready()", "(x, x).block_until_ready()", "state.block_until_ready()"],
    "string-argument": [
        "jax.jit(lambda v, kind: v)(x, 'mean')",
        "jax.vmap(lambda v, kind: v)(x, 'mean')",
        "jax.jit(lambda g: g)({1, 2})",
    ],
    "function-as-argument": [
        "jax.jit(lambda f, v: f(v))(jnp.sin, x)",
        "jnp.exp(jnp.sin)",
        "jax.jit(lambda s, t: s)(params, tx)",
    ],
    "class-is-no-tree": [
        "jax.jit(lambda s: s.rate)(Setting())",
        "jax.grad(lambda s: s.rate)(Setting())",
        "jax.jit(lambda m: 1)(model)",
    ],
    "no-array-returned": [
        "jax.jit(lambda v: 'high')(x)",
        "jax.vmap(lambda v: 'high')(x)",
        "jax.jit(lambda v: {'loss': v, 'f': jnp.sin})(x)",
    ],
    "jit-of-value": ["jax.jit(jnp.sum(x))(x)"],
    "unhashable-static": ["jax.jit(lambda v, n: v, static_argnums=1)(x, [1])"],
    "unknown-static-name": [
        "jax.jit(lambda v: v, static_argnames='n')(x)",
        "jax.jit(lambda v: v, static_argnums=3)(x)",
    ],
    "donated-buffer": [
        "f = jax.jit(lambda v: v + 1, donate_argnums=0)\nv = x + 1\nf(v)\nv + 1",
        "f = jax.jit(lambda v: v + 1, donate_argnums=0)\nv = x + 1\nf(v)\nf(v)",
        "f = jax.jit(lambda v, w: v + w, donate_argnums=0)\nv = x + 1\nf(v, v)",
    ],
    # vmap
    "inconsistent-batch": ["jax.vmap(jnp.add)(x, x[:2])", "jax.vmap(model.apply)(variables, table)"],
    "scalar-mapped": ["jax.vmap(lambda v, a: v * a)(x, 2.0)"],
    "nothing-mapped": ["jax.vmap(lambda v: v, in_axes=None)(x)"],
    "out-axes-do-not-fit": [
        "jax.vmap(lambda v: v, out_axes=1)(x)",
        "jax.vmap(lambda v: v, out_axes=None)(x)",
        "jax.vmap(lambda v: v, out_axes=(0, 0))(table)",
    ],
    "in-axes-form": ["jax.vmap(jnp.add, in_axes=(0,))(x, x)", "jax.vmap(jnp.sin, in_axes='x')(x)"],
    "in-axes-tree": ["jax.vmap(lambda p: p['a'], in_axes=({'b': 0},))({'a': x})"],
    "arguments-too-early": ["jax.vmap(jnp.dot, x, x)", "jax.grad(jnp.sum, x)"],
    # grad
    "integer-grad": [
        "jax.grad(lambda v: v * 2)(3)",
        "jax.hessian(lambda v: v * 2.0)(3)",
        "jax.grad(lambda s: s.step * 1.0)(state)",
    ],
    "aux-without-has-aux": ["jax.grad(lambda v: (v.sum(), v))(x)", "jax.grad(lambda v: {'loss': v.sum()})(x)"],
    "loss-not-returned": ["jax.grad(lambda v: None)(x)"],
    "grad-of-vector": ["jax.grad(lambda v: v * 2)(x)"],
    "has-aux-without-aux": [
        "jax.grad(lambda v: v.sum(), has_aux=True)(x)",
        "jax.grad(lambda v: (v.sum(), v, v), has_aux=True)(x)",
    ],
    "gradient-unpacked": [
        "value, aux, grads = jax.value_and_grad(lambda v: (v.sum(), v), has_aux=True)(x)",
        "value, grads = jax.grad(jnp.sum)(x)",
        "(value, aux), grads = jax.value_and_grad(jnp.sum)(x)",
    ],
    "grad-by-keyword": ["jax.grad(lambda w: w.sum())(w=x)", "jax.grad(jnp.sum, argnums=1)(x)"],
    "grad-of-value": ["jax.grad(jnp.sum(x))(x)"],
    "flat-step-grad": ["jax.grad(jnp.argmax)(x)"],
    "nan-found": ["with jax.debug_nans(True): jnp.log(-1.0)", "with jax.debug_infs(True): jnp.log(0.0)"],
    # Loops and trees
    "carry-changes-type": [
        "lax.scan(lambda c, v: (jnp.append(c, v), None), jnp.zeros(1), x)",
        "lax.fori_loop(0, 3, lambda i, c: None, 1.0)",
        "lax.fori_loop(0, 3, lambda i, c: [*c, i], [])",
    ],
    "scan-body-pair": ["lax.scan(lambda c, v: c + v, 0.0, x)", "lax.scan(lambda c, v: None, 0.0, x)"],
    "scan-rounds": [
        "lax.scan(lambda c, v: (c, None), 0.0, (x, x[:2]))",
        "lax.scan(lambda c, v: (c, None), 0.0, None)",
        "lax.scan(lambda c, v: (c, None), 0.0, [1.0, 2.0])",
        "lax.scan(lambda c, v: (c, None), 0.0, x, length=5)",
    ],
    "loop-condition": [
        "lax.while_loop(lambda c: c < 2, lambda c: c + 1, x)",
        "lax.cond(x > 1, lambda: 1.0, lambda: 2.0)",
    ],
    "loop-of-value": [
        "lax.cond(True, 1.0, 2.0)",
        "lax.scan(3, 0.0, x)",
        "lax.while_loop(True, lambda c: c, 0.0)",
        "lax.fori_loop(0, 3, 0.0, lambda i, c: c)",
    ],
    "unequal-branches": [
        "lax.cond(True, lambda: 1.0, lambda: 2)",
        "lax.cond(True, lambda: 1.0, lambda: None)",
        "lax.switch(0, [lambda: 1.0, lambda: 2])",
    ],
    "trees-differ": [
        "jax.tree.map(jnp.add, {'a': 1}, {'b': 1})",
        "jax.tree.map(lambda p, g: p - g, params, jax.grad(loss))",
        "optax.apply_updates(params, tx.update(params, tx.init(params)))",
        "state.apply_gradients(grads=variables)",
        "state.apply_gradients(grads=jax.value_and_grad(loss)(params, table))",
    ],
    # Models
    "nested-params": ["model.apply({'params': variables}, table)"],
    "params-not-wrapped": [
        "model.apply(params, table)",
        "model.apply(params['Dense_0'], table)",
        "model.apply({'params': {'Dense_0': params['Dense_0']}}, table)",
        "model.apply(table, variables)",
        "model(table)",
        "v = Normed().init(key, table)\nNormed().apply({**v, 'batch_stats': v}, table, train=False)",
    ],
    "batch-stats-missing": ["Normed().apply({'params': Normed().init(key, table)['params']}, table)"],
    "model-holds-no-numbers": ["model.params"],
    "module-setup": [
        called("def __call__(self, x): return nn.Dense(2)(x)"),
        called("def setup(self): dense = nn.Dense(2)\ndef __call__(self, x): return self.dense(x)"),
        called("@nn.compact\ndef __call__(self, x): self.dense = nn.Dense(2)"),
        "model.apply(variables, jnp.ones((3, 7)))",
    ],
    "module-with-init": [called("def __init__(self): self.dense = nn.Dense(2)")],
    "layer-name-twice": [
        called("@nn.compact\ndef __call__(self, x): return nn.Dense(1, name='a')(nn.Dense(2, name='a')(x))"),
    ],
    "layer-not-called": [called("@nn.compact\ndef __call__(self, x): return nn.relu(nn.Dense(3))")],
    "model-needs-a-key": [
        "model.init(0, table)",
        "model.init(table, key)",
        "model.apply(variables, table, True, rngs={'dropout': 0})",
    ],
    "dropout-rng": ["model.apply(variables, table, True)", "model.apply(variables, table, True, rngs={'drop': key})"],
    "training-or-not": [
        "nn.Dropout(0.5).apply({}, x)",
        "nn.BatchNorm().init(key, table)",
        "nn.Dropout(0.5, deterministic=True).apply({}, x, deterministic=True)",
    ],
    "batch-stats-frozen": ["Normed().apply(Normed().init(key, table), table)"],
    "frozen-state": [
        "state.params = params",
        "flax.core.freeze(params)['Dense_0'] = 3",
        "s = tx.init(params)[0]\ns.count = 3",
    ],
    "embedding-of-floats": ["nn.Embed(4, 2).init(key, x)"],
    "labels-of-another-form": [
        "optax.softmax_cross_entropy(table, jnp.array([0, 1, 1]))",
        "optax.softmax_cross_entropy_with_integer_labels(table, jnp.ones(3))",
        "optax.softmax_cross_entropy_with_integer_labels(table, jnp.ones((3, 2), int))",
    ],
    # Training
    "decay-without-params": [
        "optax.adamw(0.1).update(params, optax.adamw(0.1).init(params))",
        "t = optax.add_decayed_weights(0.1)\nt.update(params, t.init(params))",
    ],
    "wrong-optimizer-state": [
        "tx.update(params, params)",
        "tx.update(tx.init(params), params)",
        "t = optax.chain(optax.clip(1.0), tx)\nt.update(params, tx.init(params))",
    ],
    "saved-state-differs": [
        "flax.serialization.from_bytes({'a': 1}, flax.serialization.to_bytes({'b': 1}))",
        "flax.serialization.from_bytes([1], flax.serialization.to_bytes([1, 2]))",
        "flax.serialization.from_bytes(state, flax.serialization.to_bytes(params))",
    ],
    "saved-file-broken": [
        "flax.serialization.from_bytes(params, flax.serialization.to_bytes(params)[:-3])",
        "flax.serialization.from_bytes(params, b'abc')",
    ],
    # Keys
    "too-many-keys-unpacked": [
        "a, b = jax.random.split(jax.random.key(0), 3)",
        "a, b, c = random.split(key)",
        "from jax.random import split\na, b = split(key, 3)",
    ],
}
