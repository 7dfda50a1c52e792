"""What the grader does, told on standard error as it happens, with the time: what was read, which worker has what.

A line names files, submissions, processes and numbers. It never holds what a student wrote, what a check gives to it,
or the seed that this comes from: logs are kept, sent and searched more freely than grades.
"""

import logging
import os

# Tells the processes that we start to do the same. A submission's process gets none of our environment.
VARIABLE = "AUTOGRADER_VERBOSE"


def start_logging() -> None:
    """Begin to tell, in this process and in those that it starts from now on. Again is the same as once."""
    os.environ[VARIABLE] = "1"
    logger = logging.getLogger("autograder")
    if any(isinstance(handler, _ToStandardError) for handler in logger.handlers):
        return
    handler = _ToStandardError()
    handler.setFormatter(logging.Formatter("%(asctime)s  %(process)d  %(name)s: %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False


def go_on_logging() -> None:
    """Tell too, if the process that started this one does."""
    if os.environ.get(VARIABLE) == "1":
        start_logging()


def is_logging() -> bool:
    """Whether anybody listens."""
    return logging.getLogger("autograder").isEnabledFor(logging.INFO)


class _ToStandardError(logging.StreamHandler):  # type: ignore[type-arg] # at run time it takes none on 3.11
    """As a `StreamHandler`, known by its name."""
