"""Линейный слой и ReLU: 0,2 балла."""

import numpy as np
import probes
import pytest
from expected import gradients, linear
from inputs import LAYOUTS, layer, numbers, signed
from mistakes import MEMORY, SPOILT, of_linear, of_linear_bias, of_linear_input, of_linear_weights

from kafedra.testing import check

SIDE = {np.float64: {"rtol": 1e-9, "atol": 1e-11}, np.float32: {"rtol": 1e-4, "atol": 1e-5}}
ABOVE = "обратный проход изменил g или входы: они нужны и другим; пишите в новый массив"
SHAPES = "спросите размерности: нужную форму из g и того, что в cache, можно собрать одним способом"
PARTS = "linear_backward возвращает три градиента: по x, по W и по b, в этом порядке"
LINEAR_PASSES = ("linear_forward", "linear_backward")
RELU_PASSES = ("relu_forward", "relu_backward")


def check_linear(submission, inputs, *, memory="plain", title="", dtype=np.float64):
    call = f"{title and title + ': '}linear_forward(x, w, b)"
    y = check.untouched(submission.call(probes.forward, "linear_forward", *inputs, memory=memory), *inputs, call=call)
    shown = dict(zip("xwb", inputs, strict=True))
    otherwise = "y = x @ w + b"
    check.close(
        y, linear(*inputs), **SIDE[dtype], call=call, inputs=shown, suspects=of_linear(*inputs), otherwise=otherwise
    )


def linear_answer(submission, g, inputs, others, *, title="", **options):
    """Три градиента линейного слоя; g и входы не тронуты."""
    call = f"{title and title + ': '}linear_backward(g, cache)"
    report = submission.call(probes.backward, LINEAR_PASSES, g, inputs, others, **options)
    answer = check.untouched(report, g, *inputs, call=call, why=ABOVE)
    return check.parts(answer, 3, call=call, why=PARTS), call


@pytest.mark.points("0.03")
def test_linear_forward(submission, numpy_rng):
    """Линейный слой: y = xW + b

    x — (B, n), W — (n, m), b — (m,); ответ — (B, m). Второе, что возвращает функция, — cache, в каком угодно виде.
    """
    check_linear(submission, layer(numpy_rng))
    check_linear(submission, layer(numpy_rng, 1, 2, 5), title="один пример")


def linear_case(submission, rng, **sizes):
    """g, входы, верные производные, производные на других данных и ответ слоя."""
    inputs, others = layer(rng, **sizes), layer(rng, **sizes)
    g = numbers(rng, len(inputs[0]), inputs[1].shape[1])
    answer, call = linear_answer(submission, g, inputs, others)
    return g, inputs, gradients(linear, g, *inputs), gradients(linear, g, *others), answer, call


@pytest.mark.points("0.03")
def test_linear_backward_input(submission, numpy_rng):
    """Градиент линейного слоя по x

    Форма — как у x. Слой может стоять в сети дважды: у каждого вызова свой cache.
    """
    for sizes in ({"inputs": 3, "outputs": 3}, {}, {"batch": 1}):
        g, (x, w, _), right, others, answer, call = linear_case(submission, numpy_rng, **sizes)
        suspects = of_linear_input(g, x, w, right, others)
        how = {"inputs": {"g": g, "w": w}, "suspects": suspects, "otherwise": SHAPES}
        check.close(answer[0], right[0], **SIDE[np.float64], call=f"{call}: по x", **how)


@pytest.mark.points("0.03")
def test_linear_backward_weights(submission, numpy_rng):
    """Градиент линейного слоя по W

    Форма — как у W. Вклады примеров складываются, на размер батча слой не делит.
    """
    for sizes in ({"inputs": 3, "outputs": 3}, {}, {"batch": 1}):
        g, (x, w, _), right, others, answer, call = linear_case(submission, numpy_rng, **sizes)
        suspects = of_linear_weights(g, x, w, right, others)
        how = {"inputs": {"g": g, "x": x}, "suspects": suspects, "otherwise": SHAPES}
        check.close(answer[1], right[1], **SIDE[np.float64], call=f"{call}: по W", **how)


@pytest.mark.points("0.02")
def test_linear_backward_bias(submission, numpy_rng):
    """Градиент линейного слоя по b: сумма по батчу

    Форма — как у b, (m,). Смещение прибавлено к каждой строке, поэтому вклады строк складываются.
    """
    for sizes in ({}, {"batch": 1, "outputs": 5}):
        g, (_, _, b), right, _, answer, call = linear_case(submission, numpy_rng, **sizes)
        otherwise = "вклады строк складываются, форма (m,)"
        where, suspects = f"{call}: по b", of_linear_bias(g)
        check.array(answer[2], shape=b.shape, call=where, why=otherwise)
        how = {"inputs": {"g": g}, "suspects": suspects, "otherwise": otherwise}
        check.close(answer[2], right[2], **SIDE[np.float64], call=where, **how)


