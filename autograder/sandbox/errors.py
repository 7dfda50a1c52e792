"""What can go wrong on our side.

SandboxError              a fault of ours: the zygote died, a child could not be made. Never the student's
+-- SandboxUnavailable    this system has no `fork`; the grader cannot run here at all
"""


class SandboxError(Exception):
    """The sandbox itself failed. Never a student's fault."""


class SandboxUnavailable(SandboxError):
    """The system cannot run the grader's children at all."""
