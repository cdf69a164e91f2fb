# %% [markdown]
# # Инициализация весов
#
# Домашка 1, задание `weight-init`, 1 балл. Нужны: тензоры, `nn.Module`, дисперсия случайной величины. Если дисперсия
# суммы забылась, загляните в лекцию темы 2; всё остальное есть здесь.
#
# **Зачем это.** Возьмём сеть из двенадцати слоёв и обучим её три раза: одни и те же данные, шаг, число эпох. Разными
# будут только случайные числа, с которых она начинает. Первая сеть останется на уровне угадывания, вторая научится
# отвечать в среднем меньше чем на треть вопросов, третья — почти на все. В конце ноутбука вы это увидите.
# <!-- = mean(results["как в torch"]) < 0.15 and mean(results["Ксавье"]) < 1 / 3 and mean(results["Хе"]) > 0.9 -->
#
# Начальные веса решают, дойдёт ли сигнал до последнего слоя, а градиент — до первого. Пусть каждый слой уменьшает
# сигнал вдвое: мелочь. Но $2^{-30} \approx 10^{-9}$, и тридцатый слой получает почти ноль.
# <!-- = 0.5 < 2**-30 / 1e-9 < 1.5 -->
#
# Вы выведете две знаменитые формулы, Ксавье и Хе, напишете четыре функции и расставите веса в модели любого устройства.
#
# | что проверяется | баллы |
# |---|---|
# | `fans`: сколько у слоя входов и выходов | 0,3 |
# | четыре распределения: разброс, форма, запись на месте, множители | 0,4 |
# | `init_model` и сигнал через тридцать слоёв | 0,3 |
#
# Каждая из четырёх функций оценивается отдельно.

# %% [markdown]
# ## Правила
#
# * Готовые `nn.init.xavier_*`, `nn.init.kaiming_*` и их внутренности брать нельзя: весь список — в
#   `assignment.toml`. То, из чего они состоят, можно: `w.uniform_`, `w.normal_`, `torch.rand`, `torch.randn`,
#   `nn.init.zeros_`, `nn.init.normal_`. <!-- forbidden -->
# * Функции с подчёркиванием на конце **меняют сам тензор** и возвращают его же. Новый тензор — не ответ: слой о нём не
#   узнает. <!-- test_xavier_uniform_in_place, test_xavier_normal_in_place, test_kaiming_uniform_in_place,
#   test_kaiming_normal_in_place -->
# * `w` бывает параметром слоя. Параметр, которому нужен градиент, torch не даст менять на месте, пока вы не попросите
#   его не следить: пишите внутри `with torch.no_grad():` (или украсьте функцию строкой `@torch.no_grad()`). <!--
#   test_xavier_uniform_in_place, test_kaiming_normal_in_place -->
# * Кроме самих чисел, не меняется ничего: `float32` остаётся `float32`, обучаемый параметр — обучаемым, замороженный
#   (`requires_grad=False`) — замороженным. Случайные числа независимы и каждый раз новые: не подгоняйте их под выборку
#   и не вызывайте `manual_seed` внутри. <!-- test_xavier_uniform_in_place, test_xavier_normal_in_place,
#   test_kaiming_uniform_in_place, test_kaiming_normal_in_place -->
# * Проверка смотрит на распределение чисел, а не на сами числа. Границы — шесть сигм: верное решение за них не выходит.
#   <!-- note -->
#
# Если берёте идею или код из открытого источника, оставьте ссылку в комментарии. <!-- review -->

# %%
import math
from itertools import pairwise

import matplotlib.pyplot as plt
import torch
from matplotlib.ticker import ScalarFormatter
from torch import nn

torch.set_num_threads(1)  # тензоры здесь маленькие: одному потоку быстрее
ScalarFormatter.fix_minus = staticmethod(lambda text: text.replace("-", "−").replace(".", ","))  # на осях: −0,5

# %% [markdown]
# Инструменты для проверки. Выполните ячейку; читать её необязательно.


