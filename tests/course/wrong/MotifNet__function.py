"""A function that makes and runs a model at once."""
# diagnosis: wrong-kind


def MotifNet(width):
    return width
