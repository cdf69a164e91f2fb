# tries: sockets full of bytes, sent through each other and closed: no descriptor counts them any more
# outcome: error|timeout|failed
import array
import contextlib
import socket


def count(n):
    kept, other = socket.socketpair()
    kept.setblocking(False)
    while True:
        left, right = socket.socketpair()
        left.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            while True:
                left.send(bytes(2**16))
        rights = array.array("i", [left.fileno(), right.fileno(), kept.fileno(), other.fileno()])
        kept.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
        left.close()
        right.close()
