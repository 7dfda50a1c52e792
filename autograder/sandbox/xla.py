"""How XLA compiles in the grader's processes: soon rather than well, for most programs of a notebook run once.

Compilation is most of what a submission costs. These options save up to a third of it, and the programs run as fast.
XLA reads them when a process makes its JAX backend.
"""

from importlib.metadata import version

_LEVEL = "--xla_backend_optimization_level={}"
# An unknown option ends the process, so this one is for the JAX that is known to have it: until 0.10.
_OLDER_EMITTERS = "--xla_cpu_use_fusion_emitters=false"


def quick_options(level: int = 1) -> str:
    """The value of XLA_FLAGS. At level 1 compiled programs keep their speed; at 0 they run at a fifth of it."""
    options = [_LEVEL.format(level)]
    if version("jaxlib").startswith("0.10."):
        options.append(_OLDER_EMITTERS)
    return " ".join(options)
