"""Takes the settings from names outside."""
# diagnosis: read-from-outside

gain, dark = 2.0, 1.0


def read_photometer(settings, light):
    return gain * (light - dark)
