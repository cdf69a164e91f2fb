# tries: a list of many small tensors, which the judge would write out one by one only to say what came
# outcome: failed|crashed|error
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
    one = msgpack.packb(msgpack.ExtType(2, msgpack.packb(["float32", [], [], 0, 4])))
    answer(b"\xdd" + struct.pack(">I", 20_000) + one * 20_000, bytes(4))
    os.read(3, 1)


def log(x):
    import torch

    return [torch.zeros(1) for _ in range(3000)]
