"""Sets the settings of one object, whose compiled method saw it before."""
# diagnosis: old-settings-compiled-in

from functools import partial

import jax


class Photometer:
    gain, dark = 1.0, 0.0

    @partial(jax.jit, static_argnums=0)
    def read(self, light):
        return self.gain * (light - self.dark)


photometer = Photometer()


def read_photometer(settings, light):
    photometer.gain = settings["gain"]
    photometer.dark = settings["dark"]
    return photometer.read(light)
