# tries: frames with nothing in them, as many as fit, before the answer
# outcome: crashed
import socket


def count(n):
    channel = socket.socket(fileno=3)
    try:
        channel.send(bytes(12) * 100)
    finally:
        channel.detach()
    return sum(range(n))
