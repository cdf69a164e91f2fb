"""Рисунки главы. Каждая функция — один рисунок или список кадров; цвета — из цикла: "C0", "C1" …"""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter


def _cell(axes, x, y, words="", colour="C4", alpha=0.0, **line):
    """Клетка со стороной 1, левый нижний угол в (x, y)."""
    axes.add_patch(Rectangle((x, y), 1, 1, facecolor=colour, alpha=alpha, linewidth=0))
    axes.add_patch(Rectangle((x, y), 1, 1, fill=False, **({"edgecolor": "C4", "linewidth": 0.8} | line)))
    axes.text(x + 0.5, y + 0.52, words, ha="center", va="center", fontsize=14)


_IMAGE = np.array([[0, 0, 0, 1, 1]] * 5)
_KERNEL = np.array([[-1, 0, 1]] * 3)


def _walked(steps):
    """Картинка слева, ответ справа; сделано steps шагов, последний выделен."""
    figure, axes = plt.subplots(figsize=(5.6, 3.2))
    row, column = divmod(steps - 1, 3)
    for i in range(5):
        for j in range(5):
            under = row <= i < row + 3 and column <= j < column + 3
            _cell(axes, j, 4 - i, "" if under else _IMAGE[i, j], "C0", 0.35 * _IMAGE[i, j])
            if under:
                axes.text(j + 0.32, 4.62 - i, _IMAGE[i, j], ha="center", va="center", fontsize=14)
                weight = str(_KERNEL[i - row, j - column]).replace("-", "−")
                axes.text(j + 0.93, 4 - i + 0.06, f"×{weight}", ha="right", va="bottom", fontsize=10, color="C1")
    axes.add_patch(Rectangle((column, 2 - row), 3, 3, fill=False, edgecolor="C1", linewidth=3))
    for place in range(9):
        i, j = divmod(place, 3)
        value = int((_IMAGE[i : i + 3, j : j + 3] * _KERNEL).sum()) if place < steps else ""
        newest = {"edgecolor": "C1", "linewidth": 3, "zorder": 3} if place == steps - 1 else {}
        _cell(axes, 6.4 + j, 3 - i, value, "C0", 0.35 if value else 0.0, **newest)
    axes.text(2.5, 5.25, "картинка и ядро", ha="center", fontsize=12)
    axes.text(7.9, 4.25, "ответ", ha="center", fontsize=12)
    axes.set(xlim=(-0.2, 9.6), ylim=(-0.3, 5.8), aspect="equal")
    axes.axis("off")
    return figure


def walk() -> list[Figure]:
    """Свёртка по шагам."""
    return [_walked(steps) for steps in (1, 2, 3, 4, 9)]


def sizes() -> Figure:
    """Три свёртки вдоль полоски из семи клеток: без полей, с полями, с шагом 2."""
    figure, panels = plt.subplots(3, 1, figsize=(5.6, 4.6))
    for panel, (padding, stride) in zip(panels, ((0, 1), (1, 1), (1, 2)), strict=True):
        for j in range(-padding, 7 + padding):
            inside = 0 <= j < 7
            _cell(panel, j, 0, "" if inside else "0", "C0" if inside else "C4", 0.35 if inside else 0.15)
        starts = range(-padding, 7 + padding - 2, stride)
        for number, start in enumerate(starts):
            height = 1.25 + 0.28 * (number % 3)
            panel.plot([start + 0.1, start + 2.9], [height, height], color="C1", linewidth=2)
            panel.plot(start + 1.5, height, "o", color="C1", markersize=4)
        words = "без полей" if not padding else "поля 1"
        panel.text(-1.2, -0.75, f"{words}, шаг {stride}: положений {len(starts)}", fontsize=12)
        panel.set(xlim=(-1.3, 8.3), ylim=(-1.0, 2.1), aspect="equal")
        panel.axis("off")
    return figure


def _influence(depth):
    """Доли влияния точек входа вдоль одной оси: depth раз размазать поровну на трёх соседей."""
    share = np.ones(1)
    for _ in range(depth):
        share = np.convolve(share, np.ones(3) / 3)
    return share


