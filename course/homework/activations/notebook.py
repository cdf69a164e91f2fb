# %% [markdown]
# # Функции активации
#
# Домашка 1, задание `activations`, 1 балл. Нужны: классы Python, тензоры, правило цепочки. Если что-то забылось,
# загляните в тему 1 (обратное распространение) и тему 2 (активации); всё остальное есть здесь. Вход активации в лекции
# — предактивация $z$; здесь он $x$, как в коде слоя.
#
# **Зачем это.** Возьмём сеть из двух линейных слоёв и уберём из неё нелинейность:
#
# $$W_2\,(W_1 x + b_1) + b_2 = (W_2 W_1)\,x + (W_2 b_1 + b_2).$$
#
# Получился один линейный слой. Сколько слоёв ни ставь, без нелинейности между ними сеть остаётся прямой линией.
# Всё, что сеть умеет сверх линейной регрессии, она умеет благодаря функции активации.
#
# Вы напишете четыре такие функции: ReLU, LeakyReLU, сигмоиду и ELU. Формулы короткие, и в этом ловушка: три из
# четырёх задач можно решить так, что значения верны, а обучение ломается. Научимся это замечать.
#
# | что проверяется | баллы |
# |---|---|
# | значения, с параметрами по умолчанию и с другими | 0,5 |
# | края: тензоры любой формы, `float32`, большие числа, вход не меняется | 0,2 |
# | градиенты, на больших числах тоже | 0,3 |
#
# За каждую функцию баллы ставятся отдельно: решите три из четырёх — получите почти три четверти.

# %% [markdown]
# ## Правила
#
# * Готовые активации брать нельзя: `torch.relu`, `torch.sigmoid`, `nn.ELU`, всё из `torch.nn.functional` и подобное.
#   Весь список — в `assignment.toml`. То, из чего они состоят, можно: `exp`, `clamp`, `where`, `maximum`, `abs`,
#   `tanh`, маски. <!-- forbidden -->
# * Слой — это класс: `MyReLU()` создаёт слой, `MyReLU()(x)` применяет его. Наследуйтесь от `nn.Module`, как ниже. <!--
#   test_leaky_relu_slopes, test_elu_alphas -->
# * На вход приходит тензор `x` любой формы типа `float32` или `float64`, хотя бы и без осей, одно число. Ответ — той же
#   формы и того же типа. <!-- test_relu_any_tensor, test_leaky_relu_any_tensor, test_sigmoid_any_tensor,
#   test_elu_any_tensor -->
# * Вход менять нельзя: он ещё понадобится другим слоям. <!-- test_relu_any_tensor, test_leaky_relu_any_tensor,
#   test_sigmoid_any_tensor, test_elu_any_tensor -->
# * `float64` — это шестнадцать цифр, и они должны остаться верными. Маска, умноженная на число, превращается во
#   `float32`: `(x <= 0) * 0.01 * x` теряет половину цифр, а `0.01 * x * (x <= 0)` — нет. <!-- test_leaky_relu_forward,
#   test_elu_forward, test_sigmoid_forward -->
# * Градиент должен доходить до `x`. Для этого хватит считать ответ операциями torch, без `.detach()` и numpy. <!--
#   test_relu_gradient, test_leaky_relu_gradient, test_sigmoid_gradient, test_elu_gradient -->
# * Числа во входе конечные, но бывают большими, например $\pm 10^4$ и даже $\pm 10^{30}$, и во `float32` тоже. Что слой
#   вернёт для `inf` и `nan`, не проверяется. <!-- test_relu_large, test_leaky_relu_large, test_sigmoid_large,
#   test_elu_large -->
# * Ответ зависит только от `x`: слой применяют много раз, и прошлых входов он не помнит. <!-- test_relu_any_tensor,
#   test_leaky_relu_any_tensor, test_sigmoid_any_tensor, test_elu_any_tensor -->
# * В сети один и тот же слой может стоять дважды, а рядом — другой, со своим параметром. Пишете `backward` сами
#   (`torch.autograd.Function`)? Всё, что ему понадобится, храните в `ctx`, а не в `self` и не в классе. И не меняйте
#   градиент, который в него пришёл: он нужен и другим. <!-- test_relu_gradient, test_leaky_relu_gradient,
#   test_sigmoid_gradient, test_elu_gradient -->
# * Параметр слоя — обычное число, и обучаемых параметров у слоёв нет: `nn.Parameter` оптимизатор изменил бы. <!--
#   test_leaky_relu_slopes, test_elu_alphas -->
# * В изломе, то есть в нуле у ReLU, LeakyReLU и ELU, производной нет. Там подойдёт любое число от нуля до суммы
#   наклонов слева и справа: `where`, `clamp` и маски дают разное, и на обучение это не влияет. <!--
#   test_relu_gradient_large, test_leaky_relu_gradient_large, test_elu_gradient_large, test_sigmoid_gradient_large -->
#
# Если берёте идею или код из открытого источника, оставьте ссылку в комментарии. <!-- review -->

