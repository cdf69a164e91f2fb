# tries: descriptions of an error in which every field is of the wrong kind
# outcome: crashed|error
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

def tell(error):
    send(frame(msgpack.packb({"id": asked()["id"], "printed": None, "error": error})))
    os.read(3, 1)


def halve(x):
    tell({"kind": 7, "type": [], "bases": {"a": 1}, "text": {"b": 2}, "lines": [[1], [None, None], [1, 2], "x", [10**18, "f"]]})


def count(n):
    tell("a text")


def label():
    tell({"lines": 5, "bases": [None, [], 1.5], "type": None, "text": None})


def log(x):
    tell([])
