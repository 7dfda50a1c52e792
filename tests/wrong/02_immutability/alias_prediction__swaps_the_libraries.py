"""Thinks that JAX changes in place and NumPy does not."""
# diagnosis: numpy-jax-swapped

alias_prediction = {"x": [1, 2, 3], "u": [2, 3, 4]}
