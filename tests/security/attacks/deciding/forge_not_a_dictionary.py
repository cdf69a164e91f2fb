# tries: answers that are no answers: a list, a number, nothing
# outcome: crashed
import os
import struct
import sys

import msgpack


def frame(structure, blob=b""):
    return struct.pack(">IQ", len(structure), len(blob)) + structure + blob


def asked():
    """The judge's own request, found on the stack."""
    scope = sys._getframe()
    while "request" not in scope.f_locals:
        scope = scope.f_back
    return scope.f_locals["request"]


def send(data):
    while data:
        data = data[os.write(3, data) :]


def answer(value_bytes, blob=b""):
    """An answer to the present request whose value is these bytes of msgpack."""
    head = b"\x83" + b"".join(map(msgpack.packb, ("id", asked()["id"], "printed", "", "value")))
    send(frame(head + value_bytes, blob))

def halve(x):
    send(frame(msgpack.packb([1, 2, 3])))
    os.read(3, 1)


def count(n):
    send(frame(msgpack.packb(None)))
    os.read(3, 1)


def label():
    send(frame(b""))
    os.read(3, 1)