# %% tags=["folded"]
def attempt(check):
    """Выполнить проверку; пока решения нет, сказать об этом спокойно."""
    try:
        problem = check()
    except NotImplementedError:
        print("… здесь пока пусто: ждёт вашего кода")
        return
    except Exception as error:
        problem = f"{type(error).__name__}: {error}"
        if "leaf Variable" in str(error):
            problem += " Параметр меняют на месте под torch.no_grad(): смотрите правила."
    print(f"✗ {problem}" if problem else "✓ всё сошлось")


def wrong_fans(answers):
    """Что не так с fans; None, если всё верно. `answers`: форма → верный ответ."""
    for shape, expected in answers.items():
        got = fans(torch.zeros(shape))
        if tuple(got) != expected:
            return f"вес формы {shape}: вышло {tuple(got)}, а должно быть {expected}"
    try:
        fans(torch.zeros(5))
    except ValueError:
        return None
    return "у вектора нет входов и выходов: нужен raise ValueError(...)"


def wrong_filling(fill, reference, kind, **options):
    """Что не так с функцией, которая заполняет веса; None, если всё верно."""
    for shape in ((200, 300), (48, 20, 5, 5)):
        w = nn.Parameter(torch.full(shape, 7.0))
        answer = fill(w, **options)
        if bool((w == 7).all()):
            return "тензор не изменился: заполнена копия?"
        if answer is not w:
            return "функция должна вернуть тот же самый тензор: return w"
        if not w.requires_grad or not w.is_leaf:
            return "параметр перестал быть обучаемым"
        ours = w.detach()
        theirs = reference(torch.empty(shape), **options).std().item()
        ratio = ours.std().item() / theirs
        # относительная сигма выборочного отклонения — корень из (эксцесс − 1) / (4n)
        margin = 6 * math.sqrt(2 / (4 * ours.numel()))
        if abs(ratio - 1) > 2 * margin:
            return f"вес формы {shape}: отклонение {ours.std():.4f}, а нужно {theirs:.4f}, отношение {ratio:.3f}"
        flat = ours.abs().max().item() < 1.85 * ours.std().item()
        if flat != (kind == "uniform"):
            return f"отклонение верное, а распределение {'равномерное' if flat else 'не равномерное'}"
    return None


def histogram(functions):
    """Гистограммы весов (200, 300), заполненных разными функциями."""
    _, panels = plt.subplots(1, len(functions), figsize=(8.2, 2.6), layout="constrained", sharex=True, sharey=True)
    try:
        for panel, (name, fill) in zip(panels, functions.items(), strict=True):
            panel.hist(fill(torch.empty(200, 300)).flatten(), bins=60, density=True, color="#2563a8")
            panel.set_title(name, fontsize=10)
            panel.grid(alpha=0.25)
    except Exception:  # что именно не так, уже сказала проверка
        plt.close()
        return
    plt.show()


# %% [markdown]
# ## 1. Сколько у слоя входов и выходов
#
# Каждая формула ниже начинается с двух чисел:
#
# * `fan_in` — от скольких чисел на входе зависит **одно число на выходе**;
# * `fan_out` — на сколько чисел на выходе влияет **одно число на входе**.
#
# *Полносвязный слой* `nn.Linear(n_in, n_out)` хранит вес формы $(n_{out}, n_{in})$: сначала выходы! Каждый выход —
# сумма по всем входам, поэтому `fan_in` $= n_{in}$, `fan_out` $= n_{out}$.
#
# *Свёртка* `nn.Conv2d(c_in, c_out, k)` хранит вес $(c_{out}, c_{in}, k, k)$. Одно число на выходе собирает $k \times k$
# точек из каждого входного канала. Посчитайте сами, сколько это; свёртка бывает одномерной и трёхмерной, а ядро —
# прямоугольным. Одна точка входа (вдали от края, при шаге 1) попадает в такое же окно всех выходных каналов.
#
# *Вектор* (смещение, множитель нормализации) входов не имеет. Угадывать нельзя: бросьте `ValueError`. <!--
# test_fans_without_axes -->
#
# ![Одна точка выхода свёртки собирает окно 3×3 из каждого из четырёх входных каналов](pictures/fans.png)
#
# **Задача.** `fans(w)`: тензор формы $(out, in, \ldots)$ → пара целых чисел `(fan_in, fan_out)`. <!-- test_fans_linear,
# test_fans_conv -->
#
# Например, $(7, 3)$ → `(3, 7)`. У `nn.Conv2d(4, 8, 3)` с картинки: `(36, 72)`. Ошибка 0. <!-- note -->


