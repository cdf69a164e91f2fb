"""Обычные ошибки: объяснение → ответ, который они дают."""

import numpy as np
from expected import (
    EPS,
    answers,
    batchnorm,
    batchnorm_gradients,
    cross_entropy,
    cross_entropy_gradient,
    gradients,
    linear,
    network,
    normalised,
    relu,
    softmax,
)

from kafedra.testing import check

MEMORY = (
    "backward взял числа последнего прямого прохода, а не своего: всё нужное храните в cache, а не в глобальной "
    "переменной"
)
OVERFLOW = (
    "exp переполнилась или вероятность округлилась до нуля, и ln 0 = −∞: вычтите из каждой строки её максимум, а "
    "логарифм берите по формуле z − max − ln Σ exp(z − max)"
)
SPOILT = "второй вызов с тем же cache дал другое: обратный проход что-то записал прямо в запомненный массив"


def of_difference(f, x, h):
    """Что вышло бы при обычных ошибках численной производной; f — от одного массива."""

    def along(change):
        slopes = np.empty(x.shape)
        for index in np.ndindex(x.shape):
            step = np.zeros(x.shape)
            step[index] = 1
            slopes[index] = change(step)
        return slopes

    central = along(lambda e: (f(x + h * e) - f(x - h * e)) / (2 * h))
    suspects = {
        "не поделено на 2: между x + h и x − h расстояние 2h": 2 * central,
        "умножено на h там, где нужно делить, или деление забыто": central * 2 * h,
        "это разность в одну сторону, вперёд; нужна центральная: f(x + h) − f(x − h)": along(
            lambda e: (f(x + h * e) - f(x)) / h
        ),
        "это разность в одну сторону, назад; нужна центральная: f(x + h) − f(x − h)": along(
            lambda e: (f(x) - f(x - h * e)) / h
        ),
        "знак обратный: из f(x + h) вычитают f(x − h)": -central,
        "производная всюду ноль: сдвигается не тот массив, который видит f. У reshape(-1) и flatten() бывает копия": (
            np.zeros(x.shape)
        ),
        "сдвинуты сразу все элементы, а нужно по одному": np.full(x.shape, central.sum()),
        "сдвинутый элемент не возвращён на место перед следующим": _not_restored(f, x, h),
    }
    if h != EPS:
        suspects["шаг всегда 1e-5: параметр h не используется"] = along(
            lambda e: (f(x + EPS * e) - f(x - EPS * e)) / (2 * EPS)
        )
    suspects[
        "похоже на верный ответ, но цифр в нём мало: шаг слишком мал или считали во float32. Нужны float64 и h = 1e-5"
    ] = lambda got: bool(np.allclose(got, central, rtol=0.3, atol=0.05))
    return suspects


def _not_restored(f, x, h):
    """Элемент остаётся сдвинутым на −h, когда очередь доходит до следующего."""
    moved, slopes = x.copy(), np.empty(x.shape)
    for index in np.ndindex(x.shape):
        kept = moved[index]
        moved[index] = kept + h
        right = f(moved)
        moved[index] = kept - h
        slopes[index] = (right - f(moved)) / (2 * h)
    return slopes


def of_linear(x, w, b):
    return {
        "b забыто": x @ w,
        "b вычтено": x @ w - b,
        "x возвращён без изменений": x,
        "все ответы — нули": np.zeros((len(x), w.shape[1]), x.dtype),
    }


def of_linear_input(g, x, w, right, others):
    """`right` — верные производные по x, W и b, `others` — те, что вышли бы на других данных."""
    suspects = {
        "градиент сверху возвращён как есть": g,
        "градиент по x — нули": 0 * x,
        "поделено на размер батча: на него делит функция потерь, слой — нет": right[0] / len(x),
        "g потеряно: возвращены одни веса": gradients(lambda v: linear(v, w, 0), np.ones_like(g), x)[0],
        "это градиент по W: порядок ответа — по x, по W, по b": right[1],
        MEMORY: others[0],
    }
    if w.shape[0] == w.shape[1]:
        suspects["W не транспонирована: спросите размерности, когда W не квадратная"] = g @ w
    return suspects