# %%
import math

import matplotlib.pyplot as plt
import torch
from matplotlib.ticker import ScalarFormatter
from torch import nn

ScalarFormatter.fix_minus = staticmethod(lambda text: text.replace("-", "−").replace(".", ","))  # на осях: −0,5

# %% [markdown]
# Две функции, чтобы проверять себя. Выполните ячейку; читать её необязательно.
#
# * `compare(слой, образец)` сравнивает ваш слой с готовым из torch и говорит, что не совпало.
# * `draw(слой)` рисует ваш слой и его производную. Сравните с картинкой из условия.

# %% tags=["folded"]
CASES = {
    "обычные числа": torch.linspace(-6, 6, 24, dtype=torch.float64).reshape(4, 6) + 0.01,
    "float32": torch.linspace(-3, 3, 8) + 0.01,
    "тензор без осей": torch.tensor(-0.7, dtype=torch.float64),
    "тензор без осей, float32": torch.tensor(-0.7),
    "пустой тензор": torch.empty(0, 3, dtype=torch.float64),
    "транспонированный": (torch.arange(12, dtype=torch.float64).reshape(3, 4) - 5.5).T,
    "оси длины 1": torch.tensor([[[-1.5], [0.7]]], dtype=torch.float64),
    "большие числа": torch.tensor([-1e4, -800.0, -50.0, 50.0, 800.0, 1e4], dtype=torch.float64),
    "большие числа, float32": torch.tensor([-1e4, -200.0, -50.0, 50.0, 200.0, 1e4]),
}


TOLERANCE = {torch.float32: 1e-5, torch.float64: 4e-15}


def relative_error(ours, theirs):
    """Наибольшая ошибка; для чисел больше единицы — в долях самого числа."""
    return ((ours - theirs).abs() / theirs.abs().clamp(min=1)).max().item() if ours.numel() else 0.0


def complaint(layer, reference, x):
    """Что не так с layer(x); None, если всё верно."""
    before = x.clone()
    y = layer(x)
    if not isinstance(y, torch.Tensor):
        return f"должен вернуться тензор, а вернулось {type(y).__name__}. Есть ли return?"
    if y.shape != x.shape or y.dtype != x.dtype:
        return f"форма и тип: {tuple(y.shape)}, {y.dtype} вместо {tuple(x.shape)}, {x.dtype}"
    if not torch.equal(x, before):
        return "вход изменился: слой написал ответ прямо в x"
    if y.isnan().any():
        return "в ответе NaN: что-то переполнилось, и получилось ∞/∞ или ∞·0"
    error = relative_error(y, reference(x))
    if error > TOLERANCE[x.dtype]:
        hint = ". Так бывает, если по дороге получился float32 или вход обрезан слишком рано" if error < 1e-6 else ""
        return f"значения: наибольшая ошибка {error:.1e}{hint}"
    return complaint_about_gradient(layer, reference, x)