# %% tags=["solution"]
def fans(w: torch.Tensor) -> tuple[int, int]:
    """(fan_in, fan_out) веса формы (out, in, ...); ValueError, если осей меньше двух."""
    # BEGIN SOLUTION
    if w.dim() < 2:
        raise ValueError(f"у тензора формы {tuple(w.shape)} нет входов и выходов")
    area = w[0, 0].numel()
    return w.shape[1] * area, w.shape[0] * area
    # END SOLUTION


# %%
attempt(
    lambda: wrong_fans(
        {(7, 3): (3, 7), (1, 5): (5, 1), (8, 4, 3, 3): (36, 72), (6, 5, 2, 7): (70, 84), (4, 2, 9): (18, 36)}
    )
)

# %% [markdown]
# Не сходится? Первая ось — выходы, вторая — входы, и оба числа умножаются на площадь ядра: произведение **всех**
# остальных осей. У матрицы их нет, и пустое произведение равно единице.

# %% [markdown]
# ## 2. Инициализация Ксавье (Xavier)
#
# Посмотрим на один нейрон: $z = \sum_{j=1}^{n} w_j x_j$, где $n$ — это `fan_in`. Пусть веса независимы, со средним 0 и
# дисперсией $\sigma^2$, и не зависят от входов. Слагаемые не коррелированы, и дисперсии складываются:
#
# $$\operatorname{Var} z = \sum_{j=1}^{n} \operatorname{Var}(w_j x_j) = n \, \sigma^2 \, \mathbb{E}[x^2].$$
#
# **Вперёд.** Если у входа среднее 0, то $\mathbb{E}[x^2] = \operatorname{Var} x$, и за слой дисперсия умножается на
# $n\,\sigma^2$. Чтобы она сохранялась, нужно $\sigma^2 = 1/\texttt{fan\_in}$.
#
# **Назад.** Градиент идёт через ту же матрицу, но транспонированную: в сумме теперь `fan_out` слагаемых. Чтобы
# сохранялся и он, нужно $\sigma^2 = 1/\texttt{fan\_out}$.
#
# Оба равенства сразу выполнены только у квадратного слоя. Ксавье Глоро и Йошуа Бенджио предложили середину:
#
# $$\sigma^2 = \frac{2}{\texttt{fan\_in} + \texttt{fan\_out}}.$$
#
# Нелинейность мы пропустили: возле нуля $\tanh x \approx x$. Множитель `gain` исправляет это там, где нужно: на него
# умножается **отклонение** $\sigma$, а дисперсия — на `gain²`. <!-- test_xavier_uniform_gain, test_xavier_normal_gain
# -->
#
# **Какое распределение?** Формула говорит только о дисперсии. Обычно берут одно из двух:
#
# * нормальное $N(0, \sigma^2)$. Осторожно: `normal_(mean, std)` ждёт отклонение $\sigma$, а не дисперсию $\sigma^2$.
#   И `trunc_normal_` — уже другое распределение: оно обрезано на $\pm 2$, какой бы ни была $\sigma$;
# * равномерное $U(-a, a)$. Его дисперсия $\int_{-a}^{a} \frac{x^2}{2a}\,dx = \frac{a^2}{3}$. Приравняйте её к
#   $\sigma^2$ и найдите $a$. Взять $a = \sigma$ — самая частая ошибка этого задания.
#
# Источник: [Glorot, Bengio, Understanding the difficulty of training deep feedforward neural networks,
# 2010](https://proceedings.mlr.press/v9/glorot10a.html).
#
# ![Слева ровный прямоугольник от −0,11 до 0,11, справа колокол; отклонение у обоих 0,063](pictures/xavier.png)
# <!-- = round(math.sqrt(6 / 500), 2) == 0.11 and round(math.sqrt(2 / 500), 3) == 0.063 -->
#
# **Задача.** `xavier_uniform_(w, gain=1.0)` и `xavier_normal_(w, gain=1.0)`: заполняют `w` формы
# $(out, in, \ldots)$ на месте и
# возвращают его. <!-- test_xavier_uniform, test_xavier_normal -->
#
# Например, для $(200, 300)$: $\sigma = \sqrt{2/500} \approx 0{,}0632$. У шестидесяти тысяч чисел выборочное отклонение
# отличается от этого обычно на 0,3 %, не больше чем на 2 %. <!-- note -->
# <!-- = round(math.sqrt(2 / 500), 4) == 0.0632 and round(100 / math.sqrt(2 * 60_000), 1) == 0.3 and 100 * bounds.SIGMAS
# / math.sqrt(2 * 60_000) < 2 -->


