"""Keeps the program of the first call, which has its settings in it."""
# diagnosis: old-settings-compiled-in

import jax

program = None


def read_photometer(settings, light):
    global program
    if program is None:
        program = jax.jit(lambda numbers: settings["gain"] * (numbers - settings["dark"]))
    return program(light)
