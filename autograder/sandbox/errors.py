"""What can go wrong on our side."""


class SandboxError(Exception):
    """The sandbox itself failed: the zygote died, a child could not be made. Never a student's fault."""
