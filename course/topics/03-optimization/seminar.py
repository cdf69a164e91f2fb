# %% [markdown]
# # Семинар 3. Куда шагнуть и что забыть
#
# Градиент посчитан верно, сигнал доходит до всех слоёв. Сегодня — о последней строке цикла, `optimizer.step()`: почему
# один и тот же градиент одну сеть учит, а другую оставляет на месте, и как за минуту найти шаг обучения. А потом сеть,
# которая научилась слишком хорошо: она выучила наизусть даже неверные ответы, и мы заставим её их забыть.
#
# Нужны: темы 1 и 2, тензоры torch, матожидание. Времени — 80 минут; где сколько, сказано у каждого шага.

# %% [markdown]
# ## Работа над ошибками (5 минут)
#
# Что вы написали в форме после прошлого раза, показано на странице темы; разберём самое частое. И пять вопросов о
# теме 2, устно, не дольше минуты на каждый.
#
# 1. Слой с ReLU, 200 входов, $\sigma = 0{,}1$. Во сколько раз изменится величина сигнала?
# 2. Откуда двойка в инициализации Хе?
# 3. Чему равны потери сети, которая ничего не знает, если классов 10?
# 4. Производная кросс-энтропии по логитам — что из чего вычесть?
# 5. Что переключает `model.eval()` и чего он не выключает?

# %% tags=["seed"]
SEED = 0

# %%
import itertools
import math

import matplotlib.pyplot as plt
import numpy as np
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
        result = code()
    except NotImplementedError:
        return None
    assert result is not None, "функция ничего не вернула: не забыт ли return?"
    return result


def comma(value, digits=3):
    return f"{value:.{digits}g}".replace(".", ",").replace("-", "−")


# %% [markdown]
# ## 1. Овраг (8 минут)
#
# Самая простая функция, на которой спуск мучается, — $f(x, y) = \frac12(x^2 + 100y^2)$: вдоль $x$ она пологая, поперёк
# — крутая. Числа 1 и 100 — *кривизны*. Шаг спуска умножает $x$ на $1 - \eta$, а $y$ — на $1 - 100\eta$: каждая
# координата живёт сама по себе.
#
# **Задача.** `best_step(low, high)` — лучший шаг $\eta$ для кривизн `low` и `high` и множитель худшей координаты при
# этом шаге (его модуль). Шаг хорош настолько, насколько хороша худшая координата; она лучше всего, когда обе одинаково
# плохи: $1 - \eta\,\text{low} = -(1 - \eta\,\text{high})$.


# %% tags=["solution"]
def best_step(low, high):
    """(η, |множитель|): лучший шаг спуска и какая доля расстояния остаётся после него."""
    # BEGIN SOLUTION
    step = 2 / (low + high)
    return step, (high - low) / (high + low)
    # END SOLUTION


# %% tags=["folded", "check"]
def check_best_step():
    found = attempt(lambda: best_step(1.0, 9.0))
    assert found is not None, f"best_step: {EMPTY}"
    assert isinstance(found, tuple), f"вернулся {type(found).__name__}, а нужна пара: шаг и модуль множителя"
    step, factor = found
    assert abs(step - 0.8) > 1e-9, "первым вышел множитель 0,8, а нужен шаг: верните сначала шаг, потом множитель"
    assert abs(step - 1 / 9) > 1e-9, (
        "для кривизн 1 и 9 вышло 1/9: это 1/high. Крутая координата тогда решена за один шаг, а пологая умножается "
        "на 8/9; при шаге чуть больше она быстрее, и худшая из двух — лучше"
    )
    assert abs(step - 2 / 9) > 1e-9, (
        "для кривизн 1 и 9 вышло 2/9: это граница 2/high, на ней крутая координата скачет через ноль, не приближаясь"
    )
    assert abs(step - 0.2) < 1e-9, f"для кривизн 1 и 9 шаг {comma(step)}, а должен быть 0,2: решите 1 − η = −(1 − 9η)"
    assert abs(factor - 0.8) < 1e-9, (
        f"при шаге 0,2 координаты умножаются на 1 − 0,2 = 0,8 и 1 − 1,8 = −0,8; модуль — 0,8, а вышло {comma(factor)}"
    )
    step, factor = best_step(1.0, 100.0)
    worst = max(abs(1 - step), abs(1 - 100 * step))
    assert abs(step - 2 / 101) < 1e-9, (
        f"для кривизн 1 и 100 шаг {comma(step)}, а должен быть 2/101: считайте от low и high"
    )
    assert abs(factor - worst) < 1e-9, f"для кривизн 1 и 100 множитель {comma(worst, 4)}, а вышло {comma(factor, 4)}"


check_best_step()
print("✓ best_step")


# %%
def walk(shift, gradient, start, steps):
    """Точки пути: (steps + 1, 2). shift(g, memory) — сдвиг; memory — словарь, в котором правило помнит своё."""
    point, memory = torch.tensor(start, dtype=torch.float64), {}
    path = [point]
    for _ in range(steps):
        point = point + shift(gradient(point), memory)
        path.append(point)
    return torch.stack(path)


curvature = torch.tensor([1.0, 100.0], dtype=torch.float64)


def ravine(point):
    return (curvature * point**2).sum(-1) / 2


def ravine_gradient(point):
    return curvature * point


def plain(lr):
    return lambda g, memory: -lr * g


