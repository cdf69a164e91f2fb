"""Картинки к условию. Каждая функция этого файла — одна картинка в папке pictures/."""

import math

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

DECIMAL = ","  # на осях
BLUE, ORANGE, GREEN, GREY = "#2563a8", "#c2571a", "#2f855a", "#8a8f98"

# Измерено кодом ноутбука: точность на тесте после каждой эпохи, среднее по зёрнам 0, 1, 2.
DIGITS = {
    "SGD 0,1, веса torch": [0.094, 0.085, 0.085, 0.085, 0.085, 0.101, 0.113, 0.131],
    "SGD 0,1, веса Хе": [0.694, 0.840, 0.905, 0.946, 0.932, 0.902, 0.960, 0.955],
    "Adam 0,001, веса torch": [0.342, 0.685, 0.791, 0.844, 0.848, 0.905, 0.897, 0.914],
    "Adam 0,001, веса Хе": [0.792, 0.917, 0.942, 0.954, 0.958, 0.962, 0.964, 0.969],
}


def _tidy(panel):
    panel.grid(alpha=0.25)
    panel.spines[["top", "right"]].set_visible(False)


def _descend(step, count=60):
    """Путь по оврагу (x² + 100 y²)/2 из (-9, 1); step(t, g, память) — сдвиг."""
    point, memory, path = np.array([-9.0, 1.0]), {}, []
    for t in range(1, count + 1):
        path.append(point)
        point = point + step(t, point * [1, 100], memory)
    return np.array([*path, point])


def _plain(t, g, memory):
    return -0.018 * g


def _momentum(t, g, memory):
    memory["v"] = 0.9 * memory.get("v", 0) + g
    return -0.01 * memory["v"]


def _nesterov(t, g, memory):
    memory["v"] = 0.9 * memory.get("v", 0) + g
    return -0.01 * (g + 0.9 * memory["v"])


def _adam(t, g, memory):
    memory["m"] = 0.9 * memory.get("m", 0) + 0.1 * g
    memory["s"] = 0.999 * memory.get("s", 0) + 0.001 * g**2
    return -0.5 * memory["m"] / (1 - 0.9**t) / (np.sqrt(memory["s"] / (1 - 0.999**t)) + 1e-8)


def ravine() -> Figure:
    """Шестьдесят шагов четырёх оптимизаторов; в заголовке — значение функции в конце."""
    x, y = np.meshgrid(np.linspace(-10, 4, 120), np.linspace(-1.3, 1.3, 80))
    rules = {"SGD, 0,018": _plain, "момент, 0,01": _momentum, "Нестеров, 0,01": _nesterov, "Adam, 0,5": _adam}
    figure, panels = plt.subplots(1, 4, figsize=(12.8, 2.8), layout="constrained", sharey=True)
    for panel, (name, rule) in zip(panels, rules.items(), strict=True):
        path = _descend(rule)
        panel.contour(x, y, (x**2 + 100 * y**2) / 2, levels=12, colors=GREY, linewidths=0.7)
        panel.plot(*path.T, ".-", color=BLUE, markersize=4, linewidth=1.1)
        panel.plot(0, 0, "+", color=ORANGE, markersize=10, markeredgewidth=2)
        panel.set(xlim=(-10, 4), ylim=(-1.3, 1.3), xticks=(-8, -4, 0, 4))
        panel.set_title(f"{name}: f = {(path[-1] ** 2 @ [1, 100]) / 2:.2g}".replace(".", ","), fontsize=11)
    return figure


def bias() -> Figure:
    """Длина шага Adam в долях lr при постоянном градиенте."""
    t = np.arange(1, 41)
    first, second = 1 - 0.9**t, np.sqrt(1 - 0.999**t)
    curves = {
        "обе поправки": (np.ones_like(first), GREEN),
        "без поправок": (first / second, ORANGE),
        "без поправки у m": (first, BLUE),
    }
    figure, panel = plt.subplots(figsize=(6.4, 3), layout="constrained")
    for label, (values, color) in curves.items():
        panel.plot(t, values, ".-", color=color, label=label)
    panel.set(xlabel="шаг t", ylim=(0, 7))
    panel.set_title("длина шага, делённая на lr; градиент постоянен", fontsize=11)
    panel.legend(frameon=False)
    _tidy(panel)
    return figure


def schedule() -> Figure:
    """Разогрев десять шагов, косинус до восьмидесятого, дальше lr_min."""
    steps = np.arange(100)
    share = np.clip((steps - 10) / 70, 0, 1)
    values = np.where(steps < 10, (steps + 1) / 10, 0.05 + 0.95 * (1 + np.cos(math.pi * share)) / 2)
    figure, panel = plt.subplots(figsize=(6.4, 2.6), layout="constrained")
    panel.plot(steps, values, ".-", color=BLUE)
    for place, name in ((10, "warmup"), (80, "total")):
        panel.axvline(place, color=GREY, linestyle=":")
        panel.annotate(name, (place + 1, 0.5), color=GREY)
    panel.set(xlabel="step", yticks=[0.05, 1], yticklabels=["lr_min", "lr"])
    _tidy(panel)
    return figure


def digits() -> Figure:
    """Оптимизатор и начальные веса: точность на тесте по эпохам."""
    figure, panel = plt.subplots(figsize=(6.8, 3), layout="constrained")
    for label, values in DIGITS.items():
        color, line = BLUE if "SGD" in label else ORANGE, "-" if "Хе" in label else "--"
        panel.plot(range(1, 9), values, line, color=color, linewidth=2, label=label)
    panel.set(xlabel="эпоха", ylim=(0, 1))
    panel.set_title("верных ответов на тесте", fontsize=11)
    panel.legend(frameon=False, fontsize=8, loc="center right")
    _tidy(panel)
    return figure