def influence() -> list[Figure]:
    """Рецептивное поле (квадрат) и влияние внутри него: кадр для каждой глубины."""
    figures = []
    for depth in (1, 2, 4, 8, 16, 32):
        share = _influence(depth)
        field, side = len(share), 69
        picture = np.zeros((side, side))
        start = (side - field) // 2
        picture[start : start + field, start : start + field] = np.outer(share, share)
        figure, panels = plt.subplots(1, 2, figsize=(5.6, 3.2))
        panels[0].imshow(np.sqrt(picture), cmap="viridis")
        panels[0].add_patch(
            Rectangle((start - 0.5, start - 0.5), field, field, fill=False, edgecolor="C1", linewidth=2)
        )
        panels[0].set(xticks=[], yticks=[])
        panels[0].set_title(f"поле {field} × {field}", fontsize=12)
        panels[1].fill_between(np.arange(field) - depth, share / share.max(), step="mid", color="C0", alpha=0.45)
        for edge in (-field / 2, field / 2):
            panels[1].axvline(edge, color="C1", linewidth=2)
        spread = f"{np.sqrt(2 * depth / 3):.1f}".replace(".", ",")
        panels[1].set(
            xlim=(-side / 2, side / 2), ylim=(0, 1.1), yticks=[], xticks=[-30, 0, 30], xlabel="точек от середины"
        )
        panels[1].xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}".replace("-", "−")))
        panels[1].set_title(f"отклонение {spread}", fontsize=12)
        figures.append(figure)
    return figures


def _box(axes, x, y, words, width=1.5, colour="C0"):
    axes.add_patch(
        Rectangle((x - width / 2, y - 0.28), width, 0.56, facecolor=colour, alpha=0.25, edgecolor=colour, linewidth=1.2)
    )
    axes.text(x, y, words, ha="center", va="center", fontsize=12)


def _arrow(axes, start, end, colour="C4"):
    axes.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": colour, "linewidth": 1.6})


def inception() -> Figure:
    """Блок Inception: четыре ветви, узкие свёртки и склейка."""
    figure, axes = plt.subplots(figsize=(5.6, 3.8))
    columns = (0.0, 1.75, 3.5, 5.25)
    lower = ("", "1 × 1", "1 × 1", "пулинг")
    upper = ("1 × 1", "3 × 3", "5 × 5", "1 × 1")
    _box(axes, 2.62, 0, "вход: все каналы", 3.4, "C4")
    _box(axes, 2.62, 3.6, "склейка по каналам", 3.8, "C4")
    for x, first, second in zip(columns, lower, upper, strict=True):
        bottom = (2.62 + (x - 2.62) * 0.5, 0.3)
        if first:
            _box(axes, x, 1.2, first, 1.45, "C1" if first == "1 × 1" else "C0")
            _arrow(axes, bottom, (x, 0.9))
            _arrow(axes, (x, 1.5), (x, 2.1))
        else:
            _arrow(axes, bottom, (x, 2.1))
        _box(axes, x, 2.4, second, 1.45, "C1" if second == "1 × 1" else "C0")
        _arrow(axes, (x, 2.7), (2.62 + (x - 2.62) * 0.55, 3.3))
    axes.set(xlim=(-0.9, 6.15), ylim=(-0.4, 4.0))
    axes.axis("off")
    return figure


def axes() -> Figure:
    """Таблица «картинка × канал»; закрашено то, по чему нормировки считают одно среднее."""
    figure, panels = plt.subplots(2, 2, figsize=(5.6, 5.0))
    chosen = {
        "BatchNorm": lambda image, channel: channel == 2,
        "LayerNorm": lambda image, channel: image == 1,
        "InstanceNorm": lambda image, channel: image == 1 and channel == 2,
        "GroupNorm": lambda image, channel: image == 1 and channel >= 2,
    }
    for panel, (name, inside) in zip(panels.flat, chosen.items(), strict=True):
        for image in range(4):
            for channel in range(4):
                _cell(panel, image, channel, "", "C1", 0.5 if inside(image, channel) else 0.0)
        panel.set_title(name, fontsize=12.5)
        panel.text(2, -0.2, "картинки →", ha="center", va="top", fontsize=11)
        panel.text(-0.2, 2, "каналы →", ha="right", va="center", rotation=90, fontsize=11)
        panel.set(xlim=(-0.9, 4.1), ylim=(-0.9, 4.1), aspect="equal")
        panel.axis("off")
    return figure


