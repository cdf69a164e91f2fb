"""Plain values as they come out of the sandbox: what they are, how far apart, how to name them.

torch is looked up, never imported: an assignment without tensors does not pay for it.
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from typing import Any


def is_tensor(value: Any) -> bool:
    """True for a ``torch.Tensor`` itself; the channel never yields a subclass."""
    torch = sys.modules.get("torch")
    return torch is not None and type(value) is torch.Tensor


def is_array(value: Any) -> bool:
    numpy = sys.modules.get("numpy")
    return numpy is not None and type(value) is numpy.ndarray


def name(dtype: Any) -> str:
    """``float64`` for ``torch.float64``."""
    return str(dtype).removeprefix("torch.")


def short(number: Any) -> str:
    """A number as a person would write it: at most six significant digits."""
    if isinstance(number, float):
        return f"{number:.6g}"
    return str(number)


def describe(value: Any, limit: int = 80) -> str:
    """What the value is, in one line of at most ``limit`` characters or so: ``float64 (4, 7)``."""
    if is_tensor(value) or is_array(value):
        scalar = f" = {short(value.item())}" if value.ndim == 0 else ""
        return f"{name(value.dtype)} {tuple(value.shape)}{scalar}"
    if isinstance(value, int) and abs(value) > 10**limit:
        return "int > 10^" + str(limit)
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # an integer with more digits than Python writes out; endless nesting
        text = "…"
    text = text if len(text) <= limit else text[: limit - 1] + "…"
    return text if value is None or isinstance(value, bool | int | float) else f"{type(value).__name__} {text}"


def brief(value: Any) -> str:
    """The value as one writes it in a call, arrays as dtype and shape: ``"MyReLU"``, ``0.1``, ``float64 (4, 7)``."""
    if is_tensor(value) or is_array(value):
        return f"{name(value.dtype)} {tuple(value.shape)}"
    text = short(value) if isinstance(value, float) else repr(value)
    return text if len(text) <= 40 else text[:39] + "…"


def as_number(value: Any) -> float | None:
    """A float for an int, a float or a one-element tensor; otherwise ``None``. A bool is not a number."""
    if is_tensor(value) or is_array(value):
        value = value.item() if math.prod(value.shape) == 1 else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def same(actual: Any, expected: Any) -> bool:
    """Same kind and same value, all the way down; ``1`` is not ``True``, a list is not a tuple."""
    if type(actual) is not type(expected):
        return False
    if is_tensor(actual) or is_array(actual):
        if tuple(actual.shape) != tuple(expected.shape) or actual.dtype != expected.dtype:
            return False
        return bool(((actual == expected) | ((actual != actual) & (expected != expected))).all())
    if isinstance(actual, list | tuple):
        return len(actual) == len(expected) and all(map(same, actual, expected))
    if isinstance(actual, dict):
        return actual.keys() == expected.keys() and all(same(actual[key], expected[key]) for key in expected)
    return bool(actual == expected) or (actual != actual and expected != expected)


@dataclass(frozen=True)
class Difference:
    """Where two tensors of one shape part: the worst element and how many are off."""

    shape: tuple[int, ...]
    total: int
    count: int
    index: tuple[int, ...]
    got: float
    want: float
    error: float
    unexpected_nan: int
    unexpected_infinite: int


def compare(actual: Any, expected: Any, *, rtol: float, atol: float) -> Difference | None:
    """``None`` if the tensors agree within the tolerances; both have one shape and dtype."""
    torch = sys.modules["torch"]
    wide = torch.complex128 if expected.is_complex() else torch.float64
    got, want = actual.detach().to(wide), expected.detach().to(wide)
    error = (got - want).abs()
    # in their own dtype: float64 cannot tell 2**53 from 2**53 + 1
    equal = (actual.detach() == expected.detach()) | (got.isnan() & want.isnan())
    # infinity on one side is never close, whatever rtol * |inf| allows
    wrong = ~(equal | ((error <= atol + rtol * want.abs()) & want.isfinite()))
    if not bool(wrong.any()):
        return None
    # NaN and infinite errors are the worst of all
    weight = torch.where(wrong, error.nan_to_num(nan=math.inf, posinf=math.inf), -1.0).reshape(-1)
    flat = int(weight.argmax())
    index = tuple(int(i) for i in torch.unravel_index(torch.tensor(flat), error.shape)) if error.ndim else ()
    return Difference(
        shape=tuple(error.shape),
        total=error.numel(),
        count=int(wrong.sum()),
        index=index,
        got=at(got, index),
        want=at(want, index),
        error=at(error, index),
        unexpected_nan=int((got.isnan() & ~want.isnan()).sum()),
        unexpected_infinite=int((got.isinf() & want.isfinite()).sum()),
    )


def at(value: Any, index: tuple[int, ...]) -> float:
    """One element as a Python number."""
    number: float = value.detach()[index].item()
    return number