def complaint_about_gradient(layer, reference, x):
    ours, theirs = x.clone().requires_grad_(), x.clone().requires_grad_()
    upstream = torch.linspace(0.5, 1.5, x.numel(), dtype=x.dtype).reshape(x.shape)  # градиент, пришедший сверху
    y, given = layer(ours), upstream.clone()
    if not y.requires_grad:
        return "градиент не доходит до входа: ответ оторван от x (.detach(), .data, numpy?)"
    y.backward(given)
    reference(theirs).backward(upstream)
    if not torch.equal(given, upstream):
        return "backward изменил градиент, пришедший сверху: он нужен и другим"
    if ours.grad.isnan().any():
        return "градиент — NaN: он прошёл через переполнившуюся ветвь, ∞·0"
    error = relative_error(ours.grad, theirs.grad)
    if error > TOLERANCE[x.dtype]:
        return f"градиент: наибольшая ошибка {error:.1e}"
    return None


def compare(make_layer, reference):
    """Сравнить слой с образцом на всех видах входа и рассказать о первом расхождении."""
    for name, x in CASES.items():
        try:
            problem = complaint(make_layer(), reference, x.clone(memory_format=torch.preserve_format))
        except NotImplementedError:
            print("… здесь пока пусто: ждёт вашего кода")
            return
        except Exception as error:
            problem = f"{type(error).__name__}: {error}"
        if problem:
            print(f"✗ {name}: {problem}")
            return
    print("✓ значения, типы, края и градиенты совпали с torch")


def draw(*layers):
    """Слой и его производная, какой её видит autograd."""
    _, (left, right) = plt.subplots(1, 2, figsize=(8.2, 2.9), layout="constrained")
    for layer in layers:
        x = torch.linspace(-4, 4, 400, dtype=torch.float64, requires_grad=True)
        try:
            y = layer(x)
            y.sum().backward()
        except Exception:  # что именно не так, уже сказала compare
            plt.close()
            return
        left.plot(x.detach(), y.detach())
        right.plot(x.detach(), x.grad)
    left.set_title("функция")
    right.set_title("производная")
    for panel in (left, right):
        panel.grid(alpha=0.25)
    plt.show()


# %% [markdown]
# ## 1. ReLU
#
# $$\mathrm{ReLU}(x) = \max(0, x), \qquad \mathrm{ReLU}'(x) = \begin{cases} 1, & x > 0, \\ 0, & x < 0. \end{cases}$$
#
# Долго в сетях стояла сигмоида. Её производная не больше $1/4$, и двадцать слоёв подряд умножают градиент на
# $(1/4)^{20} \approx 10^{-12}$, а то и меньше (на веса он тоже умножается, но обычно они его не спасают): первые слои
# не учатся. У ReLU производная справа равна единице при любом $x$, и градиент проходит сквозь активный нейрон без
# потерь. К тому же она дешёвая: одно сравнение.
# <!-- = 0.5 < (1 / 4) ** 20 / 1e-12 < 1.5 -->
#
# В нуле производной нет: график ломается. Любое число от $0$ до $1$ там — *субградиент*, и torch выбирает одно из них.
# На обучение это не влияет, в точности ноль почти не встречается.
#
# Источники: [Nair, Hinton, 2010](https://www.cs.toronto.edu/~fritz/absps/reluICML.pdf);
# [Glorot, Bordes, Bengio, 2011](https://proceedings.mlr.press/v15/glorot11a.html).
#
# ![ReLU: слева от нуля ноль, справа прямая y = x; производная — ступенька от 0 к 1](pictures/relu.png)
#
# **Задача.** `MyReLU()(x)`: форма $(\ldots) \to (\ldots)$, поэлементно $\max(0, x)$. <!-- test_relu_forward -->
#
# Например, `[-2, -0.5, 0, 3]` → `[0, 0, 0, 3]`. Должно выйти точно: ошибка 0. <!-- test_relu_forward -->


