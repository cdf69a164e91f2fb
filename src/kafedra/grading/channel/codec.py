"""Plain values to bytes and back.

A frame is two areas: a *structure* (msgpack) and a *blob* (the raw bytes of tensors and arrays, which the
structure points into). The structure is small and capped, so a hostile frame cannot be blown up in the
reader's memory; the blob is copied once.

What crosses: ``None``, bool, int, float, complex, str, bytes, list, tuple, dict, ``torch.Tensor``,
``torch.dtype``, ``numpy.ndarray`` and numpy scalars (as Python numbers). Nothing is ever unpickled, and
nothing that arrives is of a class that the sender chose.
"""

from __future__ import annotations

import struct
from typing import Any, Final

import msgpack

from kafedra.grading.channel import arrays

MAX_STRUCTURE: Final = 4 * 2**20
MAX_DEPTH: Final = 64
_INLINE: Final = 2**16  # longer bytes go into the blob

_HEAD: Final = struct.Struct(">IQ")  # length of the structure, length of the blob
HEAD_SIZE: Final = _HEAD.size

_TUPLE, _TENSOR, _ARRAY, _COMPLEX, _BIG_INTEGER, _DTYPE, _BYTES = range(1, 8)


class NotPlain(TypeError):
    """A value that does not cross the channel; the message names its type."""


class BadFrame(ValueError):
    """Bytes that are not a frame, or a frame over its limits."""


def encode(value: Any) -> bytes:
    """One whole frame, head included. Raises :class:`NotPlain`."""
    blob: list[bytes] = []
    structure: bytes = msgpack.packb(_lower(value, blob, MAX_DEPTH), use_bin_type=True)
    if len(structure) > MAX_STRUCTURE:
        raise NotPlain(f"the value has {len(structure)} bytes of structure, at most {MAX_STRUCTURE} cross")
    body = b"".join(blob)
    return _HEAD.pack(len(structure), len(body)) + structure + body


def lengths(head: bytes, limit: int) -> tuple[int, int]:
    """The two lengths that a frame's head announces; ``limit`` bytes are the most it may announce."""
    structure, blob = _HEAD.unpack(head)
    if structure > MAX_STRUCTURE or structure + blob > limit:
        raise BadFrame(f"a frame of {structure + blob} bytes, at most {limit} are taken")
    return structure, blob


def decode(structure: bytes | memoryview, blob: bytes | memoryview, *, strided: bool = False) -> Any:
    """The value of a frame. Raises :class:`BadFrame` on anything that is not one.

    ``strided`` keeps the memory layout of non-contiguous tensors. Only the sandbox asks for it: the
    judge lays out what a stranger sends in its own way.
    """
    return _Decoder(memoryview(blob), strided).value(structure, 0)


def _lower(value: Any, blob: list[bytes], depth: int) -> Any:
    """The value in msgpack's own kinds. Exact types only: a subclass could lie about itself."""
    if depth == 0:
        raise NotPlain(f"the value is nested deeper than {MAX_DEPTH} levels")
    kind = type(value)
    if value is None or kind in (bool, float) or (kind is bytes and len(value) <= _INLINE):
        return value
    if kind is str:
        return value.encode("utf-8", "replace").decode()  # a lone surrogate has no bytes of its own
    if kind is int:
        return value if -(2**63) <= value < 2**64 else msgpack.ExtType(_BIG_INTEGER, b"%x" % value)
    if kind is list:
        return [_lower(item, blob, depth - 1) for item in value]
    if kind is tuple:
        return msgpack.ExtType(_TUPLE, msgpack.packb([_lower(item, blob, depth - 1) for item in value]))
    if kind is dict:
        return {_key(key): _lower(item, blob, depth - 1) for key, item in value.items()}
    if kind is complex:
        return msgpack.ExtType(_COMPLEX, struct.pack(">dd", value.real, value.imag))
    return _lower_foreign(value, blob)


def _lower_foreign(value: Any, blob: list[bytes]) -> Any:
    if (scalar := arrays.numpy_scalar(value)) is not None:
        return _lower(scalar, blob, 1)
    if (dtype := arrays.torch_dtype_name(value)) is not None:
        return msgpack.ExtType(_DTYPE, dtype.encode())
    offset = sum(map(len, blob))
    if type(value) is bytes:
        blob.append(value)
        return msgpack.ExtType(_BYTES, msgpack.packb([offset, len(value)]))
    for code, flatten in ((_TENSOR, arrays.flatten_tensor), (_ARRAY, arrays.flatten_array)):
        if (flat := flatten(value)) is not None:
            blob.append(flat.data)
            fields = [flat.dtype, list(flat.shape), list(flat.strides or ()), offset, len(flat.data)]
            return msgpack.ExtType(code, msgpack.packb(fields))
    raise NotPlain(f"a value of type {type(value).__name__} does not cross: only plain data does")


def _key(key: Any) -> Any:
    if type(key) in (str, int, bool, bytes) or key is None:
        return key
    raise NotPlain(f"a dictionary key of type {type(key).__name__} does not cross")


def _dictionary(pairs: list[tuple[Any, Any]]) -> dict[Any, Any]:
    """Only keys that :func:`_key` lets out: keys made to collide in a hash table cost quadratic time."""
    for key, _ in pairs:
        if not (type(key) in (str, bool, bytes) or key is None or (type(key) is int and -(2**63) <= key < 2**64)):
            raise BadFrame("a dictionary key of a kind that does not cross")
    return dict(pairs)


class _Decoder:
    """Reads one frame; counts how deep extension types are nested, each level costs C stack."""

    def __init__(self, blob: memoryview, strided: bool) -> None:
        self._blob = blob
        self._unused = len(blob)  # each byte may be taken once: one area named many times would multiply
        self._strided = strided

    def value(self, structure: bytes | memoryview, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise BadFrame("nested too deep")
        try:
            return msgpack.unpackb(
                structure,
                ext_hook=lambda code, data: self._extension(code, data, depth + 1),
                object_pairs_hook=_dictionary,
                strict_map_key=False,
                timestamp=1,  # as a float: no class that is not listed above
                raw=False,
            )
        except BadFrame:
            raise
        except (ValueError, TypeError, RuntimeError, OverflowError, MemoryError, struct.error) as error:
            # msgpack's own errors are ValueErrors, torch's are RuntimeErrors (as is a RecursionError)
            raise BadFrame(f"not a frame: {error}") from None

    def _extension(self, code: int, data: bytes, depth: int) -> Any:
        if code == _TUPLE:
            return tuple(self.value(data, depth))
        if code == _COMPLEX:
            return complex(*struct.unpack(">dd", data))
        if code == _BIG_INTEGER:
            return int(data, 16)
        if code == _DTYPE:
            return arrays.torch_dtype(data.decode())
        if code == _BYTES:
            return self._raw(*self.value(data, depth))
        if code in (_TENSOR, _ARRAY):
            return self._array(code, self.value(data, depth))
        raise BadFrame(f"unknown kind {code}")

    def _array(self, code: int, fields: Any) -> Any:
        dtype, shape, strides, offset, size = fields
        flat = arrays.Flat(dtype, tuple(shape), tuple(strides) or None, self._raw(offset, size))
        return (arrays.tensor if code == _TENSOR else arrays.array)(flat, self._strided)

    def _raw(self, offset: Any, size: Any) -> bytes:
        if not (type(offset) is int and type(size) is int and 0 <= offset <= offset + size <= len(self._blob)):
            raise BadFrame("it points outside its own bytes")
        self._unused -= size
        if self._unused < 0:
            raise BadFrame("it uses its bytes more than once")
        return bytes(self._blob[offset : offset + size])
