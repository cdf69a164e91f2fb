"""Картинки к условию: функция слева, её производная справа.

Каждая функция этого файла — одна картинка в папке pictures/.
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

DECIMAL = ","  # на осях
X = np.linspace(-4.0, 4.0, 801)
BLUE, ORANGE, GREY = "#2563a8", "#c2571a", "#8a8f98"


def _pair(title, curves, *, break_at_zero=True):
    """Две панели: функции и их производные; у производной в изломе — разрыв, а не ступенька."""
    figure, panels = plt.subplots(1, 2, figsize=(8.2, 2.9), layout="constrained", sharex=True)
    styles = [(BLUE, "-"), (ORANGE, "--")]
    for (label, values, slope), (color, line) in zip(curves, styles, strict=False):
        broken = np.where(np.abs(X) < 1e-9, np.nan, slope) if break_at_zero else slope
        panels[0].plot(X, values, line, color=color, linewidth=2.2, label=label)
        panels[1].plot(X, broken, line, color=color, linewidth=2.2, label=label)
    for panel, name in zip(panels, (title, "производная"), strict=True):
        panel.axhline(0, color=GREY, linewidth=0.8)
        panel.axvline(0, color=GREY, linewidth=0.8)
        panel.grid(alpha=0.25)
        panel.spines[["top", "right"]].set_visible(False)
        panel.set_title(name, fontsize=11)
        panel.set_xlabel("x")
    if len(curves) > 1:
        panels[0].legend(frameon=False)
    return figure


def relu() -> Figure:
    return _pair("ReLU", [("ReLU", np.maximum(X, 0), (X > 0).astype(float))])


def leaky_relu() -> Figure:
    curves = [
        (f"наклон {slope}".replace(".", ","), np.where(X > 0, X, slope * X), np.where(X > 0, 1, slope))
        for slope in (0.01, 0.2)
    ]
    return _pair("LeakyReLU", curves)


def sigmoid() -> Figure:
    values = 1 / (1 + np.exp(-X))
    figure = _pair("сигмоида", [("s", values, values * (1 - values))], break_at_zero=False)
    figure.axes[1].axhline(0.25, color=ORANGE, linewidth=1, linestyle=":")
    figure.axes[1].annotate("1/4", (-3.9, 0.228), color=ORANGE)
    return figure


def elu() -> Figure:
    left = np.exp(np.minimum(X, 0))
    curves = [
        (f"alpha = {alpha}".replace(".", ","), np.where(X > 0, X, alpha * (left - 1)), np.where(X > 0, 1, alpha * left))
        for alpha in (1.0, 2.0)
    ]
    return _pair("ELU", curves)
