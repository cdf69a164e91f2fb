"""Tensors and arrays as a dtype, a shape and bytes.

torch and numpy are used only where the process has them loaded already: the one who sends a tensor has
torch, and the one who cannot know what a tensor is gets a clear error.
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from typing import Any, Final

_TORCH_DTYPES: Final = frozenset(
    "float16 bfloat16 float32 float64 complex64 complex128 uint8 int8 int16 int32 int64 bool".split()
)
_NUMPY_DTYPES: Final = frozenset(
    "float16 float32 float64 complex64 complex128 uint8 uint16 uint32 uint64 int8 int16 int32 int64 bool".split()
)
_MAX_DIMENSIONS: Final = 32


@dataclass(frozen=True)
class Flat:
    """Row-major bytes of an array. ``strides`` (in elements) only where the layout is another one."""

    dtype: str
    shape: tuple[int, ...]
    strides: tuple[int, ...] | None
    data: bytes


def numpy_scalar(value: Any) -> Any:
    """``numpy.float64(0.5)`` as ``0.5``; ``None`` for anything that is no numpy scalar."""
    numpy = sys.modules.get("numpy")
    if numpy is None or type(value).__module__ != "numpy" or not isinstance(value, numpy.generic):
        return None
    plain = value.item()
    return plain if type(plain) in (bool, int, float, complex, str, bytes) else None


def torch_dtype_name(value: Any) -> str | None:
    torch = sys.modules.get("torch")
    return str(value).removeprefix("torch.") if torch is not None and type(value) is torch.dtype else None


def torch_dtype(name: str) -> Any:
    if name not in _TORCH_DTYPES:
        raise ValueError(f"unknown dtype {name!r}")
    return getattr(_loaded("torch"), name)


def flatten_tensor(value: Any) -> Flat | None:
    """A plain strided tensor or parameter; ``None`` for anything else, subclasses included."""
    torch = sys.modules.get("torch")
    if torch is None or type(value) not in (torch.Tensor, torch.nn.Parameter) or value.layout != torch.strided:
        return None
    plain = value.detach().cpu().resolve_conj().resolve_neg()
    strides = None if plain.is_contiguous() else tuple(plain.stride())
    raw = plain.contiguous().reshape(-1).view(torch.uint8) if plain.numel() else torch.empty(0, dtype=torch.uint8)
    return Flat(str(plain.dtype).removeprefix("torch."), tuple(plain.shape), strides, raw.numpy().tobytes())


def flatten_array(value: Any) -> Flat | None:
    numpy = sys.modules.get("numpy")
    if numpy is None or type(value) is not numpy.ndarray or value.dtype.name not in _NUMPY_DTYPES:
        return None
    return Flat(value.dtype.name, value.shape, None, value.astype(value.dtype.newbyteorder("<")).tobytes())


def tensor(flat: Flat, strided: bool) -> Any:
    """A fresh ``torch.Tensor`` that owns its memory. Raises ``ValueError`` if the fields disagree."""
    torch = _loaded("torch")
    dtype = torch_dtype(flat.dtype)
    _require_size(flat, dtype.itemsize)
    if not flat.data:
        return torch.empty(flat.shape, dtype=dtype)
    raw = torch.frombuffer(bytearray(flat.data), dtype=torch.uint8)
    # a byte other than 0 and 1 is no bool, and torch trusts its buffer
    values = (raw != 0 if dtype is torch.bool else raw.view(dtype)).reshape(flat.shape)
    return _with_strides(torch, values, flat.strides) if strided and flat.strides else values


def array(flat: Flat, strided: bool) -> Any:
    """A fresh ``numpy.ndarray``; the layout is always row-major."""
    del strided
    numpy = _loaded("numpy")
    if flat.dtype not in _NUMPY_DTYPES:
        raise ValueError(f"unknown dtype {flat.dtype!r}")
    dtype = numpy.dtype(flat.dtype).newbyteorder("<")
    _require_size(flat, dtype.itemsize)
    return numpy.frombuffer(bytearray(flat.data), dtype=dtype).reshape(flat.shape).astype(flat.dtype)


def _with_strides(torch: Any, values: Any, strides: tuple[int, ...]) -> Any:
    """The same values laid out with the sender's strides; an expanded dimension (stride 0) stays one."""
    base = values
    for dimension, stride in enumerate(strides):
        if stride == 0:
            base = base.narrow(dimension, 0, 1)
    laid_out = torch.empty_strided(base.shape, strides, dtype=values.dtype)
    return laid_out.copy_(base).expand(values.shape)


def _require_size(flat: Flat, item: int) -> None:
    valid = all(type(extent) is int and 0 <= extent < 2**40 for extent in flat.shape)
    if not valid or len(flat.shape) > _MAX_DIMENSIONS or math.prod(flat.shape) * item != len(flat.data):
        raise ValueError("the shape of an array does not match its bytes")


def _loaded(name: str) -> Any:
    if name not in sys.modules:
        raise ValueError(f"the frame holds {name} data, and {name} is not loaded here")
    return sys.modules[name]
