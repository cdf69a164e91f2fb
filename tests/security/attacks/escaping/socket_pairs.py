# tries: pairs of sockets of other families than Unix, and addresses on a pair that is there
# points: 0.2
# outcome: passed
import socket


def count(n):
    found = []
    for family in range(2, 46):
        for kind in (1, 2, 4, 5):
            try:
                socket.socketpair(family, kind)
                found.append((family, kind))
            except (OSError, ValueError):
                pass
    one, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    for address in ("\0abstract", "/run/systemd/notify", "/tmp/socket", "/var/run/docker.sock"):
        for action in (one.bind, one.connect, lambda a: one.sendto(b"x", a)):
            try:
                action(address)
                found.append(address)
            except OSError:
                pass
    if found:
        raise RuntimeError(str(found))
    return sum(range(n))
