"""Как проверка вызывает ваш код: здесь всё, что она с ним делает.

Проверка передаёт сюда тензоры и получает обратно тензоры; считает и сравнивает она сама, в другом процессе.
Имена параметров и буферов — на ваш выбор: γ находится по единицам, которыми она заполнена, β — по нулям; среди
буферов накопленная дисперсия — единицы, среднее — нули.
"""

from itertools import pairwise

import torch
from torch import nn

from kafedra.testing import probing


def _found(tensors, channels, value):
    """Имя того из тензоров, где `channels` чисел, равных `value`; None, если такого нет."""
    for name, tensor in tensors:
        if tensor.numel() == channels and tensor.is_floating_point() and bool((tensor == value).all()):
            return name
    return None


class _Watched:
    """Ваш слой внутри сети: режим ему переключает сеть, как это бывает на деле."""

    def __init__(self, student, channels, dtype, gamma=None, beta=None, *values, **options):
        self.layer = student.BatchNorm2dLayer(channels, *values, **options)
        self.net = nn.Sequential(nn.Identity(), self.layer).to(dtype)
        self.mean = _found(self.layer.named_buffers(), channels, 0)
        self.var = _found(self.layer.named_buffers(), channels, 1)
        self.gamma = _found(self.layer.named_parameters(), channels, 1)
        self.beta = _found(self.layer.named_parameters(), channels, 0)
        for name, value in ((self.gamma, gamma), (self.beta, beta)):
            if value is not None:
                parameter = self._parameter(name)
                parameter.data.copy_(value.reshape(parameter.shape))

    def _parameter(self, name):
        if name is None:
            # в коде, а не словами: отчёт бывает и английским
            raise AttributeError(
                "γ = nn.Parameter(torch.ones(num_features)), β = nn.Parameter(torch.zeros(num_features))?"
            )
        return dict(self.layer.named_parameters())[name]

    def __call__(self, x, training):
        return self.net.train(training)(x)

    def statistics(self):
        """Накопленные среднее и дисперсия; None вместо того, чего среди буферов нет."""
        buffers = dict(self.layer.named_buffers())
        return tuple(
            None if name is None else buffers[name].detach().clone().reshape(-1) for name in (self.mean, self.var)
        )

    def gradients(self):
        found = dict(self.layer.named_parameters())
        return tuple(
            None if found[name].grad is None else found[name].grad.reshape(-1) for name in (self.gamma, self.beta)
        )


def forward(student, x, gamma=None, beta=None, **options):
    """Ответ в режиме обучения, вход после вызова, сколько раз вход изменён на месте."""
    layer = _Watched(student, x.shape[1], x.dtype, gamma, beta, **options)
    return probing.watched(lambda batch: layer(batch, training=True), x)


def applied(student, warm, x, gamma=None, beta=None, **options):
    """То же в режиме eval; до этого слой видел батч `warm`."""
    layer = _Watched(student, x.shape[1], x.dtype, gamma, beta, **options)
    layer(warm, training=True)
    return probing.watched(lambda batch: layer(batch, training=False), x)


def parameter_count(student, channels, **options):
    """Сколько у слоя обучаемых чисел и сколько чисел в буферах, куда поместились бы статистики."""
    layer = student.BatchNorm2dLayer(channels, **options)
    parameters = sum(one.numel() for one in layer.parameters())
    return parameters, sum(one.numel() for one in layer.buffers() if one.numel() == channels)


def run(student, batches, modes, gamma=None, beta=None, *, grad=True, **options):
    """Несколько вызовов подряд: (ответ, накопленное среднее, накопленная дисперсия) после каждого.

    `grad=False` — под `torch.no_grad()`: так пересчитывают статистики обученной сети.
    """
    layer = _Watched(student, batches[0].shape[1], batches[0].dtype, gamma, beta, **options)
    with torch.set_grad_enabled(grad):
        return [(layer(x, training), *layer.statistics()) for x, training in zip(batches, modes, strict=True)]


