"""The channel between the judge and the sandbox: frames of plain data, by value, size-capped."""

from kafedra.grading.channel.codec import BadFrame, NotPlain, decode, encode
from kafedra.grading.channel.frames import Channel, Closed, TimedOut

__all__ = ["BadFrame", "Channel", "Closed", "NotPlain", "TimedOut", "decode", "encode"]
