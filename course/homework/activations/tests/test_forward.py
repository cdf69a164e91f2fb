"""Значения: 0,5 балла."""

import probes
import pytest
import torch
from inputs import number, spread
from mistakes import call_of

from kafedra.testing import check

SHAPES = [(5, 7), (17,), (2, 3, 4, 5)]


@pytest.mark.points("0.1")
def test_relu_forward(submission, rng):
    """ReLU: max(0, x)

    Отрицательное становится нулём, положительное не меняется, как бы велико оно ни было.
    """
    for shape in SHAPES:
        x = spread(shape, rng)
        y = submission.call(probes.forward, "MyReLU", x)
        suspects = {
            "вход возвращён без изменений": x,
            "это модуль: отрицательное отражено, а должно стать нулём": x.abs(),
            "сверху обрезано шестёркой: это ReLU6": x.clamp(0, 6),
            "возвращена маска x > 0; её нужно ещё умножить на x": (x > 0).double(),
            "знаки перепутаны: оставлено отрицательное": x.clamp(max=0),
            "отрицательное умножено на 0,01: это LeakyReLU": torch.where(x > 0, x, 0.01 * x),
            "все ответы — нули": torch.zeros_like(x),
            "это softplus, ln(1 + eˣ): гладкий родственник ReLU": torch.nn.functional.softplus(x, threshold=50),
        }
        otherwise = "для x > 0 ответ — сам x, для остальных — ноль"
        call = "MyReLU()(x)"
        check.close(y, torch.relu(x), call=call, inputs={"x": x}, suspects=suspects, otherwise=otherwise)


@pytest.mark.points("0.1")
def test_leaky_relu_forward(submission, rng):
    """LeakyReLU без параметров: слева наклон 0,01

    MyLeakyReLU() — то же, что MyLeakyReLU(negative_slope=0.01): x для x > 0, 0.01·x для остальных.
    """
    for shape in SHAPES:
        x = spread(shape, rng)
        y = submission.call(probes.forward, "MyLeakyReLU", x)
        suspects = {
            "вход возвращён без изменений": x,
            "отрицательное обнулено: это ReLU": torch.relu(x),
            "наклон слева взят с минусом: −0.01·x вместо 0.01·x": torch.where(x > 0, x, -0.01 * x),
            "ветви перепутаны: на наклон умножено положительное": torch.where(x > 0, 0.01 * x, x),
            "на наклон умножено всё, и положительное тоже": 0.01 * x,
            "наклон по умолчанию 0,1 вместо 0,01": torch.where(x > 0, x, 0.1 * x),
            "наклон по умолчанию 0,2 вместо 0,01": torch.where(x > 0, x, 0.2 * x),
            "наклон по умолчанию 0,001 вместо 0,01": torch.where(x > 0, x, 0.001 * x),
            "сам наклон прибавлен к нулю вместо умножения на x": torch.where(x > 0, x, 0.01),
        }
        expected = torch.where(x > 0, x, 0.01 * x)
        otherwise = "для x > 0 ответ — сам x, для остальных — 0.01·x"
        call = "MyLeakyReLU()(x)"
        check.close(y, expected, call=call, inputs={"x": x}, suspects=suspects, otherwise=otherwise)


@pytest.mark.hidden
@pytest.mark.points("0.05")
def test_leaky_relu_slopes(submission, rng):
    """LeakyReLU: у каждого слоя свой наклон

    Наклон приходит в __init__ и хранится в self; подходит любое число от 0 до 1, ноль — тоже. Два слоя
    с разными наклонами не должны мешать друг другу.
    """
    x = spread((4, 6), rng)
    one, two = number(0.05, 0.4, rng), number(0.5, 0.95, rng)
    for first, second in ((one, two), (0.0, one), (1.0, two)):
        options = {"negative_slope": first}, {"negative_slope": second}
        call = " рядом с ".join(call_of("MyLeakyReLU", **each) for each in options)
        answers = check.parts(submission.call(probes.take_turns, "MyLeakyReLU", x, *options), 3, call=call)
        for y, slope, other in zip(answers, (first, second, first), (second, first, second), strict=True):
            suspects = {
                "параметр negative_slope не используется: наклон всегда 0,01": torch.where(x > 0, x, 0.01 * x),
                "взят наклон другого слоя: храните его в self, а не в классе": torch.where(x > 0, x, other * x),
            }
            expected = torch.where(x > 0, x, slope * x)
            otherwise = "слева от нуля ответ — negative_slope·x"
            check.close(y, expected, call=call, inputs={"x": x}, suspects=suspects, otherwise=otherwise)


