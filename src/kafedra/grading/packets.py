"""Small JSON messages, each possibly with a file descriptor, over a Unix packet socket.

Only between trusted processes: the worker, the judge, the sandbox's keeper. The student's process never has an end.
"""

from __future__ import annotations

import array
import json
import socket
from typing import Any, Final

_MAX: Final = 2**16


def pair() -> tuple[socket.socket, socket.socket]:
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def send(sock: socket.socket, message: Any, *descriptors: int) -> None:
    """Send one message; the descriptors stay open here. Raises ``OSError`` if the other end is gone."""
    data = json.dumps(message, ensure_ascii=False).encode()
    ancillary = []
    if descriptors:
        ancillary = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))]
    sock.sendmsg([data], ancillary, socket.MSG_NOSIGNAL)


def receive(sock: socket.socket) -> tuple[Any, list[int]]:
    """One message and the descriptors that came with it. Raises ``EOFError`` when the other end is gone."""
    space = socket.CMSG_SPACE(4 * array.array("i").itemsize)
    data, ancillary, _, _ = sock.recvmsg(_MAX, space, socket.MSG_CMSG_CLOEXEC)
    if not data:
        raise EOFError("the other end closed the socket")
    descriptors = array.array("i")
    for level, kind, payload in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            descriptors.frombytes(payload[: len(payload) - len(payload) % descriptors.itemsize])
    return json.loads(data), list(descriptors)