START = (-9.0, 1.0)
step, factor = best_step(1.0, 100.0)
_, panels = plt.subplots(3, 1, figsize=(5.8, 6.2), sharex=True)
grid_x, grid_y = torch.meshgrid(torch.linspace(-10, 4, 100), torch.linspace(-1.4, 1.4, 80), indexing="xy")
for panel, lr in zip(panels, (0.005, step, 0.0203), strict=True):
    path = walk(plain(lr), ravine_gradient, START, 40)
    panel.contour(grid_x, grid_y, (grid_x**2 + 100 * grid_y**2) / 2, levels=10, colors="C4", linewidths=0.7)
    panel.plot(*path.T, ".-", markersize=4, linewidth=1)
    panel.set(xlim=(-10, 4), ylim=(-1.4, 1.4), title=f"η = {comma(lr)}", xticks=[-8, -4, 0, 4], yticks=[-1, 0, 1])
    panel.plot(0, 0, "+", color="C1", markersize=11, markeredgewidth=2)
    panel.set_ylabel("y")
panels[2].set_xlabel("x")
plt.show()
print(f"лучший шаг {step:.4f}, за шаг остаётся {factor:.1%} расстояния")

# %% [markdown]
# Сверху шаг мал, в середине — лучший из возможных, внизу он чуть больше границы $2/100$, и спуск расходится. Но и
# лучший шаг оставляет за раз 98 % расстояния до минимума: пологой координате он мал, а взять больше не даёт крутая.
#
# ## 2. Момент (9 минут)
#
# Поперёк оврага градиент каждый раз меняет знак, вдоль — тянет в одну сторону. Если сложить последние градиенты,
# поперечные погасят друг друга, а продольные соберутся в скорость:
#
# $$v \leftarrow \mu v + g, \qquad \text{сдвиг} = -\eta v.$$
#
# **Задача.** `momentum(lr, mu)` возвращает правило: функцию от градиента `g` и словаря `memory`, которая обновляет
# скорость в `memory["v"]` и возвращает сдвиг. Сначала скорости нет, она равна нулю: `memory.get("v", 0)`.


# %% tags=["solution"]
def momentum(lr, mu=0.9):
    """Правило спуска с моментом: shift(g, memory)."""

    def shift(g, memory):
        # BEGIN SOLUTION
        memory["v"] = mu * memory.get("v", 0) + g
        return -lr * memory["v"]
        # END SOLUTION

    return shift


# %% tags=["folded", "check"]
def check_momentum():
    memory, rule = {}, momentum(0.1, 0.8)
    g = torch.tensor([2.0])
    first = attempt(lambda: rule(g, memory))
    assert first is not None, f"momentum: {EMPTY}"
    second = rule(g, memory)
    assert torch.equal(g, torch.tensor([2.0])), "градиент изменён на месте, а он ещё нужен: пишите mu * v + g, без +="
    assert first.item() != 0, "первый сдвиг — ноль: сначала обновите скорость, потом сдвигайте уже по новой"
    assert first.item() < 0, f"первый сдвиг {comma(first.item())}, а идти нужно против градиента: минус"
    assert abs(first.item() + 0.04) > 1e-6, (
        "первый сдвиг −0,04 вместо −0,2: градиент умножен на 1 − μ. Здесь, как в torch, множителя нет"
    )
    assert abs(first.item() + 0.16) > 1e-6, (
        "первый сдвиг −0,16 вместо −0,2: градиент умножен на μ, а умножать нужно прежнюю скорость"
    )
    assert abs(first.item() + 0.2) < 1e-6, f"g = 2, η = 0,1: первый сдвиг −0,2, а вышло {comma(first.item())}"
    assert abs(second.item() + 0.2) > 1e-6, "второй сдвиг равен первому: скорость не сохранилась в memory['v']"
    assert abs(second.item() + 0.36) < 1e-6, (
        f"v = 0,8 · 2 + 2 = 3,6, второй сдвиг −0,36, а вышло {comma(second.item())}. Что умножается на μ, а что — на η?"
    )


check_momentum()
print("✓ momentum")


# %%
def steps_to(shift, target=1e-3, limit=2000):
    """За сколько шагов расстояние до минимума оврага станет в 1/target раз меньше."""
    path = walk(shift, ravine_gradient, (1.0, 1.0), limit)
    inside = path.norm(dim=1) < target * path[0].norm()
    return int(inside.int().argmax())


root = math.sqrt(100)
best_mu = ((root - 1) / (root + 1)) ** 2  # вывод — в лекции
best_lr = (2 / (root + 1)) ** 2
steps_plain = steps_to(plain(step))
steps_momentum = steps_to(momentum(best_lr, best_mu))
speedup = steps_plain / steps_momentum
print(f"в тысячу раз ближе: спуск — {steps_plain} шагов, с моментом μ = {best_mu:.2f} — {steps_momentum}")

# %% [markdown]
# Овраг тот же, а шагов в несколько раз меньше, и стоит это одного лишнего числа на параметр. Чем сильнее вытянут
# овраг, тем больше выигрыш: вместо отношения кривизн в дело входит корень из него.
#
# ## 3. Adam (14 минут)
#
# Момент складывает градиенты; Adam ещё и делит на их обычную величину, у каждого параметра свою:
#
# $$m \leftarrow \beta_1 m + (1-\beta_1)\,g, \qquad v \leftarrow \beta_2 v + (1-\beta_2)\,g^2,$$
#
# $$\hat m = \frac{m}{1-\beta_1^t}, \qquad \hat v = \frac{v}{1-\beta_2^t}, \qquad
# \text{сдвиг} = -\eta\,\frac{\hat m}{\sqrt{\hat v} + \varepsilon}.$$
#
# Поправки $1 - \beta^t$ нужны потому, что $m$ и $v$ начинаются с нуля и вначале занижены; $t = 1, 2, \ldots$
#
# **Задача.** `adam(lr, beta1, beta2, eps)` возвращает правило, как `momentum`. В `memory` храните `t`, `m` и `v`.


