"""Рисунки главы. Каждая функция — один рисунок; цвета — из цикла: "C0", "C1" …"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure


def _graph(places, edges, words, size):
    figure, axes = plt.subplots(figsize=size)
    for start, end, label in edges:
        axes.annotate(
            "", places[end], places[start], arrowprops={"arrowstyle": "->", "color": "C4", "shrinkA": 24, "shrinkB": 24}
        )
        middle = [(one + other) / 2 for one, other in zip(places[start], places[end], strict=True)]
        axes.text(middle[0], middle[1] + 0.13, label, color="C1", ha="center", fontsize=10)
    for name, place in places.items():
        axes.text(*place, words[name], ha="center", va="center", fontsize=11)
    xs, ys = zip(*places.values(), strict=True)
    axes.set(xlim=(min(xs) - 0.6, max(xs) + 0.6), ylim=(min(ys) - 0.5, max(ys) + 0.5))
    axes.axis("off")
    return figure


def neuron() -> Figure:
    places = {
        "x": (0, 1),
        "w": (0, 0),
        "u": (1.4, 0.5),
        "b": (1.4, -0.5),
        "z": (2.8, 0.2),
        "e": (4.2, 0.2),
        "L": (5.6, 0.2),
    }
    edges = [("x", "u", ""), ("w", "u", ""), ("u", "z", ""), ("b", "z", ""), ("z", "e", ""), ("e", "L", "")]
    words = {
        "x": "x = 3\n−1,5", "w": "w = 0,5\n−9", "u": "u = wx = 1,5\n−3", "b": "b = 1\n−3", "z": "z = u + b = 2,5\n−3",
        "e": "e = z − y = −1,5\n−3", "L": "L = e² = 2,25\n1",
    }  # fmt: skip
    return _graph(places, edges, words, (7.2, 2.6))


def diamond() -> Figure:
    places = {"x": (0, 0), "a": (1.7, 0), "b": (3.2, 0.7), "L": (4.8, 0)}
    edges = [("x", "a", "2"), ("a", "b", "2a = 12"), ("a", "L", "1"), ("b", "L", "1")]
    words = {"x": "x = 3", "a": "a = 2x = 6", "b": "b = a² = 36", "L": "L = a + b = 42"}
    return _graph(places, edges, words, (6.6, 2.4))


def u_curve() -> Figure:
    figure, axes = plt.subplots()
    steps = np.logspace(-14, 0, 120)
    point, exact = 1.0, np.cos(1.0)
    central = np.abs((np.sin(point + steps) - np.sin(point - steps)) / (2 * steps) - exact) / exact
    forward = np.abs((np.sin(point + steps) - np.sin(point)) / steps - exact) / exact
    axes.loglog(steps, np.maximum(forward, 1e-16), "--", color="C1", label="в одну сторону")
    axes.loglog(steps, np.maximum(central, 1e-16), color="C0", label="центральная")
    axes.set(xlabel="шаг h", ylabel="относительная ошибка")
    axes.legend()
    return figure
