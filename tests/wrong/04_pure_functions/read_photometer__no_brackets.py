"""Takes the dark light off last."""
# diagnosis: brackets-missing


def read_photometer(settings, light):
    return settings["gain"] * light - settings["dark"]
