# tries: memory that no process maps: pipes and sockets filled to the brim
# outcome: error|timeout|failed
# seconds: 2
import fcntl
import os
import socket


def count(n):
    kept = []
    while True:
        reader, writer = os.pipe()
        fcntl.fcntl(writer, 1031, 2**20)
        os.set_blocking(writer, False)
        os.write(writer, bytes(2**20))
        kept.append(socket.socketpair())
        kept[-1][0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**28)
        kept[-1][0].setblocking(False)
        kept[-1][0].send(bytes(2**17))
