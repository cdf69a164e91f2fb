"""Картинки к условию. Каждая функция этого файла — одна картинка в папке pictures/."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_digits

DECIMAL = ","  # на осях
BLUE, ORANGE = "#2563a8", "#c2571a"

# Измерено кодом ноутбука, зёрна 0, 1, 2: среднее, наименьшее, наибольшее после каждой третьей эпохи.
RIGHT = {
    0.0: """
        .836 .887 .890 .876 .840 .792 .804 .715 .742 .721 .673 .669 .640 .632 .615 .632 .620 .589 .606 .621
        .817 .863 .882 .870 .819 .769 .781 .680 .736 .699 .661 .631 .610 .623 .553 .606 .616 .536 .580 .581
        .856 .914 .895 .884 .855 .823 .835 .748 .750 .759 .683 .721 .656 .645 .673 .650 .623 .620 .624 .648""",
    0.5: """
        .773 .836 .882 .894 .894 .891 .906 .905 .885 .892 .892 .892 .875 .904 .894 .880 .887 .861 .886 .878
        .721 .807 .870 .880 .870 .860 .903 .884 .867 .875 .870 .872 .843 .897 .858 .865 .878 .848 .860 .852
        .803 .876 .893 .907 .907 .914 .907 .919 .912 .907 .906 .913 .903 .911 .916 .891 .902 .874 .910 .901""",
}
MEMORISED = {
    0.0: """
        .027 .040 .057 .096 .153 .251 .292 .393 .427 .507 .623 .715 .780 .809 .826 .835 .910 .924 .918 .906
        .027 .032 .051 .080 .146 .231 .279 .368 .378 .396 .582 .691 .718 .806 .784 .811 .859 .870 .859 .848
        .035 .053 .061 .125 .160 .263 .299 .431 .492 .590 .646 .752 .832 .813 .875 .880 .949 .960 .952 .965""",
    0.5: """
        .043 .029 .022 .020 .029 .029 .034 .034 .041 .041 .044 .046 .058 .055 .067 .067 .075 .081 .079 .081
        .032 .021 .019 .013 .016 .021 .019 .024 .032 .037 .035 .024 .045 .051 .053 .056 .064 .077 .069 .074
        .051 .035 .027 .029 .045 .037 .053 .051 .056 .045 .053 .061 .074 .061 .093 .074 .096 .085 .090 .093""",
}


def layer() -> Figure:
    """Цифра, три случайные маски и среднее трёхсот."""
    rng = np.random.default_rng(3)
    digit = load_digits().images[0] / 16
    dropped = 2 * digit * (rng.random((300, 8, 8)) >= 0.5)
    shown = [digit, *dropped[:3], dropped.mean(0)]
    titles = ["вход", "вызов 1", "вызов 2", "вызов 3", "среднее 300 вызовов"]
    figure, panels = plt.subplots(1, 5, figsize=(10, 2.4), layout="constrained")
    for panel, picture, title in zip(panels, shown, titles, strict=True):
        drawn = panel.imshow(picture, cmap="gray_r", vmin=0, vmax=2)
        panel.set_title(title, fontsize=10)
        panel.set(xticks=[], yticks=[])
    figure.colorbar(drawn, ax=panels, ticks=[0, 1, 2], shrink=0.8)
    return figure


def experiment() -> Figure:
    """Точность и запоминание по эпохам, с дропаутом и без него."""
    figure, panels = plt.subplots(1, 2, figsize=(9, 3.2), layout="constrained", sharex=True)
    epochs = 3 * np.arange(1, 21)
    for panel, curves in zip(panels, (RIGHT, MEMORISED), strict=True):
        for (p, text), color in zip(curves.items(), (BLUE, ORANGE), strict=True):
            mean, low, high = np.array(text.split(), dtype=float).reshape(3, 20)
            panel.plot(epochs, mean, color=color, linewidth=2.2, label=f"p = {p}".replace(".", ","))
            panel.fill_between(epochs, low, high, color=color, alpha=0.18, linewidth=0)
        panel.grid(alpha=0.25)
        panel.spines[["top", "right"]].set_visible(False)
        panel.set(xlabel="эпоха", ylim=(0, 1))
    panels[0].set_title("верных ответов на тесте", fontsize=11)
    panels[1].set_title("запомнено неверных меток", fontsize=11)
    panels[0].legend(frameon=False, loc="lower left")
    return figure