# %% tags=["solution"]
class MyReLU(nn.Module):
    """max(0, x) для каждого элемента."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # BEGIN SOLUTION
        return torch.clamp(x, min=0)
        # END SOLUTION


# %%
compare(MyReLU, torch.relu)
draw(MyReLU())

# %% [markdown]
# Не сходится? Частые причины: `x[x < 0] = 0` пишет прямо во вход; `max(x, 0)` языка Python сравнивает тензор целиком,
# поэлементно сравнивает `torch.maximum`; маска `x > 0` — это ещё не ответ, её нужно умножить на `x`.

# %% [markdown]
# ## 2. LeakyReLU
#
# $$\mathrm{LeakyReLU}(x) = \begin{cases} x, & x > 0, \\ a\,x, & x \le 0. \end{cases}$$
#
# У ReLU слева производная равна нулю. Если нейрон оказался слева от нуля на всех примерах, градиент по его весам тоже
# нулевой, и он никогда оттуда не выйдет. Это «мёртвый ReLU». Небольшой наклон слева оставляет ему дорогу назад; в конце
# ноутбука вы увидите это на опыте.
#
# Наклон $a$ (в коде `negative_slope`) выбирают заранее, обычно 0,01, или учат вместе с весами: тогда слой называется
# PReLU. Мы возьмём $0 \le a \le 1$ и учить его не будем.
# <!-- = given(0.01) -->
#
# Источники: [Maas, Hannun, Ng, 2013](https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf);
# PReLU — [He и др., 2015](https://arxiv.org/abs/1502.01852).
#
# ![LeakyReLU: слева пологая прямая, справа y = x; производная — наклон слева, единица справа](pictures/leaky_relu.png)
#
# **Задача.** `MyLeakyReLU(negative_slope=0.01)(x)`: форма $(\ldots) \to (\ldots)$. <!-- test_leaky_relu_forward,
# test_leaky_relu_slopes -->
#
# Например, при наклоне 0,1: `[-2, 0, 3]` → `[-0.2, 0, 3]`. Ошибка не больше $10^{-16}$ от самого числа. <!--
# test_leaky_relu_forward -->
# <!-- = MyLeakyReLU(0.1)(torch.tensor([-2.0])) == -0.2 -->
#
# Параметр приходит в `__init__`. Сохраните его в `self` обычным числом: `torch.tensor(0.01)` — это тоже `float32`, а
# `torch.tensor(0.01, dtype=torch.float64)` превратит в `float64` вход, у которого осей нет. <!-- test_leaky_relu_slopes
# -->


# %% tags=["solution"]
class MyLeakyReLU(nn.Module):
    """x справа от нуля, negative_slope * x слева."""

    def __init__(self, negative_slope: float = 0.01) -> None:
        super().__init__()
        # BEGIN SOLUTION
        # STUB: # Ваш код здесь: сохраните параметр
        self.negative_slope = negative_slope
        # END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # BEGIN SOLUTION
        return torch.where(x > 0, x, self.negative_slope * x)
        # END SOLUTION


# %%
compare(MyLeakyReLU, lambda x: torch.nn.functional.leaky_relu(x, 0.01))
compare(lambda: MyLeakyReLU(negative_slope=0.3), lambda x: torch.nn.functional.leaky_relu(x, 0.3))
compare(lambda: MyLeakyReLU(negative_slope=0.0), torch.relu)
draw(MyLeakyReLU(), MyLeakyReLU(negative_slope=0.2))

# %% [markdown]
# Первая строка верна, а вторая нет? Значит, наклон вписан в формулу, а не взят из `self`. Третья не сходится, а две
# другие — да? Посмотрите, не превращается ли ноль во что-то другое: в Python `0.0 or 0.01` — это `0.01`.

# %% [markdown]
# ## 3. Сигмоида
#
# Откуда она берётся. Пусть сеть отвечает на вопрос «да или нет», и $p$ — вероятность «да». Вероятность зажата между 0
# и 1, а выход линейного слоя — любое число. Логарифм шансов этим ограничением не связан, его и приравняем к выходу:
#
# $$x = \ln\frac{p}{1-p} \quad\Longrightarrow\quad e^{-x} = \frac{1-p}{p} = \frac1p - 1 \quad\Longrightarrow\quad
# p = s(x) = \frac{1}{1+e^{-x}}.$$
#
# Производная выражается через саму сигмоиду:
#
# $$s'(x) = \frac{e^{-x}}{(1+e^{-x})^2} = \frac{1}{1+e^{-x}} \cdot \frac{e^{-x}}{1+e^{-x}} = s\,(1-s) \le \frac14.$$
#
# **Ловушка 1: переполнение.** Во `float64` уже $e^{710} = \infty$ (во `float32` — $e^{89}$). Формула $e^x/(1+e^x)$ при
# $x = 10^4$ даёт $\infty/\infty = \mathrm{NaN}$.
#
# **Ловушка 2: градиент.** Формула $1/(1+e^{-x})$ при $x=-10^4$ даёт верный ноль: $1/\infty = 0$. Но посмотрите,
# что делает autograd. По правилу цепочки производная — это произведение $\frac{1}{(1+e^{-x})^2} \cdot e^{-x}$, то есть
# $0 \cdot \infty = \mathrm{NaN}$. Значение верное, а веса после первого же шага станут NaN.
#
# **Выход.** Показатель экспоненты никогда не должен быть большим положительным числом:
#
# $$s(x) = \begin{cases} \dfrac{1}{1+e^{-x}}, & x \ge 0, \\[2ex] \dfrac{e^{x}}{1+e^{x}}, & x < 0. \end{cases}$$
#
# Одного `torch.where` мало. Он выбирает между ветвями, когда обе уже посчитаны, и градиент идёт через обе: из
# невыбранной приходит $0 \cdot \infty$. Поэтому сначала ограничьте показатель (`clamp`), потом берите экспоненту. Есть
# и другой путь, совсем без экспонент: сигмоида — это сжатый и сдвинутый гиперболический тангенс. Выведите как.
#
# Осторожно с $e^{-|x|}$: у модуля в нуле autograd возьмёт производную 0, а у сигмоиды там $1/4$. И с двумя `clamp`,
# слева и справа: в нуле они встречаются, производная у обоих там 1, и выходит $1/2$.
#
# Можно ограничить и сам вход, но только там, где ответ уже неотличим от 0 и 1. При $x = \pm 36$ до них остаётся
# $2 \cdot 10^{-16}$, а при $x = \pm 30$ — ещё $10^{-13}$: это заметно.
#
# Источники: [LeCun и др., Efficient BackProp, 1998](http://yann.lecun.com/exdb/publis/pdf/lecun-98b.pdf);
# о затухании — [Glorot, Bengio, 2010](https://proceedings.mlr.press/v9/glorot10a.html).
#
# ![Сигмоида: плавно растёт от 0 до 1, в нуле 1/2; производная — колокол высотой 1/4](pictures/sigmoid.png)
#
# **Задача.** `MySigmoid()(x)`: форма $(\ldots) \to (\ldots)$. <!-- test_sigmoid_forward -->
#
# Например, `[-1e4, 0, math.log(3), 1e4]` → `[0, 0.5, 0.75, 1]`. Ошибка около $10^{-16}$. <!-- test_sigmoid_forward,
# test_sigmoid_large -->


# %% tags=["solution"]
class MySigmoid(nn.Module):
    """1 / (1 + exp(-x)) без переполнений, ни в значении, ни в градиенте."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # BEGIN SOLUTION
        small = torch.exp(torch.clamp(x, max=0))
        right = 1 / (1 + torch.exp(-torch.clamp(x, min=0)))
        return torch.where(x >= 0, right, small / (1 + small))
        # END SOLUTION