# %% tags=["solution"]
def adam(lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """Правило Adam: shift(g, memory)."""

    def shift(g, memory):
        # BEGIN SOLUTION
        t = memory["t"] = memory.get("t", 0) + 1
        memory["m"] = beta1 * memory.get("m", 0) + (1 - beta1) * g
        memory["v"] = beta2 * memory.get("v", 0) + (1 - beta2) * g**2
        mean, square = memory["m"] / (1 - beta1**t), memory["v"] / (1 - beta2**t)
        return -lr * mean / (square.sqrt() + eps)
        # END SOLUTION

    return shift


# %% tags=["folded", "check"]
def torch_path(make, gradients):
    """Параметр после каждого шага оптимизатора torch на данных градиентах: (steps, n)."""
    theta = torch.zeros_like(gradients[0], requires_grad=True)
    optimizer, path = make([theta]), []
    for g in gradients:
        theta.grad = g.clone()
        optimizer.step()
        path.append(theta.detach().clone())
    return torch.stack(path)


def rule_path(rule, gradients):
    theta, memory, path = torch.zeros_like(gradients[0]), {}, []
    for g in gradients:
        shift = rule(g.clone(), memory)
        assert shift is not None, "правило ничего не вернуло: не забыт ли return?"
        theta = theta + shift
        path.append(theta)
    return torch.stack(path)


def check_adam():
    gradients = torch.randn(6, 3, dtype=torch.float64) * torch.tensor([1.0, 100.0, 0.01], dtype=torch.float64)
    found = attempt(lambda: rule_path(adam(0.1), gradients))
    assert found is not None, f"adam: {EMPTY}"
    first = found[0].abs()
    assert not (found[0] * gradients[0] > 0).any(), "первый шаг сделан по градиенту, а нужно против: минус"
    assert not torch.allclose(first, torch.full_like(first, 0.1 * 0.1 / math.sqrt(0.001)), rtol=1e-3), (
        "первый шаг — 3,16 · lr вместо lr: нет поправок. m занижено в 10 раз, корень из v — в 31,6"
    )
    assert not torch.allclose(first, torch.full_like(first, 0.01), rtol=1e-3), (
        "первый шаг — 0,1 · lr: у v поправка есть, а у m нет"
    )
    assert not torch.allclose(first, torch.full_like(first, 0.1 / math.sqrt(0.001)), rtol=1e-3), (
        "первый шаг — 31,6 · lr: у m поправка есть, а у v нет"
    )
    inside = 0.1 * gradients[0].abs() / (gradients[0] ** 2 + 1e-8).sqrt()
    assert not torch.allclose(first, inside, rtol=1e-7), "ε стоит под корнем, а прибавляют его к корню"
    assert torch.allclose(first, torch.full_like(first, 0.1), rtol=1e-4), (
        f"какой бы ни был градиент, первый шаг равен lr = 0,1, а вышло {'; '.join(map(comma, first.tolist()))}: "
        "m̂ = g, корень из v̂ — |g|. Есть ли корень? Считается ли t с единицы?"
    )
    expected = torch_path(lambda params: torch.optim.Adam(params, lr=0.1), gradients)
    error = (found - expected).abs().max().item()
    assert error < 1e-7, (
        f"первый шаг верен, а дальше путь расходится с torch на {comma(error, 2)}. Растёт ли t? Стоит ли β в степени "
        "t? Сохраняются ли m и v, а не поправленные m̂ и v̂?"
    )
    rough = (
        rule_path(adam(0.1, eps=1.0), gradients)
        - torch_path(lambda params: torch.optim.Adam(params, lr=0.1, eps=1.0), gradients)
    ).abs()
    assert rough.max().item() < 1e-7, "при ε = 1 путь другой: ε прибавляют к корню, а не под корень"


check_adam()
print("✓ adam")

# %% [markdown]
# Гонка. Овраг сделаем ещё круче, кривизны 1 и 1000, и возьмём три поверхности: овраг вдоль осей, тот же овраг,
# повёрнутый на 45°, и кривой овраг — «банан» Розенброка. Каждому правилу дадим лучший $\eta$ из сорока одного
# значения и сосчитаем, за сколько шагов функция станет в миллион раз меньше. Запишите прогноз: кому помешает поворот?

# %%
steep = torch.tensor([1.0, 1000.0], dtype=torch.float64)
turn = torch.tensor([[1.0, -1.0], [1.0, 1.0]], dtype=torch.float64) / math.sqrt(2)


def canyon(point):
    return (steep * point**2).sum(-1) / 2


def canyon_gradient(point):
    return steep * point


def turned(point):
    return canyon(point @ turn)


def turned_gradient(point):
    return canyon_gradient(point @ turn) @ turn.T


def banana(point):
    x, y = point[..., 0], point[..., 1]
    return (1 - x) ** 2 + 20 * (y - x**2) ** 2


def banana_gradient(point):
    x, y = point[..., 0], point[..., 1]
    return torch.stack([-2 * (1 - x) - 80 * x * (y - x**2), 40 * (y - x**2)], dim=-1)


RULES = {"спуск": plain, "момент": momentum, "Adam": adam}
GRID = torch.logspace(-4, 1, 41, dtype=torch.float64)[:, None]  # (L, 1): все шаги сразу


def race(surface, gradient, start, limit=5000):
    """Для каждого правила: (шагов до f < 10⁻⁶ f₀ при лучшем шаге из GRID, этот шаг, путь)."""
    result = {}
    for name, make in RULES.items():
        path = walk(make(GRID), gradient, [start] * len(GRID), limit)  # (limit + 1, L, 2)
        values = surface(path)
        there = values < 1e-6 * values[0]
        steps = torch.where(there.any(0), there.int().argmax(0), limit)  # (L)
        best = int(steps.argmin())
        result[name] = (int(steps[best]), GRID[best].item(), path[: int(steps[best]) + 1, best])
    return result


corner = tuple((torch.tensor(START, dtype=torch.float64) @ turn.T).tolist())
surfaces = {
    "овраг": (canyon, canyon_gradient, START, (-10, 4), (-4, 4)),
    "повёрнутый": (turned, turned_gradient, corner, (-9, 5), (-9, 5)),
    "банан": (banana, banana_gradient, (-1.2, 1.0), (-2, 2), (-1, 3)),
}
races = {name: race(*rest[:3]) for name, rest in surfaces.items()}
_, panels = plt.subplots(2, 2, figsize=(6.2, 5.6))
for panel, (name, (surface, _, _, xs, ys)) in zip(panels.flat, surfaces.items(), strict=False):
    grid_x, grid_y = torch.meshgrid(torch.linspace(*xs, 120), torch.linspace(*ys, 120), indexing="xy")
    heights = surface(torch.stack([grid_x, grid_y], dim=-1).double())
    panel.contour(grid_x, grid_y, (heights + 0.1).log(), levels=9, colors="C4", linewidths=0.6, linestyles="-")
    for (rule, (_, _, path)), line in zip(races[name].items(), ("-", "--", ":"), strict=True):
        panel.plot(*path[:120].T, line, label=rule)
    panel.set(title=name, xlim=xs, ylim=ys)
panels[1, 1].legend(*panels[0, 0].get_legend_handles_labels(), loc="center")
panels[1, 1].axis("off")
plt.show()
for name, result in races.items():
    print(f"{name:11}", "; ".join(f"{rule}: {steps} (lr = {lr:.2g})" for rule, (steps, lr, _) in result.items()))
along_plain, along_momentum, along_adam = (steps for steps, _, _ in races["овраг"].values())
turned_plain, turned_momentum, turned_adam = (steps for steps, _, _ in races["повёрнутый"].values())
adam_slower = turned_adam / along_adam

# %% [markdown]
# Спуску и моменту поворот безразличен: градиент поворачивается вместе с поверхностью. Adam делит каждую *координату*
# на её величину, и пока овраг идёт вдоль оси, крутизна из пути исчезает. Стоит оврагу повернуться — обе координаты
# градиента одинаково велики, и делить их врозь бесполезно: остаётся то, что даёт момент. Adam растягивает оси,
# но не поворачивает их. Дно «банана» загибается и по осям не идёт; там первым дошёл момент.
#
# ## 4. Загадка: четыре сети (6 минут)
#
# Шесть слоёв с ReLU, рукописные цифры. Меняем два выключателя: начальные веса (те, что torch ставит сам, или Хе) и
# оптимизатор. Запишите прогноз для четырёх клеток.

# %%
digits = load_digits()
order = torch.randperm(len(digits.target))
images = torch.tensor(digits.data / 16, dtype=torch.float32)[order]  # (1797, 64), от 0 до 1
labels = torch.tensor(digits.target)[order]
train_x, train_y, test_x, test_y = images[:1300], labels[:1300], images[1300:], labels[1300:]


def network(widths, he=True, p=0.0):
    """Перцептрон: после каждого скрытого слоя ReLU и дропаут; widths — ширины слоёв от входа до выхода."""
    net = nn.Sequential()
    for inputs, outputs in itertools.pairwise(widths):
        linear = nn.Linear(inputs, outputs)
        if he:
            nn.init.kaiming_normal_(linear.weight, nonlinearity="relu")
            nn.init.zeros_(linear.bias)
        net.append(linear)
        if outputs != widths[-1]:
            net.append(nn.ReLU()).append(nn.Dropout(p))
    return net


def learn(net, optimizer, x, y, epochs, batch=50):
    net.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(x)).split(batch):
            loss = functional.cross_entropy(net(x[rows]), y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return net


def accuracy(net, x, y):
    net.eval()
    with torch.no_grad():
        return (net(x).argmax(1) == y).double().mean().item()


DEEP = (64, 100, 100, 100, 100, 100, 10)
cells = {}
for he in (False, True):
    for name, make in (("SGD", torch.optim.SGD), ("Adam", torch.optim.Adam)):
        net = network(DEEP, he)
        optimizer = make(net.parameters(), lr=0.05 if name == "SGD" else 1e-3)
        learn(net, optimizer, train_x, train_y, epochs=8)
        cells[name, he] = accuracy(net, test_x, test_y)
        print(f"{name:4}, веса {'Хе' if he else 'torch':5}: {cells[name, he]:.1%}")
sgd_torch, sgd_he, adam_torch, adam_he = (cells[name, he] for name in ("SGD", "Adam") for he in (False, True))

# %% [markdown]
# Веса torch для такой глубины слишком малы: сигнал и градиент с каждым слоем убывают (тема 2). Шаг SGD пропорционален
# градиенту и тоже мал. А Adam делит градиент на его же величину. Проверим прямо: умножим все градиенты на $10^{-3}$.

# %%
gradients = torch.randn(50, 4, dtype=torch.float64)
moved_adam = rule_path(adam(0.01), 1e-3 * gradients)[-1].norm() / rule_path(adam(0.01), gradients)[-1].norm()
moved_plain = rule_path(plain(0.01), 1e-3 * gradients)[-1].norm() / rule_path(plain(0.01), gradients)[-1].norm()
adam_shrinks, plain_shrinks = moved_adam.item(), moved_plain.item()
print(f"пройденный путь изменился: у SGD в {plain_shrinks:.3g} раза, у Adam — в {adam_shrinks:.6f}")

# %% [markdown]
# ## 5. Шаг за минуту (9 минут)
#
# Какой шаг взять? Можно спросить саму сеть: учить её, после каждого батча умножая шаг на одно и то же число, и
# смотреть, где потери начнут падать и где взорвутся. Это *проба шага* (LR range test).
#
# **Задача.** `lr_range_test(net, x, y, low, high, count)`: сдвинуть веса `count` раз, SGD по случайным батчам; шаг
# обучения растёт от `low` до `high` в геометрической прогрессии (`np.geomspace`). Вернуть два списка: шаги обучения и
# потери, какими они были *до* сдвига. Если потери вчетверо больше, чем в начале, или не число — сохранить эту пару и
# остановиться. Батч — это `rows = torch.randint(len(x), (batch,))`; шаг обучения меняют так:
# `optimizer.param_groups[0]["lr"] = lr`.


# %% tags=["solution"]
def lr_range_test(net, x, y, low=1e-4, high=10.0, count=150, batch=50):
    """(шаги, потери): что происходит с потерями, пока шаг растёт."""
    steps, losses = [], []
    optimizer = torch.optim.SGD(net.parameters(), lr=low)
    # BEGIN SOLUTION
    net.train()
    for lr in np.geomspace(low, high, count).tolist():
        optimizer.param_groups[0]["lr"] = lr
        rows = torch.randint(len(x), (batch,))
        loss = functional.cross_entropy(net(x[rows]), y[rows])
        steps.append(lr)
        losses.append(loss.item())
        if not losses[-1] < 4 * losses[0]:  # и для NaN
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    # END SOLUTION
    return steps, losses


# %% tags=["folded", "check"]
def probe_losses(net, x, y, steps, forgetful):
    """Потери перед каждым шагом по всей выборке; forgetful — градиенты не обнуляют."""
    optimizer, losses = torch.optim.SGD(net.parameters(), lr=1.0), []
    for lr in steps:
        optimizer.param_groups[0]["lr"] = lr
        loss = functional.cross_entropy(net(x), y)
        losses.append(loss.item())
        if not forgetful:
            optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


def check_path():
    """Примеры одинаковы, поэтому батч не важен и потери известны заранее."""
    x, y = train_x[:1].repeat(50, 1), train_y[:1].repeat(50)
    nets = [network((64, 30, 10)) for _ in range(3)]
    for net in nets:
        net.load_state_dict(nets[0].state_dict())
    steps, losses = lr_range_test(nets[0], x, y, 0.01, 0.1, 6)
    right, forgetful = probe_losses(nets[1], x, y, steps, False), probe_losses(nets[2], x, y, steps, True)
    assert not np.allclose(losses, forgetful, rtol=1e-3), (
        "градиенты прошлых батчей складываются с новыми: перед backward() нужен zero_grad()"
    )
    assert abs(losses[0] - right[0]) < 1e-3 * right[0], (
        f"до первого шага потери {comma(right[0])}, а записано {comma(losses[0])}: нужны потери до step(), а не после"
    )
    assert np.allclose(losses, right, rtol=1e-3), (
        f"на одинаковых примерах потери должны стать {comma(right[-1])}, а вышло {comma(losses[-1])}: "
        "тот ли шаг сделан, что записан?"
    )


def check_lr_range_test():
    net = network((64, 30, 10))
    before = [parameter.detach().clone() for parameter in net.parameters()]
    found = attempt(lambda: lr_range_test(net, train_x, train_y, 1e-4, 100.0, 60)) or ([], [])
    assert isinstance(found, tuple), f"вернулся {type(found).__name__}, а нужна пара: список шагов и список потерь"
    steps, losses = found
    assert steps, f"lr_range_test: {EMPTY}"
    assert len(steps) == len(losses), f"шагов {len(steps)}, потерь {len(losses)}: на каждый шаг — одно число"
    assert isinstance(losses[0], float), f"потери — числа (loss.item()), а не {type(losses[0]).__name__} с графом"
    assert any(not torch.equal(one, two) for one, two in zip(before, net.parameters(), strict=True)), (
        "веса не изменились: вызваны ли backward() и step()?"
    )
    ratios = np.array(steps[1:]) / np.array(steps[:-1])
    assert np.allclose(ratios, (1e6) ** (1 / 59), rtol=1e-3), (
        f"шаг должен каждый раз расти в {comma(1e6 ** (1 / 59), 4)} раза, а растёт в {comma(ratios.min(), 4)}–"
        f"{comma(ratios.max(), 4)}: геометрическая прогрессия, np.geomspace(low, high, count)"
    )
    assert abs(steps[0] - 1e-4) < 1e-9, f"первый шаг {comma(steps[0], 2)}, а должен быть low = 1e-4"
    assert len(steps) == 60 or not all(loss < 4 * losses[0] for loss in losses), (
        "проба остановилась раньше срока, а взрыва в потерях нет: сохраните и ту пару, на которой пора выйти"
    )
    assert not all(loss < 4 * losses[0] for loss in losses), (
        f"шаг дорос до {comma(steps[-1])}, а взрыва нет. Доходит ли lr до оптимизатора: param_groups[0]['lr']?"
    )
    assert all(loss < 4 * losses[0] for loss in losses[:-1]), "потери взорвались, а проба продолжается: пора выйти"
    with torch.random.fork_rng(devices=[]):  # опыты ниже — на тех же случайных числах
        check_path()
        _, two = lr_range_test(network((64, 30, 10)), train_x[:2], train_y[:2], 1e-9, 1e-9, 40, batch=1)
        lost, _ = lr_range_test(network((64, 30, 10)), train_x * math.nan, train_y, 1e-4, 1e-3, 5)
    assert max(two) - min(two) > 1e-6, "батч каждый раз один и тот же: выбирайте rows заново и учите только на них"
    assert len(lost) == 1, "потери — не число (NaN), а проба продолжается: и «больше», и «меньше» с NaN ложны"


check_lr_range_test()
print("✓ lr_range_test")

# %%
probes = [lr_range_test(network(DEEP), train_x, train_y) for _ in range(3)]
_, axes = plt.subplots(figsize=(6.4, 3.2))
for (steps, losses), line in zip(probes, ("-", "--", ":"), strict=True):
    axes.semilogx(steps, losses, line)
axes.set(xlabel="шаг обучения", ylabel="потери", ylim=(0, 5), title="Проба шага, три раза")
plt.show()
lowest = [steps[int(np.argmin(np.convolve(losses, np.ones(9) / 9, "same")[4:-4])) + 4] for steps, losses in probes]
edge_lr = float(np.exp(np.mean(np.log(lowest))))  # где сглаженные потери меньше всего
chosen_lr = edge_lr / 3
tried = {}
for name, lr in (
    ("выбранный", chosen_lr),
    ("в 100 раз меньше", chosen_lr / 100),
    ("в 100 раз больше", chosen_lr * 100),
):
    net = network(DEEP)
    tried[name] = accuracy(learn(net, torch.optim.SGD(net.parameters(), lr=lr), train_x, train_y, 8), test_x, test_y)
    print(f"шаг {name:17} {lr:8.2g}: {tried[name]:.1%}")
chosen_right, timid_right, bold_right = tried.values()

# %% [markdown]
# Потери падают, потом дрожат, потом взлетают. Берут шаг в несколько раз меньше того, при котором они всего ниже (у
# нас — втрое): проба короткая, а учить долго. Три пробы дают близкие ответы, хотя сети и батчи разные.
#
# ## 6. Затухание, которое не делится (6 минут)
#
# Чтобы веса не росли, их понемногу уменьшают. Можно прибавить к градиенту $\lambda\theta$ (это L2), а можно отдельно
# умножить вес на $1 - \eta\lambda$. В SGD это одно и то же. А в Adam?
#
# **Задача.** `decayed(theta, g, memory, lr, decay)` — один шаг AdamW: шаг Adam по чистому градиенту (возьмите
# `adam(lr)`) и отдельно затухание. Вернуть новый `theta`.


# %% tags=["solution"]
def decayed(theta, g, memory, lr, decay):
    """Один шаг AdamW: θ − ηλθ − η·m̂/(√v̂ + ε), всё от прежнего θ."""
    # BEGIN SOLUTION
    return theta - lr * decay * theta + adam(lr)(g, memory)
    # END SOLUTION


# %% tags=["folded", "check"]
def check_decayed():
    theta, memory = torch.tensor([1.0, -2.0], dtype=torch.float64), {}
    ours = attempt(lambda: decayed(theta, torch.tensor([3.0, 0.5], dtype=torch.float64), memory, 0.1, 0.5))
    assert ours is not None, f"decayed: {EMPTY}"
    assert torch.equal(theta, torch.tensor([1.0, -2.0], dtype=torch.float64)), (
        "прежний θ изменён на месте, а он ещё нужен: верните новый тензор, без *= и -="
    )
    parameter = theta.clone().requires_grad_()
    optimizer = torch.optim.AdamW([parameter], lr=0.1, weight_decay=0.5)
    parameter.grad = torch.tensor([3.0, 0.5], dtype=torch.float64)
    optimizer.step()
    assert not torch.allclose(ours, torch.tensor([0.9, -2.1], dtype=torch.float64), atol=1e-6), (
        "вес не затух: остался один шаг Adam"
    )
    assert not torch.allclose(ours, torch.tensor([0.9, -1.9], dtype=torch.float64), atol=1e-6), (
        "это L2: добавка λθ попала в градиент и поделена вместе с ним. Adam нужен чистый g, а затухание — отдельно"
    )
    assert not torch.allclose(ours, parameter.detach() - theta, atol=1e-6), "вернулся сдвиг, а нужен новый θ"
    error = (ours - parameter.detach()).abs().max().item()
    assert error < 1e-7, (
        f"θ = (1; −2), g = (3; 0,5): расхождение с torch {comma(error, 2)}. Первый шаг Adam — ровно lr против знака g, "
        "затухание — lr · decay · θ; между собой они не перемножаются"
    )
    parameter.grad = torch.tensor([-1.0, 2.0], dtype=torch.float64)
    optimizer.step()
    ours = decayed(ours, parameter.grad.clone(), memory, 0.1, 0.5)
    error = (ours - parameter.detach()).abs().max().item()
    assert error < 1e-7, (
        f"первый шаг верен, а второй расходится с torch на {comma(error, 2)}: передайте правилу ту же memory, "
        "в ней Adam помнит прошлые шаги"
    )


check_decayed()
print("✓ decayed")

# %% [markdown]
# Опыт. Двести весов, все вначале равны 1; у половины градиент — шум величины 10, у другой — величины 0,1, без всякого
# смысла. Всё, что должно произойти, — затухание.

# %%
size = torch.cat([torch.full((100,), 10.0), torch.full((100,), 0.1)]).double()
lr, decay, count = 2e-3, 0.1, 5000
theta_w = theta_l2 = torch.ones(200, dtype=torch.float64)
memory_w, memory_l2, rule = {}, {}, adam(lr)
for _ in range(count):
    noise = size * torch.randn(200, dtype=torch.float64)
    theta_w = decayed(theta_w, noise, memory_w, lr, decay)
    theta_l2 = theta_l2 + rule(noise + decay * theta_l2, memory_l2)
kept_w_large, kept_w_small = theta_w[:100].mean().item(), theta_w[100:].mean().item()
kept_l2_large, kept_l2_small = theta_l2[:100].mean().item(), theta_l2[100:].mean().item()
kept_predicted = (1 - lr * decay) ** count
print(f"что осталось от веса 1 после {count} шагов; (1 − ηλ)^{count} = {kept_predicted:.2f}")
print(f"AdamW:     шум 10: {kept_w_large:.2f}, шум 0,1: {kept_w_small:.2f}")
print(f"Adam + L2: шум 10: {kept_l2_large:.2f}, шум 0,1: {kept_l2_small:.2f}")

# %% [markdown]
# AdamW уменьшил все веса одинаково, как и обещано. В Adam с L2 затухание поделилось на величину градиента: там, где
# градиенты велики, его почти нет, где малы — веса исчезли.
#
# ## 7. Дропаут и неверные метки (14 минут)
#
# Испортим часть меток обучающей выборки и посмотрим, что выучит сеть, в которой весов в шестьдесят с лишним раз
# больше, чем примеров. Тест остаётся чистым. Обучим её без дропаута и с ним: *дропаут* на каждом шаге обнуляет каждый
# нейрон с вероятностью $p$, выживших делит на $1 - p$, а после обучения не делает ничего. Прогноз: что будет с
# точностью на тесте у сети без дропаута?

# %%
WIDE = (64, 256, 256, 10)


def spoiled(y, share):
    """Каждая метка с вероятностью share заменена другой."""
    return torch.where(torch.rand(len(y)) < share, (y + torch.randint(1, 10, y.shape)) % 10, y)


def noisy_run(share, p, epochs=30):
    """(сеть, точность на чистом тесте, доля неверных меток, которые сеть повторяет)."""
    noisy_y = spoiled(train_y, share)
    wrong = noisy_y != train_y
    net = network(WIDE, p=p)
    learn(net, torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9), train_x, noisy_y, epochs, batch=100)
    repeated = accuracy(net, train_x[wrong], noisy_y[wrong]) if wrong.any() else 0.0
    return net, accuracy(net, test_x, test_y), repeated


