"""Returns a function that computes the same."""
# diagnosis: wrong-kind

import jax


def nnx_twin(params):
    def twin(x):
        h = jax.nn.relu(x @ params["hidden"]["kernel"] + params["hidden"]["bias"])
        return h @ params["readout"]["kernel"] + params["readout"]["bias"]

    return twin
