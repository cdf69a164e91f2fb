# tries: extension codes that nobody defined, and msgpack's own timestamp
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

def halve(x):
    answer(msgpack.packb(msgpack.ExtType(99, b"")))
    os.read(3, 1)


def count(n):
    answer(msgpack.packb(msgpack.Timestamp(1, 1)))
    os.read(3, 1)


def label():
    answer(b"\xc7\x05\xff12345")
    os.read(3, 1)


def log(x):
    answer(msgpack.packb(msgpack.ExtType(1, msgpack.packb(5))))
    os.read(3, 1)