runs = {(share, p): noisy_run(share, p) for share in (0.0, 0.2, 0.4) for p in (0.0, 0.5)}
for (share, p), (_, right, repeated) in runs.items():
    print(f"неверных меток {share:4.0%}, p = {p}: тест {right:.1%}, повторяет неверных меток {repeated:.0%}")
plain_clean, drop_clean, plain_20, drop_20, plain_40, drop_40 = (right for _, right, _ in runs.values())
repeats_plain_40, repeats_drop_40 = runs[0.4, 0.0][2], runs[0.4, 0.5][2]
gain_40 = drop_40 - plain_40

# %% [markdown]
# Сеть без дропаута выучила неверные ответы и платит за них на тесте. С дропаутом — почти не выучила: каждый раз учится
# другая подсеть, и заучить частный случай некому. А на чистых метках лечить нечего, и разницы почти нет.
#
# После обучения дропаут выключают. Правда ли, что целая сеть — это все её подсети разом? Спросим подсети по одной.
#
# **Задача.** `vote(net, x, count)`: средние *вероятности* (softmax) `count` случайных подсетей, форма $(N, C)$.
# *Маску*, то есть какие нейроны обнулить, дропаут выбирает, только когда сеть в режиме обучения; графа не надо; после
# вызова вернуть сеть в тот режим, в котором она была (его хранит `net.training`).