# %% tags=["solution"]
@torch.no_grad()
def xavier_uniform_(w: torch.Tensor, gain: float = 1.0) -> torch.Tensor:
    """U(-a, a) с дисперсией gain² · 2 / (fan_in + fan_out), на месте."""
    # BEGIN SOLUTION
    bound = gain * math.sqrt(6 / sum(fans(w)))
    return w.uniform_(-bound, bound)
    # END SOLUTION


@torch.no_grad()
def xavier_normal_(w: torch.Tensor, gain: float = 1.0) -> torch.Tensor:
    """N(0, σ²) с дисперсией gain² · 2 / (fan_in + fan_out), на месте."""
    # BEGIN SOLUTION
    std = gain * math.sqrt(2 / sum(fans(w)))
    return w.normal_(0, std)
    # END SOLUTION


# %%
attempt(lambda: wrong_filling(xavier_uniform_, nn.init.xavier_uniform_, "uniform"))
attempt(lambda: wrong_filling(xavier_uniform_, nn.init.xavier_uniform_, "uniform", gain=5 / 3))
attempt(lambda: wrong_filling(xavier_normal_, nn.init.xavier_normal_, "normal"))
attempt(lambda: wrong_filling(xavier_normal_, nn.init.xavier_normal_, "normal", gain=5 / 3))
histogram({"xavier_uniform_": xavier_uniform_, "xavier_normal_": xavier_normal_})

# %% [markdown]
# Проверка напечатала отношение отклонений — узнайте в нём ошибку: 0,577 — это $1/\sqrt3$, забыт корень из трёх; 0,707 —
# это $1/\sqrt2$, забыта двойка; очень малое число — дисперсия вместо отклонения. Если верна первая форма и неверна
# вторая, дело в площади ядра.
# <!-- = round(3**-0.5, 3) == 0.577 and round(2**-0.5, 3) == 0.707 -->

