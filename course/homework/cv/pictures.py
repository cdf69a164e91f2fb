"""Картинки к условию. Каждая функция этого файла — одна картинка в папке pictures/."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import torch
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

sys.path.insert(0, str(Path(__file__).parent))
import probes

DECIMAL = ","  # на осях
BLUE, ORANGE, GREY = "#2563a8", "#e8833a", "#8a8f98"

# Измерено кодом ноутбука: доля верно прочитанных, зёрна 0, 1, 2.
FONTS = {
    "без искажений": ([0.994, 0.992, 0.984], [0.595, 0.494, 0.550]),
    "только сдвиг": ([0.992, 0.995, 0.990], [0.624, 0.508, 0.460]),
    "сдвиг и утолщение": ([0.989, 0.995, 0.987], [0.961, 0.968, 0.973]),
}

# Карты голосов сети, обученной кодом ноутбука, для полоски «ЖКЩ»: за «Ж», за «К», за «Щ»; 8 строк по 21 числу.
CAM = {
    "Ж": """
        -1 0 2 3 2 -2 -2 -3 -2 -1 0 0 -2 -1 -4 -4 -5 -2 -4 -6 -5
        -2 5 10 12 11 4 -1 -7 -2 1 3 2 -1 -3 -10 -8 -6 -2 -4 -7 -5
        1 10 16 19 16 11 6 -2 1 5 5 5 4 -2 -11 -9 -9 -3 -5 -9 -5
        5 14 21 21 19 12 8 -3 -1 1 1 3 10 0 -9 -6 -5 -1 -3 -5 -3
        3 13 22 28 27 18 9 -1 -1 5 1 7 7 -2 -11 -10 -7 -2 -3 -3 -1
        -2 6 16 20 25 12 6 -6 -5 2 1 7 5 -3 -8 -9 -7 -2 -1 -1 -1
        -2 3 10 16 18 5 1 -4 0 5 5 3 0 -6 -4 -6 -5 -1 4 6 3
        -2 -4 1 1 7 -3 -2 -3 -2 -1 3 1 1 -2 -2 -2 -1 2 4 8 5""",
    "К": """
        -1 -2 0 0 1 0 0 0 0 1 3 2 1 0 -1 -6 -9 -9 -8 -7 -5
        -2 -2 1 4 7 5 2 -1 0 6 8 7 5 1 -4 -14 -15 -17 -13 -10 -8
        -3 -4 0 4 11 11 7 1 1 13 18 17 13 3 -3 -16 -17 -19 -16 -11 -7
        -4 -4 1 4 14 15 10 3 3 18 26 26 18 3 -2 -14 -17 -19 -14 -7 -3
        -4 -5 1 4 21 17 13 3 5 18 26 28 21 1 0 -13 -17 -18 -13 -5 -2
        -6 -8 0 0 16 12 13 0 2 9 25 27 27 4 1 -13 -15 -19 -15 -8 -4
        -1 -1 7 4 11 6 11 -2 3 3 16 14 19 1 2 -9 -10 -13 -7 -4 -2
        0 -3 -2 -5 -1 0 2 -1 -2 -5 5 5 11 2 1 -2 -2 -3 -2 -1 -1""",
    "Щ": """
        -1 1 2 2 3 1 0 -3 -1 -1 -2 -1 -2 -2 -2 1 4 6 4 3 0
        -5 -4 4 6 7 0 -3 -6 -1 -3 -5 -4 -6 -5 -3 3 10 13 11 4 1
        -7 -4 4 3 8 1 1 -3 0 -7 -8 -6 -7 -6 -8 1 10 14 15 5 4
        -6 -5 2 3 5 0 0 -3 -2 -9 -16 -14 -7 -2 -7 1 17 23 26 13 8
        -7 -8 -3 3 2 -1 -4 -3 -1 -5 -12 -13 -12 -3 -8 0 15 22 28 18 9
        -9 -11 -9 0 -1 -2 -7 -8 -5 -6 -14 -12 -12 -5 -2 7 14 21 27 19 10
        -6 -8 -7 -2 -2 -6 -10 -4 -6 -7 -9 -9 -11 -5 -1 5 8 16 21 19 11
        -4 -7 -2 0 1 -4 -6 -2 -3 -1 -1 -1 -3 -3 -1 0 3 6 10 10 6""",
}


def _rng(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def _moved(image: np.ndarray, down: int, right: int) -> np.ndarray:
    padded = np.pad(image, 9)
    return padded[9 - down : 9 - down + image.shape[0], 9 - right : 9 - right + image.shape[1]]


def _thick(image: np.ndarray) -> np.ndarray:
    return np.max([_moved(image, down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)], axis=0)


def _plain(panel, image: np.ndarray, title: str = "") -> None:
    panel.imshow(image, cmap="gray", vmin=0, vmax=255)
    panel.set_title(title, fontsize=10)
    panel.set(xticks=[], yticks=[])


def distortions() -> Figure:
    """Буква, сдвиг, утолщение."""
    image = probes.letters(3, _rng(6), alphabet="ЖЖЖ")[0][1].numpy()
    figure, panels = plt.subplots(1, 3, figsize=(6.2, 2.7), layout="constrained")
    _plain(panels[0], image, "исходная")
    _plain(panels[1], _moved(image, 3, 5), "shift: dy = 3, dx = 5")
    _plain(panels[2], _thick(image), "thicken")
    return figure


def augmented() -> Figure:
    """Восемь искажений каждой из двух букв."""
    rng = np.random.default_rng(4)
    figure, panels = plt.subplots(2, 9, figsize=(10.5, 2.9), layout="constrained")
    for row, image in zip(panels, probes.letters(2, _rng(9), alphabet="ЯД")[0].numpy(), strict=True):
        _plain(row[0], image, "исходная" if row is panels[0] else "")
        for spine in row[0].spines.values():
            spine.set(color=ORANGE, linewidth=2)
        for panel in row[1:]:
            ready = _thick(image) if rng.random() < 0.5 else image
            _plain(panel, _moved(ready, *rng.integers(-2, 3, 2)))
    return figure


def fonts() -> Figure:
    """Обычный и жирный шрифт при трёх наборах искажений."""
    figure, panel = plt.subplots(figsize=(8.2, 3), layout="constrained")
    for place, measured in enumerate(FONTS.values()):
        for step, (shares, colour) in enumerate(zip(measured, (GREY, BLUE), strict=True)):
            x, mean = place + 0.36 * step - 0.18, float(np.mean(shares))
            panel.bar(x, mean, 0.34, color=colour, alpha=0.85, label=("обычный", "жирный")[step] if not place else None)
            panel.plot([x] * 3, shares, "o", color="black", markersize=3)
            panel.text(x, max(shares) + 0.03, f"{100 * mean:.0f} %", ha="center", fontsize=10)
    panel.set_xticks(range(3), FONTS)
    panel.set(ylim=(0, 1.12), yticks=[0, 0.5, 1], title="верно прочитано новых букв, три обучения")
    panel.spines[["top", "right"]].set_visible(False)
    panel.legend(frameon=False, loc="lower left", bbox_to_anchor=(1.0, 0.3))
    return figure


def boxes() -> Figure:
    """Две строки доски с рамками."""
    page, _, found = probes.page(_rng(11), lines=2)
    figure, panel = plt.subplots(figsize=(11, 2.3), layout="constrained")
    panel.imshow(page.numpy(), cmap="gray")
    for top, left, bottom, right in found:
        panel.add_patch(Rectangle((left - 0.5, top - 0.5), right - left, bottom - top, fill=False, color=ORANGE))
    panel.axis("off")
    return figure


def cam() -> Figure:
    """Полоска из трёх букв и карты голосов за каждую."""
    strip = probes.strips(1, _rng(3))[0][0].numpy()
    figure, panels = plt.subplots(1, 4, figsize=(11, 1.35), layout="constrained")
    _plain(panels[0], strip, "полоска")
    for panel, (letter, text) in zip(panels[1:], CAM.items(), strict=True):
        votes = np.array(text.split(), dtype=float).reshape(8, 21)
        _plain(panel, strip, f"где «{letter}»?")
        panel.imshow(votes, cmap="inferno", alpha=0.65, extent=(-0.5, 83.5, 31.5, -0.5))
    return figure
