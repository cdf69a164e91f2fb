# %% [markdown]
# # Оптимизаторы
#
# Домашка 2, задание `optimization`, 1 балл сверх программы. Нужны: градиент, экспоненциальное среднее, классы Python.
# Если что-то забылось, прочитайте тему 3 «Оптимизация. Дропаут».
#
# **Зачем это.** Строчка `torch.optim.Adam(net.parameters())` стоит почти в каждой программе, которая учит сети. За ней
# пять строк арифметики, и у каждого слагаемого есть причина: зачем момент, откуда берутся поправки $1-\beta^t$, почему
# AdamW — это не Adam с `weight_decay`. Напишете сами — будете знать, какую ручку крутить, когда сеть не учится.
#
# | что проверяется | баллы |
# |---|---|
# | `MySGD`: шаг, момент, Нестеров, затухание весов, состояние | 0,4 |
# | `MyAdam`: моменты, поправки, ε, затухание, состояние | 0,4 |
# | `MyAdamW` и расписание `warmup_cosine` | 0,2 |
#
# Проверка даёт вашему оптимизатору и оптимизатору torch одни и те же градиенты. Параметры после каждого шага должны
# совпасть: у SGD до восьмой цифры, у Adam до шестой, чтобы счётчик шагов мог быть и числом, и тензором `float32`. <!--
# test_sgd, test_adam -->

# %% [markdown]
# ## Правила
#
# * Готовые оптимизаторы и расписания брать нельзя: `torch.optim.SGD`, `torch.optim.Adam` и так далее. Весь список — в
#   `assignment.toml`. Наследоваться от `torch.optim.Optimizer` можно и нужно. <!-- forbidden -->
# * Что даёт `torch.optim.Optimizer`. `self.param_groups` — список словарей: параметры и настройки, `group["lr"]`. Их
#   читают на каждом шаге: расписание меняет `lr` на ходу, и у каждой группы настройки свои, все до одной. Значит, в
#   `self` и в классе их не хранят. `self.state[p]` — пустой словарь для каждого параметра, в нём храните скорость,
#   моменты, счётчик. Тогда `zero_grad()`, `state_dict()` и `load_state_dict()` работают сами: переписывать их не нужно.
#   <!-- test_sgd_details, test_adam_details, test_adamw_details, test_sgd_resume -->
# * Состояние создавайте при первом шаге параметра, а не в `__init__`: группу могут добавить и позже, вызовом
#   `add_param_group`, когда размораживают слои. Два оптимизатора рядом не мешают друг другу. <!-- test_sgd_details,
#   test_adam_details -->
# * Параметры меняют на месте, `p.add_(...)`, и под `@torch.no_grad()`: обновление не часть графа. <!--
#   test_sgd_details, test_adam_details -->
# * `p.grad` не меняйте и не храните: в тот же тензор запишут следующий градиент. <!-- test_sgd_details,
#   test_adam_details -->
# * Параметр, у которого `p.grad` — `None`, пропустите целиком: ни шага, ни затухания; скорость и моменты остаются
#   какими были. Так бывает с замороженными слоями и с частями сети, которые в этот раз не работали. Нулевой градиент —
#   не то же, что `None`: скорость и затухание двигают параметр дальше. <!-- test_sgd_details, test_adam_details,
#   test_adamw_details -->
# * Тип и форма параметров бывают любыми: состояние создавайте через `torch.zeros_like(p)`. Во `float32` квадрат
#   градиента $10^{-25}$ — уже ноль. <!-- test_adam_small_gradients, test_sgd_details -->
# * Буквы: $\theta$ — параметр, $g$ — его градиент, $\eta$ — `lr`, $\lambda$ — `weight_decay`, $t = 1, 2, \ldots$ —
#   номер шага. Все операции поэлементные. <!-- note -->
#
# Если берёте идею или код из открытого источника, оставьте ссылку в комментарии. <!-- review -->

# %%
import copy
import math

import matplotlib.pyplot as plt
import torch
from matplotlib.ticker import ScalarFormatter
from sklearn.datasets import load_digits
from torch import nn

ScalarFormatter.fix_minus = staticmethod(lambda text: text.replace("-", "−").replace(".", ","))  # на осях: −0,5