def positional(student, batches, modes, values):
    """То же, но настройки переданы без имён, в том порядке, в каком они стоят в условии; γ и β — какими созданы."""
    layer = _Watched(student, batches[0].shape[1], batches[0].dtype, None, None, *values)
    return [(layer(x, training), *layer.statistics()) for x, training in zip(batches, modes, strict=True)]


def resume(student, before, after, last, **options):
    """Слой сохранён после батчей `before` и загружен в новый; тот видит `after` и отвечает на `last` в режиме eval."""
    first = _Watched(student, last.shape[1], last.dtype, **options)
    for x in before:
        first(x, training=True)
    second = _Watched(student, last.shape[1], last.dtype, **options)
    second.layer.load_state_dict(first.layer.state_dict())
    for x in after:
        second(x, training=True)
    return second(last, training=False), *second.statistics()


def gradients(student, warm, x, upstream, gamma, beta, training, **options):
    """Градиенты `(layer(x) * upstream).sum()` по x, γ и β; до этого слой видел батч `warm`.

    Между прямым и обратным проходом батч `warm` видят этот же слой и ещё один такой же: в сети они стоят рядом.
    """
    layer = _Watched(student, x.shape[1], x.dtype, gamma, beta, **options)
    neighbour = _Watched(student, x.shape[1], x.dtype, **options)
    layer(warm, training=True)
    x.requires_grad_()
    y = layer(x, training)
    layer(warm, training)
    neighbour(warm, training=True)
    if not isinstance(y, torch.Tensor) or not y.requires_grad:
        return None
    (y * upstream).sum().backward()
    return x.grad, *layer.gradients()


def two_steps(student, first, second, upstream, **options):
    """Два батча, оба с обратным проходом: градиент по второму и следят ли за буферами."""
    layer = _Watched(student, first.shape[1], first.dtype, **options)
    (layer(first.requires_grad_(), training=True) * upstream).sum().backward()
    (layer(second.requires_grad_(), training=True) * upstream).sum().backward()
    return second.grad, any(one.requires_grad for one in layer.layer.buffers())


def _train(student, sizes, x, y, lr, epochs, batch, generator):
    """Сеть из Linear, вашего слоя и ReLU после обучения: SGD, шаг за эпохи линейно убывает до нуля."""
    pairs = []
    for inputs, outputs in pairwise(sizes):
        weight = torch.randn(outputs, inputs, generator=generator) * (2 / inputs) ** 0.5
        pairs.append((nn.Parameter(weight), nn.Parameter(torch.zeros(outputs))))
    norms = [_Watched(student, width, torch.float32) for width in sizes[1:-1]]
    parameters = [one for pair in pairs for one in pair]
    parameters += [one for norm in norms for one in norm.layer.parameters()]
    for epoch in range(epochs):
        step_size = lr * (1 - epoch / epochs)
        for rows in torch.randperm(len(x), generator=generator).split(batch):
            logits = _apply(pairs, norms, x[rows], training=True)
            loss = nn.functional.cross_entropy(logits, y[rows])
            steps = torch.autograd.grad(loss, parameters)
            with torch.no_grad():
                for parameter, step in zip(parameters, steps, strict=True):
                    parameter.sub_(step_size * step)
    return pairs, norms


def _apply(pairs, norms, x, training):
    for (weight, bias), norm in zip(pairs, norms, strict=False):
        x = norm((x @ weight.T + bias)[:, :, None, None], training)[:, :, 0, 0].clamp(min=0)
    weight, bias = pairs[-1]
    return x @ weight.T + bias


def learn_digits(student, sizes, x, y, x_test, lr, epochs, batch, seed):
    """Обучить сеть с вашим слоем; её ответы на `x_test` в режиме eval и всё, из чего она состоит."""
    pairs, norms = _train(student, sizes, x, y, lr, epochs, batch, torch.Generator().manual_seed(seed))
    with torch.no_grad():
        logits = _apply(pairs, norms, x_test, training=False)
    linear = [(weight.detach(), bias.detach()) for weight, bias in pairs]
    affine = [tuple(norm._parameter(name).detach().reshape(-1) for name in (norm.gamma, norm.beta)) for norm in norms]
    return logits, linear, affine, [norm.statistics() for norm in norms]
