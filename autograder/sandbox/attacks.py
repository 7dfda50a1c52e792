"""What a hostile submission would try, as an entry for children: for `doctor` and the tests of the sandbox."""

from autograder.sandbox.channel import Channel


def echo(channel: Channel) -> None:
    """Send every message back until the grader hangs up."""
    while message := channel.receive(1 << 20):
        channel.send(message)