def of_linear_weights(g, x, w, right, others):
    return {
        "усреднено по батчу, а вклады примеров складываются: на размер батча делит функция потерь": right[1] / len(x),
        "знак обратный: градиент говорит, куда потери растут": -right[1],
        "градиент по W — нули": 0 * w,
        "g потеряно: возвращена одна X": gradients(lambda v: linear(x, v, 0), np.ones_like(g), w)[0],
        "прибавлена сама W": right[1] + w,
        "это градиент по x: порядок ответа — по x, по W, по b": right[0],
        "это градиент по b: порядок ответа — по x, по W, по b": right[2],
        "получился транспонированный: переставьте множители и транспонируйте другой": right[1].T,
        MEMORY: others[1],
    }


def of_linear_bias(g):
    return {
        "усреднено по батчу, а вклады примеров складываются: на размер батча делит функция потерь": g.mean(axis=0),
        "взят градиент одного примера, а b прибавлено к каждой строке: сложите по батчу": g[0],
        "g потеряно: градиент по b — не число примеров": np.full(g.shape[1], float(len(g))),
        "сложено всё, и по выходам тоже: b_j влияет только на столбец j": np.full(g.shape[1], g.sum()),
        "градиент по b — нули": np.zeros(g.shape[1]),
    }


def of_loss(logits, labels):
    count = len(labels)
    p, right = softmax(logits), logits[np.arange(count), labels]
    by_row = -np.log(p[np.arange(count), labels])
    over_batch = np.exp(logits - logits.max(axis=0)) / np.exp(logits - logits.max(axis=0)).sum(axis=0)
    return {
        "потери сложены по батчу, а нужно среднее": float(by_row.sum()),
        "логарифм забыт: это средняя вероятность верного класса": float(1 - p[np.arange(count), labels].mean()),
        "знак обратный: −ln p": float(-by_row.mean()),
        "логарифм двоичный, а нужен натуральный": float(by_row.mean() / np.log(2)),
        "логарифм десятичный, а нужен натуральный": float(by_row.mean() / np.log(10)),
        "softmax взят по столбцам (axis=0), а вероятности складываются в единицу у каждого примера": float(
            -np.log(over_batch[np.arange(count), labels]).mean()
        ),
        "усреднено и по классам: делить нужно на число примеров": float(by_row.sum() / logits.size),
        "логиты взяты за вероятности: нужен softmax": float(-right.mean()),
        "softmax применён дважды": float(cross_entropy(p, labels)),
    }


def of_large_loss(logits, labels):
    return {
        OVERFLOW: lambda got: check.has_nan(got) or check.has_infinity(got),
        "вероятность ограничена снизу (p + 1e-12, clip): у больших логитов потери от этого неверны, логарифм берут по "
        "формуле z − max − ln Σ": lambda got: bool(0 < got < cross_entropy(logits, labels) / 2),
    }


def of_logits(g, logits, labels, other):
    count, classes = logits.shape
    p, target = softmax(logits), np.eye(classes, dtype=logits.dtype)[labels]
    right = cross_entropy_gradient(g, logits, labels)
    missed = np.roll(target, 1, axis=1) - target
    suspects = {
        "не поделено на размер батча: потери — среднее": count * right,
        "знак обратный: p − единица, а не единица − p": -right,
        "единица у верного класса не вычтена": right + g * target / count,
        "вычтена единица, а p потеряно": -g * target / count,
        "единица вычтена у всех классов, а не только у верного; [:, labels] — это столбцы целиком": (
            right + g * (target - 1) / count
        ),
        "поделено на число всех логитов, а не на размер батча": right / classes,
        "это производная −1/p, дальше неё не пошли: правило цепочки — ещё через softmax": (
            -g * target / np.where(target > 0, p, 1) / count
        ),
        "поделено на размер батча дважды": right / count,
        "p · (1 − p): у softmax каждый выход зависит от всех логитов": g * p * (1 - p) / count,
        "softmax применён дважды: второй раз — к вероятностям": cross_entropy_gradient(g, p, labels),
        "единица вычтена не у того класса: метка — номер столбца, с нуля": right - g * missed / count,
        "градиент — нули": 0 * p,
        MEMORY: cross_entropy_gradient(g, *other),
    }
    if g != 1:
        suspects["потеряно g, пришедшее сверху: правило цепочки"] = right / g
    return suspects