@pytest.mark.points("0.1")
def test_sigmoid_forward(submission, rng):
    """Сигмоида: 1 / (1 + e⁻ˣ)

    Ответы лежат между 0 и 1, в нуле — ровно половина.
    """
    for shape in SHAPES:
        x = spread(shape, rng)
        y = submission.call(probes.forward, "MySigmoid", x)
        s = torch.sigmoid(x)
        suspects = {
            "вход возвращён без изменений": x,
            "знак в показателе: 1/(1 + eˣ) убывает, а сигмоида растёт": torch.sigmoid(-x),
            "это tanh(x/2): прибавьте единицу и поделите на два": torch.tanh(x / 2),
            "это tanh: он лежит между −1 и 1; сигмоида — (1 + tanh(x/2))/2": torch.tanh(x),
            "в tanh нужно подставить x/2, а не x": (1 + torch.tanh(x)) / 2,
            "это производная сигмоиды, s·(1 − s)": s * (1 - s),
            "это ломаная, похожая на сигмоиду": (x / 6 + 0.5).clamp(0, 1),
            "это eˣ: не поделено на 1 + eˣ": torch.exp(x),
        }
        otherwise = "проверьте формулу 1 / (1 + e⁻ˣ): скобки и знак в показателе"
        check.close(y, s, call="MySigmoid()(x)", inputs={"x": x}, suspects=suspects, otherwise=otherwise)


@pytest.mark.points("0.1")
def test_elu_forward(submission, rng):
    """ELU без параметров: слева eˣ − 1

    MyELU() — то же, что MyELU(alpha=1.0): x для x > 0, eˣ − 1 для остальных.
    """
    for shape in SHAPES:
        x = spread(shape, rng)
        y = submission.call(probes.forward, "MyELU", x)
        suspects = {
            "вход возвращён без изменений": x,
            "отрицательное обнулено: это ReLU": torch.relu(x),
            "eˣ − 1 посчитано для всех x, а справа должен быть сам x": torch.expm1(x),
            "слева eˣ без вычитания единицы: в нуле разрыв": torch.where(x > 0, x, torch.exp(x)),
            "слева 1 − eˣ: перепутан знак": torch.where(x > 0, x, -torch.expm1(x)),
            "слева e⁻ˣ − 1: перепутан знак в показателе": torch.where(x > 0, x, torch.expm1(-x)),
            "alpha по умолчанию 0,1 вместо 1": torch.nn.functional.elu(x, 0.1),
            "это SELU: лишний множитель": torch.selu(x),
            "слева прямая: это LeakyReLU": torch.where(x > 0, x, 0.01 * x),
        }
        expected = torch.nn.functional.elu(x)
        otherwise = "для x > 0 ответ — сам x, для остальных — eˣ − 1"
        check.close(y, expected, call="MyELU()(x)", inputs={"x": x}, suspects=suspects, otherwise=otherwise)


@pytest.mark.hidden
@pytest.mark.points("0.05")
def test_elu_alphas(submission, rng):
    """ELU: у каждого слоя свой alpha

    Слева от нуля ответ — alpha·(eˣ − 1): на alpha умножается вся скобка. Число приходит в __init__ и
    хранится в self, чтобы два слоя с разными alpha не мешали друг другу.
    """
    x = spread((4, 6), rng)
    first, second = number(0.3, 0.8, rng), number(1.5, 2.5, rng)
    call = f"MyELU(alpha={first:.3g})(x) рядом с MyELU(alpha={second:.3g})"
    answers = check.parts(
        submission.call(probes.take_turns, "MyELU", x, {"alpha": first}, {"alpha": second}), 3, call=call
    )
    for y, alpha, other in zip(answers, (first, second, first), (second, first, second), strict=True):
        suspects = {
            "параметр alpha не используется": torch.nn.functional.elu(x),
            "взят alpha другого слоя: храните его в self, а не в классе": torch.nn.functional.elu(x, other),
            "посчитано alpha·eˣ − 1: на alpha умножается вся скобка": torch.where(x > 0, x, alpha * torch.exp(x) - 1),
            "на alpha умножена и правая ветвь": alpha * torch.nn.functional.elu(x),
            "показатель поделён на alpha: это CELU": torch.celu(x, alpha),
            "alpha стоит в показателе, а на него умножается скобка": torch.where(x > 0, x, torch.expm1(alpha * x)),
        }
        expected = torch.nn.functional.elu(x, alpha)
        otherwise = "слева от нуля ответ — alpha·(eˣ − 1)"
        check.close(y, expected, call=call, inputs={"x": x}, suspects=suspects, otherwise=otherwise)
