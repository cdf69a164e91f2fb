"""Как проверка вызывает ваш код: здесь всё, что она с ним делает.

Проверка передаёт сюда тензоры и получает обратно тензоры; считает и сравнивает она сама, в другом процессе.
"""

from unittest import mock

import torch
from torch import nn


def fans(student, w):
    """`fans(w)`"""
    answer = student.fans(nn.Parameter(w))
    if isinstance(answer, (tuple, list)):
        return tuple(one.item() if hasattr(one, "item") else one for one in answer)
    return answer


def fill_twice(student, name, w, **options):
    """`kaiming_normal_(w)`: два одинаковых параметра, заполненные друг за другом."""
    first, second = nn.Parameter(w.clone()), nn.Parameter(w.clone())
    student[name](first, **options)
    student[name](second, **options)
    return first.detach(), second.detach()


def fill_many(student, name, w, count):
    """Много одинаковых маленьких тензоров, заполненных друг за другом: (count, *форма w)."""
    copies = [w.clone() for _ in range(count)]
    for one in copies:
        student[name](one)
    return torch.stack(copies)


def fill_parameter(student, name, w):
    """Параметр после вызова; вернулся ли он сам; остался ли он обычным обучаемым параметром.

    И ещё: остались ли без градиента замороженный параметр и простой тензор.
    """
    parameter, frozen, plain = nn.Parameter(w), nn.Parameter(w.clone(), requires_grad=False), w.clone()
    answer = student[name](parameter)
    student[name](frozen)
    student[name](plain)
    trainable = parameter.requires_grad and parameter.is_leaf
    return parameter.detach(), answer is parameter, trainable, not frozen.requires_grad and not plain.requires_grad


def fill_view(student, name, storage):
    """Заполнить каждый второй столбец большого тензора; вернуть его весь."""
    student[name](storage[:, 1::2])
    return storage


class Residual(nn.Module):
    """Слои внутри слоёв: свёртки, нормализация и свой собственный параметр."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(24, 64, 3), nn.BatchNorm2d(64), nn.ReLU(), nn.Conv2d(64, 24, 3, bias=False), nn.BatchNorm2d(24)
        )
        self.scale = nn.Parameter(torch.empty(1, 24, 1, 1))


class Nested(nn.Module):
    """Сеть, в которой есть всё: свёртки трёх видов, Linear, вложенность, и много такого, что трогать нельзя."""

    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(50, 40)
        self.ear = nn.Conv1d(40, 90, 5)
        self.film = nn.Conv3d(12, 30, (2, 3, 3))
        self.blocks = nn.ModuleList([Residual()])
        self.heads = nn.ModuleDict({"deep": nn.Sequential(nn.Sequential(nn.Linear(60, 130), nn.LayerNorm(130)))})
        self.last = nn.Linear(130, 45)
        self.pair, self.up, self.bag = nn.Bilinear(6, 7, 8), nn.ConvTranspose2d(5, 9, 3), nn.EmbeddingBag(20, 12)
        self.memory, self.slopes = nn.GRU(4, 6), nn.PReLU(3)


class Layer(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear = nn.Linear(width, width)
        self.activation = nn.ReLU()


def _built(make):
    """Слои без начальных весов: их присылает проверка."""

    def nothing(_):
        return None

    kinds = (nn.Linear, nn.Conv1d, nn.Conv2d, nn.Conv3d, nn.ConvTranspose2d)
    patches = [mock.patch.object(kind, "reset_parameters", nothing) for kind in kinds]
    for patch in patches:
        patch.start()
    try:
        return make()
    finally:
        for patch in patches:
            patch.stop()


def _loaded(model, state):
    own = model.state_dict()
    for name, value in state.items():
        own[name].copy_(value)
    return model


def _state(model, names):
    state = model.state_dict()
    return {name: state[name].clone() for name in names if name in state}


def init_nested(student, state):
    """`init_model` на сети `Nested`, в которой лежали веса `state`: веса после вызова."""
    model = _loaded(_built(Nested), state)
    student.init_model(model)
    return _state(model, state)


def init_then_step(student, state, gradients):
    """Ссылки на параметры взяты до `init_model`, как у оптимизатора; веса до и после шага `p -= p.grad`.

    И ещё: какие параметры `init_model` заморозил (`requires_grad`) и остался ли включён режим обучения.
    """
    model = _loaded(_built(Nested), state)
    held = list(model.parameters())
    student.init_model(model)
    after = _state(model, gradients)
    frozen = [name for name, parameter in model.named_parameters() if not parameter.requires_grad]
    for name, parameter in model.named_parameters():
        parameter.grad = gradients[name].clone() if name in gradients else None
    with torch.no_grad():
        for parameter in held:
            if parameter.grad is not None:
                parameter.sub_(parameter.grad)
    return after, _state(model, gradients), frozen, model.training


def init_frozen(student, state, names):
    """`init_model` на сети в режиме eval, часть параметров которой (`names`) заморожена.

    Веса после вызова; что заморожено после него; включён ли режим обучения.
    """
    model = _loaded(_built(Nested), state).eval()
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(name not in names)
    student.init_model(model)
    frozen = {name for name, parameter in model.named_parameters() if not parameter.requires_grad}
    order = [*names, *sorted(frozen.difference(names))]
    return _state(model, state), [name for name in order if name in frozen], model.training


def init_one_layer(student, weight, bias):
    """`init_model` на двух моделях, каждая — один слой Linear: вес и смещение первой, вес второй."""
    models = [_built(lambda: nn.Linear(weight.shape[1], weight.shape[0])) for _ in range(2)]
    for model in models:
        student.init_model(_loaded(model, {"weight": weight, "bias": bias}))
    return models[0].weight.detach(), models[0].bias.detach(), models[1].weight.detach()


def init_deep(student, depth, width):
    """`init_model` на глубокой полносвязной сети: её матрицы и смещения, слой за слоем."""
    model = _built(lambda: nn.Sequential(*[Layer(width) for _ in range(depth)]))
    with torch.no_grad():
        for layer in model:
            layer.linear.weight.uniform_(-(width**-0.5), width**-0.5)
            layer.linear.bias.uniform_(-(width**-0.5), width**-0.5)
    student.init_model(model)
    weights = torch.stack([layer.linear.weight.detach() for layer in model])
    return weights, torch.stack([layer.linear.bias.detach() for layer in model])
