"""Картинки к условию. Каждая функция этого файла — одна картинка в папке pictures/."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

DECIMAL = ","  # на осях
BLUE, ORANGE, GREEN, GREY = "#2563a8", "#c2571a", "#3f7d3a", "#8a8f98"

# Измерено кодом ноутбука, зёрна 0–19: потери, среднее по пяти шагам подряд и по запускам.
LOSSES = {
    "верный": """1.862 .961 .634 .459 .307 .272 .240 .227 .167 .166 .150 .137
        .097 .105 .102 .111 .079 .074 .075 .079 .055 .064 .062 .055""",
    "один путь из трёх": """1.840 .946 .649 .502 .370 .332 .301 .287 .239 .236 .209 .211
        .167 .173 .162 .173 .148 .131 .136 .148 .114 .127 .121 .111""",
    "обратный знак": """2.211 1.635 1.465 1.438 1.400 1.400 1.498 1.555 1.597 1.635 1.634 1.700
        1.626 1.683 1.736 1.776 1.756 1.707 1.699 1.706 1.589 1.592 1.642 1.613""",
}


def diagnosis() -> Figure:
    """Градиент против разностей: верный лежит на прямой y = x, остальные выдают себя наклоном."""
    generator = np.random.default_rng(0)
    numeric = generator.normal(size=40)
    cases = {
        "верный: k = 1": numeric,
        "вдвое больше: k = 2": 2 * numeric,
        "меньше в 8 раз: k = 1/8": numeric / 8,
        "обратный знак: k = −1": -numeric,
        "не дошёл: k = 0": 0 * numeric,
        "потерян путь": 0.7 * numeric + 0.6 * generator.normal(size=40),
    }
    figure, panels = plt.subplots(2, 3, figsize=(8.2, 5.2), layout="constrained", sharex=True, sharey=True)
    for panel, (title, analytic) in zip(panels.flat, cases.items(), strict=True):
        right = title.startswith("верный")
        panel.plot([-2.6, 2.6], [-2.6, 2.6], color=GREY, linewidth=1, linestyle="--")
        panel.plot(numeric, analytic, "o", markersize=4, color=GREEN if right else ORANGE, alpha=0.8)
        panel.set(xlim=(-2.8, 2.8), ylim=(-5, 5))
        panel.set_title(title, fontsize=10)
        panel.grid(alpha=0.25)
        panel.spines[["top", "right"]].set_visible(False)
    for panel in panels[1]:
        panel.set_xlabel("разности n", fontsize=9)
    for panel in panels[:, 0]:
        panel.set_ylabel("градиент a", fontsize=9)
    return figure


def _box(panel, x, y, words, color):
    style = {"boxstyle": "round,pad=0.35", "facecolor": "white", "edgecolor": color, "linewidth": 1.6}
    panel.text(x, y, words, ha="center", va="center", fontsize=10, bbox=style)


def _arrow(panel, start, end, color, bend=0.0, **options):
    shape = {"arrowstyle": "-|>", "color": color, "linewidth": 1.6, "connectionstyle": f"arc3,rad={bend}"}
    panel.annotate("", end, start, arrowprops=shape | {"shrinkA": 3, "shrinkB": 3} | options)


def chain() -> Figure:
    """Прямой проход слева направо оставляет cache, обратный идёт справа налево и берёт его."""
    figure, panel = plt.subplots(figsize=(8.2, 2.7), layout="constrained")
    names = ("линейный", "нормализация", "ReLU", "линейный", "кросс-\nэнтропия")
    for place, name in enumerate(names):
        x = 2.0 * place
        _box(panel, x, 1.0, name, GREY)
        _box(panel, x, -0.25, "cache", GREEN)
        _arrow(panel, (x, 0.72), (x, 0.02), GREEN)
        _arrow(panel, (x - 1.0, 1.62), (x + 1.0, 1.62), BLUE)
        _arrow(panel, (x + 1.0, -0.95), (x - 1.0, -0.95), ORANGE)
    for place, name in enumerate(("X", "Y", "Z", "A", "логиты", "L")):
        panel.text(2.0 * place - 1.0, 1.83, name, ha="center", va="bottom", fontsize=10, color=BLUE)
        words = "1" if name == "L" else f"∂L/∂{'z' if name == 'логиты' else name}"
        panel.text(2.0 * place - 1.0, -1.12, words, ha="center", va="top", fontsize=10, color=ORANGE)
    panel.set(xlim=(-1.6, 9.6), ylim=(-1.75, 2.35))
    panel.axis("off")
    return figure


def paths() -> Figure:
    """Три пути от x до ответа нормализации."""
    figure, panel = plt.subplots(figsize=(8.2, 3.3), layout="constrained")
    _arrow(panel, (0.35, 1.0), (4.9, 1.0), BLUE)
    _arrow(panel, (0.2, 1.3), (2.1, 2.25), GREEN)
    _arrow(panel, (2.95, 2.25), (5.05, 1.28), GREEN)
    _arrow(panel, (0.2, 0.7), (2.1, -0.25), ORANGE)
    _arrow(panel, (2.95, -0.25), (5.05, 0.72), ORANGE)
    _arrow(panel, (5.5, 1.0), (7.35, 1.0), GREY)
    _box(panel, 0, 1.0, "$x_i$", BLUE)
    _box(panel, 2.5, 2.35, r"$\mu$", GREEN)
    _box(panel, 2.5, -0.35, r"$\sigma^2$", ORANGE)
    _box(panel, 5.2, 1.0, r"$\hat x_j$", BLUE)
    _box(panel, 7.7, 1.0, "$y_j$", GREY)
    labels = (
        (2.5, 1.13, "прямо, только если i = j: $1/s$", BLUE),
        (0.85, 2.05, r"$1/B$", GREEN),
        (4.4, 2.0, r"$-1/s$", GREEN),
        (0.55, -0.12, r"$\frac{2}{B}(x_i-\mu)$", ORANGE),
        (4.65, -0.05, r"$-\hat x_j/(2s^2)$", ORANGE),
        (6.4, 1.13, r"$\gamma$", GREY),
    )
    for x, y, words, color in labels:
        panel.text(x, y, words, ha="center", va="bottom", fontsize=10, color=color)
    panel.set(xlim=(-0.6, 8.2), ylim=(-0.8, 2.8))
    panel.axis("off")
    return figure


def learning() -> Figure:
    """Потери при верном и при неверном обратном проходе нормализации."""
    figure, panel = plt.subplots(figsize=(8.2, 2.9), layout="constrained")
    steps = 5 * np.arange(24) + 2.5
    for (name, numbers), color in zip(LOSSES.items(), (BLUE, GREEN, ORANGE), strict=True):
        panel.plot(steps, [float(one) for one in numbers.split()], color=color, linewidth=2, label=name)
    panel.set(ylim=(0, 2.5))
    panel.set_xlabel("номер шага")
    panel.set_title("потери на обучающих батчах, среднее двадцати запусков", fontsize=10)
    panel.grid(alpha=0.25)
    panel.spines[["top", "right"]].set_visible(False)
    panel.legend(frameon=False, fontsize=9)
    return figure
