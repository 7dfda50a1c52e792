# ruff: noqa: F821
assert type(trace_prediction) is dict
the_right = {"a": True, "b": False, "c": True, "d": False, "e": True, "f": True, "g": False, "h": True}
assert {call: bool(traces) for call, traces in trace_prediction.items()} == the_right
