"""Contrast of the colour roles: WCAG AA, in both themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kafedra.web

CSS = (Path(kafedra.web.__file__).parent / "static" / "kafedra" / "kafedra.css").read_text(encoding="utf-8")
ROLES = {name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", CSS)}
TEXT = [(text, ground) for text in ("ink", "soft", "faint", "accent", "failed", "passed", "ours", "running")
        for ground in ("paper", "sheet", "well")]  # fmt: skip
WASHED = [(state, f"{state}-wash") for state in ("passed", "failed", "running", "waiting", "ours")]
SPECIAL = [("on-accent", "accent"), ("on-accent", "accent-strong"), ("accent-strong", "accent-wash"),
           ("ink", "accent-wash"), ("accent", "accent-wash"), ("ink", "running-wash"), ("soft", "accent-wash"),
           ("ink", "failed-wash"), ("ink", "passed-wash"), ("soft", "running-wash")]  # fmt: skip
INLINE = re.findall(r"color: light-dark\((#\w{6}), (#\w{6})\)", CSS.split("10 statement")[-1])


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT + WASHED + SPECIAL)
def test_text_can_be_read(text: str, ground: str, theme: int) -> None:
    assert contrast(ROLES[text][theme], ROLES[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "sheet"])
def test_edges_of_controls_can_be_seen(ground: str, theme: int) -> None:
    assert contrast(ROLES["edge"][theme], ROLES[ground][theme]) >= 3


@pytest.mark.parametrize("pair", INLINE)
def test_code_can_be_read(pair: tuple[str, str]) -> None:
    for theme in (0, 1):
        assert contrast(pair[theme], ROLES["well"][theme]) >= 4.5