# %% tags=["solution"]
def vote(net, x, count):
    """Средние вероятности count случайных подсетей: (N, C). Режим сети после вызова прежний."""
    # BEGIN SOLUTION
    was = net.training
    net.train()
    with torch.no_grad():
        total = sum(net(x).softmax(1) for _ in range(count))
    net.train(was)
    return total / count
    # END SOLUTION


# %% tags=["folded", "check"]
def check_vote():
    net = network((64, 40, 10), p=0.5).eval()
    x = train_x[:8]
    found = attempt(lambda: vote(net, x, 3))
    assert found is not None, f"vote: {EMPTY}"
    assert found.shape == (8, 10), f"ответ должен быть формы (8, 10), а вышло {tuple(found.shape)}"
    assert not found.requires_grad, "граф построен, хотя назад никто не пойдёт: torch.no_grad()"
    assert not net.training, "сеть была в режиме применения, а осталась в режиме обучения: дропаут теперь шумит везде"
    assert torch.allclose(found.sum(1), torch.ones(8), atol=1e-5), (
        f"строка вероятностей в сумме даёт {comma(found[0].sum().item())}, а не 1: softmax по оси 1? поделено на count?"
    )
    assert (found - net(x).softmax(1)).abs().max() > 1e-6, (
        "ответ тот же, что у целой сети: маски не выбирались. Вызван ли net.train()?"
    )
    assert (found - vote(net, x, 3)).abs().max() > 1e-6, "два вызова дали одно и то же: подсети каждый раз те же"
    trained = network((64, 40, 10), p=0.0).train()
    steady = vote(trained, x, 2)
    assert trained.training, "сеть была в режиме обучения, а осталась в режиме применения: запомните net.training"
    assert torch.allclose(steady, trained(x).softmax(1), atol=1e-5), (
        "при p = 0 каждая подсеть — целая сеть, и ответом должен быть её softmax: средние вероятности, а не голоса"
    )
    mixed = network((64, 40, 10), p=0.5).eval()
    torch.manual_seed(1)
    mean_of_shares = vote(mixed, x, 200)
    torch.manual_seed(1)
    mixed.train()
    with torch.no_grad():
        share_of_mean = (sum(mixed(x) for _ in range(200)) / 200).softmax(1)
    assert (mean_of_shares - share_of_mean).abs().max() > 1e-5, (
        "это softmax средних логитов, а нужно среднее вероятностей: сначала softmax, потом среднее"
    )
    with torch.random.fork_rng(devices=[]):  # опыты ниже — на тех же случайных числах
        alone, together = ((vote(mixed, x, n) - vote(mixed, x, n)).abs().mean().item() for n in (1, 100))
    assert together < alone / 3, "сто подсетей спорят между собой так же, как одна: столько ли их, сколько в count?"


