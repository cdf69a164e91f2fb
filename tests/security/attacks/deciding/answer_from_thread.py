# tries: to answer from a second thread while the first one fails; only the first answer counts
# outcome: failed|crashed
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

import threading


def count(n):
    wrong = msgpack.packb({"id": asked()["id"], "printed": "", "value": -1})
    for _ in range(3):
        threading.Thread(target=send, args=(frame(wrong),)).start()
    return -1
