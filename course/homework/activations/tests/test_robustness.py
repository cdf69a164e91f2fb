"""Края: тензоры любых форм и типов, вход не меняется, большие числа не ломают счёт. 0,2 балла."""

import probes
import pytest
import torch
from expected import value
from inputs import layouts, number, spread
from mistakes import STATE, TOLERANCES, at_large, call_of, ignored, of_elu

from kafedra.testing import check

PARAMETER = "тип взят у параметра, тензора float64: храните параметр обычным числом"
FLOAT64 = "в формуле стоит тензор float64, а вход без осей его типа не удержит: берите обычные числа, без .double()"
LARGE = [-1e30, -1e4, -800.0, -100.0, -30.0, -1.0, 0.0, 1.0, 30.0, 100.0, 800.0, 1e4, 1e30]


def check_value(y, x, name, options, *, call, otherwise="неверна сама формула: начните с проверки значений"):
    """Ответ верен; иначе названа причина."""
    expected, suspects = value(name, x, **options), ignored(value, name, x, options)
    suspects |= of_elu(x, **options) if name == "MyELU" else {}
    if x.dtype == torch.float32:
        suspects[PARAMETER if options else FLOAT64] = expected.double()
    tolerances = TOLERANCES[x.dtype]
    check.close(y, expected, **tolerances, call=call, inputs={"x": x}, suspects=suspects, otherwise=otherwise)


def check_layouts(submission, rng, name, **options):
    """Ответ верен для тензоров всех видов, тип сохранён, вход не тронут."""
    for kind, x in layouts(rng).items():
        call = f"{call_of(name, **options)}, x {kind}"
        y = check.untouched(submission.call(probes.watched, name, x, **options), x, call=call)
        check_value(y, x, name, options, call=call)
    check_reused(submission, rng, name, options)
    count = submission.call(probes.trainable, name, **options)
    why = "параметр слоя — обычное число: nn.Parameter оптимизатор изменит, и выйдет другой слой, PReLU"
    check.equal(count, 0, call=f"{call_of(name, **options)}: сколько в слое обучаемых чисел", why=why)


def check_reused(submission, rng, name, options):
    """Один и тот же слой применяют много раз и в обоих режимах: прошлых входов он не помнит."""
    first, second = spread((3, 4), rng), -spread((3, 4), rng)
    call = call_of(name, **options)
    answers = check.parts(submission.call(probes.reused, name, first, second, **options), 3, call=call)
    for y, x, when in zip(answers, (first, second, first), ("первый", "второй", "после .eval()"), strict=True):
        check_value(y, x, name, options, call=f"{call}, вызов того же слоя {when}", otherwise=STATE)


def check_large(submission, name, *, if_nan, otherwise, exact=False, rounded=None, **options):
    """На больших по модулю числах ответ конечен и верен, во float64 и во float32."""
    for dtype in (torch.float64, torch.float32):
        x = torch.tensor(LARGE, dtype=dtype)
        y, expected = submission.call(probes.forward, name, x, **options), value(name, x, **options)
        check.close(
            y,
            expected,
            **TOLERANCES[dtype] | ({"atol": 0.0} if exact else {}),
            call=f"{call_of(name, **options)} на больших числах",
            inputs={"x": x},
            suspects=at_large(x, expected, if_nan, ignored(value, name, x, options)),
            otherwise=otherwise,
            rounded=rounded,
        )


@pytest.mark.points("0.02")
def test_relu_any_tensor(submission, rng):
    """ReLU: любой тензор, и вход не меняется

    Тензор без осей, пустой, транспонированный, прореженный, растянутый, с осями длины 1 — слою всё равно, какой
    пришёл и какой был до него. Тип ответа тот же, что у входа: float32 остаётся float32, и когда x — одно число, тоже.
    Обучаемых параметров у слоя нет.
    """
    check_layouts(submission, rng, "MyReLU")


