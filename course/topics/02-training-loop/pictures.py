"""Рисунки главы. Каждая функция — один рисунок или список кадров; цвета — из цикла: "C0", "C1" …"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter


def _comma(axis):
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}".replace(".", ",").replace("-", "−")))


def activations() -> Figure:
    """Три функции сверху, их производные снизу."""
    x = np.linspace(-4, 4, 401)
    sigmoid = 1 / (1 + np.exp(-x))
    curves = {
        "сигмоида": (sigmoid, sigmoid * (1 - sigmoid), "C0", "-"),
        "tanh": (np.tanh(x), 1 - np.tanh(x) ** 2, "C1", "--"),
        "ReLU": (np.maximum(x, 0), np.where(np.abs(x) < 1e-9, np.nan, x > 0), "C2", "-."),
    }
    figure, panels = plt.subplots(2, 1, figsize=(5.4, 4.8), sharex=True)
    for name, (values, slope, colour, line) in curves.items():
        panels[0].plot(x, values, line, color=colour, label=name)
        panels[1].plot(x, slope, line, color=colour)
    panels[0].set(ylim=(-1.2, 2.2), title="функция")
    panels[1].set(ylim=(-0.05, 1.15), title="производная", xlabel="z")
    panels[1].axhline(0.25, color="C0", linewidth=1, linestyle=":")
    panels[1].text(-3.95, 0.28, "1/4", color="C0")
    panels[0].legend()
    for panel in panels:
        _comma(panel.yaxis)
        _comma(panel.xaxis)
    return figure


def _half(panel, positive_only):
    z = np.linspace(-3.2, 3.2, 400)
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    panel.plot(z, density, color="C4", linewidth=1.2)
    chosen = z >= 0 if positive_only else np.ones_like(z, dtype=bool)
    panel.fill_between(z[chosen], density[chosen] * z[chosen] ** 2, color="C0", alpha=0.45)
    panel.set(xticks=[0], yticks=[], ylim=(0, 0.42))


def half_of_square() -> Figure:
    """Площадь под z², умноженным на плотность: у z и у ReLU(z)."""
    figure, panels = plt.subplots(1, 2, figsize=(5.6, 2.4), sharey=True)
    _half(panels[0], positive_only=False)
    _half(panels[1], positive_only=True)
    panels[0].set(title="до ReLU: вся площадь", xlabel="z")
    panels[1].set(title="после: ровно половина", xlabel="z")
    return figure


_SCALES = (0.25, 0.5, 1.0, 2**0.5, 2.0, 3.0)
_POWERS = [10.0**power for power in range(-20, 11, 5)]


def _thirty_layers():
    """Величина сигнала после каждого из тридцати слоёв с ReLU, для каждого разброса из _SCALES."""
    generator = np.random.default_rng(0)
    paths = []
    for scale in _SCALES:
        x = generator.standard_normal((32, 256))
        sizes = [1.0]
        for _ in range(30):
            x = np.maximum(x @ (scale / 16 * generator.standard_normal((256, 256))), 0)
            sizes.append(np.sqrt(np.mean(x**2)))
        paths.append(sizes)
    return paths


def scales() -> list[Figure]:
    """Тридцать слоёв с ReLU при разном σ = c/√n: кадр для каждого c."""
    figures, paths = [], _thirty_layers()
    for chosen in _SCALES:
        figure, axes = plt.subplots(figsize=(5.6, 3.4))
        for scale, sizes in zip(_SCALES, paths, strict=True):
            main = scale == chosen
            axes.semilogy(sizes, color="C1" if main else "C4", linewidth=3 if main else 1, alpha=1 if main else 0.5)
        each = chosen / 2**0.5
        axes.set(xlabel="слой", ylabel="величина сигнала", ylim=(1e-24, 1e12), xlim=(0, 30), yticks=_POWERS)
        words = "√2" if chosen == 2**0.5 else f"{chosen:g}".replace(".", ",")
        factor = f"{each:.2f}".replace(".", ",")
        axes.set_title(f"σ = {words}/√n: за слой умножается на {factor}", fontsize=12.5)
        figures.append(figure)
    return figures


def wrong_and_sure() -> Figure:
    """Производная потерь по логиту, когда верный ответ — 1: кросс-энтропия и квадрат ошибки."""
    z = np.linspace(-8, 4, 300)
    p = 1 / (1 + np.exp(-z))
    figure, axes = plt.subplots(figsize=(5.6, 3.2))
    axes.plot(z, np.abs(p - 1), color="C0", label="кросс-энтропия")
    axes.plot(z, np.abs(2 * (p - 1) * p * (1 - p)), "--", color="C1", label="квадрат ошибки")
    axes.axvspan(-8, -3, color="C4", alpha=0.12, linewidth=0)
    axes.text(-5.5, 0.55, "уверена\nи неправа", ha="center", color="C4", fontsize=12)
    axes.set(xlabel="логит z, верный ответ 1", ylabel="|производная|")
    axes.legend(loc="upper right")
    _comma(axes.yaxis)
    _comma(axes.xaxis)
    return figure
