"""torch's second implementations of its own functions, in Python: closed where anything of torch is forbidden.

They are there for torch's compiler and for tensors without values. References go by the names of what they stand for;
among the decompositions what is forbidden has other names, too (``native_batch_norm_helper``), so they are closed as a
whole, but for what ``torch.vmap`` takes from there: losses and steps of a way back.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
from collections.abc import Callable, Iterable, Iterator
from types import FunctionType
from typing import Any, Final

ALL: Final = "**"
_DECOMPOSITIONS: Final = ("torch._decomp.decompositions", "torch._inductor.decomposition")
_REFERENCES: Final = ("torch._refs", "torch._refs.nn.functional", "torch._refs.special")
_BELOW_REFERENCES: Final = ("torch._refs._normalize", "torch._refs.nn.functional._dropout_helper")
_SCRIPTED: Final = "torch._decomp.decompositions_for_jvp"  # makes scripts of some, out of their text
# what torch._functorch.predispatch and the scripts call, with all that it calls itself, and a decorator
_OF_OTHERS: Final = (
    *("trace", "addr", "nll_loss_forward", "nll_loss_backward", "nll_loss2d_forward", "nll_loss2d_backward"),
    *("mse_loss_backward", "smooth_l1_loss_backward", "huber_loss_backward", "type_casts"),
)


def prepare() -> None:
    """Have torch make its scripts while it can still read what they are made of; costs a quarter of a second."""
    if "torch" in sys.modules:
        with contextlib.suppress(ImportError):  # another torch
            importlib.import_module(_SCRIPTED)


def listed(apis: Iterable[str], public: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """The doubles of these APIs, as APIs of their own; ``public``: the names behind a star."""
    names = set[str]()
    for api in apis:
        owner, _, name = api.rpartition(".")
        if api.startswith("torch."):
            names.update(public(owner) if name == "*" else [name])
    if names:
        prepare()
        yield from (f"{place}.{ALL}" for place in _DECOMPOSITIONS)
        yield from (f"{place}.{name}" for place in _REFERENCES for name in sorted(names))
        yield from _BELOW_REFERENCES


def functions(place: Any) -> list[str]:
    """The names of a module's own functions that are to be closed."""
    own = {name: value for name, value in vars(place).items() if _is_of(place, value)}
    kept, waiting = set[str](), [name for name in _OF_OTHERS if name in own]
    while waiting:
        kept.add(name := waiting.pop())
        waiting += [below for below in _names_in(own[name]) if below in own and below not in kept]
    return [name for name in own if name not in kept]


def _is_of(place: Any, value: Any) -> bool:
    return isinstance(value, FunctionType) and value.__module__ == place.__name__


def _names_in(function: Any) -> Iterator[str]:
    while isinstance(function, FunctionType):
        yield from function.__code__.co_names
        function = getattr(function, "__wrapped__", None)
