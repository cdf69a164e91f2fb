"""Как проверка вызывает ваш код: здесь всё, что она с ним делает.

Проверка даёт параметры и градиенты для каждого шага и получает обратно, где оказались параметры. Сравнивает она сама,
в другом процессе. От оптимизатора нужны `step()`, `zero_grad()`, `param_groups`, `add_param_group()`, `state_dict()` и
`load_state_dict()`; всё, кроме `step()`, даёт наследование от `torch.optim.Optimizer`.
"""

import copy
import inspect

import torch
from torch import nn

# Первый вызов этих методов загружает компилятор torch._dynamo: несколько секунд, которые здесь ни к чему.
for _name in ("add_param_group", "state_dict", "load_state_dict", "zero_grad"):
    setattr(torch.optim.Optimizer, _name, inspect.unwrap(getattr(torch.optim.Optimizer, _name)))


def _leaves(params):
    return [nn.Parameter(param) for param in params]


def _assign(leaves, grads, reuse=False):
    """Записать градиенты; reuse — в тот же тензор, как после zero_grad(set_to_none=False)."""
    for leaf, grad in zip(leaves, grads, strict=True):
        if reuse and grad is not None and leaf.grad is not None:
            leaf.grad.copy_(grad)
        else:
            leaf.grad = grad


def _values(leaves):
    return [leaf.detach().clone() for leaf in leaves]


def _walk(optimizer, leaves, steps, lrs=None, reuse=False):
    """Где оказались параметры после каждого шага: список по шагам, в нём список по параметрам."""
    history = []
    for number, grads in enumerate(steps):
        for group in optimizer.param_groups if lrs else []:
            group["lr"] = lrs[number]
        _assign(leaves, grads, reuse)
        optimizer.step()
        history.append(_values(leaves))
    return history


def trajectory(student, name, params, steps, options, lrs=None, reuse=False):
    """Один оптимизатор, шаг за шагом; lrs — новый lr перед каждым шагом."""
    leaves = _leaves(params)
    return _walk(student[name](leaves, **options), leaves, steps, lrs, reuse)


def positional(student, name, params, steps, values):
    """Настройки без имён, в том порядке, в каком они стоят в условии."""
    leaves = _leaves(params)
    return _walk(student[name](leaves, *values), leaves, steps)


def groups(student, name, params, steps, options, settings):
    """Каждый параметр — в своей группе, со своими настройками."""
    leaves = _leaves(params)
    described = [{"params": [leaf], **own} for leaf, own in zip(leaves, settings, strict=True)]
    return _walk(student[name](described, **options), leaves, steps)


def added(student, name, params, steps, options, stop):
    """Последние два параметра добавлены группой после шага `stop`; до тех пор оптимизатор о них не знает."""
    leaves = _leaves(params)
    optimizer = student[name](leaves[:-2], **options)
    history = _walk(optimizer, leaves, steps[:stop])
    optimizer.add_param_group({"params": leaves[-2:]})
    return history + _walk(optimizer, leaves, steps[stop:])


def in_turn(student, name, params, steps, first, second):
    """Два оптимизатора с разными настройками шагают по очереди, каждый по своим параметрам: оба пути."""
    leaves = [_leaves([param.clone() for param in params]) for _ in range(2)]
    pair = [student[name](own, **options) for own, options in zip(leaves, (first, second), strict=True)]
    paths = [[], []]
    for grads in steps:
        for optimizer, own, path in zip(pair, leaves, paths, strict=True):
            path.extend(_walk(optimizer, own, [[grad.clone() for grad in grads]]))
    return paths


def zeroed(student, name, params, grads, options):
    """Градиенты после `step()` и `zero_grad()`."""
    leaves = _leaves(params)
    optimizer = student[name](leaves, **options)
    _assign(leaves, grads)
    optimizer.step()
    optimizer.zero_grad()
    return [leaf.grad for leaf in leaves]


def resume(student, name, params, steps, options, stop, others):
    """Остановка после `stop` шагов: состояние сохранено и загружено в новый оптимизатор с настройками `others`."""
    leaves = _leaves(params)
    first = student[name](leaves, **options)
    history = _walk(first, leaves, steps[:stop])
    saved = copy.deepcopy(first.state_dict())
    leaves = _leaves(_values(leaves))
    second = student[name](leaves, **others)
    second.load_state_dict(saved)
    return history + _walk(second, leaves, steps[stop:])


def side_effects(student, name, params, steps, options):
    """Путь; градиенты после последнего шага; сколько раз их меняли; целы ли параметры; есть ли в состоянии граф."""
    leaves = _leaves(params)
    optimizer = student[name](leaves, **options)
    history, writes = [], 0
    for grads in steps:
        _assign(leaves, grads)
        versions = [grad._version for grad in grads]
        optimizer.step()
        writes += sum(grad._version - version for grad, version in zip(grads, versions, strict=True))
        history.append(_values(leaves))
    whole = all(leaf.is_leaf and leaf.requires_grad for leaf in leaves)
    states = [value for state in getattr(optimizer, "state", {}).values() for value in dict(state).values()]
    tracked = any(isinstance(value, torch.Tensor) and value.requires_grad for value in states)
    return history, [leaf.grad for leaf in leaves], writes, whole, tracked


def schedule(student, steps, *args, **options):
    """`warmup_cosine(step, ...)` для каждого шага из списка."""
    return [student.warmup_cosine(step, *args, **options) for step in steps]
