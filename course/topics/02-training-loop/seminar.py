# %% [markdown]
# # Семинар 2. Сеть, до которой доходит сигнал
#
# В прошлый раз вы написали обратный проход. Сегодня выясним, почему верного обратного прохода мало: сеть из двенадцати
# слоёв с ним может научиться всему, а может не научиться ничему, и решают это случайные числа, с которых она начала.
# По дороге вы напишете функцию потерь, которая не переполняется, и цикл обучения, которому можно верить.
#
# Нужны: тема 1, тензоры torch (`x @ w.T`, `sum`, `mean`, индексы; если они вам в новинку, начните с
# [урока о тензорах](https://pytorch.org/tutorials/beginner/basics/tensorqs_tutorial.html)), дисперсия. Времени — 80
# минут; где сколько, сказано у каждого шага.

# %% [markdown]
# ## Работа над ошибками (5 минут)
#
# Что вы написали в форме после прошлого раза, показано на странице темы; разберём самое частое. И пять вопросов о
# теме 1, устно, не дольше минуты на каждый.
#
# 1. Сверху пришло $g$. Что получат входы у умножения? У $\max$?
# 2. Почему в `push` стоит `+=`?
# 3. Слой $Y = XW$, сверху пришла $G$. Чему равна производная по $W$ и куда делся батч?
# 4. Какой шаг $h$ брать для проверки градиента и почему не $10^{-13}$?
# 5. Что будет, если забыть `zero_grad`?

# %% tags=["seed"]
SEED = 0

# %%
import math

import matplotlib.pyplot as plt
import torch
from matplotlib.ticker import ScalarFormatter
from sklearn.datasets import load_digits
from torch import nn
from torch.nn import functional

ScalarFormatter.fix_minus = staticmethod(lambda text: text.replace("-", "−").replace(".", ","))  # на осях: −0,5
torch.set_num_threads(1)  # тензоры маленькие: одному потоку быстрее
torch.manual_seed(SEED)
EMPTY = "здесь пока пусто: допишите код в ячейке выше, уберите из неё raise NotImplementedError и выполните"


def attempt(code):
    """Результат code() или None, если там ещё пусто."""
    try:
        return code()
    except NotImplementedError:
        return None


def russian(number, digits=4):
    """Число или список чисел с десятичной запятой, как в тексте."""
    if isinstance(number, list):
        return "(" + "; ".join(russian(one, digits) for one in number) + ")"
    mantissa, _, power = f"{number:.{digits}g}".partition("e")
    words = f"{mantissa} · 10^{int(power)}" if power else mantissa
    return words.replace(".", ",").replace("-", "−")


def rms(x):
    """Корень из среднего квадрата: «обычная величина» числа в тензоре."""
    return x.square().mean().sqrt().item()


# %% [markdown]
# ## 1. Тридцать слоёв вперёд (13 минут)
#
# Пропустим случайный вход через тридцать слоёв с ReLU и после каждого спросим, какова обычная величина числа. Веса —
# нормальные, с нулевым средним и отклонением $\sigma$. Смещений нет: в начале они нули.
#
# **Задача.** `signal_sizes(x, weights, activation)` — величина сигнала `rms` на входе и после каждого слоя. Слой —
# это `activation(x @ w.T)`: как у `nn.Linear`, строка `w` — веса одного нейрона.


# %% tags=["solution"]
def signal_sizes(x, weights, activation):
    """rms входа и выхода каждого слоя: список на одно число длиннее, чем weights."""
    sizes = [rms(x)]
    # BEGIN SOLUTION
    for w in weights:  # (n, n)
        x = activation(x @ w.T)  # (B, n)
        sizes.append(rms(x))
    # END SOLUTION
    return sizes


# %% tags=["folded", "check"]
def check_signal_sizes():
    x, w = torch.tensor([[1.0, 2.0]]), torch.tensor([[1.0, 1.0], [0.0, -1.0]])
    last = torch.tensor([[1.0, 1.0], [1.0, -1.0]])
    try:
        found = attempt(lambda: signal_sizes(x, [w, last], torch.relu))
    except RuntimeError as error:
        raise AssertionError(f"signal_sizes прервалась: {error}. Слой — это activation(x @ w.T)") from None
    assert found is not None, f"signal_sizes: {EMPTY}"
    assert len(found) == 3, f"слоёв 2, чисел должно быть 3 (вход и два слоя), а вышло {len(found)}"
    assert all(isinstance(one, float) for one in found), "в списке должны быть числа: sizes.append(rms(x))"
    expected = [math.sqrt(2.5), math.sqrt(4.5), 3.0]
    wrong = [math.sqrt(2.5), rms(torch.relu(x @ w))]
    assert abs(found[1] - wrong[1]) > 1e-6, "похоже на x @ w: строка w — один нейрон, поэтому нужно w.T"
    assert abs(found[1] - rms(x @ w.T)) > 1e-6, "похоже, активация не применена: слой — это activation(x @ w.T)"
    assert all(abs(one - other) < 1e-5 for one, other in zip(found, expected, strict=True)), (
        f"для x = (1; 2) и слоёв с w = ((1; 1), (0; −1)) и ((1; 1), (1; −1)) должно выйти "
        f"{russian(expected)}, а вышло {russian(found)}. "
        "Идёт ли выход слоя на вход следующего?"
    )