@pytest.mark.points("0.02")
def test_leaky_relu_any_tensor(submission, rng):
    """LeakyReLU: любой тензор, и вход не меняется

    Тензор без осей, пустой, транспонированный, прореженный, растянутый, с осями длины 1 — слою всё равно, какой
    пришёл и какой был до него. Тип ответа тот же, что у входа: float32 остаётся float32, и когда x — одно число, тоже.
    Обучаемых параметров у слоя нет.
    """
    check_layouts(submission, rng, "MyLeakyReLU", negative_slope=number(0.05, 0.5, rng))


@pytest.mark.points("0.02")
def test_sigmoid_any_tensor(submission, rng):
    """Сигмоида: любой тензор, и вход не меняется

    Тензор без осей, пустой, транспонированный, прореженный, растянутый, с осями длины 1 — слою всё равно, какой
    пришёл и какой был до него. Тип ответа тот же, что у входа: float32 остаётся float32, и когда x — одно число, тоже.
    Обучаемых параметров у слоя нет.
    """
    check_layouts(submission, rng, "MySigmoid")


@pytest.mark.points("0.02")
def test_elu_any_tensor(submission, rng):
    """ELU: любой тензор, и вход не меняется

    Тензор без осей, пустой, транспонированный, прореженный, растянутый, с осями длины 1 — слою всё равно, какой
    пришёл и какой был до него. Тип ответа тот же, что у входа: float32 остаётся float32, и когда x — одно число, тоже.
    Обучаемых параметров у слоя нет.
    """
    check_layouts(submission, rng, "MyELU", alpha=number(1.2, 2.0, rng))


@pytest.mark.points("0.03")
def test_relu_large(submission):
    """ReLU на больших числах: от −1e30 до 1e30

    ReLU ничего не округляет: большое остаётся собой, отрицательное становится нулём.
    """
    check_large(
        submission,
        "MyReLU",
        if_nan="квадраты и экспоненты переполняются; ReLU обходится сравнением с нулём",
        otherwise="большое должно остаться собой, отрицательное — стать ровно нулём",
        exact=True,
    )


@pytest.mark.points("0.03")
def test_leaky_relu_large(submission, rng):
    """LeakyReLU на больших числах: от −1e30 до 1e30

    Слева ответ пропорционален x, как бы велик он ни был.
    """
    check_large(
        submission,
        "MyLeakyReLU",
        if_nan="что-то переполнилось; LeakyReLU обходится сравнением и умножением",
        otherwise="слева от нуля ответ — ровно negative_slope·x, без ограничений снизу",
        exact=True,
        negative_slope=number(0.05, 0.5, rng),
    )


@pytest.mark.points("0.03")
def test_sigmoid_large(submission):
    """Сигмоида на больших числах: 0 слева, 1 справа

    exp(x) переполняется уже при x = 710 (во float32 — при 89). Дробь ∞/∞ — это NaN: делите так, чтобы в
    показателе стояло только неположительное число. Обрезать вход можно лишь там, где ответ уже неотличим от 0 и 1, с
    ошибкой около 10⁻¹⁶: не ближе ±36.
    """
    check_large(
        submission,
        "MySigmoid",
        if_nan="exp переполнилась: ∞/∞ = NaN. Показатель экспоненты должен быть не больше нуля",
        otherwise="вход обрезан слишком рано: слева ответ ещё не 0, справа ещё не 1",
        rounded="",
    )


@pytest.mark.points("0.03")
def test_elu_large(submission, rng):
    """ELU на больших числах: −alpha слева, x справа

    Справа экспонента не нужна, но exp(x) в соседней ветви всё равно считается: ∞·0 — это NaN.
    """
    check_large(
        submission,
        "MyELU",
        if_nan="exp(1e4) = ∞, и в сумме с маской ∞·0 = NaN. Ограничьте показатель сверху нулём до экспоненты",
        otherwise="слева ответ стремится к −alpha, справа — это сам x",
        alpha=number(1.2, 2.0, rng),
    )
