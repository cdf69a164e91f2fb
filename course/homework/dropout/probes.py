"""Как проверка вызывает ваш код: здесь всё, что она с ним делает.

Проверка передаёт сюда тензоры и получает обратно тензоры; сравнивает и считает она сама, в другом процессе.
`DropoutLayer` — наследник `nn.Module`: проверка кладёт его внутрь других модулей и переключает режим
снаружи, вызовами `.train()` и `.eval()` у всей сети.
"""

import torch
from torch import nn

from kafedra.testing import probing

STEP, MOMENTUM = 0.15, 0.9


def _inside(layer, mode):
    """Слой внутри сети из двух этажей; режим переключают у всей сети."""
    return nn.Sequential(nn.Sequential(layer)).train(mode == "train")


def forward(student, x, *args, mode="train", **options):
    """`DropoutLayer(...)(x)` в режиме обучения или применения."""
    return _inside(student.DropoutLayer(*args, **options), mode)(x)


def create(student, p):
    """`DropoutLayer(p)`; получилось ли создать слой."""
    student.DropoutLayer(p)
    return True


def switching(student, x, p):
    """Один слой: обучение, применение, снова обучение; и ещё раз, когда `layer.training = False`."""
    layer = student.DropoutLayer(p)
    net = _inside(layer, "train")
    answers = [net(x), net.eval()(x), net.train()(x)]
    layer.training = False
    return *answers, layer(x)


def rescheduled(student, x, first, second):
    """Один слой: с p, равным `first`, и после `layer.p = second`."""
    layer = student.DropoutLayer(first)
    before = layer(x)
    layer.p = second
    return before, layer(x)


def repeatedly(student, x, p, count, layers):
    """`count` вызовов в режиме обучения, по очереди у нескольких слоёв: (count, *форма x)."""
    nets = [_inside(student.DropoutLayer(p), "train") for _ in range(layers)]
    return torch.stack([nets[number % layers](x) for number in range(count)])


def take_turns(student, x, first, second):
    """Два слоя с разными p живут рядом: первый, второй, снова первый."""
    one, two = student.DropoutLayer(p=first), student.DropoutLayer(p=second)
    return one(x), two(x), one(x)


def reseeded(student, x, p, seed):
    """Два вызова подряд, потом зерно то же, что вначале, и ещё один вызов."""
    layer = student.DropoutLayer(p)
    torch.manual_seed(seed)
    first, second = layer(x), layer(x)
    torch.manual_seed(seed)
    return first, second, layer(x)


def watched(student, x, p, *, mode="train", **options):
    """Ответ, вход после вызова и сколько раз его изменили на месте."""
    return probing.watched(_inside(student.DropoutLayer(p, **options), mode), x)


def gradient(student, x, upstream, p, *, mode="train"):
    """Слой и рядом с ним прямая связь, как в остаточном блоке: `((other + layer(x)) * upstream).sum()`.

    Ответ слоя, градиент по x (None, если до x он не доходит) и по other: последний должен быть равен upstream.
    Слой стоит в сети дважды: до обратного прохода он успевает обработать ещё один вход.
    """
    net = _inside(student.DropoutLayer(p), mode)
    return probing.gradient(net, x, upstream, meanwhile=lambda: net(x.clone()))


def gradient_in_place(student, x, upstream, p):
    """То же для `DropoutLayer(p, inplace=True)` посреди сети: на вход слою приходит 3·x."""
    layer = student.DropoutLayer(p, inplace=True)
    return probing.gradient(lambda z: layer(3 * z), x, upstream)


def corrupted(student, y, noise, seed):
    """`corrupt(y, noise, generator)`: ответ, метки после вызова и сколько раз их изменили на месте."""
    generator = torch.Generator().manual_seed(seed)
    return probing.watched(lambda labels: student.corrupt(labels, noise, generator), y)


def corrupted_repeatedly(student, y, noise, seed, count):
    """`count` вызовов подряд с одним генератором: (count, n). А потом первый из них ещё раз, с новым таким же."""
    generator = torch.Generator().manual_seed(seed)
    answers = torch.stack([student.corrupt(y, noise, generator) for _ in range(count)])
    torch.manual_seed(seed + 1)
    return answers, student.corrupt(y, noise, torch.Generator().manual_seed(seed))


def wiring(student, x, p):
    """`make_network(p)` в режиме обучения: её ответ на x и что вошло в каждый Linear и DropoutLayer и вышло из него.

    Слои — в том порядке, в каком они работали; у Linear ещё вес и смещение, у DropoutLayer — его p.
    """
    net = student.make_network(p).train()
    inputs, calls = [], []

    def before(module, args):
        inputs.append(args[0].detach().clone())

    def after(module, args, output):
        mine = isinstance(module, student.DropoutLayer)
        own = [getattr(module, "p", None)] if mine else [module.weight.detach(), module.bias.detach()]
        calls.append(("DropoutLayer" if mine else "Linear", inputs.pop(), output.detach().clone(), *own))

    for module in net.modules():
        if isinstance(module, (nn.Linear, student.DropoutLayer)):
            module.register_forward_pre_hook(before)
            module.register_forward_hook(after)
    with torch.no_grad():
        return net(x), calls


def network(weights, make_dropout):
    """Перцептрон 64 → 96 → 96 → 10 с данными весами; `make_dropout()` стоит после каждой активации."""
    net = nn.Sequential(
        nn.Linear(64, 96),
        nn.ReLU(),
        make_dropout(),
        nn.Linear(96, 96),
        nn.ReLU(),
        make_dropout(),
        nn.Linear(96, 10),
    )
    with torch.no_grad():
        for parameter, value in zip(net.parameters(), weights, strict=True):
            parameter.copy_(value)
    return net


def fit(net, x, y, order):
    """Обучение: SGD с моментом. order (шаги, размер батча) — номера примеров для каждого шага."""
    parameters = list(net.parameters())
    velocities = [torch.zeros_like(parameter) for parameter in parameters]
    net.train()
    for batch in order:
        loss = nn.functional.cross_entropy(net(x[batch]), y[batch])
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for parameter, velocity, step in zip(parameters, velocities, gradients, strict=True):
                velocity.mul_(MOMENTUM).add_(step)
                parameter.sub_(velocity, alpha=STEP)
    return net


def train(student, weights, x, y, order, x_test, p):
    """Обучить сеть с вашим слоем; веса после обучения и ответы на x_test в режиме применения."""
    net = fit(network(weights, lambda: student.DropoutLayer(p)), x, y, order)
    net.eval()
    with torch.no_grad():
        return [parameter.detach() for parameter in net.parameters()], net(x_test)