check_signal_sizes()
print("✓ signal_sizes")

# %% [markdown]
# Теперь предскажем ответ до опыта. Число на выходе нейрона до активации (*предактивация*) — это сумма $n$ слагаемых
# $w_i x_i$. Веса независимы, и среднее у них ноль, поэтому средний квадрат суммы — это сумма средних квадратов:
# $n\sigma^2\,\mathbb{E}[x^2]$. А ReLU обнуляет отрицательную половину и оставляет ровно половину среднего квадрата.
# Сверим предсказание с опытом при четырёх $\sigma$: два — из лекции, Хе ($\sqrt{2/n}$) и Ксавье ($\sqrt{1/n}$), ещё два
# взяты наугад, $1$ и $0{,}01$.
#
# **Задача.** `factor(std, width)` — во сколько раз слой с ReLU меняет `rms`.


# %% tags=["solution"]
def factor(std, width):
    """Во сколько раз rms после слоя с ReLU больше, чем до него."""
    # BEGIN SOLUTION
    return std * math.sqrt(width / 2)
    # END SOLUTION


# %% tags=["folded", "check"]
def check_factor():
    found = attempt(lambda: factor(0.1, 200))
    assert found is not None, f"factor: {EMPTY}"
    assert abs(found - 0.1 * math.sqrt(200)) > 1e-6, (
        f"factor(0.1, 200) — это {russian(found)}, в корень из двух раз больше нужного. "
        "Учтена ли половина, которую гасит ReLU?"
    )
    assert abs(found - 1.0) < 1e-6, (
        f"factor(0.1, 200) — это {russian(found)}, а должно быть 1: средний квадрат умножается на n·σ²/2, "
        "здесь 200 · 0,01 / 2. Если вышел он сам — осталось взять корень; при n = 200 и σ = 0,2 должно быть 2"
    )
    assert abs(factor(0.2, 200) - 2.0) < 1e-6, (
        f"factor(0.2, 200) — это {russian(factor(0.2, 200))}, а должно быть 2: rms растёт как σ, а не как σ²"
    )


check_factor()
print("✓ factor")

# %%
WIDTH, DEPTH, BATCH = 256, 30, 64
choices = {"σ = 1": 1.0, "Хе": math.sqrt(2 / WIDTH), "Ксавье": math.sqrt(1 / WIDTH), "σ = 0,01": 0.01}


def normal_weights(std, depth=DEPTH):
    return [std * torch.randn(WIDTH, WIDTH, dtype=torch.float64) for _ in range(depth)]


start = torch.randn(BATCH, WIDTH, dtype=torch.float64)  # (B, n), rms около 1
paths = {name: signal_sizes(start, normal_weights(std), torch.relu) for name, std in choices.items()}
predicted = {name: factor(std, WIDTH) ** DEPTH for name, std in choices.items()}
print(f"{'':10} {'предсказано':>12} {'измерено':>10}")
for name, sizes in paths.items():
    print(f"{name:10} {predicted[name]:12.1e} {sizes[-1]:10.1e}")

rms_large, rms_he, rms_glorot, rms_small = (paths[name][-1] for name in choices)
predicted_large, predicted_he, predicted_glorot, predicted_small = predicted.values()
worst_miss = max(max(paths[name][-1] / predicted[name], predicted[name] / paths[name][-1]) for name in choices)

_, axes = plt.subplots(figsize=(6.4, 3.4))
for (name, sizes), line in zip(paths.items(), ("-", "-", "--", ":"), strict=True):
    axes.semilogy(sizes, line, label=name)
axes.set(xlabel="слой", ylabel="величина сигнала", title="Тридцать слоёв вперёд")
axes.set_yticks([10.0**power for power in range(-30, 31, 10)])
axes.legend()
plt.show()

# %% [markdown]
# На логарифмической оси все линии прямые: каждый слой умножает на одно и то же число. Предсказание, сделанное в одну
# строку, выдержало шестьдесят порядков величины. Хе — единственный выбор, у которого множитель равен единице.
#
# ## 2. Двадцать слоёв назад (10 минут)
#
# Сигнал дошёл; дойдёт ли назад градиент? Пустим сверху случайный градиент единичной длины и посмотрим, какой длины
# окажутся градиенты по весам каждого слоя.
#
# **Задача.** В `gradient_sizes` допишите прямой проход и вызов обратного. Подсказка: если взять потерями
# $\sum (x \odot \text{upstream})$, то сверху в `x` придёт ровно `upstream`.


