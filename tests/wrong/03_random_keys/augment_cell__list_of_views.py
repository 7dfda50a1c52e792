"""Looks the view up in a Python list."""
# diagnosis: traced-integer

import jax


def augment_cell(key, img):
    views = [img, img[:, ::-1], img[::-1, :], img[::-1, ::-1]]
    return views[jax.random.randint(key, (), 0, 4)]
