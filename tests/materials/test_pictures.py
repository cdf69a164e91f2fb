"""Figures by code: one, or the frames of a picture to leaf through, which don't jump."""

import re

import pytest

from kafedra.materials import draw_pictures, known_pictures
from kafedra.materials.store import Store

STEPS = """
import matplotlib.pyplot as plt
from matplotlib.figure import Figure


def steps() -> list[Figure]:
    figures = []
    for number in range(2):
        figure, axes = plt.subplots(figsize=(4, 2))
        axes.plot([0, 1], [0, 1 + number])
        axes.set_xlabel("шаг" * (1 + 2 * number))
        figures.append(figure)
    return figures
"""


def test_frames_are_drawn_in_two_themes_and_as_large_as_each_other(topic, store) -> None:
    drawn = draw_pictures(topic(pictures_py=STEPS), store)
    assert sorted(drawn) == ["steps_0.dark", "steps_0.light", "steps_1.dark", "steps_1.light"]
    sizes = {re.search(r'viewBox="([^"]*)"', svg)[1] for svg in drawn.values()}
    assert sizes == {"0 0 288 144"}


def test_a_roomful_that_asks_for_pictures_costs_one_reading(topic, store, monkeypatch: pytest.MonkeyPatch) -> None:
    one = topic(pictures_py=STEPS)
    assert known_pictures(one, store) == {}
    drawn = draw_pictures(one, store)
    read, reads = Store.drawn, list[str]()
    monkeypatch.setattr(Store, "drawn", lambda self, key: reads.append(key) or read(self, key))
    assert all(known_pictures(one, store) == drawn for _phone in range(100))
    assert len(reads) == 1
    one.pictures.write_text(STEPS.replace("range(2)", "range(3)"), encoding="utf-8")
    assert known_pictures(one, store) == {}  # another code: not drawn yet