# %% tags=["solution"]
def gradient_sizes(x, weights, activation, upstream):
    """Длина градиента по весам каждого слоя; upstream (B, n) — то, что пришло сверху в последний."""
    weights = [w.clone().requires_grad_() for w in weights]
    # BEGIN SOLUTION
    for w in weights:
        x = activation(x @ w.T)  # (B, n)
    (x * upstream).sum().backward()
    # END SOLUTION
    return [w.grad.norm().item() for w in weights]


# %% tags=["folded", "check"]
def check_gradient_sizes():
    x, w = torch.tensor([[1.0, 2.0], [0.5, -1.0]]), torch.tensor([[1.0, 1.0], [0.5, -1.0]])
    upstream = torch.tensor([[2.0, 1.0], [-1.0, 0.5]])
    try:
        found = attempt(lambda: gradient_sizes(x, [w, w], torch.tanh, upstream))
    except AttributeError:
        raise AssertionError("у весов нет grad: обратный проход не вызван или граф оборвался") from None
    except RuntimeError as error:
        raise AssertionError(
            f"backward не прошёл: {error}. Зовут его один раз, после всех слоёв, у одного числа — суммы "
            "(x * upstream), где x — выход последнего слоя"
        ) from None
    assert found is not None, f"gradient_sizes: {EMPTY}"

    def sizes(layer, loss):
        first, second = w.clone().requires_grad_(), w.clone().requires_grad_()
        loss(layer(layer(x, first), second)).backward()
        return [first.grad.norm().item(), second.grad.norm().item()]

    def layer(x, w):
        return torch.tanh(x @ w.T)

    def loss(out):
        return (out * upstream).sum()

    wrong = {
        "upstream не участвует: потерями нужно взять сумму x * upstream": sizes(layer, torch.sum),
        "это среднее, а нужна сумма": sizes(layer, lambda out: (out * upstream).mean()),
        "похоже, активация не применена: слой — это activation(x @ w.T)": sizes(lambda x, w: x @ w.T, loss),
        "похоже на x @ w: строка w — один нейрон, поэтому нужно w.T": sizes(lambda x, w: torch.tanh(x @ w), loss),
    }
    for words, answer in wrong.items():
        assert any(abs(one - other) > 1e-5 for one, other in zip(found, answer, strict=True)), words
    expected = sizes(layer, loss)
    assert all(abs(one - other) < 1e-5 for one, other in zip(found, expected, strict=True)), (
        f"длины градиентов {russian(found)}, а должны быть {russian(expected)}. "
        "Потери — сумма по всем местам (x * upstream), где x — выход последнего слоя"
    )


check_gradient_sizes()
print("✓ gradient_sizes")

# %%
upstream = torch.randn(BATCH, WIDTH, dtype=torch.float64)
upstream /= upstream.norm()
he, glorot = math.sqrt(2 / WIDTH), math.sqrt(1 / WIDTH)
backs = {
    "ReLU, Хе": gradient_sizes(start, normal_weights(he, 20), torch.relu, upstream),
    "tanh, Ксавье": gradient_sizes(start, normal_weights(glorot, 20), torch.tanh, upstream),
    "сигмоида, Ксавье": gradient_sizes(start, normal_weights(glorot, 20), torch.sigmoid, upstream),
}
first_relu, first_tanh, first_sigmoid = (sizes[0] for sizes in backs.values())
relu_drop, _, sigmoid_drop = (sizes[0] / sizes[-1] for sizes in backs.values())
_, axes = plt.subplots(figsize=(6.4, 3.4))
for (name, sizes), line in zip(backs.items(), ("-", "--", ":"), strict=True):
    axes.semilogy(range(1, 21), sizes, line, label=name)
axes.set(xlabel="слой", ylabel="длина градиента", title="Двадцать слоёв назад", xticks=[1, 5, 10, 15, 20])
axes.legend()
plt.show()
for name, sizes in backs.items():
    print(f"{name:16} первый слой {sizes[0]:.1e}, последний {sizes[-1]:.1e}, отношение {sizes[0] / sizes[-1]:.1e}")

# %% [markdown]
# Смотрите на отношение. У сигмоиды производная не больше $1/4$, и девятнадцать слоёв на пути назад оставляют от
# градиента не больше $4^{-19} \approx 4 \cdot 10^{-12}$. Первый слой получает поправки в сотни миллиардов раз меньше
# последнего: он стоит на месте, и сеть учится на случайных признаках. Верный обратный проход тут ни при чём — он верно
# передал ноль.
#
# Посмотрим ещё и на распределения: что делается с самими числами в сети с $\tanh$.

