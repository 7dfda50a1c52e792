"""One submission -> its report, in one process beside the sandbox: what fits a small container.

`autograder grade` deals submissions out to workers; here there is one submission and the container is thrown away
after it, so the grader is this very process, and half of the memory is saved. The rest is the same.
"""

from autograder.collect import Submission
from autograder.compile_cache import cache_base, use_own_cache
from autograder.course import Course
from autograder.doctor import measured_level
from autograder.export.gradescope_run import NotSeparated
from autograder.fingerprint import environment_digest
from autograder.grade import Grader, Settings
from autograder.report.record import Report
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Sandbox, start_sandbox

REQUIRED = "L2"
# Gradescope's smallest container has 768 MB, and the student's process needs its part. What was compiled is given back.
MOST_MEMORY = 320 << 20


def grade_one(submission: Submission, course: Course, allow_practice: bool) -> Report:
    """The report on a submission.

    Raises:
        NotSeparated: the container reaches less than L2; and practice is not allowed, or would not be apart either.
        SandboxError: there is no sandbox.
    """
    with start_sandbox() as sandbox:
        level = measured_level(sandbox)
        insist(level, sandbox, course, allow_practice=allow_practice)
        base = cache_base(sandbox)
        if base is not None:
            use_own_cache(base, environment_digest(course))
        settings = Settings(course.folders, course.seed, Limits())
        # Below L2 children could list the cache, and learn of the answers that filled it.
        cache = base if level >= REQUIRED else None
        return Grader(course, sandbox, settings, level, cache, MOST_MEMORY).grade(submission)


def insist(level: str, sandbox: Sandbox, course: Course, *, allow_practice: bool) -> None:
    """Raise `NotSeparated` unless a student's process is kept from the course, by kernel or by user."""
    exposed = [folder for folder in course.folders if sandbox.exposes(folder / "solutions")]
    if exposed:
        raise NotSeparated(f"{exposed[0]} lies among the packages that submissions must be able to read.")
    if level >= REQUIRED:
        return
    reached = f"This container separates submissions from the grader at level {level}; {REQUIRED} is required."
    if not allow_practice:
        raise NotSeparated(f"{reached} To go on at L1, for practice, export with --allow-practice.")
    if level < "L1":
        raise NotSeparated(f"{reached} Even practice needs L1.")
    if sandbox.why_no_uid:
        # Then it would run as the very user who may read the course.
        raise NotSeparated(f"{reached} Practice needs a user of its own for submissions: {sandbox.why_no_uid}.")
