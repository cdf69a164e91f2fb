"""The channel between the judge and the sandbox: frames of plain data, by value, size-capped."""

from kafedra.grading.channel.codec import BadFrame, NotPlain, decode, encode
from kafedra.grading.channel.frames import Channel, Closed, Deadline, TimedOut

__all__ = ["BadFrame", "Channel", "Closed", "Deadline", "NotPlain", "TimedOut", "decode", "encode"]