# %%
_, panels = plt.subplots(2, 3, figsize=(6.2, 4.6), sharex="row")
for column, (name, scale) in enumerate({"мало: 0,5/√n": 0.5, "в меру: 1/√n": 1.0, "много: 3/√n": 3.0}.items()):
    x, layers = start, normal_weights(scale / math.sqrt(WIDTH), 10)
    kept = []
    for w in layers:
        x = torch.tanh(x @ w.T)
        kept.append(x)
    sizes = gradient_sizes(start, layers, torch.tanh, upstream)
    for number, line in ((1, "-"), (5, "--"), (10, ":")):
        heights, edges = torch.histogram(kept[number - 1].flatten(), bins=40, range=(-1.0, 1.0), density=True)
        panels[0, column].plot((edges[1:] + edges[:-1]) / 2, heights, line, label=f"слой {number}")
    panels[0, column].set(title=name, xlabel="выход tanh", yticks=[], xticks=[-1, 0, 1], xlim=(-1.2, 1.2))
    panels[1, column].semilogy(range(1, 11), sizes, "o-", markersize=4)
    panels[1, column].set(xlabel="слой", xticks=[1, 5, 10], ylim=(1e-6, 1e6))
panels[0, 2].legend(fontsize=9.5, loc="upper center")  # в середине пусто
panels[1, 0].set(ylabel="градиент")
plt.show()

# %% [markdown]
# Слева сигнал сжимается в ноль; справа $\tanh$ насыщен, числа сбились к $\pm 1$: остались почти одни знаки.
# Посередине — то, что нужно. Нижний ряд — длина градиента по весам каждого слоя. Посередине она порядка единицы на всех
# слоях. Справа она растёт от последнего слоя к первому: большие веса умножают сильнее, чем гасит насыщенный $\tanh$.
# Слева она тоже одинакова на всех, но раз в сто меньше: чем ближе к концу, тем слабее сигнал, чем ближе к началу, тем
# слабее градиент, а длина зависит от их произведения.
#
# ## 3. Потери, которые не переполняются (13 минут)
#
# Сеть выдаёт $C$ чисел $z_1, \ldots, z_C$ (*логиты*). Вероятности из них делает softmax, а потери — это минус логарифм
# вероятности верного класса $y$:
#
# $$L = -\ln \frac{e^{z_y}}{\sum_j e^{z_j}} = \ln \sum_j e^{z_j} - z_y.$$
#
# Формула коротка, и в ней мина: $e^{1000}$ — бесконечность, а $e^{-1000}$ — ноль, и $\ln 0 = -\infty$. Спасает
# тождество, верное для любого $m$:
#
# $$\ln \sum_j e^{z_j} = m + \ln \sum_j e^{z_j - m}.$$
#
# **Задача.** `log_sum_exp(z)` для логитов формы $(B, C)$: ответ формы $(B)$, для каждой строки. Какое $m$ взять, чтобы
# под экспонентой не было больших чисел, а под логарифмом — нуля? Готовую `torch.logsumexp` не берите. По строкам
# считают `z.sum(dim=-1)`, `z.mean(dim=-1)`, `z.min(dim=-1).values`, `z.max(dim=-1).values`; с `keepdim=True` ответ
# останется формы $(B, 1)$, и его можно вычесть из `z`; лишнюю ось потом убирает `m.squeeze(-1)`.


# %% tags=["solution"]
def log_sum_exp(z):
    """ln Σ exp z по последней оси: (B, C) → (B)."""
    # BEGIN SOLUTION
    m = z.max(dim=-1, keepdim=True).values  # (B, 1)
    return m.squeeze(-1) + (z - m).exp().sum(dim=-1).log()
    # END SOLUTION


# %% tags=["folded", "check"]
def check_log_sum_exp():
    z = torch.tensor([[0.0, 1.0, 2.0], [3.0, 3.0, 3.0]], dtype=torch.float64)
    try:
        found = attempt(lambda: log_sum_exp(z))
    except (AttributeError, RuntimeError, TypeError) as error:
        raise AssertionError(
            f"log_sum_exp прервался: {error}. max(dim=-1) возвращает пару, числа лежат в .values; "
            "чтобы вычесть m из каждой строки, сохраните ось: keepdim=True"
        ) from None
    assert found is not None, f"log_sum_exp: {EMPTY}"
    assert found.shape == (2,), (
        f"для логитов (2, 3) ответ должен быть формы (2), а вышло {tuple(found.shape)}. "
        "Если m формы (B, 1), то прибавлять нужно m.squeeze(-1), без лишней оси"
    )
    error = (found - torch.logsumexp(z, dim=-1)).abs().max().item()
    assert error < 1e-12, f"на обычных числах ошибка {russian(error, 2)}. Прибавлено ли m обратно? По той ли оси сумма?"
    large = log_sum_exp(torch.tensor([[1000.0, 0.0]]))
    assert large.isfinite().all(), "для (1000; 0) вышла бесконечность: под экспонентой осталось большое число"
    assert abs(large.item() - 1000) < 1e-3, f"для (1000; 0) должно быть 1000, а вышло {russian(large.item(), 6)}"
    small = log_sum_exp(torch.tensor([[-1000.0, -1001.0], [1000.0, 0.0]]))[0]
    assert small.isfinite(), (
        "для (−1000; −1001) вышла бесконечность: под логарифмом ноль. "
        "У каждой строки должно быть своё m — её наибольшее"
    )


