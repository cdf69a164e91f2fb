"""Рисунки главы. Каждая функция — один рисунок или список кадров; цвета — из цикла: "C0", "C1" …"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullFormatter

START, CURVATURE = np.array([-9.0, 1.0]), np.array([1.0, 100.0])


def _words(value):
    text = f"{value:,.0f}".replace(",", "\u202f") if value >= 10_000 else f"{value:g}"
    return text.replace(".", ",").replace("-", "−")


def _comma(*axes):
    for axis in axes:
        axis.set_major_formatter(FuncFormatter(lambda value, _: _words(value)))
        axis.set_minor_formatter(NullFormatter())


def _descend(lr, mu=0.0, steps=50):
    """Путь по оврагу (x² + 100 y²)/2: спуск с моментом mu."""
    point, velocity, path = START, np.zeros(2), [START]
    for _ in range(steps):
        velocity = mu * velocity + CURVATURE * point
        point = point - lr * velocity
        path.append(point)
    return np.array(path)


def _valley(path, title):
    """Линии уровня оврага и путь по нему."""
    x, y = np.meshgrid(np.linspace(-10, 6, 160), np.linspace(-1.5, 1.5, 90))
    figure, axes = plt.subplots(figsize=(5.6, 3.2))
    axes.contour(x, y, (x**2 + 100 * y**2) / 2, levels=[0.5, 2, 5, 12, 24, 40, 60, 90], colors="C4", linewidths=0.7)
    inside = np.abs(path[:, 1]) < 2
    axes.plot(*path[inside].T, ".-", color="C0", markersize=6, linewidth=1.3)
    axes.plot(0, 0, "+", color="C1", markersize=13, markeredgewidth=2.5)
    axes.set(xlim=(-10, 6), ylim=(-1.5, 1.5), xticks=[-8, -4, 0, 4], yticks=[-1, 0, 1], xlabel="x", ylabel="y")
    axes.set_title(title, fontsize=12.5)
    _comma(axes.xaxis, axes.yaxis)
    return figure


def steps() -> list[Figure]:
    """Пятьдесят шагов спуска по оврагу: кадр для каждого шага обучения."""
    rates = (0.002, 0.008, 0.015, 0.0198, 0.0203)
    return [
        _valley(_descend(rate), f"η = {_words(rate)}: y за шаг × {_words(round(1 - 100 * rate, 3))}") for rate in rates
    ]


def momenta() -> list[Figure]:
    """Пятьдесят шагов с моментом: шаг один, меняется μ."""
    return [_valley(_descend(0.008, mu), f"η = 0,008, μ = {_words(mu)}") for mu in (0.0, 0.5, 0.8, 0.9, 0.97)]


def speed() -> Figure:
    """За сколько шагов расстояние до минимума уменьшится в тысячу раз, в зависимости от числа обусловленности."""
    kappa = np.logspace(0.5, 4, 60)
    root = np.sqrt(kappa)
    figure, axes = plt.subplots(figsize=(5.6, 3.4))
    axes.loglog(kappa, np.log(1000) / -np.log((kappa - 1) / (kappa + 1)), color="C0", label="спуск")
    axes.loglog(kappa, np.log(1000) / -np.log((root - 1) / (root + 1)), "--", color="C1", label="с моментом")
    axes.set(
        xlabel="число обусловленности κ", ylabel="шагов", xticks=[10, 100, 1000, 10000], yticks=[10, 100, 1000, 10000]
    )
    axes.legend()
    _comma(axes.xaxis, axes.yaxis)
    return figure


def _adam(gradient, start, lr, count):
    point, m, v, path = np.array(start), np.zeros(2), np.zeros(2), [np.array(start)]
    for t in range(1, count + 1):
        g = gradient(point)
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        point = point - lr * m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        path.append(point)
    return np.array(path)


def turned() -> Figure:
    """Adam в одном и том же овраге вдоль осей и повёрнутом на 45°."""
    figure, panels = plt.subplots(1, 2, figsize=(5.6, 3.1))
    grid = np.meshgrid(np.linspace(-11, 4, 240), np.linspace(-11, 4, 240))
    for panel, angle, title in zip(panels, (0.0, np.pi / 4), ("вдоль осей", "повёрнут на 45°"), strict=True):
        rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        form = rotation @ np.diag([1.0, 1000.0]) @ rotation.T
        heights = np.einsum("ixy,ij,jxy->xy", grid, form, grid)
        panel.contour(*grid, np.log(heights + 1), levels=9, colors="C4", linewidths=0.6)
        path = _adam(lambda point, form=form: form @ point, rotation @ [-9.0, 1.0], 0.4, 60)
        panel.plot(*path.T, ".-", color="C0", markersize=5, linewidth=1.2)
        panel.plot(0, 0, "+", color="C1", markersize=13, markeredgewidth=2.5)
        panel.set(xlim=(-11, 4), ylim=(-11, 4), xticks=[-8, -4, 0, 4], yticks=[-8, -4, 0, 4], xlabel="x", ylabel="y")
        panel.set_aspect("equal")  # чтобы и на рисунке было 45°
        panel.set_title(title, fontsize=12.5)
        _comma(panel.xaxis, panel.yaxis)
    return figure


def noise_ball() -> Figure:
    """SGD с шумом на параболе: постоянный шаг и шаг, который на трёхсотом шаге уменьшили в десять раз."""
    generator = np.random.default_rng(3)
    noise = generator.standard_normal(600)
    figure, axes = plt.subplots(figsize=(5.6, 3.2))
    for name, colour, line, late in (
        ("шаг постоянный", "C1", "--", 0.2),
        ("с 300-го — в 10 раз меньше", "C0", "-", 0.02),
    ):
        x, path = 4.0, []
        for number, kick in enumerate(noise):
            x -= (0.2 if number < 300 else late) * (x + kick)
            path.append(x)
        axes.plot(path, line, color=colour, linewidth=1.2, label=name)
    axes.plot([300, 300], [-1.6, 2.4], ":", color="C4", linewidth=1)
    axes.set(xlabel="номер шага", ylabel="отклонение от минимума", ylim=(-1.6, 4.2))
    axes.legend()
    _comma(axes.xaxis, axes.yaxis)
    return figure


_LAYERS = (3, 5, 5, 2)


def _places():
    return [[(column * 1.4, row - (size - 1) / 2) for row in range(size)] for column, size in enumerate(_LAYERS)]


def _subnetwork(awake, title):
    """Сеть, в которой скрытые нейроны из awake живы, а остальные погашены."""
    figure, axes = plt.subplots(figsize=(5.2, 3.2))
    places = _places()
    for column in range(len(_LAYERS) - 1):
        for one, start in enumerate(places[column]):
            for two, end in enumerate(places[column + 1]):
                alive = awake[column][one] and awake[column + 1][two]
                style = {"color": "C0", "linewidth": 1.0} if alive else {"color": "C4", "linewidth": 0.4, "alpha": 0.35}
                axes.plot(*zip(start, end, strict=True), **style, zorder=1)
    for column, layer in enumerate(places):
        for row, place in enumerate(layer):
            alive = awake[column][row]
            axes.plot(
                *place, "o", color="C0" if alive else "C4", markersize=15 if alive else 8, alpha=1 if alive else 0.5
            )
    axes.set(xlim=(-0.4, 4.6), ylim=(-2.5, 2.5))
    axes.set_title(title, fontsize=12.5)
    axes.axis("off")
    return figure


def subnetworks() -> list[Figure]:
    """Четыре шага обучения — четыре маски; последний кадр — целая сеть."""
    masks = [([1, 0, 1, 1, 0], [0, 1, 1, 0, 1]), ([0, 1, 1, 0, 0], [1, 1, 0, 1, 0]), ([1, 1, 0, 1, 1], [0, 0, 1, 0, 1])]
    frames = [
        _subnetwork([[1] * 3, *mask, [1] * 2], f"шаг {number}: живы {sum(mask[0])} и {sum(mask[1])} из 5")
        for number, mask in enumerate(masks, 1)
    ]
    return [*frames, _subnetwork([[1] * size for size in _LAYERS], "применение: живы все")]


def smoothing() -> Figure:
    """Потери в зависимости от отрыва верного логита, десять классов: без сглаживания и с ним."""
    gap = np.linspace(0, 12, 300)
    total = np.log(np.exp(gap) + 9)
    figure, axes = plt.subplots(figsize=(5.6, 3.2))
    for alpha, colour, line, name in ((0.0, "C0", "-", "без сглаживания"), (0.1, "C1", "--", "α = 0,1")):
        axes.plot(gap, total - (1 - alpha + alpha / 10) * gap, line, color=colour, label=name)
    lowest = np.log(91)
    axes.plot(lowest, np.log(100) - 0.91 * lowest, "o", color="C1", markersize=8)
    axes.text(lowest + 0.1, 0.86, "отрыв ln 91 ≈ 4,5", color="C1", ha="center", fontsize=12)
    axes.set(xlabel="верный логит минус остальные", ylabel="потери", ylim=(-0.05, 2.4))
    axes.legend()
    _comma(axes.xaxis, axes.yaxis)
    return figure
