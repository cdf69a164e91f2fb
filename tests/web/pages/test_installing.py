"""The page with the lines that install everything: for every system, for all that the course needs."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from kafedra.notebooks.pytorch import CPU_INDEX

pytestmark = pytest.mark.django_db


def lines(client: Client, language: str) -> list[str]:
    answer = client.get("/download/", headers={"accept-language": language})
    assert answer.status_code == 200
    return [html.unescape(line) for line in re.findall(r'data-copy="([^"]*)"', answer.content.decode())]


def test_everybody_gets_a_line_for_every_system(client: Client) -> None:
    with_uv, linux, macos, windows, *at_hand = lines(client, "en")
    for line in (with_uv, linux, macos, windows):
        assert re.search(r"kafedra @ http://\S+/download/kafedra-[\d.]+-py3-none-any.whl", line)
        assert "torch==" in line
        assert "matplotlib" in line
        assert "scikit-learn" in line, "some assignment of the course needs it"
        assert line.endswith(" jupyterlab")
    assert CPU_INDEX in linux
    assert CPU_INDEX not in macos + windows
    assert [line.split()[0] for line in (with_uv, linux, macos, windows)] == ["uv", "python3", "python3", "py"]
    assert at_hand[0].startswith("source ")
    assert at_hand[1].startswith("$env:Path = ")
    assert lines(client, "ru") == [with_uv, linux, macos, windows, *at_hand]
