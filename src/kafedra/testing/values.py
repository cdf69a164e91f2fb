"""Plain values as they come out of the sandbox: what they are and how to name them.

torch and numpy are looked up, never imported: an assignment without tensors does not pay for them.
"""

from __future__ import annotations

import math
import sys
from typing import Any, Final

_DIGITS: Final = (6, 9, 12, 17)  # 17 tell any two floats apart


def is_tensor(value: Any) -> bool:
    """True for a ``torch.Tensor`` itself; the channel never yields a subclass."""
    torch = sys.modules.get("torch")
    return torch is not None and type(value) is torch.Tensor


def is_array(value: Any) -> bool:
    """True for a ``numpy.ndarray`` itself."""
    numpy = sys.modules.get("numpy")
    return numpy is not None and type(value) is numpy.ndarray


def is_number(value: Any) -> bool:
    """A Python number; a bool is not one."""
    return isinstance(value, int | float | complex) and not isinstance(value, bool)


def name(dtype: Any) -> str:
    """``float64`` for ``torch.float64``."""
    return str(dtype).removeprefix("torch.")


def short(number: Any, digits: int = 6) -> str:
    """A number as a person would write it: at most ``digits`` significant digits."""
    if isinstance(number, float):
        return f"{number:.{digits}g}"
    if isinstance(number, complex):
        return f"{short(number.real, digits)}{number.imag:+.{digits}g}j"
    return describe(number)


def apart(got: Any, want: Any) -> tuple[str, str]:
    """Both numbers, with as many digits as it takes to see that they differ."""
    written = [(short(got, digits), short(want, digits)) for digits in _DIGITS]
    return next((pair for pair in written if pair[0] != pair[1]), written[0])


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
    if isinstance(value, list | tuple) and value and not isinstance(value[0], str | int | float):
        more = ", …" if len(value) > 1 else ""
        return f"[{brief(value[0])}{more}]" if isinstance(value, list) else f"({brief(value[0])}{more})"
    if isinstance(value, dict) and value and (is_tensor(first := next(iter(value.values()))) or is_array(first)):
        return f"{{{next(iter(value))!r}: {brief(first)}{', …' if len(value) > 1 else ''}}}"
    text = short(value) if isinstance(value, float) else repr(value)
    return text if len(text) <= 40 else text[:39] + "…"


def as_number(value: Any) -> float | complex | None:
    """The number that an int, a float, a complex or a one-element array is; otherwise ``None``. A bool is not one."""
    if is_tensor(value) or is_array(value):
        value = value.item() if math.prod(value.shape) == 1 else None
    if isinstance(value, complex):
        return value
    if not is_number(value):
        return None
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf
