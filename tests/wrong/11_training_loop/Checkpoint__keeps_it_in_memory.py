"""Keeps states in a dictionary; the bytes are only the number of the entry."""
# diagnosis: state-not-in-bytes

SAVED = {}


class Checkpoint:
    def __init__(self, config):
        self.config = config

    def save(self, state, key):
        number = len(SAVED)
        SAVED[number] = (dict(self.config), state, key)
        return str(number).encode()

    def load(self, saved, state, key):
        config, state, key = SAVED[int(saved)]
        if config != self.config:
            raise ValueError("saved with other settings")
        return state, key
