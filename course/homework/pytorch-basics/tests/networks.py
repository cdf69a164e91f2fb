"""Те же сети, посчитанные здесь: формулы на тензорах, без модулей.

Слой — пара (вид, словарь тензоров), как в probes.py. `flaw` включает одну из обычных ошибок: по таким ответам
проверка узнаёт, что именно не так. Верный ответ — с пустым `flaw`.
"""

from itertools import pairwise

import torch
from torch.nn import functional

EPS = 1e-5


def _random(shape, rng, scale=1.0):
    return scale * torch.randn(shape, generator=rng, dtype=torch.float64)


def linear(outputs, inputs, rng):
    return "Linear", {"weight": _random((outputs, inputs), rng, inputs**-0.5), "bias": _random(outputs, rng, 0.5)}


def conv(outputs, inputs, rng, bias=True):
    tensors = {"weight": _random((outputs, inputs, 3, 3), rng, 0.5 * inputs**-0.5)}
    return "Conv2d", tensors | ({"bias": _random(outputs, rng, 0.3)} if bias else {})


def norm(channels, rng):
    return "BatchNorm2d", {
        "weight": 0.5 + torch.rand(channels, generator=rng, dtype=torch.float64),
        "bias": _random(channels, rng, 0.3),
        "running_mean": _random(channels, rng, 0.3),
        "running_var": 0.5 + torch.rand(channels, generator=rng, dtype=torch.float64),
    }


def mlp_layers(inputs, hidden, classes, rng):
    widths = [inputs, *hidden, classes]
    return [linear(n, m, rng) for m, n in pairwise(widths)]


def cnn_layers(channels, classes, rng):
    widths = [1, *channels]
    convs = [conv(n, m, rng) for m, n in pairwise(widths)]
    return [*convs, linear(classes, widths[-1], rng)]


def block_layers(c, hidden, rng):
    return [conv(hidden, c, rng, bias=False), norm(hidden, rng), conv(c, hidden, rng, bias=False), norm(c, rng)]


def resnet_layers(c, hidden, blocks, classes, rng):
    stem = [conv(c, 1, rng, bias=False), norm(c, rng)]
    return [*stem, *(one for _ in range(blocks) for one in block_layers(c, hidden, rng)), linear(classes, c, rng)]


def leaves(layers):
    """Обучаемые тензоры слоёв, по порядку."""
    return [tensors[name] for _, tensors in layers for name in ("weight", "bias") if name in tensors]


def parameter_count(layers):
    return sum(tensor.numel() for tensor in leaves(layers))


def _finish(y, flaw):
    if flaw == "softmax":
        return y.softmax(dim=1)
    if flaw == "log_softmax":
        return y.log_softmax(dim=1)
    return y.relu() if flaw == "relu at the end" else y


def _affine(x, layer):
    return x @ layer[1]["weight"].T + layer[1]["bias"]


def _conv(x, layer, flaw=""):
    padding = 0 if flaw == "no padding" else 1
    return functional.conv2d(x, layer[1]["weight"], layer[1].get("bias"), padding=padding)


def _norm(x, layer, training, flaw=""):
    tensors = layer[1]
    if flaw == "no norm":
        return x
    mean, var = tensors["running_mean"], tensors["running_var"]
    if training:
        mean, var = x.mean(dim=(0, 2, 3)), x.var(dim=(0, 2, 3), correction=0)
    scale = tensors["weight"] / torch.sqrt(var + EPS)
    return (x - mean[:, None, None]) * scale[:, None, None] + tensors["bias"][:, None, None]


def _pool(x, flaw=""):
    if flaw == "max":
        return x.amax(dim=(2, 3))
    return x.sum(dim=(2, 3)) if flaw == "sum" else x.mean(dim=(2, 3))


def _halve(x, flaw=""):
    if flaw == "no pooling":
        return x
    return functional.avg_pool2d(x, 2) if flaw == "average pooling" else functional.max_pool2d(x, 2)


def mlp(x, layers, training=False, flaw=""):
    x = x.flatten(1)
    for layer in layers[:-1]:
        x = _affine(x, layer)
        x = x if flaw == "no relu" else x.relu()
    return _finish(_affine(x, layers[-1]), flaw)


def cnn(x, layers, training=False, flaw=""):
    for layer in layers[:-1]:
        x = _conv(x, layer, flaw)
        x = _halve(x if flaw == "no relu" else x.relu(), flaw)
    return _finish(_affine(_pool(x, flaw), layers[-1]), flaw)


def block(x, layers, training=False, flaw=""):
    first, first_norm, second, second_norm = layers
    inside = _norm(_conv(x, first), first_norm, training, flaw)
    inside = inside if flaw == "no relu inside" else inside.relu()
    inside = _norm(_conv(inside, second), second_norm, training, flaw)
    if flaw == "no skip":
        return inside.relu()
    if flaw == "no branch":
        return x.relu()
    if flaw == "relu before the sum":
        return x + inside.relu()
    if flaw == "doubled":
        return (2 * inside).relu()
    return x + inside if flaw == "no relu after" else (x + inside).relu()


def resnet(x, layers, training=False, flaw=""):
    x = _norm(_conv(x, layers[0]), layers[1], training, flaw)
    x = x if flaw == "no relu in the stem" else x.relu()
    x = _halve(x, flaw)
    inner = layers[2:-1]
    for start in range(0, len(inner), 4):
        x = block(x, inner[start : start + 4], training, flaw)
        if flaw == "one block":
            break
    return _finish(_affine(_pool(x, flaw), layers[-1]), flaw)