# %% [markdown]
# ## 3. Инициализация Хе (Kaiming)
#
# У Ксавье вход слоя имеет среднее ноль. После ReLU это не так: ReLU неотрицательна. Пусть предактивация $z$
# распределена симметрично вокруг нуля, тогда ReLU оставляет ровно половину среднего квадрата:
#
# $$x = \max(0, z), \qquad \mathbb{E}[x^2] = \tfrac12\,\mathbb{E}[z^2] = \tfrac12 \operatorname{Var} z.$$
#
# Подставим в формулу нейрона. За слой дисперсия предактиваций умножается на $n\,\sigma^2 \cdot \frac12$, и
# сохраняется она при
#
# $$\sigma^2 = \frac{2}{\texttt{fan\_in}}.$$
#
# Двойка возвращает то, что погасила ReLU. Без неё каждый слой вдвое уменьшает дисперсию, тридцать слоёв уменьшают
# отклонение в $2^{15} \approx 33\,000$ раз.
# <!-- = round(2**15, -3) == 33_000 -->
#
# **LeakyReLU** с наклоном $a$ слева пропускает и отрицательную половину, умноженную на $a$: остаётся
# $\frac{1+a^2}{2}$ среднего квадрата. Поэтому в общем виде
#
# $$\sigma^2 = \frac{2}{(1 + a^2)\,\texttt{fan}}, \qquad
# \texttt{fan} = \begin{cases} \texttt{fan\_in}, & \texttt{mode="fan\_in"} \text{ — сохраняем сигнал}, \\
# \texttt{fan\_out}, & \texttt{mode="fan\_out"} \text{ — сохраняем градиент}. \end{cases}$$
#
# В статье показано, что довольно любого из двух: сеть, где сохраняется одно, не губит и другое. По умолчанию берут
# `fan_in`.
#
# Между прочим, `nn.Linear` в torch заполняет веса через `kaiming_uniform_` с $a = \sqrt5$. Подставьте: $\sigma^2 =
# \frac{1}{3\,\texttt{fan\_in}}$, вшестеро меньше, чем нужно для ReLU. Так сложилось исторически, и глубокая сеть без
# нормализации с такими весами не учится.
# <!-- = 2 / (1 / 3) == 6 -->
#
# Источник: [He, Zhang, Ren, Sun, Delving Deep into Rectifiers, 2015](https://arxiv.org/abs/1502.01852).
#
# ![Равномерное от −0,14 до 0,14 и колокол; отклонение у обоих 0,082, больше, чем у Ксавье](pictures/kaiming.png)
# <!-- = round(math.sqrt(6 / 300), 2) == 0.14 and round(math.sqrt(2 / 300), 3) == 0.082 -->
#
# **Задача.** `kaiming_uniform_(w, a=0.0, mode="fan_in")` и `kaiming_normal_(w, a=0.0, mode="fan_in")`: заполняют
# `w` на месте и
# возвращают его. <!-- test_kaiming_uniform, test_kaiming_normal -->
#
# Например, для $(200, 300)$: $\sigma = \sqrt{2/300} \approx 0{,}0816$, а с `mode="fan_out"` — ровно $0{,}1$. <!--
# test_kaiming_uniform_options, test_kaiming_normal_options -->
# <!-- = round(math.sqrt(2 / 300), 4) == 0.0816 and math.isclose(math.sqrt(2 / 200), 0.1) -->


# %% tags=["solution"]
@torch.no_grad()
def kaiming_uniform_(w: torch.Tensor, a: float = 0.0, mode: str = "fan_in") -> torch.Tensor:
    """U(-b, b) с дисперсией 2 / ((1 + a²) · fan), на месте; mode — "fan_in" или "fan_out"."""
    # BEGIN SOLUTION
    fan = fans(w)[0 if mode == "fan_in" else 1]
    bound = math.sqrt(6 / ((1 + a**2) * fan))
    return w.uniform_(-bound, bound)
    # END SOLUTION


@torch.no_grad()
def kaiming_normal_(w: torch.Tensor, a: float = 0.0, mode: str = "fan_in") -> torch.Tensor:
    """N(0, σ²) с дисперсией 2 / ((1 + a²) · fan), на месте; mode — "fan_in" или "fan_out"."""
    # BEGIN SOLUTION
    fan = fans(w)[0 if mode == "fan_in" else 1]
    std = math.sqrt(2 / ((1 + a**2) * fan))
    return w.normal_(0, std)
    # END SOLUTION


# %%
for options in ({}, {"a": 0.7}, {"mode": "fan_out"}):
    attempt(lambda options=options: wrong_filling(kaiming_uniform_, nn.init.kaiming_uniform_, "uniform", **options))
    attempt(lambda options=options: wrong_filling(kaiming_normal_, nn.init.kaiming_normal_, "normal", **options))
histogram({"kaiming_uniform_": kaiming_uniform_, "kaiming_normal_": kaiming_normal_})