def of_normalisation(x, gamma, beta, eps):
    normal = normalised(x, eps)
    centred, var = x - x.mean(axis=0), x.var(axis=0)
    suspects = {
        "вход возвращён без изменений": x,
        "γ и β не используются": normal,
        "β забыта": gamma * normal,
        "γ забыта": normal + beta,
        "γ умножается и на β: нужно γ·x̂ + β": gamma * (normal + beta),
        "γ применена дважды: нужно γ·x̂ + β": gamma * gamma * normal + beta,
        "дисперсия несмещённая (деление на B − 1), а нормализуют на смещённую": gamma
        * centred
        / np.sqrt(x.var(axis=0, ddof=min(1, len(x) - 1)) + eps)
        + beta,
        "поделено на дисперсию вместо её корня": gamma * centred / (var + eps) + beta,
        "ε забыто": gamma * centred / np.sqrt(var) + beta,
        "ε прибавлено снаружи корня: нужно √(σ² + ε)": gamma * centred / (np.sqrt(var) + eps) + beta,
        "среднее не вычтено": gamma * x / np.sqrt(var + eps) + beta,
        "поделено не было, только вычтено среднее": gamma * centred + beta,
        "оси: усреднено по признакам каждого примера (axis=1), это LayerNorm; нужно по батчу (axis=0)": gamma
        * normalised(x.T, eps).T
        + beta,
        "оси: усреднено по всему массиву, а у каждого признака своё среднее": gamma
        * (x - x.mean())
        / np.sqrt(x.var() + eps)
        + beta,
    }
    if eps != EPS:
        suspects["ε всегда 1e-5: параметр eps не используется"] = gamma * normalised(x, EPS) + beta
    return suspects


def of_normalised_input(g, x, gamma, eps, other):
    """Что вышло бы градиентом по x, если потерять путь, множитель или знак. Путь отрезан уже в прямом проходе."""

    def along(constant=(), gamma=gamma, eps=eps):
        return gradients(lambda v: gamma * normalised(v, eps, constant), g, x)[0]

    def scale(eps):
        return 1 / np.sqrt(np.maximum(x.var(axis=0) + eps, np.finfo(np.float32).tiny))

    straight, right, count = along(("mean", "var")), along(), len(x)
    by_mean, by_var = along(("var",)) - straight, along(("mean",)) - straight
    normal = normalised(x, eps)
    one_normal = by_var / np.where(normal == 0, 1, normal)
    suspects = {
        "среднее и дисперсия взяты за постоянные: их пути потеряны": straight,
        "потерян путь через дисперсию": straight + by_mean,
        "потерян путь через среднее": straight + by_var,
        "γ забыта: g умножается на неё по дороге к x̂": along(gamma=np.ones_like(gamma)),
        "множитель 1/√(σ² + ε) забыт": right / scale(eps),
        "поделено на σ² + ε вместо корня": right * scale(eps),
        "умножено на √(σ² + ε) вместо деления": right / scale(eps) ** 2,
        "путь через среднее вошёл с обратным знаком": straight - by_mean + by_var,
        "путь через дисперсию вошёл с обратным знаком": straight + by_mean - by_var,
        "пути через среднее и дисперсию — суммы, а не средние: поделите на B": straight + count * (by_mean + by_var),
        "путь через среднее — сумма, а не среднее: поделите на B": straight + count * by_mean + by_var,
        "путь через дисперсию — сумма, а не среднее: поделите на B": straight + by_mean + count * by_var,
        "в пути через дисперсию пропущен множитель 2 от квадрата": straight + by_mean + by_var / 2,
        "в пути через дисперсию лишняя двойка: ½ от корня забыта": straight + by_mean + 2 * by_var,
        "в пути через дисперсию x̂ вошло один раз, а нужно два": straight + by_mean + one_normal,
        "поделено на размер батча: на него делит функция потерь, слой — нет": right / count,
        "градиент сверху возвращён как есть": g,
        "градиент — нули": 0 * x,
        "ε в обратном проходе забыто, а в прямом стояло: множитель — тот же 1/√(σ² + ε)": right * scale(0) / scale(eps),
        "ε в обратном проходе забыто и в x̂: берите x̂ и 1/√(σ² + ε) те же, что в прямом": along(eps=1e-30),
        MEMORY: batchnorm_gradients(g, *other, eps)[0],
    }
    if eps != EPS:
        suspects["в обратном проходе ε всегда 1e-5, а в прямом — eps"] = right * scale(EPS) / scale(eps)
        suspects["в обратном проходе ε всегда 1e-5, и в x̂ тоже"] = along(eps=EPS)
    return suspects