@pytest.mark.points("0.02")
def test_relu_forward(submission, numpy_rng):
    """ReLU: max(0, x)

    Массив любой формы, ответ — новый: вход менять нельзя.
    """
    for shape in ((4, 5), (6,), (2, 3, 2)):
        x = signed(numpy_rng, *shape)
        call = "relu_forward(x)"
        y = check.untouched(submission.call(probes.forward, "relu_forward", x), x, call=call)
        suspects = {
            "отрицательные отражены: это модуль": np.abs(x),
            "вход возвращён без изменений": x,
            "все ответы — нули": np.zeros_like(x),
            "оставлены отрицательные, а нужны положительные": np.minimum(x, 0),
            "это ступенька 0/1, а справа ответ — x": (x > 0).astype(float),
        }
        how = {"suspects": suspects, "otherwise": "np.maximum(x, 0)"}
        check.close(y, np.maximum(x, 0), **SIDE[np.float64], call=call, inputs={"x": x}, **how)


@pytest.mark.points("0.04")
def test_relu_backward(submission, numpy_rng):
    """Градиент ReLU: g там, где x > 0, иначе ноль

    Маску берут от входа прямого прохода, а не от g. В нуле производной нет: там подойдёт любая доля g от 0 до 1.
    """
    for shape in ((4, 5), (6,), (2, 3, 2)):
        x, g = signed(numpy_rng, *shape), numbers(numpy_rng, *shape)
        first_half = np.arange(x.size).reshape(shape) < x.size // 2
        others = (np.where(first_half, 1.0, -1.0),)
        call = "relu_backward(g, cache)"
        answer = check.untouched(
            submission.call(probes.backward, RELU_PASSES, g, (x,), others), g, x, call=call, why=ABOVE
        )
        suspects = {
            "маска взята от g: отрезаны отрицательные градиенты, а нужно — отрицательные x": np.maximum(g, 0),
            "g потеряно: возвращена одна маска": (x > 0).astype(float),
            "маска не применена: g вернулось как есть": g,
            "g умножено на сам x, а не на маску": g * np.maximum(x, 0),
            "маска перевёрнута: градиент проходит там, где x < 0": g * (x < 0),
            "слева градиент сменил знак: это производная модуля": g * np.sign(x),
            "градиент — нули": np.zeros_like(g),
            MEMORY: g * (others[0] > 0),
        }
        how = {"suspects": suspects, "otherwise": "g · (x > 0)"}
        check.close(answer, g * (x > 0), **SIDE[np.float64], call=call, inputs={"x": x, "g": g}, **how)
    x, g = np.array([-1.0, 0.0, 2.0]), np.array([3.0, 3.0, 3.0])
    answer = check.untouched(submission.call(probes.backward, RELU_PASSES, g, (x,)), g, x, call=call, why=ABOVE)
    check.array(answer, shape=(3,), call=call)
    check.within(answer[1], 0, 3, call=call, what="градиент в изломе", why="в нуле — от 0 до g")


@pytest.mark.hidden
@pytest.mark.points("0.03")
def test_layers_any_array(submission, numpy_rng):
    """Линейный слой и ReLU: память, float32, второй обратный проход

    float32 остаётся float32. Массив лежит в памяти как угодно. Обратный проход можно позвать дважды с тем же cache, и
    ответ тот же; в g и во входы он ничего не пишет.
    """
    for memory, title in LAYOUTS.items():
        check_linear(submission, layer(numpy_rng), memory=memory, title=title)
    for dtype in (np.float64, np.float32):
        inputs, others = layer(numpy_rng, dtype=dtype), layer(numpy_rng, dtype=dtype)
        name = np.dtype(dtype).name
        check_linear(submission, inputs, title=name, dtype=dtype)
        g = numbers(numpy_rng, 5, 3, dtype=dtype)
        for times in (1, 2):
            title = f"{name}{', вызвано дважды' if times == 2 else ''}"
            answer, call = linear_answer(submission, g, inputs, others, title=title, times=times)
            expected = gradients(linear, g, *inputs)
            how = {"why": SPOILT if times == 2 else ""}
            check.close(list(answer), list(expected), **SIDE[dtype], call=call, inputs={"g": g}, **how)
        x, above = signed(numpy_rng, 4, 5, dtype=dtype), numbers(numpy_rng, 4, 5, dtype=dtype)
        call = f"{name}: relu_forward(x)"
        y = check.untouched(submission.call(probes.forward, "relu_forward", x), x, call=call)
        check.close(y, np.maximum(x, 0), **SIDE[dtype], call=call, inputs={"x": x})
        call = f"{name}, вызвано дважды: relu_backward(g, cache)"
        report = submission.call(probes.backward, RELU_PASSES, above, (x,), times=2)
        answer = check.untouched(report, above, x, call=call, why=ABOVE)
        check.close(answer, above * (x > 0), **SIDE[dtype], call=call, inputs={"g": above}, why=SPOILT)