check_vote()
print("✓ vote")

# %%
thinned = runs[0.4, 0.5][0].eval()
one_right = (vote(thinned, test_x, 1).argmax(1) == test_y).double().mean().item()
vote_right = (vote(thinned, test_x, 100).argmax(1) == test_y).double().mean().item()
whole_right = accuracy(thinned, test_x, test_y)
torch.manual_seed(SEED)
thinned.train()
with torch.no_grad():
    first, second = (thinned(test_x).argmax(1) for _ in range(2))
changed_mind = (first != second).double().mean().item()
thinned.eval()


def gradient_error(net, x, y, h=1e-5):
    """Относительное расхождение производной по случайному направлению: autograd против разности."""
    parameters = list(net.parameters())
    ways = [torch.randn_like(parameter) for parameter in parameters]
    slopes = torch.autograd.grad(functional.cross_entropy(net(x), y), parameters)
    exact = sum((slope * way).sum() for slope, way in zip(slopes, ways, strict=True)).item()
    ends = []
    with torch.no_grad():
        for move in (h, -2 * h):
            torch._foreach_add_(parameters, ways, alpha=move)
            ends.append(functional.cross_entropy(net(x), y).item())
        torch._foreach_add_(parameters, ways, alpha=h)
    return abs((ends[0] - ends[1]) / (2 * h) - exact) / abs(exact)


