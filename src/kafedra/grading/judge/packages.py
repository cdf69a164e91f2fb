"""Which packages a student can count on, to be named where one is missing."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from typing import Final

# what students of the field reach for; the judge's environment is that of the sandbox
_USUAL: Final = (
    "torch", "torchvision", "torchaudio", "numpy", "scipy", "pandas", "matplotlib", "seaborn", "sklearn", "PIL", "cv2",
    "einops", "tqdm", "transformers", "datasets",
)  # fmt: skip


def packages_there(preload: Sequence[str]) -> list[str]:
    """Those that the assignment loads, then others that are installed. Nothing is imported."""
    own = dict.fromkeys(name.partition(".")[0] for name in preload)
    return [*own, *(name for name in _USUAL if name not in own and importlib.util.find_spec(name) is not None)]
