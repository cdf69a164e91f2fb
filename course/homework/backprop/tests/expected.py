"""Что должно получиться. Производных по формулам здесь нет: они посчитаны комплексным шагом по прямому проходу.

f(x + ih) = f(x) + ih·f′(x) + O(h²), поэтому f′(x) = Im f(x + ih) / h. Вычитания нет, h можно взять 10⁻³⁰, и верны все
шестнадцать цифр (Squire, Trapp, SIAM Review 40, 1998). Нужно лишь, чтобы прямой проход умел комплексные числа.
"""

import numpy as np

EPS = 1e-5
TINY = 1e-30


def derivative(f, x):
    """Градиент функции `f` (от массива; число) в точке x, float64."""
    slopes = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        moved = x.astype(complex)
        moved[index] += TINY * 1j
        slopes[index] = np.imag(f(moved)) / TINY
    return slopes


def gradients(forward, g, *inputs):
    """Производные Σ g·forward(*inputs) по каждому из входов; тип — как у входа."""
    wide = [one.astype(np.float64) for one in inputs]

    def by(number):
        before, after = wide[:number], wide[number + 1 :]
        return derivative(lambda moved: (g * forward(*before, moved, *after)).sum(), wide[number])

    return tuple(by(number).astype(one.dtype) for number, one in enumerate(inputs))


def linear(x, w, b):
    return x @ w + b


def relu(x):
    return np.where(np.real(x) > 0, x, 0)


def softmax(logits):
    exponents = np.exp(logits - np.real(logits).max(axis=1, keepdims=True))
    return exponents / exponents.sum(axis=1, keepdims=True)


def cross_entropy(logits, labels):
    above = logits - np.real(logits).max(axis=1, keepdims=True)
    return (np.log(np.exp(above).sum(axis=1)) - above[np.arange(len(labels)), labels]).mean()


def cross_entropy_gradient(g, logits, labels):
    return gradients(lambda z: cross_entropy(z, labels), g, logits)[0]


def normalised(x, eps=EPS, constant=()):
    """x̂. Что названо в `constant` (mean, var), то при комплексном шаге не меняется: путь через него отрезан."""
    mean = x.mean(axis=0)
    var = ((x - mean) ** 2).mean(axis=0)
    mean = np.real(mean) if "mean" in constant else mean
    var = np.real(var) if "var" in constant else var
    return (x - mean) / np.sqrt(var + eps)


def batchnorm(x, gamma, beta, eps=EPS):
    return gamma * normalised(x, eps) + beta


def batchnorm_gradients(g, x, gamma, beta, eps=EPS):
    return gradients(lambda *inputs: batchnorm(*inputs, eps), g, x, gamma, beta)


def answers(blocks, x, relu=relu, norm=batchnorm):
    """Логиты сети; нормализация — по самому батчу."""
    for block in blocks[:-1]:
        x = relu(norm(linear(x, block["w"], block["b"]), block["gamma"], block["beta"]))
    return linear(x, blocks[-1]["w"], blocks[-1]["b"])


def network(blocks, x, labels, **layers):
    """Потери сети и градиенты по всем её параметрам; `layers` — чем заменить relu или norm."""

    def loss(changed):
        return cross_entropy(answers(changed, x, **layers), labels)

    def by(number, name):
        before, after = blocks[:number], blocks[number + 1 :]
        return derivative(lambda moved: loss([*before, blocks[number] | {name: moved}, *after]), blocks[number][name])

    return loss(blocks), [{name: by(number, name) for name in block} for number, block in enumerate(blocks)]


def error_of(analytic, numeric):
    sizes = np.linalg.norm(analytic), np.linalg.norm(numeric), 1e-3
    return float(np.linalg.norm(analytic - numeric) / max(sizes))