# %% [markdown]
# Функции, чтобы проверять себя. Выполните ячейку; читать её необязательно.
#
# * `compare(ваш, готовый, **настройки)` ведёт оба оптимизатора по одним и тем же градиентам.
# * `check_resume`, `check_none` и `check_added` смотрят, переживает ли он перерыв, параметр без градиента и группу,
#   которую добавили позже.
# * `race(...)` рисует путь по оврагу.

# %% tags=["folded"]
SHAPES = [(3, 4), (3, 4), (5,), ()]


def walk(make, steps=6):
    """Параметры после каждого шага на заранее заданных градиентах."""
    generator = torch.Generator().manual_seed(0)
    params = [nn.Parameter(torch.randn(shape, generator=generator, dtype=torch.float64)) for shape in SHAPES]
    optimizer, history = make(params), []
    for _ in range(steps):
        for p in params:
            p.grad = torch.randn(p.shape, generator=generator, dtype=torch.float64)
        before = [p.grad.clone() for p in params]
        optimizer.step()
        if not all(torch.equal(p.grad, grad) for p, grad in zip(params, before, strict=True)):
            raise ValueError("p.grad изменён на месте, а он ещё нужен")
        history.append([p.detach().clone() for p in params])
    return history


def compare(ours, theirs, **options):
    """Сравнить пути и рассказать о первом расхождении."""
    title = ", ".join(f"{key}={value}" for key, value in options.items()) or "по умолчанию"
    try:
        path = walk(lambda params: ours(params, **options))
    except NotImplementedError:
        print(f"… {title}: здесь пока пусто, ждёт вашего кода")
        return
    except Exception as error:
        print(f"✗ {title}: {type(error).__name__}: {error}")
        return
    near = 1e-9 if theirs is torch.optim.SGD else 1e-5  # счётчик Adam может быть и тензором float32
    for step, (row, right) in enumerate(zip(path, walk(lambda params: theirs(params, **options)), strict=True), 1):
        for index, (value, target) in enumerate(zip(row, right, strict=True), 1):
            error = (value - target).abs().max().item()
            if not error < near:
                print(f"✗ {title}: шаг {step}, параметр {index}: ошибка {error:.1e}")
                return
    print(f"✓ {title}: шесть шагов, четыре параметра — всё совпало с torch")


def check_resume(ours, **options):
    """Остановиться, сохранить, загрузить в новый оптимизатор: путь не должен измениться."""

    def interrupted(params):
        first = ours(params, **options)

        class Both:
            count = 0

            def step(self):
                nonlocal first
                self.count += 1
                if self.count == 4:
                    saved = copy.deepcopy(first.state_dict())
                    first = ours(params, **options)
                    first.load_state_dict(saved)
                first.step()

        return Both()

    try:
        pairs = zip(walk(interrupted), walk(lambda params: ours(params, **options)), strict=True)
        same = all(torch.allclose(a, b, atol=1e-5) for one, two in pairs for a, b in zip(one, two, strict=True))
        print(
            "✓ состояние сохраняется и загружается" if same else "✗ после загрузки путь другой: что-то не в self.state"
        )
    except NotImplementedError:
        print("… сохранить и загрузить: здесь пока пусто, ждёт вашего кода")
    except Exception as error:
        print(f"✗ сохранить и загрузить: {type(error).__name__}: {error}")


def check_none(ours, **options):
    """Параметр без градиента стоит на месте, а остальные идут."""
    try:
        params = [nn.Parameter(torch.ones(2)) for _ in range(3)]
        params[0].grad, params[2].grad = torch.ones(2), torch.ones(2)
        ours(params, **options).step()
        moved = [not torch.equal(p.detach(), torch.ones(2)) for p in params]
        print(
            "✓ параметр, у которого p.grad — None, пропущен"
            if moved == [True, False, True]
            else f"✗ p.grad = None только у второго параметра, а сдвинулись (True) такие: {moved}"
        )
    except NotImplementedError:
        print("… p.grad = None: здесь пока пусто, ждёт вашего кода")
    except Exception as error:
        print(f"✗ p.grad = None у второго параметра: {type(error).__name__}: {error}")


def check_added(ours, **options):
    """Группа добавлена после первого шага, со своим lr: её параметр идёт, и шаг у него свой."""
    try:
        params = [nn.Parameter(torch.ones(2)) for _ in range(2)]
        optimizer = ours(params[:1], **options)
        for p in params:
            p.grad = torch.ones(2)
        optimizer.step()
        optimizer.add_param_group({"params": params[1:], "lr": 2 * options["lr"]})
        optimizer.step()
        first, second = (1 - p.detach()[0].item() for p in params)
        print("✓ группа добавлена позже" if second > 0 and first > 0 else f"✗ группа добавлена: сдвиг {second:.2g}")
    except NotImplementedError:
        print("… группа добавлена позже: здесь пока пусто, ждёт вашего кода")
    except Exception as error:
        print(f"✗ группа добавлена после первого шага: {type(error).__name__}: {error}")


