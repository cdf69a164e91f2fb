"""Which build of PyTorch, and where from: the CPU's unless somebody has a GPU or says otherwise."""

from __future__ import annotations

import os
import re
import runpy
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import environment
from telling import Stopped

_CPU_INDEX = "src/kafedra/notebooks/pytorch.py"
# Bytes of torch 2.13 and all that it requires, on x86_64: to download, and unpacked.
_SMALL: Final = (0.2e9, 0.87e9)
_LARGE: Final = (2.75e9, 4.9e9)


@dataclass(frozen=True)
class Build:
    """One way to get torch: what pip is asked for, and the one index that it may ask if not its own. Sizes in bytes."""

    what: str
    sizes: tuple[float, float]
    arguments: tuple[str, ...]
    index: str | None = None

    @property
    def download(self) -> float:
        return self.sizes[0]

    @property
    def disk(self) -> float:
        return self.sizes[1]


def choose() -> Build | None:
    """The build for this machine; nothing when the one that is there will do. Raises Stopped."""
    asked = os.environ.get("TORCH", "")
    if asked not in ("", "default", "cpu"):
        raise Stopped(f"TORCH={asked}: it can be 'cpu' or 'default', the build that the package index has")
    wanted, present = environment.pinned("torch"), environment.installed().get("torch", "")
    if present.partition("+")[0] == wanted and asked in ("", _kind(present)):
        return None
    if asked == "default":
        return _default("as TORCH=default asks")
    if not asked and (own := _own(wanted)):
        return own
    if not asked and (card := _gpu()):
        return _default(f"because of {card}")
    return _cpu(wanted)


def _cpu(wanted: str) -> Build:
    index = os.environ.get("TORCH_INDEX") or runpy.run_path(_CPU_INDEX)["CPU_INDEX"]
    host = urlsplit(index).hostname or index
    offered = [one for one in environment.versions("torch", index) if one.partition("+")[0] == wanted]
    if offered:
        return Build(f"{offered[0]} from {host}", _SMALL, ("--no-deps", f"torch=={wanted}"), index)
    return _default(f"because {host} has no {wanted} or can't be reached (TORCH_INDEX=… names a mirror of it)")


def _default(why: str) -> Build:
    wanted = environment.pinned("torch")
    return Build(f"{wanted} from the package index, {why}", _LARGE, ("-c", "constraints.txt", f"torch=={wanted}"))


def _own(wanted: str) -> Build | None:
    """The build that pip's own settings lead to, when it is not the one of the package index."""
    configured, why = environment.settings(), "which pip is configured with here"
    if not any(name in configured for name in environment.INDEX_SETTINGS):
        return None
    offered = environment.versions("torch")
    if marked := next((one for one in offered if one.startswith(f"{wanted}+")), ""):
        sizes = _SMALL if marked.endswith("+cpu") else _LARGE
        return Build(f"{marked}, {why}", sizes, ("-c", "constraints.txt", f"torch=={marked}"))
    local = ("--no-index", "--no-deps", f"torch=={wanted}")  # a file in a folder that pip looks into
    tried = environment.pip("install", "--quiet", "--dry-run", *local)
    if "find-links" in configured and subprocess.run(tried, capture_output=True, check=False).returncode == 0:
        return Build(f"{wanted}, {why}", _LARGE, local)
    return None


def _kind(version: str) -> str:
    return "cpu" if version.endswith("+cpu") else "default"


def _gpu() -> str:
    """What tells of a card that CUDA could use, or nothing."""
    if Path("/dev/nvidia0").exists():
        return "the GPU /dev/nvidia0"
    if shutil.which("nvidia-smi"):
        listed = subprocess.run(["nvidia-smi", "-L"], capture_output=True, text=True, check=False)
        if listed.returncode == 0 and "GPU" in listed.stdout:
            return "the GPU that nvidia-smi lists"
    return ""


def leftovers(present: Mapping[str, str]) -> list[str]:
    """What another build of torch has brought, to be taken away before this one comes."""
    return [name for name in present if re.match(r"(torch|triton)$|(nvidia|cuda)-", name)]