# %%
compare(MySigmoid, torch.sigmoid)
draw(MySigmoid())

# %%
# Отдельно — точка x = 0: производная сигмоиды там равна 1/4.
x = torch.zeros((), dtype=torch.float64, requires_grad=True)
try:
    MySigmoid()(x).backward()
    right = math.isclose(x.grad.item(), 0.25)
    hint = "Нет ли в формуле |x| или двух clamp, которые встречаются в нуле?"
    print("✓ s'(0) = 1/4" if right else f"✗ s'(0) = {x.grad.item()}, а должно быть 0,25. {hint}")
except NotImplementedError:
    print("… здесь пока пусто: ждёт вашего кода")

# %% [markdown]
# ## 4. ELU
#
# $$\mathrm{ELU}(x) = \begin{cases} x, & x > 0, \\ \alpha\,(e^{x} - 1), & x \le 0. \end{cases}$$
#
# ReLU никогда не бывает отрицательной, поэтому её среднее больше нуля, и следующий слой получает сдвинутый вход. ELU
# слева уходит в минус и насыщается у $-\alpha$: среднее ближе к нулю, а большие отрицательные входы сигнал не
# разгоняют. При $\alpha = 1$ производная в нуле непрерывна: слева $\alpha e^0 = 1$, справа тоже $1$.
#
# **Та же ловушка.** В `torch.where(x > 0, x, alpha * (torch.exp(x) - 1))` при $x = 10^4$ значение верно, а градиент —
# NaN: через невыбранную ветвь пришло $0 \cdot e^{10^4}$. Что нужно сделать с `x` до экспоненты, вы уже знаете.
#
# Для маленьких $x$ есть `torch.expm1(x)`: это $e^x - 1$, но без потери цифр. Посчитайте `torch.exp(x) - 1` и
# `torch.expm1(x)` при $x = 10^{-12}$ и сравните.
#
# Источник: [Clevert, Unterthiner, Hochreiter, 2015](https://arxiv.org/abs/1511.07289).
#
# ![ELU: слева экспонента, насыщается у минус альфа; справа y = x](pictures/elu.png)
#
# **Задача.** `MyELU(alpha=1.0)(x)`: форма $(\ldots) \to (\ldots)$. Параметр $\alpha > 0$ умножает всю скобку
# $(e^x - 1)$ и только левую ветвь. <!-- test_elu_forward, test_elu_alphas -->
#
# Например, при $\alpha = 2$: `[-1e4, 0, 3]` → `[-2, 0, 3]`. Ошибка около $10^{-16}$. <!-- test_elu_alphas,
# test_elu_large -->