def ravine(point):
    """Овраг: вдоль него наклон в 100 раз меньше, чем поперёк."""
    return (point[0] ** 2 + 100 * point[1] ** 2) / 2


def race(contestants, steps=60):
    """Пути по оврагу из точки (-9, 1): имя → функция от списка параметров."""
    x, y = torch.meshgrid(torch.linspace(-10, 4, 120), torch.linspace(-1.3, 1.3, 80), indexing="xy")
    _, panels = plt.subplots(1, len(contestants), figsize=(3.2 * len(contestants), 2.6), layout="constrained")
    for panel, (name, make) in zip(panels, contestants.items(), strict=True):
        point = nn.Parameter(torch.tensor([-9.0, 1.0]))
        optimizer, path = make([point]), [[-9.0, 1.0]]
        for _ in range(steps):
            point.grad = None
            ravine(point).backward()
            optimizer.step()
            path.append(point.tolist())
        panel.contour(x, y, (x**2 + 100 * y**2) / 2, levels=12, alpha=0.4)
        panel.plot(*zip(*path, strict=True), ".-", markersize=3)
        panel.set_title(f"{name}: f = {ravine(point).item():.2g}".replace(".", ","), fontsize=10)
    plt.show()


# %% [markdown]
# ## 1. SGD, момент, Нестеров
#
# **Шаг.** Градиент показывает, куда функция растёт быстрее всего; идём в другую сторону: $\theta \leftarrow \theta -
# \eta g$.
#
# **Беда оврага.** Пусть $f(x, y) = \frac12 (x^2 + 100 y^2)$. По $y$ шаг умножает координату на $1 - 100\eta$, по $x$ —
# на $1 - \eta$. Чтобы не разойтись по $y$, нужно $\eta < 2/100$; но тогда по $x$ за шаг проходится не больше 2 % пути.
# А вблизи границы SGD ещё и прыгает поперёк: при $\eta = 0{,}018$, как на картинке, $y$ за шаг умножается на $-0{,}8$.
# Отношение кривизн, здесь 100, называют *числом обусловленности*.
# <!-- = 2 / 100 == 0.02 and math.isclose(1 - 100 * 0.018, -0.8) -->
#
# **Момент** ([Поляк, 1964](https://doi.org/10.1016/0041-5553(64)90137-5)). Накопим скорость:
#
# $$v \leftarrow \mu v + g, \qquad \theta \leftarrow \theta - \eta v.$$
#
# Поперёк оврага градиенты меняют знак и в сумме гасят друг друга. Вдоль — складываются: если $g$ постоянен, то $v \to
# g\,(1 + \mu + \mu^2 + \ldots) = g/(1-\mu)$, при $\mu = 0{,}9$ это в десять раз быстрее. Множителя $1-\mu$ перед $g$ в
# torch нет, и у нас тоже.
# <!-- = math.isclose(1 / (1 - 0.9), 10) -->
#
# **Нестеров** ([Nesterov, 1983](https://www.mathnet.ru/dan46009); для сетей — [Sutskever и др.,
# 2013](https://proceedings.mlr.press/v28/sutskever13.html)). Скорость всё равно понесёт нас дальше, поэтому шаг делают
# вдоль $g + \mu v$, где $v$ — уже новая скорость:
#
# $$v \leftarrow \mu v + g, \qquad \theta \leftarrow \theta - \eta\,(g + \mu v).$$
#
# **Затухание весов.** К функции потерь прибавляют $\frac{\lambda}{2}\|\theta\|^2$; её градиент — $\lambda\theta$.
# Значит, прежде всего $g \leftarrow g + \lambda\theta$, а дальше всё как было. <!-- test_sgd_weight_decay -->
#
# ![Четыре пути по оврагу: SGD прыгает поперёк и медленно ползёт вдоль, момент проскакивает и возвращается, Нестеров
# идёт ровнее, Adam идёт волной](pictures/ravine.png)
#
# **Задача.** `MySGD(params, lr, momentum=0, nesterov=False, weight_decay=0)`, метод `step()`. <!-- test_sgd,
# test_sgd_momentum, test_sgd_nesterov -->
#
# Например, $\theta = 1$, $g = 2$ два шага подряд, $\eta = 0{,}1$, $\mu = 0{,}5$: скорость $2$, затем $3$; параметр $1
# \to 0{,}8 \to 0{,}5$. С Нестеровым: $1 \to 0{,}7 \to 0{,}35$. <!-- note -->
# <!-- = [round(x, 9) for x in (1 - 0.1 * 2, 1 - 0.1 * 2 - 0.1 * 3, 1 - 0.1 * (2 + 0.5 * 2), 0.7 - 0.1 * (3 + 0.5 * 1))]
# == [0.8, 0.5, 0.7, 0.35] -->


