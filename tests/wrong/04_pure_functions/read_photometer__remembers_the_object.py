"""Keeps the settings in a global, for others to look at."""
# diagnosis: changed-outside

last_settings = {}


def read_photometer(settings, light):
    last_settings.update(settings)
    return settings["gain"] * (light - settings["dark"])