# %% tags=["solution"]
class MyELU(nn.Module):
    """x справа от нуля, alpha * (exp(x) - 1) слева."""

    def __init__(self, alpha: float = 1.0) -> None:
        super().__init__()
        # BEGIN SOLUTION
        # STUB: # Ваш код здесь: сохраните параметр
        self.alpha = alpha
        # END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # BEGIN SOLUTION
        left = self.alpha * torch.expm1(torch.clamp(x, max=0))
        return torch.where(x > 0, x, left)
        # END SOLUTION


# %%
compare(MyELU, torch.nn.functional.elu)
compare(lambda: MyELU(alpha=0.4), lambda x: torch.nn.functional.elu(x, 0.4))
compare(lambda: MyELU(alpha=2.0), lambda x: torch.nn.functional.elu(x, 2.0))
draw(MyELU(), MyELU(alpha=2.0))

# %% [markdown]
# ## Готово?
#
# Сохраните ноутбук, запустите в терминале `kafedra check`, потом `git push`. Результат придёт туда же.

# %% [markdown]
# ## Сложнее
#
# Без баллов, для удовольствия.
#
# **А. Смерть нейрона.** Сеть $2 \to 64 \to 64 \to 1$ разделяет две дуги точек. Мы нарочно начинаем со смещений второго
# слоя $b = -2$: почти все его нейроны молчат. Прежде чем запускать, запишите прогноз: какая активация выберется из
# этой ямы, а какая нет?


# %% tags=["folded"]
def arcs(seed, count=400):
    """Две дуги точек с шумом: x (count, 2), y (count,) из нулей и единиц."""
    generator = torch.Generator().manual_seed(seed)
    angle = math.pi * torch.rand(count, generator=generator)
    side = torch.arange(count) % 2
    x = torch.stack([torch.cos(angle) + side, torch.sin(angle) * (1 - 2 * side) + 0.5 * side], dim=1)
    return x + 0.1 * torch.randn(count, 2, generator=generator), side.float()


