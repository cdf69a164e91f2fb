"""Края: тензоры любых форм и типов, вход не меняется, большие числа не ломают счёт. 0,2 балла."""

import probes
import pytest
import torch
from answers import has_nan, likely_cause, looks_like, parts
from inputs import layouts, number

from kafedra.testing import check

# float32 хранит семь значащих цифр, float64 — шестнадцать
TOLERANCES = {torch.float64: {"rtol": 1e-8, "atol": 1e-10}, torch.float32: {"rtol": 1e-5, "atol": 1e-6}}

LARGE = [-1e30, -1e4, -800.0, -100.0, -1.0, 0.0, 1.0, 100.0, 800.0, 1e4, 1e30]


def check_layouts(submission, rng, name, reference, **options):
    """Ответ верен для тензоров всех видов, тип сохранён, вход не тронут."""
    for kind, x in layouts(rng).items():
        call = f"{name}()(x), x {kind}"
        answer = parts(submission.call(probes.side_effects, name, x, **options), 3, call)
        y, after, writes = answer
        why = "форма и тип ответа — те же, что у входа: не приводите типы и не меняйте форму"
        expected = reference(x)
        if looks_like(y, x):
            why = likely_cause(y, expected, {}, "неверна сама формула: начните с проверки значений")
        check.close(y, expected, **TOLERANCES[x.dtype], call=call, inputs={"x": x}, why=why)
        why = "вход изменён на месте (x[...] = ..., x.clamp_(), x *= ...): он ещё понадобится другим слоям"
        check.equal(after, x, call=f"{call}: вход после вызова", why=why)
        check.equal(writes, 0, call=f"{call}: число изменений входа на месте", why=why)


def check_large(submission, name, reference, *, if_nan, otherwise, exact=False, **options):
    """На больших по модулю числах ответ конечен и верен, во float64 и во float32."""
    for dtype in (torch.float64, torch.float32):
        x = torch.tensor(LARGE, dtype=dtype)
        y = submission.call(probes.forward, name, x, **options)
        tolerances = TOLERANCES[dtype] | ({"atol": 0.0} if exact else {})
        why = if_nan if has_nan(y) else otherwise
        check.close(y, reference(x), **tolerances, call=f"{name}()(x) на больших числах", inputs={"x": x}, why=why)


@pytest.mark.points("0.02")
def test_relu_any_tensor(submission, rng):
    """ReLU: любой тензор, и вход не меняется

    Тензор без осей, пустой, транспонированный, прореженный, растянутый — слою всё равно, какой пришёл. Тип ответа
    тот же, что у входа: float32 остаётся float32.
    """
    check_layouts(submission, rng, "MyReLU", torch.relu)


@pytest.mark.points("0.02")
def test_leaky_relu_any_tensor(submission, rng):
    """LeakyReLU: любой тензор, и вход не меняется

    Тензор без осей, пустой, транспонированный, прореженный, растянутый — слою всё равно, какой пришёл. Тип ответа
    тот же, что у входа: float32 остаётся float32.
    """
    slope = number(0.05, 0.5, rng)
    check_layouts(submission, rng, "MyLeakyReLU", lambda x: torch.where(x > 0, x, slope * x), negative_slope=slope)


@pytest.mark.points("0.02")
def test_sigmoid_any_tensor(submission, rng):
    """Сигмоида: любой тензор, и вход не меняется

    Тензор без осей, пустой, транспонированный, прореженный, растянутый — слою всё равно, какой пришёл. Тип ответа
    тот же, что у входа: float32 остаётся float32.
    """
    check_layouts(submission, rng, "MySigmoid", torch.sigmoid)


@pytest.mark.points("0.02")
def test_elu_any_tensor(submission, rng):
    """ELU: любой тензор, и вход не меняется

    Тензор без осей, пустой, транспонированный, прореженный, растянутый — слою всё равно, какой пришёл. Тип ответа
    тот же, что у входа: float32 остаётся float32.
    """
    alpha = number(0.5, 2.0, rng)
    check_layouts(submission, rng, "MyELU", lambda x: torch.nn.functional.elu(x, alpha), alpha=alpha)


@pytest.mark.points("0.03")
def test_relu_large(submission):
    """ReLU на больших числах: от −1e30 до 1e30

    ReLU ничего не округляет: большое остаётся собой, отрицательное становится нулём.
    """
    check_large(
        submission,
        "MyReLU",
        torch.relu,
        if_nan="квадраты и экспоненты переполняются; ReLU обходится сравнением с нулём",
        otherwise="большое должно остаться собой, отрицательное — стать ровно нулём",
        exact=True,
    )


@pytest.mark.points("0.03")
def test_leaky_relu_large(submission, rng):
    """LeakyReLU на больших числах: от −1e30 до 1e30

    Слева ответ пропорционален x, как бы велик он ни был.
    """
    slope = number(0.05, 0.5, rng)

    def reference(x):
        return torch.where(x > 0, x, slope * x)

    check_large(
        submission,
        "MyLeakyReLU",
        reference,
        if_nan="что-то переполнилось; LeakyReLU обходится сравнением и умножением",
        otherwise="слева от нуля ответ — ровно negative_slope·x, без ограничений снизу",
        exact=True,
        negative_slope=slope,
    )


@pytest.mark.points("0.03")
def test_sigmoid_large(submission):
    """Сигмоида на больших числах: 0 слева, 1 справа

    exp(x) переполняется уже при x = 710 (во float32 — при 89). Дробь ∞/∞ — это NaN: делите так, чтобы в
    показателе стояло только неположительное число.
    """
    check_large(
        submission,
        "MySigmoid",
        torch.sigmoid,
        if_nan="exp переполнилась: ∞/∞ = NaN. Показатель экспоненты должен быть не больше нуля",
        otherwise="вход обрезан слишком рано: слева ответ ещё не 0, справа ещё не 1",
    )


@pytest.mark.points("0.03")
def test_elu_large(submission, rng):
    """ELU на больших числах: −alpha слева, x справа

    Справа экспонента не нужна, но exp(x) в соседней ветви всё равно считается: ∞·0 — это NaN.
    """
    alpha = number(0.5, 2.0, rng)
    check_large(
        submission,
        "MyELU",
        lambda x: torch.nn.functional.elu(x, alpha),
        if_nan="exp(1e4) = ∞, и в сумме с маской ∞·0 = NaN. Ограничьте показатель сверху нулём до экспоненты",
        otherwise="слева ответ стремится к −alpha, справа — это сам x",
        alpha=alpha,
    )
