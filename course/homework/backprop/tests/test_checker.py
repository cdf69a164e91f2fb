"""Проверка градиента: 0,25 балла."""

import math

import numpy as np
import probes
import pytest
from expected import error_of
from inputs import LAYOUTS, numbers, signed
from mistakes import of_difference

from kafedra.testing import check

CENTRAL = "нужна центральная разность по каждому элементу: (f(x + h) − f(x − h)) / 2h, остальные элементы на месте"
MISSED = "check_gradient не заметила неверный градиент"
SLANDERED = "check_gradient отвергла верный градиент"
CAUSES = {
    "в 2 раза больше": "сравнивать нужно сами градиенты, а не направления; ошибка здесь 0,5",
    "обратного знака": "знак потерян: сравнивать нужно сами градиенты, а не их длины или модули",
    "нули": "нулевой градиент ничем не верен: ошибка здесь 1",
    "один элемент неверен на 1 %": "смотреть нужно на все элементы, и 1 % одного из них больше допуска 10⁻⁶",
    "больше на 0,001": "по абсолютной ошибке 0,001 кажется малой; сравнивайте gradient_error с tolerance",
    "верный": "сравнение перевёрнуто, или разность — в одну сторону: её ошибка больше допуска",
    "транспонированный": "сравниваются длины или суммы, а не элементы на своих местах",
    "с лишней осью": "формы (3, 3) и (1, 3, 3) numpy молча растянул; gradient_error должна вернуть бесконечность",
    "NaN в одном элементе": "NaN не больше допуска, но и не меньше: спрашивайте «ошибка <= tolerance»",
    "верный, нули": "шум разностей поделён на шум: в знаменателе gradient_error не хватает 0,001",
    "верный, порядка миллиона": "допуск абсолютный, а нужно — в долях градиента: сравнивайте gradient_error",
    "на 1 % больше, tolerance=0.1": "допуск вписан в код: параметр tolerance не используется",
    "на миллионную больше, tolerance=1e-7": "допуск вписан в код: параметр tolerance не используется",
}


def check_numerical(submission, name, x, *, memory="plain", title="", tolerance=1e-6, **options):
    """Численная производная f по x; x не изменился. Допуск — в долях наибольшей производной."""
    h = options.get("h", 1e-5)
    shown = f", h={h:g}" if options else ""
    call = f"{title and title + ': '}numerical_gradient({name}, x{shown})"
    why = "x вернулся другим: сложить h и вычесть обратно мало, x + h − h ≠ x; сдвигайте копию или верните старое число"
    answer = check.untouched(submission.call(probes.numerical, name, x, memory, **options), x, call=call, why=why)
    f, wide = probes.FUNCTIONS[name], np.asarray(x, dtype=np.float64)
    suspects = of_difference(f, wide, h)
    expected = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h
        expected[index] = (f(wide + step) - f(wide - step)) / (2 * h)
    atol = tolerance * max(1.0, float(np.abs(expected).max(initial=0)))
    check.array(answer, shape=x.shape, dtype=np.float64, call=call, inputs={"x": x})
    how = {"suspects": suspects, "otherwise": CENTRAL, "rounded": ""}
    check.close(answer, expected, rtol=0, atol=atol, call=call, inputs={"x": x}, **how)


@pytest.mark.points("0.05")
def test_numerical_gradient(submission, numpy_rng):
    """Численная производная: центральная разность по каждому элементу

    Сдвиньте один элемент на h вперёд, потом назад, поделите разность на 2h; остальные элементы на месте.
    """
    for name, shape in (("x³", (5,)), ("(Σ x)²/2", (2, 3)), ("Σ k·xₖ", (3, 4))):
        check_numerical(submission, name, signed(numpy_rng, *shape))
    for name in ("x³", "x⁴"):  # при таком шаге видно и сам шаг, и сторону: у куба ошибка центральной разности — h²
        check_numerical(submission, name, signed(numpy_rng, 2, 2), h=0.1, tolerance=1e-9)


@pytest.mark.hidden
@pytest.mark.points("0.04")
def test_numerical_gradient_any_array(submission, numpy_rng):
    """Численная производная: любая форма и память, float32, вход не меняется

    Форма бывает любой, и у числа без осей тоже. Если x пришёл во float32, считайте во float64: там цифр семь, и
    разность почти равных чисел их съедает. После вызова x — тот же до последнего знака.
    """
    check_numerical(submission, "sin", np.array(0.7), title="без осей")
    check_numerical(submission, "Σ k·xₖ", numbers(numpy_rng, 2, 3, 2), title="три оси")
    for memory, title in LAYOUTS.items():
        check_numerical(submission, "Σ k·xₖ", numbers(numpy_rng, 3, 4), memory=memory, title=title)
    check_numerical(submission, "sin", numbers(numpy_rng, 6, dtype=np.float32), title="float32")


