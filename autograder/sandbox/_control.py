"""The control socket between the grader and its zygote: JSON objects after their length, with descriptors on top.

Both ends are ours and no child ever holds one, so this is about framing, not about distrust.
"""

import contextlib
import json
import socket
from typing import Any

_HEADER = 4
_MOST_DESCRIPTORS = 4


class Control:
    """One end of the control socket. Owns it."""

    def __init__(self, end: socket.socket) -> None:
        self._socket = end

    def send(self, message: dict[str, Any], fds: tuple[int, ...] = ()) -> None:
        """Send one message.

        Raises:
            OSError: the other end is gone.
        """
        body = json.dumps(message).encode()
        frame = len(body).to_bytes(_HEADER, "little") + body
        # The descriptors travel with the first bytes; the rest may need more than one call.
        sent = socket.send_fds(self._socket, [frame], fds) if fds else 0
        self._socket.sendall(frame[sent:])

    def receive(self) -> tuple[dict[str, Any], list[int]] | None:
        """The next message and its descriptors; None when the other end is gone."""
        head, fds = self._take(_HEADER)
        body, more = self._take(int.from_bytes(head, "little"))
        return (json.loads(body), fds + more) if body else None

    def settimeout(self, seconds: float | None) -> None:
        """How long one call may wait; TimeoutError after it."""
        self._socket.settimeout(seconds)

    def hang_up(self) -> None:
        """End the conversation without closing: who waits in `receive` sees the end. Safe in a signal handler."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close this end. The zygote takes that as the end of its work."""
        self._socket.close()

    def _take(self, count: int) -> tuple[bytes, list[int]]:
        data, fds = b"", []
        while len(data) < count:
            try:
                piece, received, _, _ = socket.recv_fds(self._socket, count - len(data), _MOST_DESCRIPTORS)
            except ConnectionResetError:
                piece, received = b"", []
            fds += received
            if not piece:
                return b"", fds
            data += piece
        return data, fds
