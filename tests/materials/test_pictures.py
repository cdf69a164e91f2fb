"""Figures by code: one, or the frames of a picture to leaf through, which don't jump."""

import re

from kafedra.materials import draw_pictures

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