@pytest.mark.points("0.04")
def test_gradient_error(submission, numpy_rng):
    """Ошибка градиента: длина разности в долях большей из длин

    Длина — корень из суммы квадратов всех элементов. В знаменателе — наибольшее из ‖a‖, ‖n‖ и 0,001. Если формы разные,
    ответ — бесконечность: (3,) и (3, 1) numpy молча растянул бы.
    """
    n = numbers(numpy_rng, 3, 4)
    other = n + 0.1 * numbers(numpy_rng, 3, 4)
    shrunk = 0.25 * n + 0.1 * numbers(numpy_rng, 3, 4)
    pairs = {
        "a в 2 раза больше n": (2 * n, n),
        "a = −n": (-n, n),
        "a — нули": (0 * n, n),
        "a близко к n": (other, n),
        "a вчетверо меньше": (shrunk, n),
        "оба порядка 1e-12": (1e-12 * other, 1e-12 * n),
        "оба — нули": (0 * n, 0 * n),
    }
    for name, (a, b) in pairs.items():
        answer = submission.call(probes.error, a, b)
        length = np.linalg.norm
        suspects = {
            "поделено только на ‖n‖: когда a больше, ошибка иная": length(a - b) / max(length(b), 1e-3),
            "поделено только на ‖a‖": length(a - b) / max(length(a), 1e-3),
            "поделено на ‖a‖ + ‖n‖, а в условии — на большее из них": length(a - b) / max(length(a) + length(b), 1e-3),
            "это ошибка не относительная: поделите на большую из длин": length(a - b),
            "наибольшая ошибка одного элемента, а нужна длина всей разности": float(np.abs(a - b).max()),
            "без 0,001 в знаменателе ошибка двух ничтожных градиентов — шум, поделённый на шум": (
                length(a - b) / max(length(a), length(b), 1e-300)
            ),
            "0/0: в знаменателе не хватает 0,001": check.has_nan,
            "это квадрат длины: корень забыт": error_of(a, b) ** 2,
            "без модуля: длина не бывает отрицательной": -error_of(a, b),
            "взято среднее вместо корня из суммы квадратов": float(np.abs(a - b).mean()),
        }
        call, otherwise = f"gradient_error(a, n), {name}", "‖a − n‖ / max(‖a‖, ‖n‖, 0.001)"
        inputs = {"a": a, "n": b}
        check.close(answer, error_of(a, b), call=call, inputs=inputs, suspects=suspects, otherwise=otherwise)
    for shape in ((3, 1), (1, 3), (4,)):
        call = f"gradient_error(a, n), формы (3,) и {shape}"
        answer = submission.call(probes.error, numbers(numpy_rng, 3), numbers(numpy_rng, *shape))
        check.equal(answer, math.inf, call=call, why="формы разные: градиент точно неверен, верните math.inf")


@pytest.mark.points("0.03")
def test_gradient_scale(submission, numpy_rng):
    """Множитель: во сколько раз градиент длиннее разностей

    k = ⟨a, n⟩ / ⟨n, n⟩: такое число, что k·n ближе всего к a.
    """
    n = numbers(numpy_rng, 3, 4)
    other = 3 * n + numbers(numpy_rng, 3, 4)
    pairs = {
        "a = 2n": (2 * n, n),
        "a = −n": (-n, n),
        "a = n/8": (n / 8, n),
        "a — нули": (0 * n, n),
        "a — не kn": (other, n),
    }
    for name, (a, b) in pairs.items():
        answer = submission.call(probes.scale, a, b)
        dot = float((a * b).sum())
        with np.errstate(divide="ignore", invalid="ignore"):
            suspects = {
                "поделено на ⟨a, a⟩: роли a и n переставлены": float(np.float64(dot) / (a * a).sum()),
                "знак потерян: отношение длин не отличает −1 от 1": float(np.linalg.norm(a) / np.linalg.norm(b)),
                "это косинус угла: поделено на обе длины": float(
                    np.float64(dot) / (np.linalg.norm(a) * np.linalg.norm(b))
                ),
                "это обратное число: 1/k": float(np.float64((b * b).sum()) / dot),
                "не поделено на ⟨n, n⟩": dot,
                "среднее отношений элементов: один почти нулевой элемент его испортит": float((a / b).mean()),
                "отношение сумм: положительные и отрицательные элементы сокращаются": float(a.sum() / b.sum()),
            }
        call, otherwise = f"gradient_scale(a, n), {name}", "k = сумма(a·n) / сумма(n·n)"
        expected = dot / float((b * b).sum())
        check.close(answer, expected, call=call, inputs={"a": a, "n": b}, suspects=suspects, otherwise=otherwise)


