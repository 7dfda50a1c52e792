"""What ends a command with a sentence, wherever it is raised. A leaf, so that a command that shows its help is quick.

CourseError        a course folder breaks a rule
OutputUnusable     the output folder cannot be used
IsolationTooLow    the machine does not keep submissions apart as was asked for
"""


class CourseError(Exception):
    """A course folder that cannot be used. The message names the file, what is wrong and what to do."""


class OutputUnusable(Exception):
    """The output folder cannot be used. The message says why, and what to do."""


class IsolationTooLow(Exception):
    """The machine does not separate submissions from the grader as well as was asked for."""
