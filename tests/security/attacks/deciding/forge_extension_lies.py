# tries: extension types with a lying shape, dtype, offset or size
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

def tensor(*fields, code=2):
    return msgpack.packb(msgpack.ExtType(code, msgpack.packb(list(fields))))


def halve(x):
    answer(tensor("float64", [4, 3], [], 8, 96), bytes(96))
    os.read(3, 1)


def count(n):
    answer(tensor("__class__", [1], [], 0, 8), bytes(8))
    os.read(3, 1)


def label():
    answer(tensor("float64", [-1, -1], [], 0, 8), bytes(8))
    os.read(3, 1)


def log(x):
    answer(tensor(["float64"], "shape", {}, None, b""), bytes(8))
    os.read(3, 1)


def secret(x):
    answer(tensor("float64", [1], [], -8, 8, code=3), bytes(8))
    os.read(3, 1)
