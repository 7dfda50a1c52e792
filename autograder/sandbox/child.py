"""The student's process, once it is locked in: runs the notebook's cells, then answers the grader's requests.

Each request is `[number, operation, ...]`, each reply `[number, "ok", value]` or `[number, "error", ...]`; while a cell
runs, `[number, "at", [statement, line]]` tells how far it has come. This loop shares its process with the student's
code, so whatever it says is the student's word; the grader believes only what it can check.
"""

from typing import Any

from autograder.sandbox import wire
from autograder.sandbox.channel import Channel, ChannelClosed
from autograder.sandbox.figures import Figures
from dlfb_lab._data import Data
from dlfb_lab._errors import ErrorData
from dlfb_lab._host import Host, pack_error, unpack_error
from dlfb_lab._quiet import quiet
from dlfb_lab._runner import Runner, as_main
from dlfb_lab._translate import describe

# The grader's own messages hold whole cells.
_TEXT_LIMIT, _HEADER_LIMIT = 16 * 2**20, wire.MESSAGE_LIMIT


def serve(channel: Channel) -> None:
    """Answer requests until the grader hangs up."""
    runner = Runner()
    as_main(runner)
    with quiet():
        server = _Server(channel, runner, Host(runner.namespace, runner.fates))
        while True:
            try:
                message = channel.receive(wire.MESSAGE_LIMIT)
            except ChannelClosed:
                return
            server.answer(wire.decode(message, allow_props=True, text_limit=_TEXT_LIMIT, header_limit=_HEADER_LIMIT))


class _Server:
    def __init__(self, channel: Channel, runner: Runner, host: Host) -> None:
        self.channel = channel
        self.runner = runner
        self.host = host
        self.figures = Figures()

    def answer(self, request: list[Any]) -> None:
        """Do one request and reply, whatever happens."""
        number, operation, *payload = request
        try:
            value = [number, "ok", self._do(number, operation, payload)]
            buffers = wire.encode(value, header_limit=wire.HEADER_LIMIT)
        except BaseException as error:  # SystemExit and KeyboardInterrupt of the student's code are answers, too
            buffers = wire.encode([number, "error", pack_error(describe(error))])
        self.channel.send(*buffers)

    def _do(self, number: int, operation: str, payload: list[Data]) -> Data:
        if operation == "cell":
            return self._cell(number, *payload)
        if operation == "skipped":
            cell, source, stop, packed = payload
            self.runner.skipped(cell, source, stop, unpack_error(packed))
            return None
        if operation == "figures":
            return self.figures.images(*payload)
        return self.host.handle(operation, tuple(payload))

    def _cell(self, number: int, cell: int, source: str, stop: int | None) -> list[Data]:
        def progress(statement: int, line: int) -> None:
            self.channel.send(*wire.encode([number, "at", [statement, line]]))

        self.figures.begin(cell)
        errors: list[ErrorData] = self.runner.run(cell, source, progress, stop)
        self.figures.end()
        return [pack_error(error) for error in errors]