def perpendicular() -> Figure:
    """Шаг перпендикулярен весам: после него веса длиннее."""
    figure, axes = plt.subplots(figsize=(5.6, 3.6))
    weights, step = np.array([3.0, 1.2]), np.array([-0.72, 1.8])
    angle = np.linspace(-0.1, 1.75, 200)
    axes.plot(
        np.linalg.norm(weights) * np.cos(angle), np.linalg.norm(weights) * np.sin(angle), ":", color="C4", linewidth=1.5
    )
    new = weights + step
    for start, end, colour in (((0, 0), weights, "C0"), (weights, new, "C1"), ((0, 0), new, "C2")):
        axes.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": colour, "linewidth": 2.4})
    corner = weights + 0.09 * np.array([[-3.0, -1.2], [-3.0, -1.2], [0, 0]])
    corner[1:] += 0.15 * step
    axes.plot(corner[:, 0], corner[:, 1], color="C4", linewidth=1.2)
    axes.text(1.75, 0.35, "w", color="C0", fontsize=15)
    axes.text(2.85, 2.25, "−η∇L", color="C1", fontsize=14)
    axes.text(-0.05, 1.6, "новые w", color="C2", fontsize=14)
    axes.set(xlim=(-0.6, 4.6), ylim=(-0.35, 3.5), aspect="equal")
    axes.axis("off")
    return figure


def shortcut() -> Figure:
    """Блок без обходного пути и с ним."""
    figure, panels = plt.subplots(1, 2, figsize=(5.6, 4.6))
    for panel, has in zip(panels, (False, True), strict=True):
        names = ("вход x", "3 × 3, BN, ReLU", "3 × 3, BN", "+" if has else "", "ReLU")
        heights = (0.0, 1.1, 2.2, 3.1, 4.0)
        places = [(name, height) for name, height in zip(names, heights, strict=True) if name]
        for name, height in places:
            if name == "+":
                panel.text(0, height, "+", ha="center", va="center", fontsize=18, color="C1", weight="bold")
            else:
                _box(panel, 0, height, name, 2.4, "C4" if name in ("вход x", "ReLU") else "C0")
        for (_, low), (_, high) in pairwise(places):
            _arrow(panel, (0, low + 0.3), (0, high - 0.3))
        if has:
            path = np.array([[0, 0.55], [1.65, 0.55], [1.65, 3.1], [0.32, 3.1]])
            panel.plot(path[:3, 0], path[:3, 1], color="C1", linewidth=2.2)
            _arrow(panel, path[2], path[3], "C1")
        panel.set_title("x + F(x)" if has else "F(x)", fontsize=13)
        panel.set(xlim=(-1.5, 1.9), ylim=(-0.4, 4.4))
        panel.axis("off")
    return figure


def imagenet() -> Figure:
    """Ошибка пяти догадок на ImageNet и число слоёв; числа — из статей, названных в главе."""
    names = ["AlexNet\n2012", "VGG\n2014", "GoogLeNet\n2014", "ResNet\n2015"]
    errors, layers = [15.3, 7.3, 6.7, 3.57], [8, 19, 22, 152]
    figure, axes = plt.subplots(figsize=(5.6, 3.6))
    axes.bar(names, errors, color="C0", alpha=0.6, width=0.6)
    for place, (error, depth) in enumerate(zip(errors, layers, strict=True)):
        words = f"{error:.1f}".replace(".", ",")
        axes.text(place, error + 0.3, f"{words} %\nслоёв: {depth}", ha="center", va="bottom", fontsize=11.5)
    axes.set(ylim=(0, 19.5), yticks=[0, 5, 10, 15], ylabel="ошибка, %")
    axes.tick_params(axis="x", labelsize=11.5)
    axes.grid(visible=False, axis="x")
    return figure
