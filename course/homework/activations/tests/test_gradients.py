"""Градиенты: 0,3 балла."""

import probes
import pytest
import torch
from expected import slope
from inputs import number, off_the_kink, weights
from mistakes import TOLERANCES, at_large, call_of, ignored, in_zero, of_gradient

from kafedra.testing import check

LARGE = [-1e30, -1e4, -800.0, -100.0, -1.0, 0.0, 1.0, 100.0, 800.0, 1e4, 1e30]
ZERO = LARGE.index(0.0)


def check_gradient(submission, rng, name, *, other=None, **options):
    """Градиент вдали от излома равен производной, умноженной на пришедший сверху градиент."""
    other = other or {}
    for shape in ((5, 6), (7,), ()):
        x = off_the_kink(shape, rng)
        upstream = weights(x.shape, rng)
        call = call_of(name, **options)
        report = submission.call(probes.gradient, name, x, upstream, other, **options)
        _, gradient = check.gradient(report, x, upstream, call=call)
        check.close(
            gradient,
            slope(name, x, **options) * upstream,
            call=f"градиент {call}",
            inputs={"x": x},
            suspects=of_gradient(name, x, upstream, options, other),
            otherwise="forward верен не весь или backward написан с ошибкой",
        )


def large_gradients(submission, name, options):
    """На больших числах, во float64 и во float32: x, градиент, каким он должен быть, и как записать вызов."""
    for dtype in (torch.float64, torch.float32):
        x = torch.tensor(LARGE, dtype=dtype)
        upstream = torch.ones_like(x)
        call = f"{call_of(name, **options)} на больших числах {str(dtype).removeprefix('torch.')}"
        report = submission.call(probes.gradient, name, x, upstream, options, **options)
        _, gradient = check.gradient(report, x, upstream, call=call)
        expected = slope(name, x, **options)
        yield x, gradient, expected, f"градиент {call}"


def check_kinked(submission, name, *, if_nan, otherwise, **options):
    """Градиент конечен и верен; в изломе — любое число от нуля до суммы наклонов слева и справа."""
    for x, gradient, expected, call in large_gradients(submission, name, options):
        most = expected[ZERO].item() + 1
        kink = "в нуле производной нет, но выдумывать её нельзя: от 0 до суммы наклонов слева и справа"
        if bool(gradient[ZERO].isfinite()):
            what = "градиент в самом нуле"
            check.within(gradient[ZERO], 0, most * (1 + 1e-6), call=call, what=what, inputs={"x": x}, why=kink)
            expected[ZERO] = gradient[ZERO]
        suspects = at_large(x, expected, if_nan, ignored(slope, name, x, options))
        tolerances = TOLERANCES[x.dtype]
        check.close(
            gradient, expected, **tolerances, call=call, inputs={"x": x}, suspects=suspects, otherwise=otherwise
        )


@pytest.mark.points("0.05")
def test_relu_gradient(submission, rng):
    """Градиент ReLU: 1 справа, 0 слева

    Autograd посчитает его сам, если ответ получен из x операциями torch. Слой может стоять в сети дважды, и рядом с ним
    — другой: у каждого вызова свой градиент.
    """
    check_gradient(submission, rng, "MyReLU")


@pytest.mark.points("0.05")
def test_leaky_relu_gradient(submission, rng):
    """Градиент LeakyReLU: 1 справа, negative_slope слева

    Autograd посчитает его сам, если ответ получен из x операциями torch. Слой может стоять в сети дважды, и рядом с ним
    — другой, со своим наклоном: у каждого вызова свой градиент.
    """
    other = {"negative_slope": number(0.6, 0.9, rng)}
    check_gradient(submission, rng, "MyLeakyReLU", negative_slope=number(0.05, 0.5, rng), other=other)


@pytest.mark.points("0.05")
def test_sigmoid_gradient(submission, rng):
    """Градиент сигмоиды: s·(1 − s)

    Autograd посчитает его сам, если ответ получен из x операциями torch. Слой может стоять в сети дважды, и рядом с ним
    — другой: у каждого вызова свой градиент.
    """
    check_gradient(submission, rng, "MySigmoid")


