"""Made of two lists."""

traces = [True, False, True, False, True, True, False, True]
trace_prediction = dict(zip("abcdefgh", traces))
