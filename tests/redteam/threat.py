"""What each file of this folder says of itself, for the table in `README.md`."""

from dataclasses import dataclass

# Two answers to one task, for the attackers to hide behind.
WRONG = """\
def kmer_counts(idx, K):
    return jnp.zeros(K + 1, dtype=jnp.int32).at[idx].set(1)
"""
RIGHT = """\
def kmer_counts(idx, K):
    known = (idx >= 0) & (idx < K)
    return jnp.zeros(K + 1, dtype=jnp.int32).at[jnp.where(known, idx, K)].add(1)
"""
IMPORTS = "import jax\nimport jax.numpy as jnp\nimport numpy as np\n"
# An answer to another task, which no attack on the first may cost.
OTHER = """\
def set_first(b, v):
    return b.at[0].set(v)
"""
# What a grader that tests beside the answers runs after them, in the same process.
ASSERTS = """\
import numpy as np
assert np.allclose(kmer_counts(jnp.array([0, 0, 3, -1]), 4), [2, 0, 0, 1, 1])
assert np.allclose(kmer_counts(jnp.array([1, -2, 99]), 4), [0, 1, 0, 0, 2])
"""
# What a search of a notebook's own memory must find, to be worth something: it looks like a secret.
DECOY = "canary_" + "d" * 32
# An answer that knows none: it looks up with what the test on the running line compares its call.
PEEKS = """\
import ast, sys

def peek(sources, idx, K):
    line = sys._getframe(2).f_lineno
    for source in sources:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and len(node.args) > 1 and node.lineno <= line <= node.end_lineno:
                if "kmer_counts(" in ast.unparse(node.args[0]):
                    return jnp.array(ast.literal_eval(node.args[1]))
    return jnp.zeros(K + 1, dtype=jnp.int32).at[idx].set(1)
"""


@dataclass(frozen=True)
class Threat:
    """One row of the table of threats.

    Attributes:
        number: its row, 1 to 71.
        title: what is tried, in a few words.
        defence: what stops it here, in a few words.
        elsewhere: what nbgrader does with it, by reading its code, where the very notebook cannot be run.
        cells: the code cells of the hostile notebook, where it is one that nbgrader can be given too.
    """

    number: int
    title: str
    defence: str
    elsewhere: str
    cells: tuple[str, ...] = ()