# %% tags=["solution"]
class MySGD(torch.optim.Optimizer):
    """SGD с моментом, шагом Нестерова и затуханием весов."""

    def __init__(self, params, lr, momentum=0, nesterov=False, weight_decay=0):
        defaults = {"lr": lr, "momentum": momentum, "nesterov": nesterov, "weight_decay": weight_decay}
        super().__init__(params, defaults)  # настройки окажутся в каждой группе: group["lr"], group["momentum"] …

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            lr, mu, decay = group["lr"], group["momentum"], group["weight_decay"]
            for p in group["params"]:
                # BEGIN SOLUTION
                if p.grad is None:
                    continue
                gradient = p.grad.add(p, alpha=decay)
                if mu:
                    velocity = self.state[p].get("velocity")
                    velocity = gradient.clone() if velocity is None else mu * velocity + gradient
                    self.state[p]["velocity"] = velocity
                    gradient = gradient + mu * velocity if group["nesterov"] else velocity
                p.add_(gradient, alpha=-lr)
                # END SOLUTION


# %%
compare(MySGD, torch.optim.SGD, lr=0.1)
compare(MySGD, torch.optim.SGD, lr=0.1, momentum=0.7)
compare(MySGD, torch.optim.SGD, lr=0.1, momentum=0.7, nesterov=True)
compare(MySGD, torch.optim.SGD, lr=0.1, momentum=0.7, weight_decay=0.3)
check_resume(MySGD, lr=0.1, momentum=0.7)
check_none(MySGD, lr=0.1, momentum=0.7, weight_decay=0.3)
check_added(MySGD, lr=0.1, momentum=0.7)

# %% [markdown]
# * Неверно всё, и `p.grad = None` говорит, что никто не сдвинулся: `p = p - …` создаёт новый тензор, а прежний меняет
#   `p.sub_(…)`.
# * Первая строка верна, вторая — нет на первом же шаге: множителя $1-\mu$ перед $g$ здесь нет. На втором — посмотрите,
#   не забывается ли скорость.
# * Неверна одна третья строка: в $g + \mu v$ скорость — уже новая.
# * Ошибка на параметре 2, когда первый верен: у каждого параметра скорость своя.

