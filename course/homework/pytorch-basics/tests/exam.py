"""Экзамен: буквы, сети, рецепты и пороги."""

import numpy as np
import probes
import torch

LETTERS = "АБВГДЕЖЗИК"
SIDE = 16
TRAIN, TEST, EXAM = 800, 200, 600
RUNS = 3

MLP = ("CustomMLP", (SIDE * SIDE, [64], len(LETTERS)), {"epochs": 8, "lr": 2e-3, "batch": 20})
CNN = ("CustomCNN", ([24, 48, 64], len(LETTERS)), {"epochs": 10, "lr": 3e-3, "batch": 20})
RESNET = ("CustomResNet", (16, 16, 2, len(LETTERS)), {"epochs": 6, "lr": 1e-2, "batch": 20, "pause": 3})

# Пороги. Тридцать запусков CustomCNN и CustomMLP, шестьдесят CustomResNet, решения из solutions/ поровну; каждый раз
# новые буквы и новые начальные веса. Доля верных ответов на 600 буквах экзамена; σ₃ = σ/√3 — отклонение среднего трёх
# запусков.
#
#                              среднее     σ     худший    σ₃     порог   запас
#     CustomCNN                 0,865    0,057   0,717   0,033    0,65    6,5 σ₃
#     CustomCNN − CustomMLP     0,489    0,062   0,349   0,036    0,25    6,7 σ₃
#     CustomResNet              0,941    0,019   0,872   0,011    0,85    8,1 σ₃
#
# CustomMLP: 0,376 ± 0,022, лучший 0,417. Разброс CustomCNN велик, потому что в ней нет нормализации.
LEAST_CNN, LEAST_GAIN, LEAST_RESNET = 0.65, 0.25, 0.85


def _part(rng, alphabet, count):
    """Картинки и строки таблицы вперемешку; каждая буква встречается поровну."""
    letters = [alphabet[k % len(alphabet)] for k in rng.permutation(count)]
    images = probes.draw_letters(letters, rng, SIDE)
    order = rng.permutation(count)
    return images[np.argsort(order)], [(int(order[k]), letters[k]) for k in range(count)]


class Exam:
    """Файлы для студента и картинки с метками, которых он не увидит."""

    def __init__(self, rng):
        self.alphabet = "".join(rng.permutation(list(LETTERS)))
        train, test = _part(rng, self.alphabet, TRAIN), _part(rng, self.alphabet, TEST)
        self.data = self.alphabet, train, test
        self.test = self._tensors(test)
        self.exam = self._tensors(_part(rng, self.alphabet, EXAM))

    def _tensors(self, part):
        images, rows = part
        x = torch.tensor(images[[number for number, _ in rows]])[:, None].float() / 255
        return (x - 0.2) / 0.3, torch.tensor([self.alphabet.index(letter) for _, letter in rows])


def accuracy(function, layers, x, y):
    return (function(x, layers).argmax(dim=1) == y).double().mean().item()
