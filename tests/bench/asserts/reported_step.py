# ruff: noqa: F821
import contextlib
import io
import re

import jax
import numpy as np

for run in (reported_step, jax.jit(reported_step)):
    for n, rate in ((100.0, 0.5), (8.0, -0.25), (500.0, 0.25), (2.5, 0.5)):
        heard = io.StringIO()
        with contextlib.redirect_stdout(heard):
            got = run(n, rate)
            jax.effects_barrier()
        np.testing.assert_allclose(got, n + rate * n, rtol=1e-5)
        (line,) = [line for line in heard.getvalue().splitlines() if line.strip()]
        words = [float(word) for word in re.findall(r"[-+]?\d+\.?\d*", line)]
        assert n + rate * n in words
