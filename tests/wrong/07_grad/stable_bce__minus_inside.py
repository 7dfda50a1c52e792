"""Takes the logarithm of 1 - q for 1 - log q."""
# diagnosis: minus-inside-the-log

import jax


def stable_bce(z, y):
    log_q = jax.nn.log_sigmoid(z)
    return -y * log_q - (1 - y) * (1 - log_q)
