"""How a subcommand ends when it cannot go on: with one sentence on what is wrong and what to do."""


class LabError(Exception):
    """Something could not be done, such as writing to a full disk. The message says what, and what to do."""

    exit_code = 1


class WrongInput(LabError):
    """What the student typed, or the notebook they named, cannot be used."""

    exit_code = 2