check_log_sum_exp()
print("✓ log_sum_exp")

# %% [markdown]
# **Задача.** `cross_entropy(z, y)` — средние по батчу потери; `y` — номера верных классов формы $(B)$. Взять из каждой
# строки число с её номером помогает `z[torch.arange(len(y)), y]`. И `cross_entropy_gradient(z, y)` — производная по
# логитам, формула из лекции: вероятности минус единица на месте верного класса, и всё это делится на $B$, раз потери —
# среднее по $B$ примерам.


# %% tags=["solution"]
def cross_entropy(z, y):
    """Средние потери: логиты (B, C), классы (B) → число."""
    # BEGIN SOLUTION
    right = z[torch.arange(len(y)), y]  # (B)
    return (log_sum_exp(z) - right).mean()
    # END SOLUTION


# %% tags=["solution"]
def cross_entropy_gradient(z, y):
    """Производная средних потерь по логитам: (B, C)."""
    # BEGIN SOLUTION
    p = (z - log_sum_exp(z)[:, None]).exp()  # (B, C), softmax
    p[torch.arange(len(y)), y] -= 1
    return p / len(y)
    # END SOLUTION


# %% tags=["folded", "check"]
def check_cross_entropy():
    z = torch.randn(5, 4, dtype=torch.float64)
    y = torch.tensor([0, 3, 1, 1, 2])
    try:
        found = attempt(lambda: cross_entropy(z, y))
    except RuntimeError as error:
        raise AssertionError(
            f"cross_entropy прервалась: {error}. Логит верного класса каждой строки — z[torch.arange(B), y], формы (B)"
        ) from None
    assert found is not None, f"cross_entropy: {EMPTY}"
    found = torch.as_tensor(found, dtype=torch.float64)
    assert found.shape == (), f"нужно одно число, а вышла форма {tuple(found.shape)}. Взято ли среднее по батчу?"
    expected = functional.cross_entropy(z, y)
    assert abs(found - 5 * expected) > 1e-9, "это сумма по батчу, а нужно среднее: иначе шаг зависит от размера батча"
    assert abs(found + expected) > 1e-9, "потери отрицательны: из логарифма суммы вычитают логит, а не наоборот"
    assert abs(found - functional.cross_entropy(z.softmax(dim=1), y)) > 1e-9, (
        "похоже, softmax применён дважды: log_sum_exp ждёт логиты, а не вероятности"
    )
    assert abs(found - expected) < 1e-12, (
        f"потери {russian(found.item())}, а должны быть {russian(expected.item())}. "
        "Для каждой строки нужен логит её класса: z[torch.arange(B), y]"
    )
    try:
        slope = attempt(lambda: cross_entropy_gradient(z.clone(), y))
    except RuntimeError as error:
        raise AssertionError(
            f"cross_entropy_gradient прервалась: {error}. "
            "Чтобы вычесть из каждой строки своё число, нужна форма (B, 1): [:, None]"
        ) from None
    assert slope is not None, f"cross_entropy_gradient: {EMPTY}"
    assert slope.shape == z.shape, (
        f"производная должна быть формы логитов {tuple(z.shape)}, а вышло {tuple(slope.shape)}"
    )
    ours = z.clone().requires_grad_()
    functional.cross_entropy(ours, y).backward()
    wrong = {
        "осталось поделить на B: потери — среднее по батчу": 5 * ours.grad,
        "знак другой: вероятности минус правда, а не наоборот": -ours.grad,
        "это сами вероятности: на месте верного класса нужно вычесть единицу": z.softmax(dim=1) / 5,
    }
    for words, answer in wrong.items():
        assert (slope - answer).abs().max() > 1e-9, words
    error = (slope - ours.grad).abs().max().item()
    assert error < 1e-12, (
        f"производная отличается от верной на {russian(error, 2)}. В каждой строке единицу вычитают один раз, "
        "p[torch.arange(B), y] -= 1, и сумма по строке — ноль"
    )


check_cross_entropy()
z, y = torch.randn(5, 4, dtype=torch.float64), torch.tensor([0, 3, 1, 1, 2])
loss_difference = abs(cross_entropy(z, y) - functional.cross_entropy(z, y)).item()
naive = torch.tensor([[1000.0, 0.0]]).exp().sum().log().item()
print(f"✓ потери; расхождение с torch {loss_difference:.0e}; без сдвига ln Σ e^z для (1000; 0) вышло бы {naive}")

