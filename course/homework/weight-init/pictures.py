"""Картинки к условию. Каждая функция этого файла — одна картинка в папке pictures/."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

DECIMAL = ","  # на осях
BLUE, ORANGE, GREEN, RED, GREY = "#2563a8", "#c2571a", "#3f7d3a", "#a32a3d", "#8a8f98"


def _grid(panel, left, bottom, size, color, window=()):
    """Квадрат size × size клеток; клетки окна закрашены."""
    for row in range(size):
        for column in range(size):
            inside = bool(window) and row in window and column in window
            face = color if inside else "white"
            cell = Rectangle((left + column, bottom + row), 1, 1, facecolor=face, edgecolor=GREY, linewidth=0.7)
            panel.add_patch(cell)


def fans() -> Figure:
    """Окно 3 × 3 в четырёх входных каналах и одна точка выхода."""
    figure, panel = plt.subplots(figsize=(8.2, 3.0), layout="constrained")
    for channel in range(4):
        _grid(panel, channel * 6.2, 0, 5, BLUE, window=(1, 2, 3))
        panel.text(channel * 6.2 + 2.5, 5.4, f"канал {channel + 1}", ha="center", fontsize=10)
    _grid(panel, 29.5, 1, 3, ORANGE, window=(1,))
    panel.annotate("", xy=(29.2, 2.5), xytext=(24.2, 2.5), arrowprops={"arrowstyle": "->", "color": ORANGE, "lw": 1.8})
    panel.text(31, 4.4, "выход", ha="center", fontsize=10)
    panel.text(11.8, -1.3, "fan_in = 4 канала · 3 · 3 = 36 чисел", ha="center", color=BLUE, fontsize=11)
    panel.text(31, -1.3, "одно число", ha="center", color=ORANGE, fontsize=11)
    panel.set(xlim=(-0.5, 35), ylim=(-2, 6.3), aspect="equal")
    panel.axis("off")
    return figure


def _two_histograms(std, names):
    generator = np.random.default_rng(0)
    bound = np.sqrt(3) * std
    samples = generator.uniform(-bound, bound, 60_000), generator.normal(0, std, 60_000)
    figure, panels = plt.subplots(1, 2, figsize=(8.2, 2.6), layout="constrained", sharex=True, sharey=True)
    for panel, values, name in zip(panels, samples, names, strict=True):
        panel.hist(values, bins=60, density=True, color=BLUE)
        for edge in (-std, std):
            panel.axvline(edge, color=ORANGE, linestyle="--", linewidth=1.4)
        panel.set_title(name, fontsize=10)
        panel.grid(alpha=0.25)
        panel.spines[["top", "right"]].set_visible(False)
    top = 0.9 * panels[0].get_ylim()[1]
    panels[0].annotate("±σ", (std, top), xytext=(4, 0), textcoords="offset points", color=ORANGE)
    return figure


def xavier() -> Figure:
    return _two_histograms(np.sqrt(2 / 500), ("xavier_uniform_, вес (200, 300)", "xavier_normal_, вес (200, 300)"))


def kaiming() -> Figure:
    return _two_histograms(np.sqrt(2 / 300), ("kaiming_uniform_, вес (200, 300)", "kaiming_normal_, вес (200, 300)"))


def signal() -> Figure:
    """Размер сигнала и градиента в тридцати слоях ширины 256."""
    width, depth = 256, 30
    choices = {
        "σ = 1": (1.0, RED),
        "Хе": (np.sqrt(2 / width), GREEN),
        "Ксавье": (np.sqrt(1 / width), BLUE),
        "σ = 0,01": (0.01, ORANGE),
    }
    figure, panels = plt.subplots(1, 2, figsize=(8.2, 3.2), layout="constrained", sharey=True)
    for name, (std, color) in choices.items():
        generator = np.random.default_rng(1)
        x = generator.standard_normal((64, width))
        signals, steps = [x], []
        for _ in range(depth):
            weight = std * generator.standard_normal((width, width))
            z = signals[-1] @ weight.T
            steps.append((weight, z > 0))
            signals.append(np.maximum(z, 0))
        gradients = [generator.standard_normal((64, width))]
        for weight, mask in reversed(steps):
            gradients.append((gradients[-1] * mask) @ weight)
        for panel, chain in zip(panels, (signals, gradients), strict=True):
            panel.semilogy([np.sqrt(np.mean(one**2)) for one in chain], color=color, linewidth=2, label=name)
    for panel, title in zip(panels, ("сигнал, слой", "градиент, слоёв назад"), strict=True):
        panel.set_title(title, fontsize=10)
        panel.grid(alpha=0.25)
        panel.spines[["top", "right"]].set_visible(False)
    panels[0].legend(frameon=False)
    return figure
