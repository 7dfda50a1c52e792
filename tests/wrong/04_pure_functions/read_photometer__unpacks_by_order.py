"""Unpacks the settings in the order in which they were written down."""
# diagnosis: entries-by-order


def read_photometer(settings, light):
    gain, dark = settings.values()
    return gain * (light - dark)