# %% [markdown]
# ## 4. Цикл обучения (17 минут)
#
# Пять строк, и ошибка почти в любой из них не роняет программу, а только портит обучение. Сеть здесь — `nn.Module`:
# `model(x)` — прямой проход, `model.parameters()` — все её веса и смещения. Оптимизатор помнит эти параметры и шаг
# обучения. Одна эпоха — один проход по всем примерам в случайном порядке:
#
# 1. взять батч;
# 2. прямой проход и потери;
# 3. обнулить градиенты;
# 4. обратный проход;
# 5. сдвинуть параметры: `optimizer.step()`.
#
# До цикла сеть переводят в режим обучения (`model.train()`), до проверки — в режим применения (`model.eval()`), и
# проверяют без графа (`torch.no_grad()`).
#
# **Задача.** `train_epoch`: порядок — `torch.randperm(len(x))`, батчи — `order.split(batch_size)`, потери батча —
# `functional.cross_entropy(model(x[index]), y[index])`. Вернуть средние потери *по примерам*: последний батч бывает
# меньше, и весить он должен меньше.


# %% tags=["solution"]
def train_epoch(model, optimizer, x, y, batch_size=32):
    """Одна эпоха; возвращает средние потери по примерам, какими они были до шагов."""
    # BEGIN SOLUTION
    model.train()
    total = 0.0
    for index in torch.randperm(len(x)).split(batch_size):
        loss = functional.cross_entropy(model(x[index]), y[index])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(index)
    return total / len(x)
    # END SOLUTION


# %% tags=["folded", "check"]
class Witness(nn.Module):
    """Слой, который записывает, что через него прошло и в каком режиме."""

    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(2, 3)
        with torch.no_grad():
            self.linear.weight.copy_(torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, -1.0]]))
            self.linear.bias.zero_()
        self.seen, self.modes, self.graphs = [], [], []

    def forward(self, x):
        self.seen.append(x.detach().clone())
        self.modes.append(self.training)
        self.graphs.append(torch.is_grad_enabled())
        return self.linear(x)


def witnessed():
    x = torch.tensor([[3.0, 0.0], [0.0, 1.0], [2.0, 2.0], [1.0, 5.0], [4.0, 1.0]])
    return Witness(), x, torch.tensor([0, 1, 2, 0, 1])


def check_train_epoch():
    model, x, y = witnessed()
    model.eval()
    still = torch.optim.SGD(model.parameters(), lr=0.0)
    found = attempt(lambda: train_epoch(model, still, x, y, batch_size=2))
    assert found is not None, f"train_epoch: {EMPTY}"
    assert all(model.modes), "сеть осталась в режиме применения: в начале эпохи нужно model.train()"
    seen = torch.cat(model.seen)
    assert len(seen) == 5, f"за эпоху сеть должна увидеть 5 примеров, а увидела {len(seen)}"
    assert torch.equal(seen.sort(dim=0).values, x.sort(dim=0).values), "каждый пример — ровно один раз за эпоху"
    assert isinstance(found, float), (
        f"вернуть нужно число (loss.item()), а вернулось {type(found).__name__}: так растёт граф"
    )
    exact = functional.cross_entropy(model.linear(x), y).item()
    assert abs(found - exact) < 1e-5, (
        f"при lr = 0 средние потери {russian(found)}, а должны быть {russian(exact)}. Последний батч здесь из одного "
        "примера: домножайте потери батча на его размер, а делите на число примеров. И одним ли index взяты x и y?"
    )
    sizes = [len(one) for one in model.seen]
    assert sizes == [2, 2, 1], f"5 примеров при batch_size=2 — это батчи из 2, 2 и 1, а вышло {russian(sizes)}"
    orders = []
    for _ in range(6):
        other, x, y = witnessed()
        train_epoch(other, torch.optim.SGD(other.parameters(), lr=0.0), x, y, batch_size=5)
        orders.append(torch.cat(other.seen))
    assert any(not torch.equal(orders[0], one) for one in orders), (
        "порядок примеров каждый раз один: нужен torch.randperm"
    )
    model, x, y = witnessed()
    model.linear.weight.grad = torch.full((3, 2), 100.0)  # остаток от прежнего шага
    before = model.linear.weight.detach().clone()
    train_epoch(model, torch.optim.SGD(model.parameters(), lr=0.1), x, y, batch_size=5)
    moved = (model.linear.weight.detach() - before).abs().max().item()
    assert moved > 0, (
        "веса не изменились: вызван ли optimizer.step() после backward и не стоит ли zero_grad() между ними?"
    )
    assert moved < 5, "старый градиент сдвинул веса: нужен optimizer.zero_grad(), и до backward, а step — после них"
    with torch.random.fork_rng():  # случайные числа опыта от проверки не зависят
        check_every_batch()


