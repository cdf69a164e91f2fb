"""Как проверка вызывает ваш код: здесь всё, что она с ним делает.

Проверка передаёт сюда массивы и получает обратно массивы; считает и сравнивает она сама, в другом процессе.
Функции, по которым проверяется ваша численная производная, тоже здесь: из одного процесса в другой их не передать.
"""

import numpy as np

from kafedra.testing import probing

FUNCTIONS = {
    "x³": lambda x: (x**3).sum(),
    "x⁴": lambda x: (x**4).sum(),
    "sin": lambda x: np.sin(x).sum(),
    "Σ k·xₖ": lambda x: (x * (1 + np.arange(x.size).reshape(x.shape))).sum(),
    "(Σ x)²/2": lambda x: x.sum() ** 2 / 2,
    "7": lambda x: 7.0,
    "10⁶·Σ x²": lambda x: 1e6 * (x**2).sum(),
    "Σ sin x / 100": lambda x: 1e-2 * np.sin(x).sum(),
}


def _plain(value):
    """Число numpy — числом Python: так оно выглядит в сообщениях."""
    return value.item() if isinstance(value, np.generic) else value


def _laid_out(x, memory):
    """Тот же массив, иначе лежащий в памяти."""
    if memory == "columns":
        return np.asfortranarray(x)
    if memory == "strided":
        return np.repeat(x, 2, axis=-1)[..., ::2]
    return x


def numerical(student, name, x, memory="plain", **options):
    """`numerical_gradient(f, x)`; вход после вызова."""
    return probing.watched(
        lambda point: student.numerical_gradient(FUNCTIONS[name], point, **options), _laid_out(x, memory)
    )


def error(student, analytic, numeric):
    return _plain(student.gradient_error(analytic, numeric))


def scale(student, analytic, numeric):
    return _plain(student.gradient_scale(analytic, numeric))


def verdicts(student, name, x, gradients, **options):
    """Что говорит `check_gradient` о каждом из градиентов."""
    return [_plain(student.check_gradient(FUNCTIONS[name], x.copy(), one, **options)) for one in gradients]


def forward(student, function, *inputs, memory="plain", **options):
    """Ответ слоя (без того, что он запомнил); входы после вызова. `function` — имя прямого прохода."""

    def call(*arrays):
        answer, _ = student[function](*arrays, **options)
        return _plain(answer)

    return probing.watched(call, *[_laid_out(one, memory) for one in inputs])


def backward(student, functions, g, inputs, others=(), memory="plain", times=1, **options):
    """Прямой проход, потом обратный с градиентом `g` сверху: то, что он вернул, g и входы после вызова.

    `functions` — имена того и другого.
    Между ними слой видит и другие входы, `others`: в сети он стоит не один. `times` — сколько раз звать обратный проход
    с тем же запомненным; возвращается последний ответ.
    """

    forth, back = functions

    def call(upstream, *arrays):
        _, cache = student[forth](*arrays, **options)
        if others:
            student[forth](*others, **options)
        for _ in range(times):
            answer = student[back](upstream, cache)
        return answer

    g = _laid_out(g, memory) if isinstance(g, np.ndarray) else g
    return probing.watched(call, g, *[_laid_out(one, memory) for one in inputs])


def network(student, blocks, x, labels):
    """`loss_and_gradients(blocks, x, labels)`; её входы после вызова."""

    def call(*inputs):
        loss, gradients = student.loss_and_gradients(*inputs)
        return _plain(loss), gradients

    return probing.watched(call, blocks, x, labels)


def train(student, blocks, x, labels, lr, epochs, batch, seed):
    """Сеть после обучения: SGD по градиентам, которые вернула `loss_and_gradients`."""
    generator = np.random.default_rng(seed)
    for _ in range(epochs):
        for rows in np.split(generator.permutation(len(x)), range(batch, len(x), batch)):
            _, gradients = student.loss_and_gradients(blocks, x[rows], labels[rows])
            blocks = [
                {name: value - lr * gradient[name] for name, value in block.items()}
                for block, gradient in zip(blocks, gradients, strict=True)
            ]
    return blocks