# %% [markdown]
# ## 4. Вся модель
#
# Осталось применить это к модели. Здесь ошибаются не в формулах.
#
# * **Слои лежат внутри слоёв.** `model.children()` видит только первый этаж, `model.modules()` обходит все этажи и
#   начинает с самой модели.
# * **Не всё нужно трогать.** Вес `nn.Embedding` — тоже матрица, а $\gamma$ нормализации — вектор единиц. Если
#   обнулить её вместе со смещениями, сеть перестанет пропускать сигнал совсем. Решайте по виду слоя (`isinstance`), а
#   не по числу осей и не по имени.
# * **Смещения — нули.** Веса разные, и этого довольно, чтобы нейроны различались. У слоя с `bias=False` смещение —
#   `None`.
# * **Параметр остаётся тем же объектом.** Оптимизатор хранит ссылки на параметры. `layer.weight = nn.Parameter(...)`
#   подменит параметр, и оптимизатор будет двигать прежний, которого в сети уже нет. <!--
#   test_init_model_keeps_parameters -->
#
# **Задача.** `init_model(model)`: у каждого `nn.Linear`, `nn.Conv1d`, `nn.Conv2d`, `nn.Conv3d` заполняет вес по Хе
# (для ReLU, `fan_in`; нормальное или равномерное — на ваш выбор), а смещение обнуляет. Остального не меняет: ни других
# параметров (`nn.ConvTranspose2d`, `nn.Bilinear`, `nn.GRU` — тоже другие), ни `requires_grad`, ни режима
# (`train`/`eval`). Что вернуть, неважно. <!-- test_init_model_weights, test_init_model_leaves_the_rest -->