def accuracy_after_training(activation, seed, steps=300):
    """Доля верных ответов сети, которая начинает с молчащим вторым слоем."""
    torch.manual_seed(seed)
    x, y = arcs(seed)
    net = nn.Sequential(nn.Linear(2, 64), activation, nn.Linear(64, 64), activation, nn.Linear(64, 1))
    nn.init.constant_(net[2].bias, -2.0)
    optimizer = torch.optim.SGD(net.parameters(), lr=1.0)
    for _ in range(steps):
        loss = nn.functional.binary_cross_entropy_with_logits(net(x).squeeze(1), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return ((net(x).squeeze(1) > 0) == y.bool()).float().mean().item()


# %%
torch.set_num_threads(1)  # сеть крошечная: одному потоку быстрее
try:
    contestants = {"ReLU": MyReLU(), "LeakyReLU 0,01": MyLeakyReLU(), "LeakyReLU 0,1": MyLeakyReLU(0.1), "ELU": MyELU()}
    results = {}
    for name, activation in contestants.items():
        shares = results[name] = [accuracy_after_training(activation, seed) for seed in range(3)]
        print(f"{name:15} верных ответов: " + ", ".join(f"{share:.0%}" for share in shares))
except NotImplementedError:
    print("… сначала решите задачи 1, 2 и 4")

# %% [markdown]
# У нас на трёх запусках вышло так: ReLU — 50 % каждый раз, то есть не учится совсем; LeakyReLU с наклоном 0,01 — около
# 90 %; LeakyReLU с наклоном 0,1 и ELU — больше 99 % всегда. Мёртвому ReLU неоткуда взять градиент, остальным — есть
# откуда, и чем он больше, тем быстрее нейрон возвращается. В настоящих сетях за этим следит инициализация: о ней
# следующее задание.
# <!-- = {*results["ReLU"]} == {0.5} and abs(mean(results["LeakyReLU 0,01"]) - 0.9) < 0.06 and given(0.01) and
# min(results["LeakyReLU 0,1"] + results["ELU"]) > 0.99 and given(0.1) -->
#
# **Б. SiLU и GELU.** В современных сетях ReLU часто заменяют гладкими родственниками:
#
# $$\mathrm{SiLU}(x) = x \cdot s(x), \qquad \mathrm{GELU}(x) = x \cdot \Phi(x) =
# \frac{x}{2}\left(1 + \operatorname{erf}\frac{x}{\sqrt2}\right),$$
#
# где $\Phi$ — функция распределения нормального закона
# ([Hendrycks, Gimpel, 2016](https://arxiv.org/abs/1606.08415);
# [Ramachandran и др., 2017](https://arxiv.org/abs/1710.05941)). Обе немонотонны: найдите точку минимума. `torch.erf`
# брать можно.
#
# **В. Softplus.** $\ln(1 + e^x)$ — гладкий ReLU. Напишите его так, чтобы при $x = 10^4$ вышло $10^4$, а при
# $x = -10^4$ — ноль, и градиент был конечен. Подсказка: вынесите $\max(0, x)$ за логарифм. Чему равна производная?
#
# **Г. Бесконечности.** Формулы `x * (x > 0)`, `torch.where(x > 0, x, 0)` и `torch.clamp(x, min=0)` совпадают на всех
# конечных числах. Чем они различаются на `-inf` и `nan`? Какое поведение вы бы выбрали, если сеть разошлась и
# ошибку нужно заметить?


# %% tags=["solution"]
class MySiLU(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # BEGIN SOLUTION
        return x * MySigmoid()(x)
        # END SOLUTION


class MyGELU(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # BEGIN SOLUTION
        return x / 2 * (1 + torch.erf(x / math.sqrt(2)))
        # END SOLUTION


class MySoftplus(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # BEGIN SOLUTION
        return torch.logaddexp(x, torch.zeros_like(x))
        # END SOLUTION


# %%
compare(MySiLU, torch.nn.functional.silu)
compare(MyGELU, torch.nn.functional.gelu)
compare(MySoftplus, torch.nn.functional.softplus)