# %% [markdown]
# ## 2. Adam
#
# **Идея.** У разных параметров градиенты разной величины, а $\eta$ один. Поделим шаг на обычный размер градиента:
#
# $$m \leftarrow \beta_1 m + (1-\beta_1)\,g, \qquad v \leftarrow \beta_2 v + (1-\beta_2)\,g^2.$$
#
# $m$ — среднее градиента, $v$ — среднее его квадрата; старое забывается постепенно.
#
# **Поправки на смещение.** В начале $m = 0$. Раскроем рекурсию:
#
# $$m_t = (1-\beta_1)\sum_{i=1}^{t} \beta_1^{\,t-i} g_i.$$
#
# Если у всех $g_i$ одно и то же ожидание $\mathbb{E} g$, то по формуле суммы геометрической прогрессии
#
# $$\mathbb{E}\,m_t = \mathbb{E} g\;(1-\beta_1)\,\frac{1-\beta_1^{\,t}}{1-\beta_1} = (1-\beta_1^{\,t})\,\mathbb{E} g.$$
#
# Среднее занижено в $1-\beta_1^t$ раз, на это и делим; у $v$ — то же с $\beta_2$:
#
# $$\hat m = \frac{m}{1-\beta_1^{\,t}}, \qquad \hat v = \frac{v}{1-\beta_2^{\,t}}, \qquad
# \theta \leftarrow \theta - \eta\,\frac{\hat m}{\sqrt{\hat v} + \varepsilon}.$$
#
# Проверим на первом шаге: $\hat m = g$, $\hat v = g^2$, и шаг равен $\eta\,g/(|g| + \varepsilon) \approx \pm\eta$. Без
# поправок вышло бы $\eta\,(1-\beta_1)/\sqrt{1-\beta_2} \approx 3{,}2\,\eta$, а десятый шаг был бы больше нужного в
# шесть с половиной раз.
# <!-- = round(0.1 / math.sqrt(0.001), 1) == 3.2 and round((1 - 0.9**10) / math.sqrt(1 - 0.999**10), 1) == 6.5 -->
#
# **Затухание** здесь то же, что в SGD: $g \leftarrow g + \lambda\theta$ прежде всего остального. <!--
# test_adam_weight_decay -->
#
# **Где ошибаются.** $\varepsilon$ стоит снаружи корня. Счётчик $t$ растёт один раз за шаг, а не за параметр, и
# начинается с единицы. Он тоже состояние: без него после загрузки поправки начнутся заново. <!-- test_adam_resume,
# test_adam_small_gradients --> Шаги, на которых у параметра не было градиента, torch не считает; общий на всех счётчик
# проверка тоже примет.
#
# Источник: [Kingma, Ba, Adam: A Method for Stochastic Optimization, 2015](https://arxiv.org/abs/1412.6980).
#
# ![Первые шаги при постоянном градиенте: с поправками шаг сразу равен lr, без них — в три, потом в шесть раз больше,
# без поправки только у m — в начале вдесятеро меньше](pictures/bias.png)
# <!-- = 6 < (1 - 0.9**10) / math.sqrt(1 - 0.999**10) < 7 and math.isclose(1 / (1 - 0.9), 10) -->
#
# **Задача.** `MyAdam(params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0)`, метод `step()`. Всё, что между
# градиентом и шагом, вынесено в `direction`: она пригодится и в AdamW. Если вам удобнее иначе, пишите по-своему. <!--
# test_adam, test_adam_options -->


# %% tags=["solution"]
class MyAdam(torch.optim.Optimizer):
    """Adam с поправками на смещение; затухание прибавляется к градиенту."""

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0):
        super().__init__(params, {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay})

    def direction(self, p, gradient, group):
        """Обновить m, v и t параметра p; вернуть m̂ / (√v̂ + ε), той же формы, что p."""
        # BEGIN SOLUTION
        state = self.state[p]
        if not state:
            state.update(t=0, mean=torch.zeros_like(p), square=torch.zeros_like(p))
        beta1, beta2 = group["betas"]
        state["t"] += 1
        state["mean"].lerp_(gradient, 1 - beta1)
        state["square"].mul_(beta2).addcmul_(gradient, gradient, value=1 - beta2)
        mean = state["mean"] / (1 - beta1 ** state["t"])
        square = state["square"] / (1 - beta2 ** state["t"])
        return mean / (square.sqrt() + group["eps"])
        # END SOLUTION

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                # BEGIN SOLUTION
                if p.grad is not None:
                    gradient = p.grad.add(p, alpha=group["weight_decay"])
                    p.add_(self.direction(p, gradient, group), alpha=-group["lr"])
                # END SOLUTION


# %%
compare(MyAdam, torch.optim.Adam)
compare(MyAdam, torch.optim.Adam, lr=0.1, betas=(0.7, 0.95), eps=0.1)
compare(MyAdam, torch.optim.Adam, lr=0.1, weight_decay=0.3)
check_resume(MyAdam, lr=0.1)
check_none(MyAdam, lr=0.1, weight_decay=0.3)
check_added(MyAdam, lr=0.1)

# %% [markdown]
# Первая строка не сходится с первого же шага? Поправки или счётчик. Первая верна, вторая — нет? Что-то вписано в
# формулу или $\varepsilon$ не на своём месте: при $10^{-8}$ этого не видно.

# %% [markdown]
# ## 3. AdamW
#
# В SGD добавка $\lambda\theta$ к градиенту и умножение весов на $1-\eta\lambda$ — одно и то же. В Adam — нет: добавка
# проходит через деление на $\sqrt{\hat v}$. Там, где градиенты велики, вес почти не затухает, хотя затухание от
# градиентов зависеть не должно. AdamW отделяет его:
#
# $$\theta \leftarrow \theta - \eta\lambda\theta - \eta\,\frac{\hat m}{\sqrt{\hat v}+\varepsilon},$$
#
# где $m$ и $v$ считаются по чистому $g$, а $\theta$ справа — то, что было до шага.
#
# Источник: [Loshchilov, Hutter, Decoupled Weight Decay Regularization, 2019](https://arxiv.org/abs/1711.05101).
#
# **Задача.** `MyAdamW(params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2)`, метод `step()`. <!--
# test_adamw -->


