"""A worker without sandbox and JAX, so that it starts in a moment. What it does with a submission, its file says."""

import contextlib
import os
import time

from autograder.report.record import Report, TaskReport
from autograder.sandbox.errors import SandboxError
from autograder.worker_messages import READY, Failed, Graded, SandboxLost
from dlfb_lab._outcome import Outcome


def serve(connection, settings, required):
    with contextlib.suppress(EOFError, ConnectionError):  # the other side may be killed
        answer(connection, settings, required)


def answer(connection, settings, required):
    if required == "a better machine":
        connection.send(Failed(SandboxError("This machine will not do.")))
        return
    if required == "a life":
        os._exit(7)
    connection.send(READY)
    while (submission := connection.recv()) is not None:
        words = submission.data.decode().split()
        if words[:1] == ["die"] and not is_used_up(words[1:]):
            os._exit(9)
        if words[:1] == ["hang"]:
            time.sleep(60)
        if words[:1] == ["lose"]:
            connection.send(SandboxLost("The fork server has died."))
            return
        time.sleep(0.005)
        connection.send(Graded(report_on(submission, settings), 0.005))


def is_used_up(counter):
    """Whether as many have died as were to: each leaves a byte in the file `counter` names."""
    if not counter:
        return False
    most, path = int(counter[0]), counter[1]
    with open(path, "ab") as stream:  # noqa: PTH123 - as short as it can be
        if stream.tell() >= most:
            return True
        stream.write(b".")
    return False


def report_on(submission, settings):
    """The same for the same submission, with a table long enough to be cut in the middle."""
    tasks = tuple(
        TaskReport(f"task_{number}", f"Task {number} of {submission.student}", Outcome.PASSED, 1.0, 1.0)
        for number in range(40)
    )
    fingerprint = settings.fingerprints[submission.id]
    return Report(submission.id, submission.student, submission.source, "lab", tasks, fingerprint=fingerprint)