class Counting(torch.optim.SGD):
    """Оптимизатор, который считает свои шаги."""

    taken = 0

    def step(self, *args):
        self.taken += 1
        return super().step(*args)


def check_every_batch():
    """Шаг — на каждом батче и только по его градиенту: то же, что пройти по увиденным батчам ещё раз."""
    model, x, y = witnessed()
    optimizer = Counting(model.parameters(), lr=0.1)
    train_epoch(model, optimizer, x, y, batch_size=2)
    assert optimizer.taken == 3, (
        f"батчей 3, а шагов оптимизатора — {optimizer.taken}: обнуление, обратный проход и шаг нужны на каждом батче, "
        "внутри цикла"
    )
    again, _, _ = witnessed()
    optimizer = torch.optim.SGD(again.parameters(), lr=0.1)
    for batch in model.seen:
        right = y[[next(i for i, one in enumerate(x) if torch.equal(one, row)) for row in batch]]
        optimizer.zero_grad()
        functional.cross_entropy(again(batch), right).backward()
        optimizer.step()
    assert torch.allclose(model.linear.weight, again.linear.weight, atol=1e-6), (
        "после эпохи веса не те: в шаг второго батча вошёл и градиент первого. "
        "zero_grad() нужен внутри цикла, до каждого backward"
    )


check_train_epoch()
print("✓ train_epoch")

# %% [markdown]
# **Задача.** `evaluate(model, x, y)` — потери и доля верных ответов, без обучения и без графа. Ответ сети — класс, чей
# логит наибольший; номер наибольшего даёт `argmax`.


# %% tags=["solution"]
def evaluate(model, x, y):
    """Потери и точность на всех примерах сразу; сеть не меняется."""
    # BEGIN SOLUTION
    model.eval()
    with torch.no_grad():
        z = model(x)  # (N, C)
    return functional.cross_entropy(z, y).item(), (z.argmax(dim=1) == y).double().mean().item()
    # END SOLUTION


# %% tags=["folded", "check"]
def check_evaluate():
    model, x, y = witnessed()
    model.train()
    try:
        found = attempt(lambda: evaluate(model, x, y))
    except (AttributeError, RuntimeError) as error:
        raise AssertionError(
            f"evaluate прервался: {error}. Если не сошлись формы: argmax берут по классам, dim=1, ответ на пример; "
            "среднее берут у чисел, а не у «да» и «нет»: .double()"
        ) from None
    assert found is not None, f"evaluate: {EMPTY}"
    assert isinstance(found, tuple), "вернуть нужно пару: потери и доля верных ответов"
    assert len(found) == 2, f"вернуть нужно два числа, а вернулось {len(found)}"
    loss, accuracy = found
    assert not any(model.modes), (
        "сеть осталась в режиме обучения: дропаут шумит, нормализация смотрит на батч. model.eval()"
    )
    assert not any(model.graphs), "граф строится, хотя назад никто не пойдёт: память уходит зря. with torch.no_grad():"
    exact = functional.cross_entropy(model.linear(x), y).item()
    assert abs(loss - exact) < 1e-5, (
        f"потери {russian(loss)}, а должны быть {russian(exact)}. Они в паре первые, доля верных ответов — вторая"
    )
    assert abs(accuracy - 0.4) < 1e-6, (
        f"верных ответов 2 из 5, точность 0,4, а вышло {russian(accuracy)}. По классам ли argmax? Среднее ли это?"
    )


check_evaluate()
print("✓ evaluate")

# %% [markdown]
# ## 5. Опыт: те же данные, другие начальные веса (12 минут)
#
# Рукописные цифры $8 \times 8$, двенадцать слоёв по 64 нейрона, одинаковые данные, шаг и число эпох. Слой — это
# `nn.Linear`, веса и смещения; `nn.Sequential` применяет слои и активации по очереди. Меняем только активацию и разброс
# начальных весов. Последние три эпохи шаг вдесятеро меньше, чтобы точность перестала прыгать; почему это помогает,
# скажет тема 3.
#
# Прежде чем выполнять, запишите прогноз: сколько процентов даст каждая сеть?

# %%
digits = load_digits()
order = torch.randperm(len(digits.target))
images = torch.tensor(digits.data, dtype=torch.float32)[order]  # (1797, 64)
labels = torch.tensor(digits.target)[order]
train_x, train_y, test_x, test_y = images[:1400], labels[:1400], images[1400:], labels[1400:]
centre, scale = train_x.mean(), train_x.std()  # только по обучающей части
train_x, test_x = (train_x - centre) / scale, (test_x - centre) / scale


def deep_net(activation, std, depth=12, width=64):
    """depth слоёв с активацией и последний, с десятью логитами; std(n) — отклонение весов слоя с n входами."""
    layers, before = [], 64
    for _ in range(depth):
        layers += [nn.Linear(before, width), activation()]
        before = width
    net = nn.Sequential(*layers, nn.Linear(before, 10))
    for layer in net:
        if isinstance(layer, nn.Linear):
            nn.init.normal_(layer.weight, std=std(layer.in_features))
            nn.init.zeros_(layer.bias)
    return net


