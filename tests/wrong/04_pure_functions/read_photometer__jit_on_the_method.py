"""Makes an object in each call, and compiles its method."""
# diagnosis: self-in-jit

import jax


class Photometer:
    def __init__(self, gain, dark):
        self.gain, self.dark = gain, dark

    @jax.jit
    def read(self, light):
        return self.gain * (light - self.dark)


def read_photometer(settings, light):
    return Photometer(settings["gain"], settings["dark"]).read(light)