def check_verdicts(submission, name, x, right, wrong, **options):
    """`right` приняты, `wrong` отвергнуты; и те и другие — по имени."""
    answers = submission.call(probes.verdicts, name, x, [*right.values(), *wrong.values()], **options)
    call = f"check_gradient({name}, x, градиент)"
    for kind, answer in zip([*right, *wrong], check.parts(answers, len(right) + len(wrong), call=call), strict=True):
        expected = kind in right
        check.that(
            type(answer) is bool,
            f"{call}, {kind}: нужен ответ True или False, а пришло {answer!r:.60}\n"
            "похоже: сравнение ошибки с допуском не возвращено",
        )
        words = SLANDERED if expected else MISSED
        check.equal(answer, expected, call=f"{call}, {kind}", why=f"{words}: {CAUSES.get(kind, CENTRAL)}")


def broken(g, rng):
    """Обычные неверные градиенты: имя → чему равен."""
    place = tuple(int(rng.integers(size)) for size in g.shape)
    one_off = g.copy()
    one_off[place] *= 1.01
    return {
        "в 2 раза больше": 2 * g,
        "обратного знака": -g,
        "нули": 0 * g,
        "на размер батча меньше": g / 8,
        "один элемент неверен на 1 %": one_off,
        "больше на 0,001": g + 1e-3,
    }


@pytest.mark.points("0.05")
def test_check_gradient(submission, numpy_rng):
    """Своя проверка: верный градиент принимает, неверный находит

    True, если ошибка градиента не больше tolerance. Вдвое больший, обратного знака, нулевой, с одним неверным
    элементом — всё это неверные градиенты.
    """
    x = signed(numpy_rng, 3, 3)
    check_verdicts(submission, "x³", x, {"верный": 3 * x**2}, broken(3 * x**2, numpy_rng))
    check_verdicts(submission, "sin", x, {"верный": np.cos(x)}, {"косинус без знака": np.abs(np.cos(x)) * -1})


@pytest.mark.hidden
@pytest.mark.points("0.04")
def test_check_gradient_subtle(submission, numpy_rng):
    """Своя проверка: тонкие случаи

    Транспонированный градиент, лишняя ось, NaN, ошибка в десятитысячную — неверны. Градиент постоянной функции — нули,
    и он верен, хотя разности дают шум. Очень большие и малые функции судят в долях градиента. tolerance — параметр.
    """
    x = signed(numpy_rng, 3, 3)
    g = np.cos(x)
    spoilt = g.copy()
    spoilt[1, 2] = np.nan
    wrong = {
        "транспонированный": np.cos(x).T.copy(),
        "с лишней осью": g[None],
        "NaN в одном элементе": spoilt,
        "неверен на одну десятитысячную": 1.0001 * g,
    }
    check_verdicts(submission, "sin", x, {"верный": g}, wrong)
    check_verdicts(submission, "7", x, {"верный, нули": 0 * x}, {"единицы": 0 * x + 1})
    check_verdicts(submission, "10⁶·Σ x²", x, {"верный, порядка миллиона": 2e6 * x}, {"вдвое меньше": 1e6 * x})
    small = 1e-2 * np.cos(x)
    check_verdicts(submission, "Σ sin x / 100", x, {"верный, порядка 0,01": small}, {"на 1 % больше": 1.01 * small})
    close = {"на 1 % больше, tolerance=0.1": 1.01 * g}
    check_verdicts(submission, "sin", x, close, {"вдвое больше, tolerance=0.1": 2 * g}, tolerance=0.1)
    tight = {"на миллионную больше, tolerance=1e-7": (1 + 1e-6) * g}
    check_verdicts(submission, "sin", x, {"верный, tolerance=1e-7": g}, tight, tolerance=1e-7)
