"""Кросс-энтропия: 0,15 балла."""

import numpy as np
import probes
import pytest
from expected import cross_entropy, cross_entropy_gradient
from inputs import LAYOUTS, numbers, scores
from mistakes import SPOILT, of_large_loss, of_logits, of_loss

from kafedra.testing import check

ABOVE = "обратный проход изменил логиты или метки: они нужны и другим; пишите в новый массив"
LOSS = "среднее по примерам от −ln p верного класса, p = softmax(логиты)"
GRADIENT = "g · (p − единица у верного класса) / B"
CROSS_ENTROPY_PASSES = ("cross_entropy_forward", "cross_entropy_backward")


def check_loss(submission, logits, labels, *, title="", rtol=1e-9, suspects=of_loss, **options):
    call = f"{title and title + ': '}cross_entropy_forward(logits, labels)"
    report = submission.call(probes.forward, "cross_entropy_forward", logits, labels, **options)
    loss = check.untouched(report, logits, labels, call=call)
    how = {"suspects": suspects(logits, labels), "otherwise": LOSS}
    check.close(loss, float(cross_entropy(logits, labels)), rtol=rtol, call=call, inputs={"logits": logits}, **how)


def check_gradient(submission, g, logits, labels, others=(), *, title="", rtol=1e-9, atol=1e-12, **options):
    call = f"{title and title + ': '}cross_entropy_backward({g:g}, cache)"
    report = submission.call(probes.backward, CROSS_ENTROPY_PASSES, g, (logits, labels), others, **options)
    answer = check.untouched(report, g, logits, labels, call=call, why=ABOVE)
    suspects = of_logits(g, logits, labels, others or (logits[::-1], labels))
    if options.get("times", 1) > 1:
        suspects = {SPOILT: lambda _: True}
    how = {"suspects": suspects, "otherwise": GRADIENT}
    expected = cross_entropy_gradient(g, logits, labels)
    check.close(answer, expected, rtol=rtol, atol=atol, call=call, inputs={"logits": logits}, **how)


@pytest.mark.points("0.04")
def test_cross_entropy_forward(submission, numpy_rng):
    """Кросс-энтропия: среднее −ln p верного класса

    p — softmax логитов, у каждого примера свой; потери — среднее по батчу, одно число.
    """
    for batch, classes in ((6, 4), (1, 3), (5, 10)):
        check_loss(submission, *scores(numpy_rng, batch, classes))


@pytest.mark.hidden
@pytest.mark.points("0.03")
def test_cross_entropy_large(submission, numpy_rng):
    """Кросс-энтропия: большие логиты

    Логиты бывают порядка тысяч: exp(1000) — бесконечность, а exp(−1000) — ноль, и логарифм от него тоже бесконечен.
    Вычтите из строки максимум до экспоненты, а логарифм вероятности берите по формуле z − max − ln Σ exp(z − max).
    """
    logits, labels = scores(numpy_rng)
    check_loss(submission, 1000 * logits, labels, title="логиты порядка 1000", suspects=of_large_loss)
    shifted = logits - 5000
    check_loss(submission, shifted, labels, title="логиты около −5000", suspects=of_large_loss)
    uneven = logits + 1000.0 * np.arange(len(logits))[:, None]
    check_loss(submission, uneven, labels, title="у каждого примера свой сдвиг", suspects=of_large_loss)
    for title, large in (("логиты порядка 1000", 1000 * logits), ("свой сдвиг у каждого примера", uneven)):
        check_gradient(submission, 1.0, large, labels, title=title)


@pytest.mark.points("0.05")
def test_cross_entropy_backward(submission, numpy_rng):
    """Градиент кросс-энтропии по логитам: (p − единица у верного класса) / B

    Умножается на g, пришедшее сверху: это число. Форма — как у логитов.
    """
    for batch, classes in ((6, 4), (5, 10)):
        others = scores(numpy_rng, batch, classes)
        check_gradient(submission, 1.0, *scores(numpy_rng, batch, classes), others)
    check_gradient(submission, 0.3, *scores(numpy_rng), scores(numpy_rng))


@pytest.mark.hidden
@pytest.mark.points("0.03")
def test_cross_entropy_any_array(submission, numpy_rng):
    """Кросс-энтропия: float32, память, второй обратный проход

    У логитов float32 и градиент float32. Массив лежит в памяти как угодно. Обратный проход можно позвать дважды с тем
    же cache: `p[…] -= 1` портит запомненные вероятности, если вычесть прямо в них.
    """
    logits, labels = scores(numpy_rng, dtype=np.float32)
    check_loss(submission, logits, labels, title="float32", rtol=1e-5)
    check_gradient(submission, 1.0, logits, labels, title="float32", rtol=1e-4, atol=1e-6)
    for memory, title in LAYOUTS.items():
        logits, labels = scores(numpy_rng)
        check_loss(submission, logits, labels, title=title, memory=memory)
    logits, labels = scores(numpy_rng)
    check_gradient(submission, -2.0, logits, labels, title="вызвано дважды", times=2)
    check_gradient(submission, float(numbers(numpy_rng, 1)[0]), logits, labels)
