"""Pops the settings from the dictionary."""
# diagnosis: dictionary-changed


def read_photometer(settings, light):
    gain = settings.pop("gain")
    dark = settings.pop("dark")
    return gain * (light - dark)
