"""Draws the floors of `kafedra.web` from the contract that `lint-imports` checks: ``python -m scripts.floors``.

Which floor a room is on stands in `pyproject.toml`, what it is for in the first line of its own docstring: nothing of
the picture is written by hand.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "develop" / "floors.svg"

WIDTH, LEFT, ROOM, LINE, GAP = 1000, 76, 168, 26, 10
STYLE = """
  text { font: 14px system-ui, sans-serif; fill: #1b2230 }
  .name { font: 600 14px ui-monospace, monospace }
  .floor { fill: #5a6475; font-size: 13px }
  .band { fill: #eef2f8; stroke: #c3cddd }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6eaf2 } .floor { fill: #9aa6ba } .band { fill: #1c2431; stroke: #3a475c }
  }
"""


def contract() -> dict[str, Any]:
    """What `lint-imports` holds the web to."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    known: list[dict[str, Any]] = project["tool"]["importlinter"]["contracts"]
    return next(one for one in known if one["id"] == "web-floors")


def floors() -> list[list[str]]:
    """The rooms of each floor, from the top down."""
    return [[room.strip(" ()") for room in layer.split("|")] for layer in contract()["layers"]]


def purpose(room: str) -> str:
    """What the room is for, in its own words."""
    place = ROOT / "src" / "kafedra" / "web" / room
    file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    told = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
    if not told:
        raise SystemExit(f"{file.relative_to(ROOT)} does not say what it is for")
    return told.split("\n", 1)[0]


def drawn() -> str:
    """The picture as SVG, in the colours of a light page or of a dark one."""
    body, height = [], GAP
    house = floors()
    for number, rooms in zip(reversed(range(len(house))), house, strict=True):
        deep = len(rooms) * LINE + GAP
        body += list(_band(number, rooms, height, deep))
        height += deep + 4
    title = "The rooms of kafedra.web, floor by floor: a room imports from the floors below its own only"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height + GAP}" role="img">'
    return "\n".join([head, f"<title>{title}</title>", f"<style>{STYLE}</style>", *body, "</svg>", ""])


def _band(number: int, rooms: list[str], top: int, deep: int) -> Iterator[str]:
    yield f'<rect class="band" x="{LEFT}" y="{top}" width="{WIDTH - LEFT - GAP}" height="{deep}" rx="6"/>'
    middle = top + deep / 2 + 5
    yield f'<text class="floor" x="{LEFT - 12}" y="{middle:g}" text-anchor="end">{number or "ground"}</text>'
    for place, room in enumerate(rooms):
        y = top + GAP / 2 + place * LINE + 18
        yield f'<text class="name" x="{LEFT + 14}" y="{y:g}">{room}</text>'
        yield f'<text x="{LEFT + ROOM}" y="{y:g}">{escape(purpose(room).replace("`", ""))}</text>'


if __name__ == "__main__":
    PICTURE.write_text(drawn(), encoding="utf-8")
