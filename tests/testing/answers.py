"""Answers of every kind that crosses from the sandbox, for properties that hold of all of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from hypothesis import strategies as st

numbers = st.floats(-1e3, 1e3, allow_subnormal=False) | st.integers(-1000, 1000)
shapes = st.lists(st.integers(1, 3), max_size=3).map(tuple)


@st.composite
def tensors(draw: st.DrawFn) -> torch.Tensor:
    seed, shape = draw(st.integers(0, 2**16)), draw(shapes)
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


arrays = tensors().map(torch.Tensor.numpy)
leaves = numbers | st.text(max_size=60) | st.booleans() | st.none() | tensors() | arrays
answers = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


def copied(value: Any) -> Any:
    """The same answer in other objects."""
    if isinstance(value, dict):
        return {key: copied(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(copied(one) for one in value)
    if isinstance(value, torch.Tensor):
        return value.clone()
    return value.copy() if isinstance(value, np.ndarray) else value


def places(value: Any, at: str = "") -> list[str]:
    """Where the leaves stand, as the messages write it."""
    if isinstance(value, dict):
        return [place for key, one in value.items() for place in places(one, f"{at}[{key!r}]")]
    if isinstance(value, list | tuple):
        return [place for number, one in enumerate(value) for place in places(one, f"{at}[{number}]")]
    return [at]


def spoilt(value: Any, place: str, at: str = "") -> Any:
    """The same answer with another value in that place."""
    if isinstance(value, dict):
        return {key: spoilt(one, place, f"{at}[{key!r}]") for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(spoilt(one, place, f"{at}[{number}]") for number, one in enumerate(value))
    if at != place:
        return value
    if isinstance(value, bool | None):
        return "neither"
    return f"{value}!" if isinstance(value, str) else value + 1
