# tries: an empty tensor whose other extents overflow the size of its storage
# outcome: crashed|failed
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

def tensor(code):
    return msgpack.packb(msgpack.ExtType(code, msgpack.packb(["float64", [0] + [2**39] * 3, [], 0, 0])))


def halve(x):
    answer(tensor(2))
    os.read(3, 1)


def count(n):
    answer(tensor(3))
    os.read(3, 1)
