"""An English-speaking guest finds their way: what is said in English is English, and titles, goals and blitz are."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.course_content.reports import HOMEWORK

COURSE = HOMEWORK.parent
CYRILLIC = re.compile("[А-Яа-яЁё]")
FILES = sorted(COURSE.rglob("*.toml"))


def texts(value: Any, place: str = "") -> Iterator[tuple[str, str, bool]]:
    """Each text with its place and whether it stands beside its Russian twin."""
    if isinstance(value, dict):
        if value.keys() == {"ru", "en"}:
            yield place, value["en"], True
        else:
            for key, one in value.items():
                yield from texts(one, f"{place}.{key}")
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from texts(one, f"{place}[{number}]")
    elif isinstance(value, str):
        yield place, value, False


@pytest.mark.parametrize("file", FILES, ids=[str(one.relative_to(COURSE)) for one in FILES])
def test_english_is_english(file: Path) -> None:
    said = list(texts(tomllib.loads(file.read_text("utf-8"))))
    assert [place for place, text, twin in said if twin and CYRILLIC.search(text)] == []
    if file.name in ("topic.toml", "blitz.toml"):
        assert [place for place, text, twin in said if not twin and CYRILLIC.search(text)] == []
