"""Multiplies the dark light in the caller's dictionary."""
# diagnosis: dictionary-changed


def read_photometer(settings, light):
    settings["dark"] = settings["gain"] * settings["dark"]
    return settings["gain"] * light - settings["dark"]
