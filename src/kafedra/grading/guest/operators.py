"""torch's own operators, closed where torch dispatches them: whatever path leads to ``aten::relu``, it ends here.

The kernel of a forbidden operator is replaced for every backend of the processor, so a method of the base class,
``torch.ops``, a script, a sparse tensor, a batched call and another thread all come to the same place. Nothing else
becomes slower: no other operator is looked at. Source: torch's c10/core/DispatchKey.h.

An operator that others are made of must not be closed: forbidding ``torch.bmm`` forbids the function, ``@`` goes on
working. Of those only the names in Python are replaced.
"""

from __future__ import annotations

import ctypes
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from types import FrameType
from typing import Any, Final

_KEYS: Final = ("CPU", "SparseCPU", "SparseCsrCPU", "MkldnnCPU", "QuantizedCPU", "NestedTensorCPU")
_KEYS_OF_A_CARD: Final = ("CUDA", "SparseCUDA", "SparseCsrCUDA", "QuantizedCUDA", "NestedTensorCUDA")
# functions of Python go by the name of the operator that is below them, as what is named by its namespace does
_NAMESPACES: Final = ("torch.ops.aten.", "torch._VF.", "torch._C._VariableFunctions.", "torch.nn.functional.")
# what an operator is made of, or is once more: log_sigmoid_forward, _prelu_kernel, _native_batch_norm_legit_functional
_LEADS: Final = ("", "_", "native_")
_TAILS: Final = ("", "_forward", "_functional", "_kernel", "_with_noise", "_with_noise_functional")

# operators that others call from C++, and those that are written as signs
_BUILDING_BLOCKS: Final = frozenset(
    """
    _copy_from _log_softmax _softmax _to_copy _unsafe_view abs add addbmm addcdiv addcmul addmm addmv alias all
    amax amin aminmax and any arange argmax argmin argsort as_strided atleast_1d atleast_2d atleast_3d baddbmm
    bernoulli bitwise_and bitwise_not bitwise_or bitwise_xor bmm broadcast_tensors cat ceil chunk clamp
    clamp_max clamp_min clone complex concat conj contiguous convolution copy copysign cos count_nonzero cumprod
    cumsum detach diag diag_embed diagonal div divide dot einsum empty empty_like eq equal exp exp2 expand
    expand_as expm1 eye fill flatten flip floor floor_divide fmod full full_like gather ge greater gt iand index
    index_add index_copy index_fill index_put index_select inverse ior isclose isfinite isinf isnan item
    kthvalue le lerp less lift linalg_inv linalg_matrix_norm linalg_norm linalg_qr linalg_solve linalg_svd
    linalg_vector_norm linear linspace log log10 log1p log2 log_softmax logical_and logical_not logical_or
    logical_xor logsumexp lshift lt masked_fill masked_scatter masked_select matmul max maximum mean median min
    minimum mm mode movedim mul multinomial multiply mv nan_to_num nansum narrow ne neg negative new_empty
    nonzero norm normal not_equal numel one_hot ones ones_like or outer permute polar positive pow prod put qr
    rand rand_like randint randn randn_like randperm ravel real reciprocal remainder repeat repeat_interleave
    reshape resize resolve_conj resolve_neg roll round rshift rsqrt rsub scatter scatter_add select sgn sign sin
    slice softmax sort split split_with_sizes sqrt square squeeze stack std std_mean sub subtract sum swapaxes t
    take tan tanh tensor_split tensordot tile to topk trace transpose tril triu true_divide trunc type_as unbind
    unflatten unfold uniform unique unsqueeze var var_mean vdot view view_as where xlogy xor zero zeros
    zeros_like
    """.split()
)


def close(apis: Mapping[str, Any], trip: Callable[[str], None]) -> None:
    """Replace the kernels of the operators that these functions of torch are, and of their relatives.

    API → the object that it names.
    """
    torch: Any = sys.modules.get("torch")
    if torch is None:
        return
    named = {name: api for api, value in apis.items() if (name := operator_of(api, value)) is not None}
    wanted = {other: api for name, api in named.items() for other in _relatives(name)} | named
    keys = (*_KEYS, *(_KEYS_OF_A_CARD if torch.backends.cuda.is_built() else ()))
    kernels = [(full, _closed(api, trip)) for name, api in wanted.items() for full in _overloads(torch, name)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that a kernel was there before
        for key in keys if kernels else ():
            library = torch._C._dispatch_library("IMPL", "aten", key, __file__, 1)
            for name, kernel in kernels:
                library.impl(name, key, kernel)
            _keep(library)
    if apis:
        _close_the_registry(torch, trip)


def operator_of(api: str, value: Any) -> str | None:
    """The operator that a function of torch written in C is; None for building blocks and everything else."""
    name = getattr(value, "__name__", None)
    of_torch = type(value).__name__ in ("builtin_function_or_method", "method_descriptor")
    if not of_torch or not api.startswith("torch.") or not isinstance(name, str):
        name = next((api.removeprefix(space) for space in _NAMESPACES if api.startswith(space)), "")
    name = name.partition(".")[0]
    return name if name and not _is_block(name) else None


def _is_block(name: str) -> bool:
    return name.rstrip("_") in _BUILDING_BLOCKS


def _relatives(name: str) -> Iterator[str]:
    others = (f"{lead}{name}{tail}" for lead in _LEADS for tail in _TAILS)
    return (other for other in others if not _is_block(other))


def _overloads(torch: Any, name: str) -> Iterator[str]:
    """``relu``, ``relu.out``; nothing for a name that is no operator of torch's core."""
    for schema in torch._C._jit_get_schemas_for_operator(f"aten::{name}"):
        yield f"{name}.{schema.overload_name}" if schema.overload_name else name


def _closed(api: str, trip: Callable[[str], None]) -> Callable[..., None]:
    return lambda *_, **__: trip(api)


def _keep(library: Any) -> None:
    """A registration ends with its object: one reference that nobody holds, and no list of the collector's names it."""
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(library))


def _close_the_registry(torch: Any, trip: Callable[[str], None]) -> None:
    """``torch.ops`` is for libraries: kernels without a name in torch are forbidden with all the rest."""
    prefixes = tuple({sys.prefix, sys.base_prefix, sys.exec_prefix})
    for cls in (torch._ops.OpOverload, torch._ops.OpOverloadPacket):
        cls.__call__ = _for_libraries(cls.__call__, prefixes, trip)


def _for_libraries(call: Callable[..., Any], prefixes: tuple[str, ...], trip: Callable[[str], None]) -> Any:
    def guarded(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        if not _by_a_library(self, sys._getframe(1), prefixes):
            trip(f"torch.ops.{self}")
        return call(self, *args, **kwargs)

    return guarded


def _by_a_library(operator: Any, frame: FrameType | None, prefixes: tuple[str, ...]) -> bool:
    """Whether a library calls it of its own accord: its code spells the operator, or torch's dispatcher has called it.

    What calls whatever it is given (``checkpoint``, ``vmap``, an interpreter of graphs) has it from the student.
    """
    name = str(operator).split(".")[1]
    while frame is not None and frame.f_code.co_filename.startswith(prefixes):
        code = frame.f_code
        if code.co_name == "__torch_dispatch__" or name in code.co_names:
            return True
        frame = frame.f_back
    return False
