"""The contract of the floors, and the picture that is drawn from it."""

from __future__ import annotations

from pathlib import Path

from scripts.floors import PICTURE, contract, drawn, floors

import kafedra.web


def test_the_picture_of_the_floors_is_up_to_date() -> None:
    assert PICTURE.read_text(encoding="utf-8") == drawn(), "draw it again: make floors.svg"


def test_no_arrow_of_the_web_is_excused() -> None:
    assert contract()["exhaustive"] is True
    assert "ignore_imports" not in contract()


def test_every_room_has_its_floor_and_no_floor_is_empty() -> None:
    web = Path(kafedra.web.__file__).parent
    rooms = {path.parent.name for path in web.glob("*/__init__.py")} | {path.stem for path in web.glob("[!_]*.py")}
    assert {room for floor in floors() for room in floor} == rooms