# %% tags=["solution"]
class MyAdamW(MyAdam):
    """Adam, у которого затухание идёт прямо в веса."""

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2):
        super().__init__(params, lr, betas, eps, weight_decay)

    @torch.no_grad()
    def step(self):
        # BEGIN SOLUTION
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is not None:
                    shift = self.direction(p, p.grad, group)
                    p.mul_(1 - group["lr"] * group["weight_decay"]).add_(shift, alpha=-group["lr"])
        # END SOLUTION


# %%
compare(MyAdamW, torch.optim.AdamW)
compare(MyAdamW, torch.optim.AdamW, lr=0.1, betas=(0.7, 0.95), weight_decay=0.5)
check_resume(MyAdamW, lr=0.1)
check_none(MyAdamW, lr=0.1)

# %% [markdown]
# Первая строка верна, а вторая не сходится с первого же шага? Затухают веса до шага, а не уже сдвинутые: при `lr` по
# умолчанию разницы не видно. Не сходятся обе? Значит, $\lambda\theta$ не прибавлено совсем или попало в моменты.

# %%
# Овраг: сравните с картинкой из условия.
try:
    race(
        {
            "SGD, 0,018": lambda params: MySGD(params, lr=0.018),
            "момент, 0,01": lambda params: MySGD(params, lr=0.01, momentum=0.9),
            "Нестеров, 0,01": lambda params: MySGD(params, lr=0.01, momentum=0.9, nesterov=True),
            "Adam, 0,5": lambda params: MyAdam(params, lr=0.5),
        }
    )
except NotImplementedError:
    print("… сначала решите задачи 1 и 2")

# %% [markdown]
# ## 4. Расписание
#
# В первых шагах Adam $\hat v$ посчитано по нескольким градиентам, и разброс у него велик: шаг может выйти во много раз
# больше нужного ([Liu и др., 2020](https://arxiv.org/abs/1908.03265)). Поэтому $\eta$ сначала поднимают по прямой: это
# *разогрев* (warm-up). SGD он тоже нужен, но по другой причине: на больших батчах берут большой $\eta$, а веса вначале
# меняются слишком быстро ([Goyal и др., 2017](https://arxiv.org/abs/1706.02677)). Под конец шаг должен быть маленьким,
# чтобы перестать прыгать вокруг минимума; плавно спуститься помогает косинус ([Loshchilov, Hutter,
# 2017](https://arxiv.org/abs/1608.03983)). При `step` $= 0, 1, 2, \ldots$
#
# $$\eta(\mathrm{step}) = \begin{cases}
# \mathrm{lr}\cdot\dfrac{\mathrm{step}+1}{\mathrm{warmup}}, & \mathrm{step} < \mathrm{warmup}, \\[2ex]
# \mathrm{lr_{min}} + (\mathrm{lr}-\mathrm{lr_{min}})\,\dfrac{1+\cos \pi s}{2}, & \mathrm{warmup} \le \mathrm{step} <
# \mathrm{total}, \\[2ex]
# \mathrm{lr_{min}}, & \mathrm{step} \ge \mathrm{total},
# \end{cases}$$
#
# где $s$ — пройденная доля спуска:
#
# $$s = \dfrac{\mathrm{step}-\mathrm{warmup}}{\mathrm{total}-\mathrm{warmup}}.$$
#
# `warmup` может быть нулём, тогда косинус начинается сразу. Всегда `warmup < total`. <!-- test_schedule_edges -->
# Разогрев идёт от нуля, а не от $\mathrm{lr_{min}}$.
#
# ![Расписание: десять шагов прямая вверх до lr, потом половина косинуса вниз до lr_min и дальше
# прямая](pictures/schedule.png)
#
# **Задача.** `warmup_cosine(step, lr, warmup, total, lr_min=0.0)` возвращает число Python. <!-- test_warmup,
# test_cosine -->
#
# Например, `warmup_cosine(0, 1.0, 4, 20)` — 0,25; при `step = 3` и `step = 4` — 1; при `step = 12` — 0,5. <!-- note -->
# <!-- = warmup_cosine(0, 1.0, 4, 20) == 0.25 and math.isclose(warmup_cosine(12, 1.0, 4, 20), 0.5) -->