@pytest.mark.points("0.05")
def test_elu_gradient(submission, rng):
    """Градиент ELU: 1 справа, alpha·eˣ слева

    Autograd посчитает его сам, если ответ получен из x операциями torch. Слой может стоять в сети дважды, и рядом с ним
    — другой, со своим alpha: у каждого вызова свой градиент.
    """
    other = {"alpha": number(1.2, 2.0, rng)}
    check_gradient(submission, rng, "MyELU", alpha=number(0.4, 0.8, rng), other=other)


@pytest.mark.hidden
@pytest.mark.points("0.025")
def test_relu_gradient_large(submission):
    """Градиент ReLU: большие числа и нуль

    Градиент везде конечен. В самом нуле производной нет: подойдёт любое число от 0 до 1.
    """
    check_kinked(
        submission,
        "MyReLU",
        if_nan="корень из x² и деление на |x| дают в нуле 0/0",
        otherwise="справа производная — 1 при любом x, слева — 0",
    )


@pytest.mark.hidden
@pytest.mark.points("0.025")
def test_leaky_relu_gradient_large(submission, rng):
    """Градиент LeakyReLU: большие числа и нуль

    Градиент везде конечен. В самом нуле производной нет: подойдёт любое число от 0 до 1 + negative_slope.
    """
    check_kinked(
        submission,
        "MyLeakyReLU",
        if_nan="корень из x² и деление на |x| дают в нуле 0/0",
        otherwise="справа производная — 1 при любом x, слева — negative_slope",
        negative_slope=number(0.05, 0.5, rng),
    )


@pytest.mark.hidden
@pytest.mark.points("0.025")
def test_sigmoid_gradient_large(submission):
    """Градиент сигмоиды: большие числа и нуль

    На больших числах градиент конечен, а в нуле равен 1/4. Даже когда 1/(1 + exp(−x)) верно, градиент через
    exp(1e4) = ∞ превращается в ∞·0 = NaN, и torch.where от этого не спасает: ограничьте показатель до экспоненты,
    например clamp. А у |x| производная в нуле нулевая, и у двух clamp, которые в нуле встречаются, она там двойная.
    """
    if_nan = "градиент прошёл через переполнившуюся exp: ∞·0 = NaN"
    otherwise = "вдали от нуля производная сигмоиды — ноль, и с экспонентой она должна убывать, а не расти"
    for x, gradient, expected, call in large_gradients(submission, "MySigmoid", {}):
        tolerances = TOLERANCES[x.dtype]
        elsewhere = torch.arange(len(LARGE)) != ZERO
        if torch.allclose(gradient[elsewhere], expected[elsewhere], **tolerances):
            why = in_zero(gradient[ZERO].item())
            check.close(gradient, expected, **tolerances, call=call, inputs={"x": x}, why=why)
        suspects = at_large(x, expected, if_nan, {})
        options = {"suspects": suspects, "otherwise": otherwise, "rounded": ""}
        check.close(gradient, expected, **tolerances, call=call, inputs={"x": x}, **options)


@pytest.mark.hidden
@pytest.mark.points("0.025")
def test_elu_gradient_large(submission, rng):
    """Градиент ELU: большие числа и нуль

    Градиент везде конечен. torch.where выбирает верное значение, но градиент идёт через обе ветви: exp(1e4) = ∞,
    а ∞·0 = NaN. Ограничьте показатель сверху нулём до экспоненты. В самом нуле подойдёт любое число от 0 до 1 + alpha.
    """
    check_kinked(
        submission,
        "MyELU",
        if_nan="градиент прошёл через переполнившуюся exp соседней ветви: ∞·0 = NaN",
        otherwise="справа производная — 1 при любом x, слева — alpha·eˣ",
        alpha=number(1.2, 2.0, rng),
    )
