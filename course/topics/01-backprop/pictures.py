"""Рисунки главы. Каждая функция — один рисунок; цвета — из цикла: "C0", "C1" …"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure


def _graph(places, edges, words, size, gradients=None, shrink=27):
    """Граф вычислений; у каждой вершины — слова и, если дана, производная под ними; у каждой стрелки — подпись."""
    figure, axes = plt.subplots(figsize=size)
    for (start, end), label in edges.items():
        style = {"arrowstyle": "->", "color": "C4", "shrinkA": shrink, "shrinkB": shrink}
        axes.annotate("", places[end], places[start], arrowprops=style)
        middle = [(one + other) / 2 for one, other in zip(places[start], places[end], strict=True)]
        axes.text(middle[0], middle[1] + 0.1, label, color="C1", ha="center", fontsize=12)
    for name, (x, y) in places.items():
        axes.text(x, y, words[name], ha="center", va="center", fontsize=12, linespacing=1.25)
        if gradients:
            below = y - 0.13 - 0.075 * words[name].count("\n")
            axes.text(x, below, gradients[name], ha="center", va="top", fontsize=12, color="C1", weight="bold")
    xs, ys = zip(*places.values(), strict=True)
    axes.set(xlim=(min(xs) - 0.4, max(xs) + 0.4), ylim=(min(ys) - 0.45, max(ys) + 0.45))
    axes.axis("off")
    return figure


def neuron() -> Figure:
    places = {
        "x": (0, 1.2),
        "w": (0, 0),
        "u": (1.15, 0.6),
        "b": (1.15, -0.5),
        "z": (2.65, 0.3),
        "e": (4.1, 0.3),
        "L": (5.3, 0.3),
    }
    edges = dict.fromkeys([("x", "u"), ("w", "u"), ("u", "z"), ("b", "z"), ("z", "e"), ("e", "L")], "")
    words = {
        "x": "x = 3", "w": "w = 0,5", "u": "u = wx\n= 1,5", "b": "b = 1", "z": "z = u + b\n= 2,5",
        "e": "e = z − y\n= −1,5", "L": "L = e²\n= 2,25",
    }  # fmt: skip
    gradients = {"x": "−1,5", "w": "−9", "u": "−3", "b": "−3", "z": "−3", "e": "−3", "L": "1"}
    return _graph(places, edges, words, (5.6, 3.0), gradients, shrink=32)


def diamond() -> Figure:
    places = {"x": (0, 0), "a": (1.5, 0), "b": (2.9, 0.8), "L": (4.3, 0)}
    edges = {("x", "a"): "2", ("a", "b"): "2a = 12     ", ("a", "L"): "1", ("b", "L"): "1"}
    words = {"x": "x = 3", "a": "a = 2x\n= 6", "b": "b = a²\n= 36", "L": "L = a + b\n= 42"}
    return _graph(places, edges, words, (5.6, 2.6), shrink=33)


def u_curve() -> Figure:
    figure, axes = plt.subplots(figsize=(5.6, 3.4))
    steps = np.logspace(-14, 0, 120)
    point, exact = 1.0, np.cos(1.0)
    central = np.abs((np.sin(point + steps) - np.sin(point - steps)) / (2 * steps) - exact) / exact
    forward = np.abs((np.sin(point + steps) - np.sin(point)) / steps - exact) / exact
    axes.loglog(steps, np.maximum(forward, 1e-16), "--", color="C1", label="в одну сторону")
    axes.loglog(steps, np.maximum(central, 1e-16), color="C0", label="центральная")
    axes.set(xlabel="шаг h", ylabel="относительная ошибка")
    axes.legend()
    return figure


_PLACES = {"x": (0, 0), "a": (1.7, 0), "b": (3.2, 0.8), "L": (4.8, 0)}
_NUMBERS = {"x": "x = 3", "a": "a = 6", "b": "b = 36", "L": "L = 42"}


def _step(gradients, pushing, note=""):
    """Граф с развилкой: под числами — производные; выделено число, которое передаёт свою."""
    figure, axes = plt.subplots(figsize=(5.6, 2.7))
    edges = {("x", "a"): "2", ("a", "b"): "12", ("a", "L"): "1", ("b", "L"): "1"}
    for (start, end), label in edges.items():
        colour = "C1" if end == pushing else "C4"
        style = {"arrowstyle": "<-" if end == pushing else "->", "color": colour, "shrinkA": 30, "shrinkB": 30}
        axes.annotate("", _PLACES[end], _PLACES[start], arrowprops=style)
        middle = [(one + other) / 2 for one, other in zip(_PLACES[start], _PLACES[end], strict=True)]
        axes.text(middle[0], middle[1] + 0.12, label, color=colour, ha="center", fontsize=13)
    for name, place in _PLACES.items():
        chosen = {"color": "C1", "weight": "bold"} if name == pushing else {}
        axes.text(*place, f"{_NUMBERS[name]}\n{gradients[name]}", ha="center", va="center", fontsize=14, **chosen)
    axes.text(2.4, -0.72, note, ha="center", va="center", fontsize=13, color="C0")
    axes.set(xlim=(-0.6, 5.4), ylim=(-0.95, 1.15))
    axes.axis("off")
    return figure


def right_order() -> list[Figure]:
    return [
        _step({"x": 0, "a": 0, "b": 0, "L": 0}, ""),
        _step({"x": 0, "a": 0, "b": 0, "L": 1}, ""),
        _step({"x": 0, "a": "1 + …", "b": 1, "L": 1}, "L", "L передаёт: 1 · 1 в a, 1 · 1 в b"),
        _step({"x": 0, "a": 13, "b": 1, "L": 1}, "b", "b передаёт: 1 · 12 в a"),
        _step({"x": 26, "a": 13, "b": 1, "L": 1}, "a", "a передаёт: 13 · 2 в x"),
    ]


def wrong_order() -> list[Figure]:
    return [
        _step({"x": 0, "a": 0, "b": 0, "L": 1}, ""),
        _step({"x": 0, "a": "1 + …", "b": 1, "L": 1}, "L", "L передаёт: 1 · 1 в a, 1 · 1 в b"),
        _step({"x": 2, "a": "1 + …", "b": 1, "L": 1}, "a", "a передаёт рано: 1 · 2 в x"),
        _step({"x": 2, "a": 13, "b": 1, "L": 1}, "b", "b передаёт: 1 · 12 в a, но дальше — никто"),
    ]
