# tries: sockets of every family, the loopback, names, and Unix sockets with abstract names
# points: 0.2
# outcome: passed
import socket


def doors():
    for family in range(46):
        for kind in (1, 2, 3, 5):
            yield family, kind


def count(n):
    found = []
    for family, kind in doors():
        try:
            socket.socket(family, kind).close()
            found.append((family, kind))
        except OSError:
            pass
    for action in (
        lambda: socket.create_connection(("127.0.0.1", 22), 0.2),
        lambda: socket.getaddrinfo("localhost", 80),
        lambda: socket.create_server(("", 0)),
    ):
        try:
            found.append(str(action()))
        except OSError:
            pass
    if found:
        raise RuntimeError(str(found))
    return sum(range(n))
