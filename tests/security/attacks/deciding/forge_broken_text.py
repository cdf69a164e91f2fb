# tries: text that is not UTF-8, and a dtype that is none
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

def count(n):
    answer(b"\xa2\xff\xfe")
    os.read(3, 1)


def label():
    answer(msgpack.packb(msgpack.ExtType(6, b"\xff\xff")))
    os.read(3, 1)


def log(x):
    answer(msgpack.packb(msgpack.ExtType(6, b"save")))
    os.read(3, 1)
