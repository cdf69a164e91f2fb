"""Картинки к условию. Каждая функция этого файла — одна картинка в папке pictures/."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

DECIMAL = ","  # на осях
BLUE, ORANGE, GREEN, GREY = "#2563a8", "#c2571a", "#2f855a", "#8a8f98"
PALE = {"PAD": "#eceef1", "BOS": "#f6d9c4", "EOS": "#cfe6d8", "": "#d6e4f5"}

# Измерено кодом ноутбука: доля дат, переведённых целиком, после каждой эпохи; зёрна 0, 1, 2.
DATES = {
    "с вниманием": [
        [0.0, 0.0, 0.583, 0.97, 1.0, 1.0, 1.0, 1.0],
        [0.0, 0.0, 0.56, 0.957, 1.0, 1.0, 1.0, 1.0],
        [0.0, 0.0, 0.547, 0.977, 1.0, 1.0, 1.0, 1.0],
    ],
    "без внимания": [
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    ],
}
# То же для Transformer, обученного на суммах меньше 100 000: точность по числу слов, среднее по зёрнам 0, 1, 2.
LENGTHS = {
    "меньше 100 000": {4: 0.69, 5: 0.97, 6: 1.0, 7: 1.0},
    "больше": {4: 0.0, 5: 0.0, 6: 0.0, 7: 0.0, 8: 0.0},
}
# Веса внимания обученной сети, в процентах: строка — токен ответа, столбец — буква источника.
ANSWERS = ("2017-12-04", "2041-10-14", "2023-08-02")
MAPS = {
    "04.12.2017": """
        0 0 0 0 0 0 91 3 5 0
        2 0 0 0 0 0 1 81 13 4
        1 1 0 0 0 0 2 10 79 7
        0 1 0 0 1 0 0 0 8 90
        0 3 25 5 11 48 0 0 2 6
        6 2 8 62 1 13 1 3 4 0
        0 9 5 12 62 8 0 0 0 3
        0 6 64 0 1 28 0 0 0 0
        58 26 6 6 1 1 1 0 0 0
        8 83 2 2 4 0 0 0 0 0""",
    "14 октября 2041 г.": """
        0 0 0 0 0 0 0 0 0 0 0 97 2 0 0 0 0 0
        0 0 0 0 0 0 0 0 0 0 0 0 93 4 2 0 0 0
        0 0 0 0 0 0 0 0 0 0 0 0 11 86 3 0 0 0
        0 0 0 2 0 0 0 0 0 0 0 0 0 6 88 1 1 0
        0 4 1 10 6 4 3 2 1 3 0 0 0 8 24 13 5 15
        3 0 1 49 28 6 7 4 1 1 0 0 0 0 0 0 0 0
        0 13 0 5 9 58 9 3 1 2 0 0 0 0 0 0 0 0
        0 22 18 0 0 3 3 1 2 3 2 0 0 2 0 4 0 38
        53 13 19 2 1 1 1 1 1 0 2 3 0 0 0 0 0 1
        3 85 3 0 0 4 1 1 1 1 0 0 0 0 0 0 0 0""",
    "август 2023, 2-е": """
        0 0 0 0 0 0 0 89 6 6 0 0 0 0 0 0
        0 0 0 0 0 0 0 1 93 1 4 0 0 0 0 0
        0 0 0 0 0 0 0 1 11 82 6 0 0 0 0 0
        0 1 0 0 0 0 0 0 0 5 93 1 0 0 0 0
        2 22 2 3 8 5 1 0 0 0 3 51 1 0 1 1
        10 64 3 10 5 3 1 0 0 0 0 0 1 0 1 1
        3 78 1 1 7 5 0 0 0 2 1 0 0 0 0 0
        1 6 0 1 1 1 3 0 0 0 0 48 10 1 26 2
        4 3 1 3 0 0 1 3 0 1 0 0 25 32 26 1
        1 1 0 1 0 0 0 1 0 3 1 1 4 77 8 0""",
}


def _tidy(panel):
    panel.grid(alpha=0.25)
    panel.spines[["top", "right"]].set_visible(False)


def _cells(panel, rows, title):
    """Таблица токенов: пады серые, BOS и EOS выделены."""
    for y, row in enumerate(rows):
        for x, token in enumerate(row):
            panel.add_patch(plt.Rectangle((x, -y), 0.94, 0.8, color=PALE.get(token, PALE[""])))
            panel.text(x + 0.47, 0.4 - y, token, ha="center", va="center", fontsize=8.5)
    panel.set(xlim=(-0.05, len(rows[0])), ylim=(0.05 - len(rows) + 1 - 0.1, 0.9))
    panel.set_title(title, fontsize=10, family="monospace")
    panel.axis("off")


def batch() -> Figure:
    source = [["двести", "тридцать", "рублей"], ["пять", "рублей", "PAD"]]
    before = [["BOS", "2", "3", "0"], ["BOS", "5", "PAD", "PAD"]]
    after = [["2", "3", "0", "EOS"], ["5", "EOS", "PAD", "PAD"]]
    figure, panels = plt.subplots(1, 3, figsize=(10, 1.4), layout="constrained", width_ratios=(3.6, 3, 3))
    for panel, rows, title in zip(panels, (source, before, after), ("source", "target_in", "target_out"), strict=True):
        _cells(panel, rows, title)
    return figure


def masks() -> Figure:
    size, real = 6, 4
    pads = np.tile(np.arange(size) < real, (size, 1))
    past = np.tril(np.ones((size, size), dtype=bool))
    figure, panels = plt.subplots(1, 3, figsize=(8.2, 3.3), layout="constrained")
    for panel, mask, title in zip(panels, (pads, past, pads & past), ("падов", "будущего", "обе: &"), strict=True):
        panel.imshow(mask, cmap="Blues", vmin=0, vmax=1.6)
        panel.set_xticks(np.arange(-0.5, size), minor=True)
        panel.set_yticks(np.arange(-0.5, size), minor=True)
        panel.grid(which="minor", color="white", linewidth=2)
        panel.tick_params(which="both", length=0)
        panel.set_title(title, fontsize=10)
        panel.set(xlabel="на кого смотрят", xticks=range(size), yticks=range(size))
    panels[0].set_ylabel("кто смотрит")
    return figure


def scale() -> Figure:
    """Наибольший из двадцати весов при случайных q и k."""
    rng = np.random.default_rng(0)
    sizes = 2 ** np.arange(1, 11)
    figure, panel = plt.subplots(figsize=(6, 2.8), layout="constrained")
    for label, power, color in (("без корня", 0.0, ORANGE), ("с корнем", 0.5, BLUE)):
        largest = []
        for d in sizes:
            scores = np.einsum("nd,nsd->ns", rng.normal(size=(300, d)), rng.normal(size=(300, 20, d))) / d**power
            powers = np.exp(scores - scores.max(1, keepdims=True))
            largest.append((powers.max(1) / powers.sum(1)).mean())
        panel.plot(sizes, largest, "o-", color=color, linewidth=2, label=label)
    panel.set_xscale("log", base=2)
    panel.set(xlabel="размер вектора d", ylabel="наибольший вес из 20", ylim=(0, 1.02), xticks=sizes, xticklabels=sizes)
    panel.legend(frameon=False)
    _tidy(panel)
    return figure


def heads() -> Figure:
    """Какие числа достаются первой, второй и третьей голове: 4 места, 12 чисел."""
    right = np.tile(np.arange(12) // 4, (4, 1))
    wrong = (np.arange(48) // 16).reshape(4, 12)
    figure, panels = plt.subplots(1, 2, figsize=(8.2, 2.2), layout="constrained")
    for panel, owners, title in zip(
        panels, (right, wrong), ("верно: у головы свои столбцы", "view без transpose"), strict=True
    ):
        panel.imshow(owners, cmap="Set2", vmin=0, vmax=7)
        for (y, x), owner in np.ndenumerate(owners):
            panel.text(x, y, str(owner + 1), ha="center", va="center", fontsize=8)
        panel.set(xlabel="номер числа в векторе", ylabel="место", xticks=range(12), yticks=range(4))
        panel.set_title(title, fontsize=10)
    return figure


def dates() -> Figure:
    figure, panel = plt.subplots(figsize=(6, 2.8), layout="constrained")
    for (label, runs), color in zip(DATES.items(), (BLUE, ORANGE), strict=True):
        curves = np.array(runs)
        epochs = np.arange(1, curves.shape[1] + 1)
        panel.plot(epochs, curves.mean(0), "o-", color=color, linewidth=2, label=label)
        panel.fill_between(epochs, curves.min(0), curves.max(0), color=color, alpha=0.2, linewidth=0)
    panel.set(xlabel="эпоха", ylabel="верно целиком", ylim=(-0.03, 1.05))
    panel.legend(frameon=False, loc="center right")
    _tidy(panel)
    return figure


def alignment() -> Figure:
    widths = [len(text) for text in MAPS]
    figure, panels = plt.subplots(1, 3, figsize=(11, 3), layout="constrained", width_ratios=widths)
    for panel, (text, numbers), answer in zip(panels, MAPS.items(), ANSWERS, strict=True):
        weights = np.array(numbers.split(), dtype=float).reshape(len(answer), len(text)) / 100
        panel.imshow(weights, cmap="Blues", vmin=0, vmax=1, aspect="auto")
        panel.set_xticks(range(len(text)), text, fontsize=9)
        panel.set_yticks(range(len(answer)), answer, fontsize=9)
    panels[0].set_ylabel("пишет")
    panels[1].set_xlabel("смотрит")
    return figure


def _box(panel, x, y, text, color, height=0.62):
    panel.add_patch(
        FancyBboxPatch((x, y), 3.4, height, boxstyle="round,pad=0.06", facecolor=color, edgecolor=GREY, linewidth=0.8)
    )
    panel.text(x + 1.7, y + height / 2, text, ha="center", va="center", fontsize=8.5)


def _arrow(panel, start, end, color=GREY):
    panel.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": color, "linewidth": 1.3})


def _sublayer(panel, x, y, text, color):
    """От входа на высоте `y`: сам подслой, обход вокруг него, сложение и нормировка. Верх — на 2,35 выше."""
    middle, plus = x + 1.7, y + 1.55
    _arrow(panel, (middle, y), (middle, y + 0.4))
    _box(panel, x, y + 0.46, text, color)
    _arrow(panel, (middle, y + 1.14), (middle, plus - 0.16))
    way = [(middle, y + 0.16), (x + 3.75, y + 0.16), (x + 3.75, plus), (middle + 0.3, plus)]
    panel.plot(*zip(*way, strict=True), color=GREEN, linewidth=1.3)
    _arrow(panel, way[-1], (middle + 0.16, plus), GREEN)
    panel.text(middle, plus - 0.01, "+", ha="center", va="center", fontsize=9, color=GREEN,
               bbox={"boxstyle": "circle,pad=0.12", "facecolor": "white", "edgecolor": GREEN})  # fmt: skip
    _arrow(panel, (middle, plus + 0.17), (middle, plus + 0.42))
    _box(panel, x, plus + 0.47, "LayerNorm", "white", 0.27)


def transformer() -> Figure:
    figure, (scheme, waves) = plt.subplots(1, 2, figsize=(10.5, 6.4), layout="constrained", width_ratios=(1.5, 1))
    own, cross, plain = "#d6e4f5", "#f6d9c4", "#eceef1"
    left = [("на себя: маска падов", own), ("перцептрон", plain)]
    right = [("на себя: маска будущего", own), ("на источник: маска падов", cross), ("перцептрон", plain)]
    for x, source, sublayers in ((0.0, "слова + места", left), (5.2, "ответ + места", right)):
        _box(scheme, x, -0.7, source, plain)
        for place, (text, color) in enumerate(sublayers):
            _sublayer(scheme, x, 2.35 * place, text, color)
    _arrow(scheme, (6.9, 7.05), (6.9, 7.45))
    _box(scheme, 5.2, 7.51, "логиты", plain)
    scheme.plot([1.7, 1.7, 4.3, 4.3], [4.7, 5.05, 5.05, 3.12], color=ORANGE, linewidth=1.3)
    _arrow(scheme, (4.3, 3.12), (5.13, 3.12), ORANGE)
    scheme.text(1.7, 5.3, "энкодер, × layers", ha="center", fontsize=9, color=BLUE)
    scheme.text(6.9, 8.5, "декодер, × layers", ha="center", fontsize=9, color=BLUE)
    scheme.text(0, 7.7, "зелёное — обход: вход\nприбавлен к ответу", va="center", fontsize=8.5, color=GREEN)
    scheme.set(xlim=(-0.4, 9.4), ylim=(-0.9, 8.9))
    scheme.axis("off")
    places, dim = np.arange(64)[:, None], 32
    angles = places / 10_000 ** (np.arange(0, dim, 2) / dim)
    table = np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(64, dim)
    waves.imshow(table, cmap="RdBu", vmin=-1.3, vmax=1.3, aspect="auto")
    waves.set(xlabel="номер числа в векторе", ylabel="место")
    waves.set_title("синусы и косинусы", fontsize=10)
    return figure


def lengths() -> Figure:
    figure, panel = plt.subplots(figsize=(7, 2.8), layout="constrained")
    for (label, shares), shift, color in zip(LENGTHS.items(), (-0.2, 0.2), (BLUE, ORANGE), strict=True):
        places = np.array(list(shares)) + shift
        panel.bar(places, list(shares.values()), width=0.4, color=color, label=label)
    for length in LENGTHS["больше"]:
        panel.text(length + 0.2, 0.02, "0", ha="center", color=ORANGE)
    panel.set(xlabel="слов в источнике", ylabel="верно целиком", ylim=(0, 1.05))
    panel.legend(frameon=False, loc="upper right")
    _tidy(panel)
    return figure
