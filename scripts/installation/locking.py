"""Writing constraints.txt: the exact versions that are installed now, and nothing about where they came from."""

from __future__ import annotations

from pathlib import Path

import builds
import environment

_HEAD = "# Exact versions for every door (make setup). Written by `make lock`; don't edit by hand.\n"


def write() -> None:
    """pip and setuptools are among them: the set-up brings the one, and torch requires the other."""
    present = environment.installed()
    elsewhere_absent = {"kafedra", *builds.leftovers(present)} - {"torch"}  # what only one build of torch brings
    pins = (f"{name}=={present[name].partition('+')[0]}\n" for name in sorted(present.keys() - elsewhere_absent))
    Path("constraints.txt").write_text(_HEAD + "".join(pins), encoding="utf-8")