# %% tags=["solution"]
def warmup_cosine(step: int, lr: float, warmup: int, total: int, lr_min: float = 0.0) -> float:
    """Чему равен lr на шаге step = 0, 1, 2, …"""
    # BEGIN SOLUTION
    if step < warmup:
        return lr * ((step + 1) / warmup)
    share = min((step - warmup) / (total - warmup), 1.0)
    return lr_min + 0.5 * (lr - lr_min) * (1 + math.cos(share * math.pi))
    # END SOLUTION


# %%
try:
    examples = {
        (0, 4, 0.0): 0.25,
        (3, 4, 0.0): 1.0,
        (4, 4, 0.0): 1.0,
        (12, 4, 0.0): 0.5,
        (20, 4, 0.0): 0.0,
        (50, 4, 0.0): 0.0,
        (0, 0, 0.0): 1.0,
        (10, 0, 0.0): 0.5,
        (0, 4, 0.2): 0.25,
        (12, 4, 0.2): 0.6,
        (50, 4, 0.2): 0.2,
    }  # (step, warmup, lr_min): lr; везде lr=1, total=20
    wrong = {key: warmup_cosine(key[0], 1.0, key[1], 20, key[2]) for key in examples}
    wrong = {key: value for key, value in wrong.items() if not math.isclose(value, examples[key], abs_tol=1e-12)}
    for (step, warmup, low), value in wrong.items():
        right = examples[step, warmup, low]
        print(f"✗ step={step}, lr=1, warmup={warmup}, total=20, lr_min={low}: {value}, а должно быть {right}")
    if not wrong:
        print("✓ расписание")
    plt.figure(figsize=(6, 2.4), layout="constrained")
    plt.plot([warmup_cosine(step, 1.0, 10, 80, 0.05) for step in range(100)], ".-")
    plt.xlabel("step")
    plt.show()
except NotImplementedError:
    print("… здесь пока пусто: ждёт вашего кода")

# %% [markdown]
# ## 5. На деле
#
# Сеть из шести слоёв учится узнавать цифры. Меняются оптимизатор и начальные веса: те, что torch ставит сам, или Хе
# (`kaiming_normal_`). Прежде чем запускать, запишите прогноз: в каком из четырёх случаев обучение не начнётся?
# Двенадцать обучений, по три на случай, занимают меньше минуты. Наш график — сразу за ними.


