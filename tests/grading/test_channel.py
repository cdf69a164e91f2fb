"""The channel: plain data crosses unchanged, anything else is refused, no bytes do harm."""

from __future__ import annotations

import contextlib
import math
import socket
import struct
import time

import msgpack
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from kafedra.grading.channel import BadFrame, Channel, Closed, NotPlain, TimedOut, decode, encode

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary(max_size=200)
    | st.complex_numbers(allow_nan=False)
)
plain = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=5) | st.integers(-9, 9), inner, max_size=4)
    ),
    max_leaves=20,
)


def there_and_back(value, *, strided=False):
    frame = encode(value)
    structure, _ = struct.unpack(">IQ", frame[:12])
    return decode(frame[12 : 12 + structure], frame[12 + structure :], strided=strided)


@given(plain)
def test_plain_data_crosses_unchanged(value):
    back = there_and_back(value)
    assert back == value
    assert type(back) is type(value)


@pytest.mark.parametrize("dtype", "float16 bfloat16 float32 float64 int8 uint8 int32 int64 bool complex64".split())
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 3), (2, 3, 4)])
def test_tensors_keep_dtype_shape_and_bits(dtype, shape):
    x = (torch.randn(shape) * 3).to(getattr(torch, dtype))
    back = there_and_back(x)
    assert back.dtype is x.dtype
    assert back.shape == x.shape
    assert torch.equal(back, x)


def test_arrays_and_numpy_scalars():
    x = np.arange(6, dtype="float32").reshape(2, 3).T
    back = there_and_back({"x": x, "s": np.float64(0.5), "n": np.int32(3)})
    np.testing.assert_array_equal(back["x"], x)
    assert (back["s"], back["n"]) == (0.5, 3)
    assert type(back["s"]) is float


def test_the_sandbox_gets_the_layout_of_a_tensor_too():
    transposed, expanded = torch.randn(3, 4).t(), torch.randn(3, 1).expand(3, 4)
    for x in (transposed, expanded, torch.randn(8)[::2]):
        back = there_and_back(x, strided=True)
        assert torch.equal(back, x)
        assert back.stride() == x.stride()


class LyingInt(int):
    def __eq__(self, other):
        return True

    __hash__ = int.__hash__


class LyingTensor(torch.Tensor):
    pass


@pytest.mark.parametrize(
    "value",
    [object(), {1, 2}, LyingInt(3), LyingTensor([1.0]), [LyingInt(1)], {(1, 2): 3}, lambda: 0, Ellipsis, type],
    ids=lambda value: type(value).__name__,
)
def test_what_is_not_plain_is_refused_by_name(value):
    with pytest.raises(NotPlain):
        encode(value)


def test_a_structure_without_end_is_refused():
    endless = []
    endless.append(endless)
    with pytest.raises(NotPlain, match="nested deeper"):
        encode(endless)


@settings(max_examples=300)
@given(st.binary(max_size=300), st.binary(max_size=50))
def test_no_bytes_do_more_than_be_refused(structure, blob):
    with contextlib.suppress(BadFrame):
        decode(structure, blob)


def nested_extensions(depth):
    data = b"\x00"
    for _ in range(depth):
        data = msgpack.packb(msgpack.ExtType(1, data))
    return data


def tensor_fields(*fields):
    return msgpack.packb(msgpack.ExtType(2, msgpack.packb(list(fields))))


@pytest.mark.parametrize(
    "structure",
    [
        nested_extensions(10_000),
        b"\x91" * 100_000,
        b"\xdd\xff\xff\xff\xff",
        b"\x81\x90\x00",
        tensor_fields("float64", [2**40, 2**40], [], 0, 8),
        tensor_fields("float64", [-1], [], 0, 8),
        tensor_fields("float64", [1], [], -8, 8),
        tensor_fields("float64", [1], [], 0, 10**18),
        tensor_fields("object", [1], [], 0, 8),
        tensor_fields("float64", [True], [], 0, 8),
        tensor_fields("float64", ["1"], [], 0, 8),
        tensor_fields("float64"),
        msgpack.packb(msgpack.ExtType(99, b"")),
        msgpack.packb(msgpack.ExtType(5, b"not hexadecimal")),
    ],
    ids=range(14),
)
def test_hostile_frames_are_refused(structure):
    with pytest.raises(BadFrame):
        decode(structure, bytes(8))


def test_a_bool_is_a_bool_whatever_its_byte():
    flags = decode(tensor_fields("bool", [4], [], 0, 4), bytes([0, 1, 2, 255]))
    assert flags.tolist() == [False, True, True, True]
    assert flags.to(torch.uint8).tolist() == [0, 1, 1, 1]


@pytest.fixture
def ends():
    left, right = socket.socketpair()
    with left, right:
        yield Channel(left, limit=2**20), right


def soon():
    return time.monotonic() + 0.2


def test_an_announced_length_over_the_limit_is_refused_at_once(ends):
    channel, raw = ends
    raw.sendall(struct.pack(">IQ", 10, 2**40))
    with pytest.raises(BadFrame, match="at most 1048576"):
        channel.receive(deadline=soon())


def test_half_a_frame_and_silence_is_a_timeout(ends):
    channel, raw = ends
    raw.sendall(encode([1, 2, 3])[:-1])
    with pytest.raises(TimedOut):
        channel.receive(deadline=soon())


def test_a_closed_end_is_told_from_silence(ends):
    channel, raw = ends
    raw.close()
    with pytest.raises(Closed):
        channel.receive(deadline=soon())


def test_nan_and_infinity_cross():
    back = there_and_back([math.nan, math.inf, -math.inf])
    assert math.isnan(back[0])
    assert back[1:] == [math.inf, -math.inf]
