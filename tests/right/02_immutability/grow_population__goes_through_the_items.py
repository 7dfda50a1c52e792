"""Goes through the entries one by one."""

import jax


@jax.jit
def grow_population(s):
    out = {}
    for name, value in s.items():
        if name == "day":
            out[name] = value + 1
        elif name == "counts":
            out[name] = value * (1 + s["rate"])
        else:
            out[name] = value
    return out