def of_gamma(g, x, inputs, right, by_beta):
    """`inputs` — x, γ, β; `right` — верные производные по ним; `by_beta` — что вернулось на месте градиента по β."""
    exchanged = np.shape(by_beta) == right[1].shape and np.allclose(by_beta, right[1])
    return {
        "градиенты по γ и β переставлены: порядок ответа — по x, по γ, по β": (
            lambda got: bool(exchanged and np.allclose(got, right[2]))
        ),
        "умножено на x, а не на x̂": (g * x).sum(axis=0),
        "умножено на сам ответ слоя, а не на x̂": (g * batchnorm(*inputs)).sum(axis=0),
        "это градиент по β: g не умножено на x̂": right[2],
        "усреднено по батчу, а вклады примеров складываются": right[1] / len(x),
        "лишний множитель γ": inputs[1] * right[1],
        "градиент по γ — нули": 0 * right[1],
    }


def of_beta(x, gamma, right):
    return {
        "усреднено по батчу, а вклады примеров складываются": right[2] / len(x),
        "лишний множитель γ: β прибавлена после умножения на неё": gamma * right[2],
        "это градиент по γ: порядок ответа — по x, по γ, по β": right[1],
        "градиент по β — нули": 0 * right[2],
    }


def of_order(blocks, x, labels):
    """Потери сети, где слои стоят не так."""

    def run(last=lambda z: z, blocks=blocks, **layers):
        return float(cross_entropy(last(answers(blocks, x, **layers)), labels))

    def same(z, *_):
        return z

    suspects = {
        "нормализации нет": run(norm=same),
        "ReLU нет: сеть осталась линейной (если не считать нормализации)": run(relu=same),
        "сначала ReLU, потом нормализация, а нужно наоборот": run(
            relu=same, norm=lambda z, gamma, beta: batchnorm(relu(z), gamma, beta)
        ),
        "ReLU стоит и после последнего слоя: отрицательные логиты обрезаны": run(relu),
        "softmax стоит и перед кросс-энтропией, а он уже внутри неё": run(softmax),
    }
    if len(blocks) > 2 and blocks[0]["w"].shape[1] == blocks[-1]["w"].shape[0]:
        suspects["посчитан только первый скрытый блок: их бывает сколько угодно"] = run(blocks=[blocks[0], blocks[-1]])
    return suspects


def of_network(blocks, x, labels, right):
    """Объяснение → все градиенты сети, какими они вышли бы; `right` — какими должны быть."""

    def past_relu(z):
        return relu(np.real(z)) + 1j * np.imag(z)

    def past_norm(z, gamma, beta):
        return batchnorm(np.real(z), gamma, beta) + 1j * np.imag(z)

    def times(factor):
        return [{name: factor * one[name] for name in one} for one in right]

    return {
        "g прошло мимо ReLU: в обратном проходе она пропущена": network(blocks, x, labels, relu=past_relu)[1],
        "g прошло мимо нормализации: её градиент по x не передан дальше": network(blocks, x, labels, norm=past_norm)[1],
        "знак обратный: нужен градиент, а не шаг вниз": times(-1),
        "градиент — нули: он сюда не дошёл": times(0),
        "не поделено на размер батча": times(len(labels)),
        "поделено на размер батча дважды": times(1 / len(labels)),
    }
