"""One submission -> its report by the visible checks alone, without any answer at hand. Whatever the level that holds.

There is nothing here to keep from a student but the result itself, which a student's own machine cannot protect.
"""

from autograder.collect import Submission
from autograder.course import Course
from autograder.doctor import measured_level
from autograder.grade import Grader, Settings
from autograder.report.record import Report
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import start_sandbox


def grade_visible(submission: Submission, course: Course) -> Report:
    """The report. Raises SandboxError: there is no sandbox."""
    with start_sandbox() as sandbox:
        settings = Settings(course.folders, course.seed, Limits())
        return Grader(course, sandbox, settings, measured_level(sandbox), knows_answers=False).grade(submission)
