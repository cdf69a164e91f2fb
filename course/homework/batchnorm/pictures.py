"""Картинки к условию. Каждая функция этого файла — одна картинка в папке pictures/."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

DECIMAL = ","  # на осях
BLUE, ORANGE, GREEN, GREY = "#2563a8", "#c2571a", "#3f7d3a", "#8a8f98"

# Измерено кодом ноутбука: начальный шаг → доли верных ответов в пяти запусках, без нормализации и с ней.
SHARES = {
    0.1: ([0.891, 0.911, 0.881, 0.931, 0.923], [0.876, 0.896, 0.893, 0.913, 0.916]),
    0.3: ([0.858, 0.942, 0.925, 0.939, 0.940], [0.946, 0.944, 0.952, 0.959, 0.956]),
    1.0: ([0.468, 0.201, 0.481, 0.488, 0.089], [0.964, 0.975, 0.972, 0.981, 0.975]),
    2.0: ([0.094, 0.119, 0.110, 0.107, 0.089], [0.974, 0.976, 0.980, 0.986, 0.982]),
    3.0: ([0.094, 0.119, 0.110, 0.107, 0.089], [0.969, 0.967, 0.980, 0.977, 0.981]),
}


def _tidy(panel, title):
    panel.set_title(title, fontsize=10)
    panel.grid(alpha=0.25)
    panel.spines[["top", "right"]].set_visible(False)


def axes() -> Figure:
    """Какие числа усредняются вместе: батч из шести картинок, четыре канала."""
    figure, panels = plt.subplots(1, 3, figsize=(8.2, 2.9), layout="constrained")
    for panel, name in zip(
        panels, ("BatchNorm: (0, 2, 3)", "LayerNorm: (1, 2, 3)", "InstanceNorm: (2, 3)"), strict=True
    ):
        for image in range(6):
            for channel in range(4):
                chosen = {"B": channel == 1, "L": image == 2, "I": channel == 1 and image == 2}[name[0]]
                face = BLUE if chosen else "white"
                panel.add_patch(Rectangle((image, 3 - channel), 0.9, 0.9, facecolor=face, edgecolor=GREY))
        panel.set(xlim=(-0.2, 6.1), ylim=(-0.2, 4.1), aspect="equal", xticks=[], yticks=[])
        panel.set_xlabel("картинка", fontsize=9)
        panel.set_ylabel("канал", fontsize=9)
        panel.set_title(name, fontsize=10)
        panel.spines[:].set_visible(False)
    return figure


def channels() -> Figure:
    """Распределения трёх каналов до слоя и после него."""
    generator = np.random.default_rng(0)
    before = [generator.normal(mean, std, 4000) for mean, std in ((-3, 0.6), (0.5, 1.6), (4, 2.6))]
    figure, panels = plt.subplots(1, 2, figsize=(8.2, 2.7), layout="constrained")
    for number, (values, color) in enumerate(zip(before, (BLUE, ORANGE, GREEN), strict=True), start=1):
        after = (values - values.mean()) / values.std()
        for panel, drawn in zip(panels, (values, after), strict=True):
            panel.hist(drawn, bins=50, density=True, histtype="step", linewidth=2, color=color, label=f"канал {number}")
    _tidy(panels[0], "до слоя")
    _tidy(panels[1], "после: среднее 0, дисперсия 1")
    panels[0].legend(frameon=False, fontsize=9)
    return figure


def running() -> Figure:
    """Как накопленное среднее догоняет настоящее при разном momentum."""
    generator = np.random.default_rng(1)
    batches = 2 + generator.normal(0, 0.5, 60)
    figure, panel = plt.subplots(figsize=(8.2, 2.7), layout="constrained")
    panel.plot(range(1, 61), batches, ".", color=GREY, label="среднее батча")
    for momentum, color in ((0.1, BLUE), (0.5, ORANGE), (None, GREEN)):
        value, path = 0.0, [0.0]
        for number, batch in enumerate(batches, start=1):
            share = 1 / number if momentum is None else momentum
            value = (1 - share) * value + share * batch
            path.append(value)
        panel.plot(path, color=color, linewidth=2, label=f"momentum={momentum}")
    _tidy(panel, "накопленное среднее")
    panel.set_xlabel("батч")
    panel.legend(frameon=False, fontsize=9, ncols=2)
    return figure


def sweep() -> Figure:
    """Доля верных ответов при разном шаге: среднее и разброс пяти запусков."""
    figure, panel = plt.subplots(figsize=(8.2, 2.9), layout="constrained")
    rates = [*SHARES]
    for column, color, name in ((0, ORANGE, "без нормализации"), (1, BLUE, "с вашим слоем")):
        shares = np.array([measured[column] for measured in SHARES.values()])
        mean = shares.mean(axis=1)
        panel.fill_between(rates, shares.min(axis=1), shares.max(axis=1), color=color, alpha=0.2)
        panel.plot(rates, mean, "o-", color=color, linewidth=2, label=name)
    panel.set(xscale="log", ylim=(0, 1.02), xticks=rates, xticklabels=["0,1", "0,3", "1", "2", "3"])
    panel.minorticks_off()
    _tidy(panel, "доля верных ответов после восьми эпох")
    panel.set_xlabel("начальный шаг обучения")
    panel.legend(frameon=False)
    return figure
