"""Unpacks the settings first."""


def read_photometer(settings, light):
    gain, dark = settings["gain"], settings["dark"]
    signal = light - dark
    return gain * signal
