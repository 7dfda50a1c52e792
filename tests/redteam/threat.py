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
