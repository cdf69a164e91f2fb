"""Two arrays of one shape beside each other, tensors or numpy's: where they part, and by how much."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from typing import Any

from kafedra.testing import values

_NUMERIC = "biufc"  # kinds of numpy's dtypes that can be subtracted


@dataclass(frozen=True)
class Difference:
    """Where two arrays of one shape part: the worst element and how many are off."""

    shape: tuple[int, ...]
    total: int
    count: int
    index: tuple[int, ...]
    got: Any
    want: Any
    error: float
    unexpected_nan: int
    unexpected_infinite: int


def plain(value: Any) -> Any:
    """The numbers of a tensor as a numpy array (of bfloat16, which numpy lacks, as float32); an array as it is."""
    if not values.is_tensor(value):
        return value
    torch = sys.modules["torch"]
    flat = value.detach().cpu().resolve_conj().resolve_neg()
    return (flat.float() if flat.dtype is torch.bfloat16 else flat).numpy()


def at(value: Any, index: tuple[int, ...]) -> Any:
    """One element as a Python number."""
    return plain(value)[index].item()


def is_numeric(value: Any) -> bool:
    """Whether the elements are numbers (or bools), not text or objects."""
    return values.is_tensor(value) or value.dtype.kind in _NUMERIC


def errors(actual: Any, expected: Any) -> Any:
    """``|actual - expected|`` of each element, in float64; zero where both are NaN or the same infinity.

    Infinite where one is NaN or infinite and the other is not.
    """
    got, want = plain(actual), plain(expected)
    numpy = sys.modules["numpy"]
    wide = numpy.complex128 if "c" in (got.dtype.kind, want.dtype.kind) else numpy.float64
    with numpy.errstate(all="ignore"):
        error = numpy.abs(got.astype(wide) - want.astype(wide))
        # in their own dtype: float64 cannot tell 2**53 from 2**53 + 1
        same = (got == want) | ((got != got) & (want != want))
        rounded_away = ~same & (error == 0)
        error = numpy.where(rounded_away, numpy.finfo(numpy.float64).tiny, error)
    return numpy.where(same, 0.0, numpy.nan_to_num(error, nan=math.inf, posinf=math.inf))


def compare(actual: Any, expected: Any, *, rtol: float, atol: float) -> Difference | None:
    """``None`` if the arrays agree within the tolerances; both have one shape and dtype."""
    error = errors(actual, expected)  # makes sure that numpy is there, before it is asked for
    numpy = sys.modules["numpy"]
    got, want = plain(actual), plain(expected)
    # infinity on one side is never close, whatever rtol * |inf| allows
    wrong = (error > atol + rtol * _sizes(want)) | numpy.isinf(error)
    if not bool(wrong.any()):
        return None
    flat = int(numpy.where(wrong, error, -1.0).argmax())
    index = tuple(int(i) for i in numpy.unravel_index(flat, error.shape))
    return Difference(
        shape=tuple(error.shape),
        total=int(error.size),
        count=int(wrong.sum()),
        index=index,
        got=got[index].item(),
        want=want[index].item(),
        error=float(error[index]),
        unexpected_nan=int(((got != got) & (want == want)).sum()),
        unexpected_infinite=int((numpy.isinf(got) & numpy.isfinite(want)).sum()),
    )


def excess(actual: Any, other: Any, expected: Any, *, rtol: float, atol: float) -> float:
    """The largest error against ``other``, in units of the tolerance; infinity where nothing else fits."""
    error = errors(actual, other)
    if not error.size:
        return 0.0
    numpy = sys.modules["numpy"]
    size = numpy.maximum(_sizes(plain(other)), _sizes(plain(expected)))
    allowed = numpy.maximum(atol + rtol * size, numpy.finfo(numpy.float64).tiny)
    with numpy.errstate(over="ignore"):
        return float((error / allowed).max())


def _sizes(array: Any) -> Any:
    """``|x|`` in float64; of NaN and infinities nothing, since no tolerance is relative to them."""
    numpy = sys.modules["numpy"]
    with numpy.errstate(all="ignore"):
        size = numpy.abs(array.astype(numpy.complex128 if array.dtype.kind == "c" else numpy.float64))
    return numpy.where(numpy.isfinite(size), size, 0.0)
