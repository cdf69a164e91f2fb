"""Every message has its Russian, and nothing else is in the catalogue."""

from __future__ import annotations

import ast
import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from kafedra.web.frame import messages, translations

FILE = translations.SOURCES / "ru" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|</?\w+")


@pytest.fixture(scope="module")
def russian() -> Catalog:
    return read_po(io.BytesIO(FILE.read_bytes()), locale="ru")


def forms(texts: object) -> list[str]:
    return [texts] if isinstance(texts, str) else list(texts)  # type: ignore[call-overload]  # str or a tuple of them


def key(message: Message) -> tuple[str | None, str]:
    return message.context, forms(message.id)[0]


def test_no_message_stands_inside_an_f_string() -> None:
    """Before Python 3.12 an f-string is one token: what stands in it is neither found nor translated."""
    for path in sorted(messages.WEB_DIR.rglob("*.py")):
        texts = [one for one in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(one, ast.JoinedStr)]
        calls = [one for text in texts for one in ast.walk(text) if isinstance(one, ast.Call)]
        named = [one for one in calls if isinstance(one.func, ast.Name) and one.func.id in messages.KEYWORDS]
        assert [one.lineno for one in named] == [], path


def test_nothing_is_missing_and_nothing_is_left_over(russian: Catalog) -> None:
    used = {key(message) for message in messages.extracted() if message.id}
    translated = {key(message) for message in russian if message.id}
    assert used - translated == set(), "run: python -m kafedra.web.frame.messages, then translate"
    assert translated - used == set(), "run: python -m kafedra.web.frame.messages"


def test_every_message_is_translated_in_all_its_forms(russian: Catalog) -> None:
    for message in russian:
        assert not message.id or all(forms(message.string or "")), message.id
        assert len(forms(message.string)) == (3 if message.pluralizable else 1), message.id


def test_nothing_is_fuzzy(russian: Catalog) -> None:
    assert [message.id for message in russian if message.id and message.fuzzy] == []


def test_placeholders_and_tags_are_the_same(russian: Catalog) -> None:
    for message in russian:
        wanted = set(PLACEHOLDER.findall(forms(message.id)[-1])) if message.id else set()
        for text in forms(message.string or "") if message.id else []:
            assert set(PLACEHOLDER.findall(text)) >= wanted - {"%(n)s"}, message.id


def test_every_link_is_there_as_often(russian: Catalog) -> None:
    for message in russian:
        for text in forms(message.string or "") if message.id else []:
            assert text.count("<a ") == forms(message.id)[-1].count("<a "), message.id


def test_the_catalogue_is_written_as_the_tool_writes_it() -> None:
    assert messages.updated(FILE.read_bytes(), "ru") == FILE.read_bytes(), "run: python -m kafedra.web.frame.messages"


def test_compiling_happens_once_for_each_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings) -> None:  # type: ignore[no-untyped-def]  # pytest-django's wrapper
    settings.COMPILED_LOCALE_DIR = tmp_path
    translations.ensure_compiled()
    catalogue = tmp_path / "ru" / "LC_MESSAGES" / "django.mo"
    assert catalogue.read_bytes() == translations.compiled(FILE.read_bytes())
    catalogue.write_bytes(b"kept")
    translations.ensure_compiled()
    assert catalogue.read_bytes() == b"kept"
    catalogue.with_suffix(".sha256").write_text("of an older text")
    translations.ensure_compiled()
    assert catalogue.read_bytes() != b"kept"
