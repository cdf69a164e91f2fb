# tries: integers of a million digits where the judge expects a text: writing them out raises ValueError
# outcome: crashed|error|passed|failed
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

BIG = msgpack.ExtType(5, b"f" * 20000)


def tell(**fields):
    send(frame(msgpack.packb({"id": asked()["id"], **fields})))
    os.read(3, 1)


def halve(x):
    tell(printed=BIG, value=None)


def count(n):
    tell(printed="", error={"kind": "exception", "type": "E", "text": BIG})


def label():
    tell(printed="", error={"kind": "exception", "type": BIG, "text": ""})


def log(x):
    tell(printed="", error={"kind": "exception", "type": "E", "text": "", "bases": [BIG]})
