"""Thinks that `jax.jit` has made the program already."""
# diagnosis: first-call-traces

trace_prediction = {"a": False, "b": False, "c": True, "d": False, "e": True, "f": True, "g": False, "h": True}
