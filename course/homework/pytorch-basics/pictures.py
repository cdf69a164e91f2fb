"""Картинки к условию. Каждая функция этого файла — одна картинка в папке pictures/."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

sys.path.insert(0, str(Path(__file__).parent))
from probes import draw_letters

DECIMAL = ","  # на осях
BLUE, ORANGE, GREEN, GREY = "#2563a8", "#c2571a", "#3f7d3a", "#8a8f98"
ALPHABET = "ЖАКЕГДБВИЗ"

# Измерено кодом ноутбука, зёрна 0, 1, 2: точность на проверке после каждой эпохи — среднее, наименьшее, наибольшее.
CURVES = {
    "CustomMLP": """
        .234 .272 .301 .334 .361 .382 .386 .391
        .222 .255 .275 .310 .340 .360 .375 .382
        .248 .288 .320 .360 .382 .405 .408 .408""",
    "CustomCNN": """
        .198 .429 .618 .747 .818 .853 .872 .891 .900 .903
        .182 .380 .585 .688 .768 .822 .850 .865 .862 .875
        .208 .502 .680 .802 .848 .878 .888 .915 .932 .932""",
    "CustomResNet": """
        .385 .574 .593 .782 .949 .964
        .288 .380 .348 .670 .928 .960
        .450 .710 .785 .880 .962 .970""",
}


def _bare(panel):
    panel.set(xticks=[], yticks=[])
    panel.spines[:].set_visible(False)


def letters() -> Figure:
    """Что рисует draw_letters."""
    rng = np.random.default_rng(4)
    figure, panels = plt.subplots(4, 10, figsize=(9, 3.7), layout="constrained")
    images = draw_letters(sorted(ALPHABET) * 4, rng, 16)
    for panel, image in zip(panels.flat, images, strict=True):
        panel.imshow(image, cmap="gray_r", vmin=0, vmax=255)
        panel.set(xticks=[], yticks=[])
        panel.spines[:].set_color("#d0d4da")
    return figure


def _cropped(image):
    """Картинка, обрезанная по букве, с полями."""
    rows, columns = np.nonzero(image > 100)
    return image[max(rows.min() - 2, 0) : rows.max() + 3, max(columns.min() - 2, 0) : columns.max() + 3]


def batch() -> Figure:
    """Три картинки разных размеров и батч из них."""
    rng = np.random.default_rng(3)
    crops = [_cropped(image) for image in draw_letters("ЩАГ", rng, 32)]
    height, width = max(len(one) for one in crops), max(one.shape[1] for one in crops)
    figure, panels = plt.subplots(1, 7, figsize=(9.4, 2.1), layout="constrained", width_ratios=[1, 1, 1, 0.5, 1, 1, 1])
    for place, crop in enumerate(crops):
        high, wide = crop.shape
        for panel, title in (
            (panels[place], f"1 × {high} × {wide}"),
            (panels[place + 4], f"1 × {height} × {width}"),
        ):
            panel.imshow(crop, cmap="gray_r", vmin=0, vmax=255, extent=(0, wide, high, 0))
            panel.set(xlim=(-0.4, width + 0.4), ylim=(height + 0.4, -0.4), title=title)
            panel.title.set_fontsize(9)
            _bare(panel)
        panels[place].add_patch(Rectangle((0, 0), wide, high, fill=False, edgecolor=GREY))
        panels[place + 4].add_patch(Rectangle((0, 0), width, height, fill=False, edgecolor=BLUE, linewidth=1.6))
        empty = {"facecolor": "none", "edgecolor": "#b9c7dd", "hatch": "////", "linewidth": 0}
        panels[place + 4].add_patch(Rectangle((wide, 0), width - wide, high, **empty))
        panels[place + 4].add_patch(Rectangle((0, high), width, height - high, **empty))
    panels[3].text(0.5, 0.5, "collate →", ha="center", va="center", fontsize=11, transform=panels[3].transAxes)
    panels[3].axis("off")
    return figure


def shapes() -> Figure:
    """Как меняются карты в CustomCNN([24, 48, 64], 10)."""
    figure, panel = plt.subplots(figsize=(9, 2.8), layout="constrained")
    stages = [(16, 1, "1 × 16 × 16"), (8, 24, "24 × 8 × 8"), (4, 48, "48 × 4 × 4"), (2, 64, "64 × 2 × 2")]
    left = 0.0
    for side, channels, label in stages:
        depth = 1 if channels == 1 else 6
        for sheet in range(depth):
            shift = 0.5 * (depth - 1 - sheet)
            corner = (left + shift, -side / 2 + shift)
            panel.add_patch(Rectangle(corner, side, side, facecolor="#e3ecf8", edgecolor=BLUE, linewidth=1))
        panel.text(left + side / 2, -9.6, label, ha="center", va="top", fontsize=10)
        left += side + 0.5 * (depth - 1) + 6
        if side > 2:
            panel.annotate("", (left - 1, 0), (left - 5, 0), arrowprops={"arrowstyle": "->", "color": GREY})
            panel.text(left - 3, 0.8, "свёртка\nReLU\n÷ 2", ha="center", va="bottom", fontsize=8, color=GREY)
    for height, label, step in ((16, "64", "среднее"), (5, "10", "Linear")):
        panel.annotate("", (left - 1, 0), (left - 5, 0), arrowprops={"arrowstyle": "->", "color": GREY})
        panel.text(left - 3, 0.8, step, ha="center", va="bottom", fontsize=8, color=GREY)
        panel.add_patch(Rectangle((left, -height / 2), 1.2, height, facecolor="#f6e3d6", edgecolor=ORANGE))
        panel.text(left + 0.6, -9.6, label, ha="center", va="top", fontsize=10)
        left += 7
    panel.set(xlim=(-1, left - 4), ylim=(-12, 11), aspect="equal")
    panel.axis("off")
    return figure


def _box(panel, x, text, color):
    panel.add_patch(
        FancyBboxPatch(
            (x, -0.4), 1.5, 0.8, boxstyle="round,pad=0.02,rounding_size=0.1", facecolor=color, edgecolor=GREY
        )
    )
    panel.text(x + 0.75, 0, text, ha="center", va="center", fontsize=9)


def block() -> Figure:
    """ResBlock: ветвь и обходной путь."""
    figure, panel = plt.subplots(figsize=(9.4, 2.3), layout="constrained")
    steps = [
        ("Conv2d 3×3\nc → hidden", "#e3ecf8"),
        ("BatchNorm2d", "#e9f2e6"),
        ("ReLU", "#f6e3d6"),
        ("Conv2d 3×3\nhidden → c", "#e3ecf8"),
        ("BatchNorm2d", "#e9f2e6"),
    ]
    arrow = {"arrowstyle": "->", "color": GREY, "linewidth": 1.4}
    panel.text(-1.0, 0, "x", fontsize=14, ha="center", va="center", style="italic")
    for number, (text, color) in enumerate(steps):
        x = 0.1 + 2 * number
        panel.annotate("", (x, 0), (x - (0.85 if number == 0 else 0.46), 0), arrowprops=arrow)
        _box(panel, x, text, color)
    end = 10.5
    panel.annotate("", (end - 0.3, 0), (9.65, 0), arrowprops=arrow)
    panel.text(end, 0, "+", fontsize=20, ha="center", va="center")
    panel.add_patch(plt.Circle((end, 0.02), 0.28, fill=False, edgecolor=GREY))
    panel.plot([-0.65, -0.65, end], [0.05, 1.15, 1.15], color=BLUE, linewidth=2.2)
    panel.annotate("", (end, 0.3), (end, 1.18), arrowprops=arrow | {"color": BLUE, "linewidth": 2.2})
    panel.text(5, 1.28, "обходной путь: x без изменений", ha="center", va="bottom", color=BLUE, fontsize=10)
    panel.annotate("", (11.3, 0), (end + 0.3, 0), arrowprops=arrow)
    _box(panel, 11.3, "ReLU", "#f6e3d6")
    panel.annotate("", (13.6, 0), (12.84, 0), arrowprops=arrow)
    panel.text(13.8, 0, "y", fontsize=14, ha="center", va="center", style="italic")
    panel.text(4.9, -0.72, "ветвь F(x)", ha="center", va="top", fontsize=10, color=GREY)
    panel.set(xlim=(-1.3, 14.1), ylim=(-1.1, 1.7))
    panel.axis("off")
    return figure


def _descent(steps, forget=None):
    """Потери SGD с моментом на квадратичной функции; перед шагом `forget` скорость обнуляется."""
    slopes, point, velocity = np.array([1.0, 0.02]), np.array([1.0, 1.0]), np.zeros(2)
    losses = []
    for number in range(steps):
        if number == forget:
            velocity = np.zeros(2)
        losses.append(float(slopes @ point**2 / 2))
        velocity = 0.9 * velocity + slopes * point
        point = point - 0.1 * velocity
    return losses


def pause() -> Figure:
    """Перерыв с полным состоянием и без скоростей оптимизатора."""
    figure, panel = plt.subplots(figsize=(7.4, 2.9), layout="constrained")
    whole, lost = _descent(130), _descent(130, forget=60)
    panel.plot(whole, color=BLUE, linewidth=5, alpha=0.35, label="без перерыва")
    panel.plot(range(60, 130), whole[60:], color=BLUE, linewidth=1.4, label="с перерывом, состояние полное")
    panel.plot(range(60, 130), lost[60:], color=ORANGE, linewidth=1.8, label="с перерывом, скорости потеряны")
    panel.axvline(60, color=GREY, linewidth=1, linestyle="--")
    panel.text(61, 0.3, "перерыв", color=GREY, fontsize=9, va="top")
    panel.set(yscale="log", xlabel="шаг", ylabel="потери", ylim=(2e-5, 1))
    panel.grid(alpha=0.25)
    panel.spines[["top", "right"]].set_visible(False)
    panel.legend(frameon=False, fontsize=9)
    return figure


def experiment() -> Figure:
    """Точность на проверочных буквах по эпохам."""
    figure, panel = plt.subplots(figsize=(7, 3.4), layout="constrained")
    for (name, text), color in zip(CURVES.items(), (GREY, ORANGE, BLUE), strict=True):
        mean, low, high = np.array(text.split(), dtype=float).reshape(3, -1)
        epochs = np.arange(1, len(mean) + 1)
        panel.plot(epochs, mean, color=color, linewidth=2.2, label=name)
        panel.fill_between(epochs, low, high, color=color, alpha=0.18, linewidth=0)
    panel.set(xlabel="эпоха", ylabel="верных ответов", ylim=(0, 1))
    panel.grid(alpha=0.25)
    panel.spines[["top", "right"]].set_visible(False)
    panel.legend(frameon=False, loc="lower right")
    return figure
