"""Which inputs of a jaxpr reach its results, and which of its writes nobody uses.

Theory of operation. We go backward from the results: an equation that makes something needed needs its inputs, one
that makes nothing needed is dead. Where an equation holds one inner program that takes and gives the same (`jit`,
`checkpoint`, custom derivatives), we go on inside. `scan` is such a program whose carry feeds itself: what the next
turn needs of the carry the last turn must make, so we repeat until nothing is added.

Limits. Of any other equation, such as `while` and `cond`, all inputs count as needed. So does what is only printed.
"""

from collections.abc import Iterator
from typing import Any

CALLS = frozenset(
    (
        "jit pjit remat remat2 checkpoint closed_call core_call custom_jvp_call custom_vjp_call custom_vjp_call_jaxpr"
    ).split()
)


def needed_inputs(jaxpr: Any) -> tuple[list[bool], list[str]]:
    """For each input whether a result depends on it; and the names of the dead writes, in order."""
    needed, dead = _inputs(jaxpr, [True] * len(jaxpr.outvars))
    return needed, dead[::-1]


def bodies(equation: Any) -> Iterator[Any]:
    """The inner programs of an equation."""
    for parameter in equation.params.values():
        for inner in parameter if isinstance(parameter, tuple | list) else (parameter,):
            body = getattr(inner, "jaxpr", inner)
            if hasattr(body, "eqns"):
                yield body


def _inputs(jaxpr: Any, wanted: list[bool]) -> tuple[list[bool], list[str]]:
    """The inputs that the `wanted` ones of the results need, and the dead writes, last one first."""
    live = {id(var) for var, wants in zip(jaxpr.outvars, wanted, strict=True) if wants}
    dead: list[str] = []
    for equation in reversed(jaxpr.eqns):
        wants = [id(var) in live for var in equation.outvars]
        if any(wants) or equation.effects:
            needed, within = _of_equation(equation, wants)
            live |= {id(var) for var, needs in zip(equation.invars, needed, strict=True) if needs}
            dead += within
        else:
            dead += _writes(equation)
    return [id(var) in live for var in jaxpr.invars], dead


def _of_equation(equation: Any, wanted: list[bool]) -> tuple[list[bool], list[str]]:
    inner = list(bodies(equation))
    name = equation.primitive.name
    if name == "scan" and (counts := _scan_counts(equation.params)):
        return _of_scan(inner[0], wanted, *counts)
    if name in CALLS and len(inner) == 1 and len(inner[0].invars) == len(equation.invars):
        return _inputs(inner[0], wanted)
    within = [write for body in inner for write in needed_inputs(body)[1][::-1]]
    return [True] * len(equation.invars), within


def _scan_counts(params: dict[str, Any]) -> tuple[int, int] | None:
    """How many inputs of a `scan` are constant, and how many carried; None where JAX says it in a way we don't know."""
    if "num_consts" in params:
        return params["num_consts"], params["num_carry"]
    try:
        consts, carry, _ = (len(part) for part in params["ft_in"].unpack())  # since JAX 0.11
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return consts, carry


def _of_scan(body: Any, wanted: list[bool], consts: int, carry: int) -> tuple[list[bool], list[str]]:
    while True:
        needed, dead = _inputs(body, wanted)
        carried = [a or b for a, b in zip(wanted[:carry], needed[consts : consts + carry], strict=True)]
        if carried == wanted[:carry]:
            return needed, dead
        wanted = carried + wanted[carry:]


def _writes(equation: Any) -> list[str]:
    """The primitives in a dead equation that write into an array."""
    name = equation.primitive.name
    if name.startswith("scatter") or name == "dynamic_update_slice":
        return [name]
    return [write for body in bodies(equation) for inner in reversed(body.eqns) for write in _writes(inner)]
