"""The figures of a topic, as SVG for light pages and for dark ones, drawn once for each change of their code."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from typing import Final

from kafedra.course.problems import Problem
from kafedra.course.topics import TopicMaterials
from kafedra.materials.fingerprint import chain, stamps, surroundings
from kafedra.materials.store import Store
from kafedra.notebooks.installing import with_part
from kafedra.notebooks.percent import BuildError

FOLDER: Final = "pictures"
_NAMED: Final = re.compile(rf"{FOLDER}/(\w+)\.svg")
_SECONDS: Final = 300
_MOST_KEPT: Final = 64  # topics
# What was found, and the state of the topic's files then: a hundred phones ask for the picture of a question at once.
_kept = dict[tuple[Path, Path], tuple[Hashable, Mapping[str, str]]]()


def picture_name(address: str) -> str | None:
    """`pictures/graph.svg` → `graph`; None for anything else."""
    found = _NAMED.fullmatch(address)
    return found[1] if found else None


def draw_pictures(topic: TopicMaterials, store: Store) -> Mapping[str, str]:
    """SVG by `name.light` and `name.dark`; drawn if they aren't known. Raises :class:`BuildError`."""
    if not topic.pictures.is_file():
        return {}
    key = _key(topic)
    if found := store.drawn(key):
        return found
    environment = {**os.environ, "MPLBACKEND": "Agg", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-m", "kafedra.materials.drawing", str(topic.pictures.resolve())]
    try:
        ran = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=_SECONDS, check=False, cwd=topic.root
        )
    except subprocess.TimeoutExpired:
        raise BuildError([Problem(Path("pictures.py"), None, "", None, f"takes more than {_SECONDS} s")]) from None
    if ran.returncode != 0:
        hint = f" ({with_part('course')})" if "No module named" in ran.stderr else ""
        message = f"can't be drawn{hint}\n{ran.stderr[-2000:]}"
        raise BuildError([Problem(Path("pictures.py"), None, "", None, message)])
    pictures: Mapping[str, str] = json.loads(ran.stdout)
    store.keep_drawn(key, pictures)
    return pictures


def printed_pictures(
    topics: Mapping[int, TopicMaterials], store: Store, asked: Iterable[tuple[int | None, str]]
) -> dict[tuple[int | None, str], bytes]:
    """SVG for paper by the number of a topic and the address in its texts, drawn now if it isn't known.

    What no topic draws is missing in the answer. Raises :class:`BuildError`.
    """
    found = dict[tuple[int | None, str], bytes]()
    for number, address in asked:
        if topic := topics.get(number or 0):
            drawn = draw_pictures(topic, store).get(f"{picture_name(address)}.light")
            if drawn:
                found[number, address] = drawn.encode()
    return found


def known_pictures(topic: TopicMaterials, store: Store) -> Mapping[str, str]:
    """The same without waiting for a drawing: empty if they have changed since."""
    if not topic.pictures.is_file():
        return {}
    place, state = (topic.root, store.root), stamps(topic.root)
    kept = _kept.get(place)
    if kept is not None and kept[0] == state:
        return kept[1]
    found = store.drawn(_key(topic))
    if found is None:
        return {}
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    _kept[place] = (state, found)
    return found


def _key(topic: TopicMaterials) -> str:
    source = topic.pictures.read_text("utf-8")
    around = surroundings(topic.root, [source])
    drawing = (Path(__file__).parent / "drawing.py").read_bytes()
    return hashlib.sha256((chain([source], around)[0] + hashlib.sha256(drawing).hexdigest()).encode()).hexdigest()[:32]