# %% [markdown]
# Но сначала две проверки здоровья, которые стоит делать всегда. Первая: сеть, которая ещё ничего не знает, должна
# давать всем классам поровну, и потери равны $\ln 10 \approx 2{,}303$. Чтобы она не знала совсем ничего, обнулим
# последний слой (один он учиться не мешает: нейроны перед ним уже различны); заодно посмотрим, какими потери были до
# этого. Вторая: на одном батче сеть обязана выучить всё наизусть. Для обеих возьмём сеть из трёх слоёв: так быстрее.

# %%
healthy = deep_net(nn.ReLU, lambda n: math.sqrt(2 / n), depth=3)
start_loss_he, _ = evaluate(healthy, train_x, train_y)  # логиты — случайные числа
nn.init.zeros_(healthy[-1].weight)
start_loss, _ = evaluate(healthy, train_x, train_y)
optimizer = torch.optim.SGD(healthy.parameters(), lr=0.1)
for _ in range(300):
    memorised = train_epoch(healthy, optimizer, train_x[:32], train_y[:32])
print(f"потери до обучения: {start_loss:.4f}; ln 10 = {math.log(10):.4f}; без обнуления было бы {start_loss_he:.2f}")
print(f"на одном батче после 300 шагов: {memorised:.4f}")

# %%
EPOCHS = 15
contestants = {
    "ReLU, Хе": (nn.ReLU, lambda n: math.sqrt(2 / n)),
    "tanh, Ксавье": (nn.Tanh, lambda n: math.sqrt(1 / n)),
    "ReLU, σ = 0,01": (nn.ReLU, lambda n: 0.01),
    "сигмоида, Ксавье": (nn.Sigmoid, lambda n: math.sqrt(1 / n)),
}
curves, accuracies, answers = {}, {}, {}
for name, (activation, std) in contestants.items():
    net = deep_net(activation, std)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.02)
    curves[name] = [train_epoch(net, optimizer, train_x, train_y) for _ in range(EPOCHS - 3)]
    optimizer.param_groups[0]["lr"] /= 10  # к концу мельче: иначе точность прыгает от эпохи к эпохе
    curves[name] += [train_epoch(net, optimizer, train_x, train_y) for _ in range(3)]
    _, accuracies[name] = evaluate(net, test_x, test_y)
    answers[name] = len(net(test_x).argmax(dim=-1).unique())
    print(f"{name:16} потери {curves[name][-1]:.3f}, точность {accuracies[name]:.1%}, разных ответов {answers[name]}")
accuracy_he, accuracy_tanh, accuracy_small, accuracy_sigmoid = accuracies.values()
_, _, answers_small, answers_sigmoid = answers.values()

_, axes = plt.subplots(figsize=(6.4, 3.2))
for (name, losses), line in zip(curves.items(), ("-", "--", ":", "-."), strict=True):
    axes.plot(range(1, EPOCHS + 1), losses, line, label=name)
axes.axhline(math.log(10), color="C4", linewidth=1)
axes.text(EPOCHS, math.log(10) + 0.08, "ln 10: угадывание", ha="right", color="C4", fontsize=9.5)
axes.set(xlabel="эпоха", ylabel="потери", ylim=(-0.1, 2.7), title="Двенадцать слоёв, четыре начала")
axes.legend(fontsize=9.5)
plt.show()

# %% [markdown]
# Две сети из четырёх не сдвинулись с $\ln 10$: на все картинки они отвечают одной и той же цифрой, и точность — её
# доля в проверочной части. Ни данные, ни шаг, ни код цикла у них не хуже. Просто у одной сигнал не доходит до
# последних слоёв, а у другой градиент — до первых. Впрочем, до последних слоёв второй не доходят и различия между
# картинками: наклон сигмоиды не больше $1/4$, и на каждом слое она уменьшает их хотя бы вчетверо.
#
# ## 6. Блиц и домашка (10 минут)
#
# Блиц — на экране; позже его можно пройти ещё раз на странице темы.
#
# **Домашка.** [`activations`](../../homework/activations/notebook.py), если осталась с прошлого раза, — четыре функции
# активации, чтобы и значения, и градиенты были верны на любых числах;
# [`weight-init`](../../homework/weight-init/notebook.py) — формулы Ксавье и Хе для любых слоёв, не только квадратных;
# там же вы повторите сегодняшний опыт своими функциями. Домашка темы 4,
# [`pytorch-basics`](../../homework/pytorch-basics/notebook.py), заканчивается классом `Trainer`: сегодняшние
# `train_epoch` и `evaluate` — его сердце.
#
# Слишком легко? На странице темы есть «Сложнее».
