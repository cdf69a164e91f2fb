"""The virtual environment `.venv`, and pip in it."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections import ChainMap
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import programs
from telling import Stopped, say

VENV = Path(".venv")
PYTHON = VENV / "bin" / "python"
LOG = VENV / "setup.log"
WORKSHOP = VENV / ".unpacking"  # pip's downloads: on the disk that has room, and gone with what was interrupted

# Where packages come from, as pip calls it.
INDEX_SETTINGS = ("index-url", "extra-index-url", "find-links", "no-index")
_BRIEFLY = ("--timeout", "5", "--retries", "1")  # for the first contact: whoever does not answer costs ten seconds


def ensure() -> None:
    """Make `.venv`, or take up the one that is there, whatever was interrupted in it."""
    version = "{}.{}".format(*sys.version_info[:2])
    found = _asked([str(PYTHON), "-c", "import pip, sys; print('{}.{}'.format(*sys.version_info[:2]))"])
    if found != version and (not found or os.environ.get("PYTHON")):
        if found:
            say(f"Python {version} in place of {found}: .venv is made anew")
        shutil.rmtree(VENV, ignore_errors=True)
        programs.require_venv()
        made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
        if made.returncode != 0:
            raise Stopped(f"python -m venv .venv failed: {(made.stdout + made.stderr).strip()}")
    shutil.rmtree(WORKSHOP, ignore_errors=True)
    WORKSHOP.mkdir()
    LOG.write_text("", encoding="utf-8")
    for half in unfinished():
        shutil.rmtree(half, ignore_errors=True)


def unfinished() -> Iterator[Path]:
    """Packages that pip was unpacking when it was stopped: it writes INSTALLER last."""
    return (folder for folder in packages() if not (folder / "INSTALLER").exists())


def packages() -> Iterator[Path]:
    """What pip keeps of each package."""
    return VENV.glob("lib/python*/site-packages/*.dist-info")


def installed() -> dict[str, str]:
    """Names, as PyPI writes them, and versions of what is there."""
    pairs = (folder.name.removesuffix(".dist-info").rpartition("-") for folder in packages())
    return {name.lower().replace("_", "-"): version for name, _, version in pairs}


def pinned(name: str) -> str:
    """The version that constraints.txt has of a package."""
    found = re.search(rf"^{name}==([^\s;]+)", Path("constraints.txt").read_text(encoding="utf-8"), re.MULTILINE)
    if not found:
        raise Stopped(f"constraints.txt has no line for {name}: run make lock where everything is installed")
    return found[1]


def pip(*arguments: str) -> list[str]:
    """The command line of the environment's own pip."""
    return [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]


def variables(alone: str | None = None) -> dict[str, str]:
    """What pip gets as its environment: everything of ours.

    With `alone`, the address of an index, its settings stay but for those that say where packages come from: then
    nothing comes from elsewhere.
    """
    ours = {**os.environ, "TMPDIR": str(WORKSHOP.resolve())}
    if alone is None:
        return ours
    for name in INDEX_SETTINGS:
        ours.pop(_variable(name), None)
    for key, value in settings().items():
        if key not in INDEX_SETTINGS:
            ours[_variable(key)] = value
    return {**ours, "PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": alone}


def _variable(key: str) -> str:
    return "PIP_" + key.upper().replace("-", "_")


@cache
def settings() -> Mapping[str, str]:
    """How pip is configured for installing: files first, then variables."""
    found: dict[str, dict[str, str]] = {section: {} for section in ("global", "install", ":env:")}
    for line in (_asked(pip("config", "list")) or "").splitlines():
        name, _, value = line.partition("=")
        section, _, key = name.rpartition(".")
        found.get(section, {})[key] = str(ast.literal_eval(value))
    return ChainMap(found[":env:"], found["install"], found["global"])


def host(variables: Mapping[str, str]) -> str:
    """Of the index that pip asks with such an environment; nothing if it is pip's own default."""
    address = variables.get("PIP_INDEX_URL") or settings().get("index-url", "")
    return urlsplit(address).hostname or ""


def ready_pip() -> str:
    """Bring pip to our version, which takes up broken downloads. Returns what it said if that could not be."""
    wanted = pinned("pip")
    if installed().get("pip") == wanted:
        return ""
    command = pip("install", "--quiet", *_BRIEFLY, f"pip=={wanted}")
    done = subprocess.run(command, env=variables(), capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def versions(package: str, index: str | None = None) -> list[str]:
    """What an index offers for this Python on this machine, in seconds; nothing if it does not answer."""
    command = pip("index", "versions", package, *(_BRIEFLY if index else ()))
    done = subprocess.run(command, env=variables(index), capture_output=True, text=True, check=False)
    found = re.search(r"^Available versions: (.+)$", done.stdout, re.MULTILINE)
    return found[1].split(", ") if found else []


def _asked(command: list[str]) -> str | None:
    """What a command answers; nothing if it can't be run."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None