# %% tags=["solution"]
def init_model(model: nn.Module) -> None:
    """Веса всех Linear и Conv — по Хе, их смещения — нули; прочее не тронуто."""
    # BEGIN SOLUTION
    for module in model.modules():
        if isinstance(module, (nn.Linear, nn.Conv1d, nn.Conv2d, nn.Conv3d)):
            kaiming_normal_(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
    # END SOLUTION


# %% tags=["folded"]
def wrong_model():
    """Что не так с init_model; None, если всё верно."""
    deep = nn.Sequential(nn.Sequential(nn.Conv2d(16, 32, 3, bias=False), nn.BatchNorm2d(32), nn.Conv1d(20, 30, 5)))
    film, last = nn.Conv3d(10, 20, (2, 3, 3)), nn.Linear(100, 150)
    model = nn.ModuleDict({"words": nn.Embedding(30, 40), "film": film, "deep": deep, "last": last})
    before = {name: value.clone() for name, value in model.state_dict().items()}
    objects = {name: id(parameter) for name, parameter in model.named_parameters()}
    init_model(model)
    layers = {"film": 10 * 18, "deep.0.0": 16 * 9, "deep.0.2": 20 * 5, "last": 100}
    for name, parameter in model.named_parameters():
        owner = name.rpartition(".")[0]
        if id(parameter) != objects[name]:
            return f"{name}: параметр заменён новым объектом; заполняйте старый"
        if not parameter.requires_grad:
            return f"{name}: параметр перестал быть обучаемым"
        if owner not in layers and not torch.equal(parameter, before[name]):
            return f"{name}: это не Linear и не Conv, а значения изменились"
        if owner in layers and name.endswith("bias") and bool((parameter != 0).any()):
            return f"{name}: смещение должно быть нулём"
        if owner in layers and name.endswith("weight"):
            ratio = parameter.std().item() / math.sqrt(2 / layers[owner])
            if abs(ratio - 1) > 0.12:
                return f"{name}: отклонение отличается от нужного в {ratio:.2f} раза. Дошёл ли обход до этого слоя?"
    return None


# %%
attempt(wrong_model)

# %% [markdown]
# ## 5. Тридцать слоёв
#
# Теперь главное. Пропустим случайный вход через тридцать слоёв ширины 256 с ReLU и посмотрим на размер сигнала после
# каждого. Потом пустим назад случайный градиент.
#
# Прежде чем смотреть, оцените в уме. При $\sigma = 1$ за слой средний квадрат умножается на $256/2 = 128$, корень — на
# 11,3. Что станет через тридцать слоёв? А при $\sigma = 0{,}01$?
# <!-- = round(math.sqrt(128), 1) == 11.3 and given(0.01) -->
#
# ![Масштаб логарифмический: σ = 1 растёт, Хе около единицы, Ксавье и σ = 0,01 падают](pictures/signal.png)
# <!-- = given(0.01) -->


# %% tags=["folded"]
def deep_net(depth=30, width=256):
    return nn.Sequential(*[nn.Sequential(nn.Linear(width, width, bias=False), nn.ReLU()) for _ in range(depth)])


def with_weights(fill):
    """Инициализация, которая заполняет все Linear одной функцией."""

    def apply(model):
        for module in model.modules():
            if isinstance(module, nn.Linear):
                fill(module.weight)

    return apply


def travel(initialise, seed=0):
    """Корень из среднего квадрата после каждого слоя; то же для градиента, от последнего слоя к первому."""
    torch.manual_seed(seed)
    net = deep_net().double()
    initialise(net)
    x = torch.randn(64, 256, dtype=torch.float64, requires_grad=True)
    signals = [x]
    for layer in net:
        signals.append(layer(signals[-1]))
        signals[-1].retain_grad()
    signals[-1].backward(torch.randn(64, 256, dtype=torch.float64))
    sizes = [one.detach().square().mean().sqrt().item() for one in signals]
    return sizes, [one.grad.square().mean().sqrt().item() for one in reversed(signals)]


def race(contestants):
    """Нарисовать путь сигнала и градиента для разных начальных весов."""
    _, panels = plt.subplots(1, 2, figsize=(8.2, 3.2), layout="constrained", sharey=True)
    for name, initialise in contestants.items():
        try:
            forward, backward = travel(initialise)
        except NotImplementedError:
            print(f"{name:8} … ждёт вашего кода")
            continue
        print(f"{name:8} сигнал на слое 30: {forward[-1]:.1e}   градиент на входе: {backward[-1]:.1e}")
        panels[0].semilogy(forward, label=name)
        panels[1].semilogy(backward, label=name)
    if not panels[0].lines:
        plt.close()
        return
    for panel, title in zip(panels, ("сигнал, слой", "градиент, слоёв назад"), strict=True):
        panel.set_title(title, fontsize=10)
        panel.grid(alpha=0.25)
    panels[0].legend()
    plt.show()


# %%
race(
    {
        "σ = 1": with_weights(lambda w: w.data.normal_(0, 1)),
        "Хе": init_model,
        "Ксавье": with_weights(xavier_normal_),
        "σ = 0,01": with_weights(lambda w: w.data.normal_(0, 0.01)),
    }
)

# %% [markdown]
# Верное решение держит сигнал и градиент около единицы. Точно единица не выйдет: после каждого слоя размер умножается
# на случайное число, и за тридцать слоёв ширины 256 набегает множитель: у нас на двенадцати запусках — от 0,5 до 1,6.
# Проверка терпит примерно до десяти раз в каждую сторону: это шесть сигм. <!-- test_signal_forward,
# test_signal_backward -->
# <!-- = all(0.5 < way[-1] < 1.6 for seed in range(12) for way in travel(init_model, seed)) and round(math.exp(6 *
# math.sqrt(5 * test_signal.DEPTH / (4 * test_signal.WIDTH))), -1) == 10 -->

# %% [markdown]
# ## 6. Ради чего всё это
#
# Двенадцать слоёв ширины 64, рукописные цифры 8×8 из scikit-learn, SGD с шагом 0,02, пятнадцать эпох. Три начала: веса,
# которые torch ставит сам; Ксавье; ваш `init_model`.
# <!-- = given(0.02) -->


# %% tags=["folded"]
def accuracy_after_training(initialise, seed, depth=12, width=64, epochs=15):
    """Доля верных ответов на отложенных цифрах."""
    from sklearn.datasets import load_digits

    digits = load_digits()
    x, y = torch.tensor(digits.data, dtype=torch.float32) / 8 - 1, torch.tensor(digits.target)
    torch.manual_seed(seed)
    order = torch.randperm(len(x))
    train, test = order[:1300], order[1300:]
    sizes = [64, *[width] * (depth - 1)]
    hidden = [part for n, m in pairwise(sizes) for part in (nn.Linear(n, m), nn.ReLU())]
    net = nn.Sequential(*hidden, nn.Linear(width, 10))
    initialise(net)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.02)
    for _ in range(epochs):
        for batch in train[torch.randperm(len(train))].split(50):
            loss = nn.functional.cross_entropy(net(x[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    with torch.no_grad():
        return (net(x[test]).argmax(1) == y[test]).float().mean().item()


# %%
contestants = {"как в torch": lambda net: None, "Ксавье": with_weights(xavier_normal_), "Хе": init_model}
results = {}
for name, initialise in contestants.items():
    try:
        shares = results[name] = [accuracy_after_training(initialise, seed) for seed in range(3)]
    except NotImplementedError:
        print(f"{name:12} … ждёт вашего кода")
        continue
    print(f"{name:12} верных ответов: " + ", ".join(f"{share:.0%}" for share in shares))

# %% [markdown]
# У нас на этих трёх запусках вышло в среднем: веса torch — 9 %, то есть угадывание одной цифры из десяти; Ксавье —
# около 24 %, и от запуска к запуску это число гуляет; Хе — 95 %. Ксавье не «плохая»: она выведена для $\tanh$, а за
# каждой ReLU теряет половину дисперсии.
# <!-- = abs(mean(results["как в torch"]) - 0.09) < 0.02 and abs(mean(results["Ксавье"]) - 0.24) < 0.09 and
# abs(mean(results["Хе"]) - 0.95) < 0.02 -->
#
# Нормализация по батчам и обходные пути делают сеть менее чувствительной к началу: о них тема 4. Но и там
# начинают с весов Хе.

# %% [markdown]
# ## Готово?
#
# Сохраните ноутбук, запустите в терминале `kafedra check`, потом `git push`. Результат придёт туда же.

# %% [markdown]
# ## Сложнее
#
# Без баллов, для удовольствия.
#
# **А. Ортогональные матрицы.** Если $W^\top W = I$, то $\lVert Wx \rVert = \lVert x \rVert$ точно, а не в среднем.
# Возьмите случайную матрицу, её QR-разложение (`torch.linalg.qr`), умножьте $Q$ на $\sqrt2$ и пустите в гонку
# пункта 5. Разброс меньше, чем у Хе? ([Saxe, McClelland, Ganguli, 2013](https://arxiv.org/abs/1312.6120).) Тонкость:
# чтобы $Q$ была распределена равномерно, умножьте её столбцы на знаки диагонали $R$.
#
# **Б. Данные вместо формул (LSUV).** Пропустите батч через сеть и слой за слоем делите вес на отклонение его
# выхода, пока оно не станет единицей ([Mishkin, Matas, 2015](https://arxiv.org/abs/1511.06422)). Работает с любой
# активацией.
#
# **В. Обходные пути.** В сети $x_{l+1} = x_l + f(x_l)$ дисперсия не умножается, а складывается. Во сколько раз она
# вырастет за тридцать блоков, если каждый $f$ инициализирован по Хе? Почему последний слой каждого блока иногда
# начинают с нулей ([Zhang, Dauphin, Ma, 2019](https://arxiv.org/abs/1901.09321))?
#
# **Г. Нули.** Заполните нулями все веса. Каким будет градиент первого слоя? А если все веса одинаковы, но не нули?
# Обучите такую сеть и посмотрите на строки первой матрицы.


# %% tags=["solution"]
@torch.no_grad()
def orthogonal_(w: torch.Tensor, gain: float = math.sqrt(2)) -> torch.Tensor:
    """Случайная ортогональная матрица, умноженная на gain; w квадратная."""
    # BEGIN SOLUTION
    q, r = torch.linalg.qr(torch.randn_like(w))
    return w.copy_(gain * q * torch.sign(torch.diagonal(r)))
    # END SOLUTION


# %%
race({"Хе": init_model, "QR": with_weights(orthogonal_)})