# %%
def learn(make_optimizer, he, seed, epochs=8):
    """Точность на тесте после каждой эпохи: (epochs,)."""
    torch.manual_seed(seed)
    digits = load_digits()
    order = torch.randperm(len(digits.target))
    x = torch.tensor(digits.data / 16, dtype=torch.float32)[order]
    y = torch.tensor(digits.target)[order]
    net = nn.Sequential()
    for inputs, outputs in [(64, 100), *[(100, 100)] * 4, (100, 10)]:
        net.append(nn.Linear(inputs, outputs)).append(nn.ReLU())
        if he:
            nn.init.kaiming_normal_(net[-2].weight, nonlinearity="relu")
            nn.init.zeros_(net[-2].bias)
    net = net[:-1]
    optimizer, accuracy = make_optimizer(net.parameters()), []
    for _ in range(epochs):
        for rows in torch.randperm(1300).split(50):
            loss = nn.functional.cross_entropy(net(x[rows]), y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        with torch.no_grad():
            accuracy.append((net(x[1300:]).argmax(1) == y[1300:]).float().mean())
    return torch.stack(accuracy)


# %%
torch.set_num_threads(1)  # сеть маленькая: одному потоку быстрее
try:
    grown, makers = {}, {"SGD 0,1": lambda p: MySGD(p, lr=0.1), "Adam 0,001": lambda p: MyAdam(p, lr=1e-3)}
    plt.figure(figsize=(6.5, 3), layout="constrained")
    for name, make in makers.items():
        for he in (False, True):
            runs = torch.stack([learn(make, he, seed) for seed in range(3)])  # (3, 8)
            label = f"{name}, веса {'Хе' if he else 'torch'}"
            grown[label] = runs.mean(0)
            plt.plot(range(1, 9), grown[label], label=label)
            print(f"{label:24} после восьми эпох: " + ", ".join(f"{share:.1%}" for share in runs[:, -1]))
    plt.legend()
    plt.xlabel("эпоха")
    plt.show()
except NotImplementedError:
    print("… сначала решите задачи 1 и 2")

# %% [markdown]
# ![Четыре кривые: SGD с весами по умолчанию почти стоит на месте, остальные растут](pictures/digits.png)
# <!-- = all(mean(abs(drawn - share.item()) for drawn, share in zip(pictures.DIGITS[label], curve)) < 0.03 for label,
# curve in grown.items()) -->
#
# **Вопросы.** Ответьте в ячейке ниже, по две-три фразы на каждый.
#
# 1. Почему с весами torch SGD стоит на месте, а Adam — нет? Подсказка: во сколько раз изменится шаг того и другого,
#    если все градиенты уменьшить в тысячу раз?
#    <!-- = given(1000) -->
# 2. Чем затухание в AdamW отличается от L2 в Adam для веса с большими градиентами?

# %% [markdown] tags=["solution"]
# 1. Веса torch слишком малы: сигнал и градиент убывают с каждым слоем. Шаг SGD пропорционален градиенту и тоже мал, а
#    шаг Adam от общего множителя не зависит: $\hat m$ и $\sqrt{\hat v}$ уменьшаются одинаково.
# 2. В Adam добавка $\lambda\theta$ делится на $\sqrt{\hat v}$, и такой вес почти не затухает. В AdamW он уменьшается в
#    $1-\eta\lambda$ раз за шаг, как и все.

# %% [markdown]
# ## Готово?
#
# Сохраните ноутбук, запустите в терминале `kafedra check`, потом `git push`. Результат придёт туда же.

# %% [markdown]
# ## Сложнее
#
# Без баллов, для удовольствия.
#
# **А. Lion.** Программа перебирала оптимизаторы и нашла такой: $c = \beta_1 m + (1-\beta_1) g$, шаг $\theta \leftarrow
# \theta - \eta\,(\operatorname{sign} c + \lambda\theta)$, потом $m \leftarrow \beta_2 m + (1-\beta_2) g$ ([Chen и др.,
# 2023](https://arxiv.org/abs/2302.06675)). Состояния вдвое меньше, чем у Adam. Напишите его и пустите по оврагу.
# <!-- = given(2) -->


# %% tags=["solution"]
class MyLion(torch.optim.Optimizer):
    def __init__(self, params, lr=1e-4, betas=(0.9, 0.99), weight_decay=0.0):
        super().__init__(params, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        # BEGIN SOLUTION
        for group in self.param_groups:
            for p in (p for p in group["params"] if p.grad is not None):
                mean = self.state[p].setdefault("mean", torch.zeros_like(p))
                direction = torch.sign(torch.lerp(p.grad, mean, group["betas"][0]))
                p.sub_(group["lr"] * (direction + group["weight_decay"] * p))
                mean.lerp_(p.grad, 1 - group["betas"][1])
        # END SOLUTION


# %%
try:
    race(
        {
            "Adam": lambda params: MyAdam(params, lr=0.5),
            "Lion 0,2": lambda params: MyLion(params, lr=0.2),
            "Lion 0,05": lambda params: MyLion(params, lr=0.05),
        }
    )
except NotImplementedError:
    print("… здесь пока пусто: ждёт вашего кода")

# %% [markdown]
# **Б. Когда Adam не сходится.** На каждом третьем шаге градиент равен 3, на остальных −1; параметр заперт в $[-1, 1]$.
# В среднем градиент положителен, и нужно идти влево. Запустите Adam с $\beta_1 = 0$, $\beta_2 = 0{,}1$: куда он придёт
# и почему? ([Reddi, Kale, Kumar, 2018](https://arxiv.org/abs/1904.09237); там же лекарство, AMSGrad.)
# <!-- = given(0.1) -->
#
# **В. Быстрее.** Цикл по параметрам — это десятки маленьких операций. `torch._foreach_add_` и его родня делают то же
# сразу для списка тензоров. Перепишите `MySGD` без внутреннего цикла и измерьте, насколько быстрее стал шаг для сети из
# ста слоёв.
#
# **Г. Ищем lr.** Увеличивайте `lr` в 1,1 раза после каждого батча и рисуйте потери: где они падают быстрее всего и где
# срываются вверх? Так выбирают `lr` до обучения ([Smith, 2017](https://arxiv.org/abs/1506.01186)).
# <!-- = given(1.1) -->