fresh = network((64, 40, 10), p=0.5).double()
error_eval = gradient_error(fresh.eval(), test_x[:50].double(), test_y[:50])
error_train = gradient_error(fresh.train(), test_x[:50].double(), test_y[:50])
print(f"проверка градиента: ошибка {error_eval:.0e} в режиме применения, {error_train:.0e} в режиме обучения")
print(f"одна подсеть {one_right:.1%}, сто подсетей {vote_right:.1%}, целая сеть {whole_right:.1%}")
print(f"без eval() два вызова подряд расходятся в {changed_mind:.1%} ответов")

# %% [markdown]
# Целая сеть за один проход отвечает почти так же, как сто подсетей за сто. А забытый `eval()` оставляет вам одну
# случайную подсеть: и хуже, и каждый раз другую. Проверять градиент разностями в таком режиме тоже бессмысленно: две
# точки посчитаны с разными масками, и разность меряет разницу масок.
#
# ## 8. Блиц и домашка (9 минут)
#
# Блиц — на экране; позже его можно пройти ещё раз на странице темы.
#
# **Домашка.** [`dropout`](../../homework/dropout/notebook.py) — слой, в котором пять строк и семь мест, где ошибаются,
# и сегодняшний опыт с ним; [`optimization`](../../homework/optimization/notebook.py) (сверх программы) — те же правила,
# но уже как настоящие оптимизаторы torch: с группами параметров, состоянием, Нестеровым, AdamW и расписанием.
# Сегодняшние `momentum` и `adam` — их сердце.
#
# Слишком легко? На странице темы есть «Сложнее».
