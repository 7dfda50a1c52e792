"""Writes the formula again and forgets the mean."""
# diagnosis: grad-of-vector

import jax

grad_f = jax.grad(lambda x: (x + 2) ** 2 + 3)
