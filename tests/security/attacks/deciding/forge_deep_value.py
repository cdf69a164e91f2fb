# tries: a value nested so deep that writing it out overflows the judge's stack
# outcome: crashed|failed|error
# seconds: 3
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

DEEP = b"\x91" * 1000 + b"\xc0"


def count(n):
    value = DEEP
    for _ in range(20):
        value = b"\x91" * 1000 + b"\xc9" + struct.pack(">Ib", len(value), 1) + b"\x91" + value
    answer(value)
    os.read(3, 1)


def log(x):
    answer(DEEP)
    os.read(3, 1)


def label():
    send(frame(b"\x83" + b"".join(map(msgpack.packb, ("id", asked()["id"], "value", 1, "printed"))) + DEEP))
    os.read(3, 1)
