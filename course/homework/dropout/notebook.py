# %% [markdown]
# # Дропаут
#
# Домашка 2, задание `dropout`, 1 балл. Нужны: `nn.Module`, тензоры, математическое ожидание и дисперсия. Если что-то
# забылось, прочитайте тему 3 «Оптимизация. Дропаут».
#
# **Зачем это.** Сеть, у которой весов больше, чем примеров, может выучить ответы наизусть, даже неверные. Сегодня мы
# испортим 40 % меток обучающей выборки, и обычная сеть послушно запомнит почти все ошибки. Потом добавим в неё слой в
# пять строк, и точность на тесте вырастет с 63 до 88 %. Этот слой вы и напишете.
# <!-- = given(40) and abs(results[0.0][:, -1, 0].mean() - 0.63) < 0.04 and abs(results[0.5][:, -1, 0].mean() - 0.88) <
# 0.03 -->
#
# | что проверяется | баллы |
# |---|---|
# | что делает слой: значения, доля, режимы, края, независимость, любые тензоры | 0,5 |
# | градиент | 0,2 |
# | опыт с испорченными метками: `corrupt`, `make_network`, выигрыш в среднем по трём запускам | 0,3 |
#
# Ответы на вопросы в конце читает преподаватель.

# %% [markdown]
# ## Правила
#
# * Готовый дропаут брать нельзя: ни `nn.Dropout`, ни `F.dropout`, ни их родственников. Весь список — в
#   `assignment.toml`. Случайность можно: `torch.rand`, `torch.rand_like`, `torch.bernoulli`, `tensor.bernoulli_()`.
#   <!-- forbidden -->
# * Случайность берите из torch, а не из numpy: тогда `torch.manual_seed` делает опыт повторяемым. Внутри слоя зерно не
#   трогайте: оно общее для всей программы. <!-- test_seed -->
# * Слой — наследник `nn.Module`. Режим лежит в `self.training`: его переключает вся сеть вызовами `.train()` и
#   `.eval()`, свой флаг не нужен, а перекрывать `train()` и `eval()` тем более. <!-- test_modes -->
# * Вероятность храните в `self.p`, как в torch, и читайте при каждом вызове: `layer.p = 0.2` меняют по ходу обучения.
#   <!-- test_share -->
# * На вход приходит тензор любой формы типа `float32` или `float64`. Ответ — той же формы и того же типа. <!--
#   test_any_tensor -->
# * `float64` — это шестнадцать цифр, и они должны остаться верными. `mask.float() / (1 - p)` — это `float32`: половина
#   цифр потеряна. Сначала умножьте `x` на маску, потом делите. <!-- test_values -->
# * Если `inplace=False`, вход менять нельзя. <!-- test_any_tensor -->
#
# Если берёте идею или код из открытого источника, оставьте ссылку в комментарии. <!-- review -->

# %%
import math

import matplotlib.pyplot as plt
import torch
from matplotlib.ticker import ScalarFormatter
from sklearn.datasets import load_digits
from torch import nn

ScalarFormatter.fix_minus = staticmethod(lambda text: text.replace("-", "−").replace(".", ","))  # на осях: −0,5

# %% [markdown]
# ## 1. Слой
#
# **Идея.** Во время обучения каждый нейрон на каждом шаге с вероятностью $p$ «засыпает»: его выход заменяется нулём.
# Соседи не могут на него рассчитывать, и каждому приходится быть полезным самому. Можно смотреть и иначе: маска
# выбирает подсеть, одну из $2^n$, и все они учатся вместе, с общими весами. В конце мы спрашиваем их всех сразу.
#
# **Множитель.** Пусть $m$ — случайная величина: $m = 0$ с вероятностью $p$ и $m = 1$ с вероятностью $1 - p$. Тогда
#
# $$\mathbb{E}[m\,x] = p \cdot 0 + (1-p)\cdot x = (1-p)\,x.$$
#
# Среднее уменьшилось. Следующий слой привык бы к уменьшенному входу, а после обучения, когда не спит никто, получил бы
# вход больше привычного. Поэтому выживших делят на $1 - p$:
#
# $$y = \frac{m\,x}{1-p}, \qquad \mathbb{E}[y] = x.$$
#
# После обучения слой не делает ничего, $y = x$. <!-- test_modes, test_gradient_modes --> Так устроен дропаут в torch
# (*inverted dropout*, «обратный»). В первой статье было наоборот: в обучении множителя нет, зато после него веса
# умножают на $1 - p$.
#
# **Шум.** Среднее сохранилось, а дисперсия появилась:
#
# $$\mathrm{Var}[y] = \frac{x^2}{(1-p)^2}\,\mathrm{Var}[m] = \frac{x^2\,p(1-p)}{(1-p)^2} = x^2\,\frac{p}{1-p}.$$
#
# При $p = 0{,}5$ стандартное отклонение равно самому $|x|$. Это сильный шум, и он новый на каждом шаге: запомнить
# отдельный пример становится трудно.
# <!-- = math.sqrt(0.5 / (1 - 0.5)) == 1 -->
#
# **Градиент.** При данной маске $y$ линейно зависит от $x$, поэтому
#
# $$\frac{\partial L}{\partial x} = \frac{m}{1-p}\cdot\frac{\partial L}{\partial y}.$$
#
# Маска та же, что в прямом проходе. <!-- test_gradient --> Autograd сделает это сам, если ответ получен из `x`
# операциями torch.
#
# Источники: [Hinton и др., Improving neural networks by preventing co-adaptation of feature detectors,
# 2012](https://arxiv.org/abs/1207.0580); [Srivastava и др., Dropout: A Simple Way to Prevent Neural Networks from
# Overfitting, 2014](https://jmlr.org/papers/v15/srivastava14a.html).

# %% [markdown]
# **Где ошибаются.**
#
# 1. $p$ — вероятность *обнулить*, а не оставить. В статье 2014 года наоборот, в torch и у нас — так. <!-- test_share
#    -->
# 2. Делят на $1-p$, на число. Если делить на долю выживших в этом вызове, элементы перестают быть независимыми: судьба
#    одного меняет значение другого. <!-- test_values, test_independence -->
# 3. Каждый элемент решает свою судьбу сам: маска той же формы, что `x`, и новая в каждом вызове. Число обнулённых
#    случайно; «ровно половина» — это уже другой слой. <!-- test_independence, test_independence_of_layers -->
# 4. При $p = 1$ знаменатель — ноль. $0 \cdot \infty$ — это NaN, а ответ должен состоять из нулей. Значение и градиент
#    при $p=1$ обдумайте отдельно. <!-- test_edges, test_gradient_edges -->
# 5. $p$ вне $[0, 1]$ — ошибка: `DropoutLayer(p=50)` должен сразу дать `ValueError`. И `p = nan` тоже, хотя `nan < 0` и
#    `nan > 1` ложны. <!-- test_bad_probability -->
# 6. `inplace=True` значит «запиши ответ прямо в `x`», при $p = 1$ тоже: так экономят память. Методы с подчёркиванием,
#    `x.mul_(...)`, autograd видит, а запись через `x.data` — нет. <!-- test_in_place, test_gradient_in_place --> В
#    режиме применения вход не меняется никогда. <!-- test_modes -->
# 7. Один и тот же слой может стоять в сети дважды. Если пишете `backward` сами, не берите маску из `self`: её уже
#    переписал следующий вызов. Не узнать её и по нулям ответа: после ReLU половина входов — нули, и градиент до них
#    должен доходить. И не меняйте на месте градиент, который пришёл сверху: он нужен и другим. <!-- test_gradient -->
#
# ![Цифра; три вызова слоя: половина точек погашена, остальные вдвое ярче; среднее 300 вызовов похоже на саму
# цифру](pictures/layer.png)
# <!-- = 1 / (1 - 0.5) == 2 -->
#
# **Задача.** `DropoutLayer(p=0.5, inplace=False)(x)`: форма $(\ldots) \to (\ldots)$. <!-- test_values, test_share -->
#
# Например, при $p = 0{,}75$ вход `[1, 2, 3, 4]` может дать `[0, 0, 12, 0]`, а в следующий раз — `[4, 0, 0, 0]` или даже
# `[0, 8, 12, 16]`. В режиме применения — всегда `[1, 2, 3, 4]`. <!-- note -->
# <!-- = 3 / (1 - 0.75) == 12 -->


# %% tags=["solution"]
class DropoutLayer(nn.Module):
    """Обнуляет каждый элемент с вероятностью p, остальные делит на 1 - p; после обучения не делает ничего."""

    def __init__(self, p: float = 0.5, inplace: bool = False) -> None:
        super().__init__()
        # BEGIN SOLUTION
        # STUB: # Ваш код здесь: проверьте p, сохраните параметры
        if not 0 <= p <= 1:
            raise ValueError(f"p — это вероятность, а пришло {p}")
        self.p = p
        self.inplace = inplace
        # END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # BEGIN SOLUTION
        if not self.training:
            return x
        asleep = torch.rand_like(x) < self.p
        scale = 1 - self.p if self.p < 1 else 1.0
        if self.inplace:
            return x.masked_fill_(asleep, 0).div_(scale)
        return x.masked_fill(asleep, 0) / scale
        # END SOLUTION


# %% [markdown]
# Проверки. Выполните ячейку; читать её необязательно.


# %% tags=["folded"]
def ask(title, question):
    """Задать вопрос слою и напечатать ответ; question возвращает жалобу или None."""
    try:
        problem = question()
    except NotImplementedError:
        print(f"… {title}: здесь пока пусто, ждёт вашего кода")
        return
    except Exception as error:
        problem = f"{type(error).__name__}: {error}"
    print(f"✗ {title}: {problem}" if problem else f"✓ {title}")


def sample(*shape):
    """Числа без нулей: ноль в ответе означает, что элемент обнулён."""
    return 0.5 + torch.rand(*shape, dtype=torch.float64)


def values():
    for p in (0.2, 0.5, 0.8):
        x = sample(200, 200)
        y = DropoutLayer(p)(x)
        if not isinstance(y, torch.Tensor):
            return f"должен вернуться тензор, а вернулось {type(y).__name__}. Есть ли return?"
        if y.shape != x.shape or y.dtype != x.dtype:
            return f"форма и тип: {tuple(y.shape)}, {y.dtype} вместо {tuple(x.shape)}, {x.dtype}"
        kept = y != 0
        if kept.all():
            return "ни один элемент не обнулён"
        ratio = (y[kept] / x[kept]).mean().item()
        if not torch.allclose(y[kept], x[kept] / (1 - p), rtol=1e-9):
            return f"при p = {p} выживших нужно умножить на {1 / (1 - p):.4g}, а они умножены примерно на {ratio:.4g}"
        # 40 000 элементов: стандартное отклонение доли не больше 0.0025, берём шесть
        if abs((~kept).double().mean().item() - p) > 0.015:
            return f"при p = {p} обнулена доля {(~kept).double().mean().item():.3f}"
    return None


def modes():
    x, layer = sample(30, 30), DropoutLayer(0.5)
    net = nn.Sequential(nn.Sequential(layer))
    if not torch.equal(net.eval()(x), x):
        return "после net.eval() ответ должен быть равен входу. Спрашивает ли слой self.training?"
    if torch.equal(net.train()(x), x):
        return "после net.train() слой должен снова обнулять"
    return None


def edges():
    x = sample(5, 5)
    ones, zero = DropoutLayer(1.0)(x), DropoutLayer(0.0)(x)
    if ones.isnan().any():
        return "при p = 1 получился NaN: деление на 1 - p = 0"
    if ones.any() or not torch.equal(zero, x):
        return "при p = 1 ответ — нули, при p = 0 — сам вход"
    for p in (-0.1, 50, math.nan):
        try:
            DropoutLayer(p)
        except ValueError:
            continue
        return f"DropoutLayer({p}) должен дать ValueError"
    return None


def independence():
    x = sample(50, 40)
    layer = DropoutLayer(0.5)
    one, two = layer(x) == 0, layer(x) == 0
    if torch.equal(one, two):
        return "два вызова подряд дали одну и ту же маску"
    if (one == one[:1]).all() or (one == one[:, :1]).all():
        return "маска одна на все строки или на все столбцы: она должна быть той же формы, что x"
    counts = {int((layer(x) == 0).sum()) for _ in range(20)}
    return "в каждом вызове обнулено поровну: так не бывает" if len(counts) == 1 else None


def gradient():
    for p in (0.3, 0.5):
        x = sample(20, 20).requires_grad_()
        layer, upstream = DropoutLayer(p), sample(20, 20)
        y = layer(x)
        layer(x.detach())  # слой может стоять в сети дважды: маска первого вызова не должна потеряться
        if not y.requires_grad:
            return "градиент не доходит до входа: ответ оторван от x (.detach(), .data, numpy?)"
        y.backward(upstream)
        if not torch.allclose(x.grad, (y != 0) * upstream / (1 - p)):
            return "градиент должен быть равен m / (1 - p) с той же маской, что в прямом проходе"
    return None


def in_place():
    x = sample(10, 10)
    before = x.clone()
    DropoutLayer(0.5)(x)
    if not torch.equal(x, before):
        return "inplace=False, а вход изменился"
    for p in (0.5, 1.0):
        version = x._version  # сколько раз тензор меняли на месте так, что autograd это видел
        y = DropoutLayer(p, inplace=True)(x)
        if y.isnan().any():
            return f"inplace=True, p = {p}: получился NaN: деление на 1 - p = 0"
        if not torch.equal(x, y):
            return f"inplace=True, p = {p}: ответ должен оказаться в самом x"
        if x._version == version:
            return "inplace=True: запись через x.data, autograd её не видит"
    return None


# %%
torch.manual_seed(0)
ask("значения и доля", values)
ask("режимы", modes)
ask("края: p = 0, p = 1, p вне отрезка", edges)
ask("независимость", independence)
ask("градиент", gradient)
ask("inplace", in_place)

# %%
# Одна цифра, три вызова слоя и среднее трёхсот вызовов. Сравните с картинкой из условия.
digits = load_digits()
digit = torch.tensor(digits.images[0] / 16)
try:
    layer = DropoutLayer(0.5)
    pictures = [digit, layer(digit), layer(digit), layer(digit), sum(layer(digit) for _ in range(300)) / 300]
    _, panels = plt.subplots(1, 5, figsize=(10, 2.3), layout="constrained")
    for panel, picture, title in zip(panels, pictures, ["вход", "1", "2", "3", "среднее 300"], strict=True):
        panel.imshow(picture, cmap="gray_r", vmin=0, vmax=2)
        panel.set(title=title, xticks=[], yticks=[])
    plt.show()
except NotImplementedError:
    print("… здесь пока пусто: ждёт вашего кода")

# %% [markdown]
# ## 2. Испорченные метки
#
# Сеть с запасом весов способна выучить даже случайные метки ([Zhang и др., Understanding deep learning requires
# rethinking generalization, 2016](https://arxiv.org/abs/1611.03530)). Но сначала она выучивает общее, а запоминает
# исключения позже, и дропаут мешает именно запоминанию ([Arpit и др., A Closer Look at Memorization in Deep Networks,
# 2017](https://arxiv.org/abs/1706.05394)). Проверим.
#
# На чистой выборке дропаут не обязан помогать: у нас на 900 чистых цифрах сети с ним и без него разошлись меньше чем на
# 2 пункта. Лекарство нужно тому, кто болен.
# <!-- = abs(learn(0.5, 0.0, 0)[-1, 0] - learn(0.0, 0.0, 0)[-1, 0]) < 0.02 -->
#
# **Задача.** `corrupt(y, noise, generator)`: `y` — метки $(n,)$ от 0 до 9. Верните новый тензор: каждая метка с
# вероятностью `noise` заменена *другой* цифрой, все девять равновероятны. `y` не меняйте. Случайность берите из
# `generator`: с таким же генератором должно выйти то же самое. <!-- test_corrupt -->
#
# Подсказка: если прибавить к метке случайное число от 1 до 9 и взять остаток от деления на 10, получится другая цифра.
# <!-- note -->


# %% tags=["solution"]
def corrupt(y: torch.Tensor, noise: float, generator: torch.Generator) -> torch.Tensor:
    """Метки (n,), из которых доля около noise неверна."""
    # BEGIN SOLUTION
    others = (y + torch.randint(1, 10, y.shape, generator=generator)) % 10
    spoiled = torch.rand(y.shape, generator=generator) < noise
    return torch.where(spoiled, others, y)
    # END SOLUTION


# %%
def corruption():
    y = torch.arange(10).repeat(2000)
    before = y.clone()
    noisy = corrupt(y, 0.4, torch.Generator().manual_seed(0))
    if not torch.equal(y, before):
        return "y изменился: верните новый тензор"
    share = (noisy != y).double().mean().item()
    if noisy.min() < 0 or noisy.max() > 9:
        return "метки вышли за пределы 0 … 9"
    # 20 000 меток: стандартное отклонение доли 0.0035, берём шесть
    if abs(share - 0.4) > 0.021:
        return f"неверных меток {share:.3f}, а должно быть около 0,4. Не совпадает ли новая метка со старой?"
    # каждой из девяти других цифр достаётся около 889 меток, стандартное отклонение 29, берём шесть
    rare = [shift for shift in range(1, 10) if abs(((noisy - y) % 10 == shift).sum().item() - 889) > 175]
    if rare:
        return f"прибавки к метке (по модулю 10) должны быть равновероятны, а с этими не так: {rare}"
    if not torch.equal(noisy, corrupt(y, 0.4, torch.Generator().manual_seed(0))):
        return "с таким же генератором вышло другое: вся ли случайность из generator?"
    counts = {int((corrupt(y, 0.4, torch.Generator().manual_seed(k)) != y).sum()) for k in range(10)}
    return "в каждом вызове испорчено поровну: судьба каждой метки решается отдельно" if len(counts) == 1 else None


ask("corrupt", corruption)

# %% [markdown]
# **Задача.** `make_network(p)`: перцептрон $64 \to 128 \to 128 \to 10$ с ReLU, после каждой ReLU — `DropoutLayer(p)`.
# Последний линейный слой выдаёт логиты, после него ничего нет: иначе дропаут обнулит сам ответ. Веса линейных слоёв —
# `nn.init.kaiming_normal_` с `nonlinearity="relu"`, смещения — нули. <!-- test_make_network -->
#
# Формы: $x$ — $(B, 64)$, ответ — $(B, 10)$. <!-- test_make_network -->


# %% tags=["solution"]
def make_network(p: float) -> nn.Module:
    """64 → 128 → 128 → 10, после каждой активации дропаут."""
    # BEGIN SOLUTION
    net = nn.Sequential()
    for inputs, outputs in [(64, 128), (128, 128), (128, 10)]:
        linear = nn.Linear(inputs, outputs)
        nn.init.kaiming_normal_(linear.weight, nonlinearity="relu")
        nn.init.zeros_(linear.bias)
        net.append(linear)
        if outputs != 10:
            net.append(nn.ReLU()).append(DropoutLayer(p))
    return net
    # END SOLUTION


# %%
def structure():
    net = make_network(0.5)
    kinds, x = [], torch.rand(7, 64)
    for module in net.modules():
        if not list(module.children()):  # слои записываются в том порядке, в каком работают
            module.register_forward_hook(lambda module, *_: kinds.append(type(module).__name__))
    if (shape := tuple(net(x).shape)) != (7, 10):
        return f"на входе (7, 64), на выходе {shape} вместо (7, 10)"
    if kinds.count("DropoutLayer") != 2 or kinds[-1] != "Linear":
        return f"слои работали так: {', '.join(kinds)}; DropoutLayer нужен дважды, и последний — Linear"
    net.eval()
    return None if torch.equal(net(x), net(x)) else "после net.eval() ответы не должны быть случайными"


ask("make_network", structure)

# %% [markdown]
# Цикл обучения готов, прочитайте его. Обратите внимание на `net.train()` и `net.eval()`: без второго дропаут шумит и
# на тесте.


# %%
def share_right(net, x, y):
    """Доля верных ответов в режиме применения."""
    net.eval()
    with torch.no_grad():
        return (net(x).argmax(1) == y).float().mean().item()


def learn(p, noise, seed, epochs=60, batch=100):
    """Точность на чистом тесте и доля запомненных неверных меток, после каждой третьей эпохи: (эпох / 3, 2)."""
    generator = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    order = torch.randperm(len(digits.target), generator=generator)
    x = torch.tensor(digits.data / 16, dtype=torch.float32)[order]
    clean = torch.tensor(digits.target)[order]
    x_train, x_test, y_test = x[:900], x[900:], clean[900:]
    y_train = corrupt(clean[:900], noise, generator)
    wrong = y_train != clean[:900]
    net = make_network(p)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
    history = []
    for epoch in range(1, epochs + 1):
        net.train()
        for rows in torch.randperm(900, generator=generator).split(batch):
            loss = nn.functional.cross_entropy(net(x_train[rows]), y_train[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        if epoch % 3 == 0:
            repeated = share_right(net, x_train[wrong], y_train[wrong]) if wrong.any() else math.nan
            history.append((share_right(net, x_test, y_test), repeated))
    return torch.tensor(history)


# %% [markdown]
# **Порог.** Проверка проводит такой же опыт на своих данных: три запуска, счёт по среднему. При 40 % испорченных меток
# сеть с вашим слоем должна угадать на тесте не меньше чем на 11 пунктов больше, чем сеть без него, и запомнить не
# больше 20 % испорченных меток; <!-- test_noisy_labels --> при 30 % — угадать больше не меньше чем на 7 пунктов. <!--
# test_noisy_labels_less --> У нас в опыте ниже, где испорчено 40 %, выигрыш — около 25 пунктов, а запоминает сеть со
# слоем 8 %. <!-- note -->
# <!-- = test_experiment.GAIN_40 == 0.11 and test_experiment.MEMORY_40 == 0.2 and given(40) and test_experiment.GAIN_30
# == 0.07 and given(30) and given(40) and abs(results[0.5][:, -1, 0].mean() - results[0.0][:, -1, 0].mean() - 0.25) <
# 0.04 and abs(results[0.5][:, -1, 1].mean() - 0.08) < 0.03 -->

# %% [markdown]
# Прежде чем запускать, запишите прогноз: что будет с точностью на тесте у сети без дропаута к концу обучения — вырастет
# или упадёт? Опыт занимает меньше минуты. Наш график — сразу за ним.

# %%
torch.set_num_threads(1)  # сеть маленькая: одному потоку быстрее
SEEDS = range(3)
try:
    results = {p: torch.stack([learn(p, 0.4, seed) for seed in SEEDS]) for p in (0.0, 0.5)}  # (3, 20, 2)
    _, panels = plt.subplots(1, 2, figsize=(9, 3.2), layout="constrained")
    for p, runs in results.items():
        for column, panel in enumerate(panels):
            epochs = torch.arange(1, runs.shape[1] + 1) * 3
            panel.plot(epochs, runs[..., column].mean(0), label=f"p = {p}".replace(".", ","))
            panel.fill_between(epochs, runs[..., column].amin(0), runs[..., column].amax(0), alpha=0.2)
    panels[0].set(title="верных ответов на тесте", xlabel="эпоха", ylim=(0, 1))
    panels[1].set(title="запомнено неверных меток", xlabel="эпоха", ylim=(0, 1))
    panels[0].legend()
    plt.show()
    for p, runs in results.items():
        last = ", ".join(f"{share:.1%}" for share in runs[:, -1, 0])
        print(f"p = {p}: верных на тесте {last}; запомнено в среднем {runs[:, -1, 1].mean():.0%}")
except NotImplementedError:
    print("… сначала решите задачи выше")

# %% [markdown]
# У нас вышло в среднем: без дропаута 63 %, с ним 88 %. Отличие на несколько процентов — это случай, на двадцать —
# ошибка.
# <!-- = abs(results[0.0][:, -1, 0].mean() - 0.63) < 0.04 and abs(results[0.5][:, -1, 0].mean() - 0.88) < 0.03 -->
#
# ![Слева точность на тесте: без дропаута растёт и падает ниже 65 %, с дропаутом держится около 88 %. Справа доля
# запомненных неверных меток: без дропаута около 90 %, с ним 8 %](pictures/experiment.png)
# <!-- = results[0.0][:, -1, 0].mean() < 0.65 and abs(results[0.5][:, -1, 0].mean() - 0.88) < 0.03 and
# abs(results[0.0][:, -1, 1].mean() - 0.9) < 0.04 and abs(results[0.5][:, -1, 1].mean() - 0.08) < 0.03 and
# all(mean(abs(float(drawn) - share.item()) for drawn, share in zip(lines[p].split(), results[p][..., k].mean(0))) <
# 0.03 for k, lines in enumerate((pictures.RIGHT, pictures.MEMORISED)) for p in lines) -->
#
# **Вопросы.** Ответьте в ячейке ниже, по две-три фразы на каждый.
#
# 1. Без дропаута точность на тесте сначала выше, чем в конце. Почему? Какое ещё средство, кроме дропаута, подсказывает
#    эта кривая?
# 2. Запустите `learn(0.5, 0.0, 0)` и `learn(0.0, 0.0, 0)`. Помогает ли дропаут, когда метки чистые? Почему?
# 3. Что станет с точностью на тесте, если забыть `net.eval()`? Проверьте: закомментируйте эту строку в `share_right`,
#    выполните её ячейку и опыт ещё раз, а потом верните строку на место.

# %% [markdown] tags=["solution"]
# 1. Сначала сеть выучивает общие признаки цифр, они помогают и на тесте. Потом на обучающей выборке остаются одни
#    ошибки разметки, и сеть тратит на них свободные веса, искажая ответы рядом. Кривая подсказывает раннюю остановку по
#    чистой проверочной выборке.
# 2. На чистых метках разница меньше 2 пунктов, и знак её зависит от запуска: запоминать верные метки не вредно.
#    <!-- = abs(learn(0.5, 0.0, 0)[-1, 0] - learn(0.0, 0.0, 0)[-1, 0]) < 2 / 100 -->
# 3. Маска продолжает шуметь, и точность заметно падает; ответы при повторном вызове меняются.

# %% [markdown]
# ## Готово?
#
# Сохраните ноутбук, запустите в терминале `kafedra check`, потом `git push`. Результат придёт туда же.

# %% [markdown]
# ## Сложнее
#
# Без баллов, для удовольствия.
#
# **А. Дропаут как штраф.** Линейная регрессия, дропаут на входе: $\tilde x_{ij} = m_{ij} x_{ij} / (1-p)$. Усредним
# квадрат ошибки по маскам. У случайной величины $\mathbb{E}[z^2] = (\mathbb{E} z)^2 + \mathrm{Var}\,z$, поэтому
#
# $$\mathbb{E}\,\Bigl(y_i - \sum_j w_j \tilde x_{ij}\Bigr)^2 = \Bigl(y_i - \sum_j w_j x_{ij}\Bigr)^2
# + \frac{p}{1-p} \sum_j w_j^2 x_{ij}^2.$$
#
# Значит, в среднем дропаут — это $L_2$-регуляризация, у которой каждый вес штрафуется тем сильнее, чем больше его
# признак ([Wager, Wang, Liang, Dropout Training as Adaptive Regularization,
# 2013](https://arxiv.org/abs/1307.1493)). Проверьте равенство: напишите правую часть.


# %% tags=["solution"]
def expected_loss(x: torch.Tensor, y: torch.Tensor, w: torch.Tensor, p: float) -> torch.Tensor:
    """Правая часть формулы, усреднённая по примерам: x (n, d), y (n,), w (d,) → число."""
    # BEGIN SOLUTION
    return ((y - x @ w) ** 2).mean() + p / (1 - p) * (x**2 @ w**2).mean()
    # END SOLUTION


# %%
def penalty():
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(50, 8, generator=generator, dtype=torch.float64)
    w, y = x[0] + 0.5, x[:, 0]
    layer = DropoutLayer(0.3)
    losses = torch.stack([((y - layer(x) @ w) ** 2).mean() for _ in range(4000)])
    error = (losses.mean() - expected_loss(x, y, w, 0.3)).abs() / (losses.std() / math.sqrt(4000))
    return None if error < 6 else f"среднее по 4000 маскам и формула расходятся на {error:.1f} σ"


ask("дропаут как штраф", penalty)

# %% [markdown]
# **Б. Монте-Карло.** Не выключайте дропаут после обучения, спросите сеть сто раз и усредните вероятности. Разброс
# ответов говорит, насколько сеть уверена ([Gal, Ghahramani, Dropout as a Bayesian Approximation,
# 2016](https://arxiv.org/abs/1506.02142)). Отсортируйте тестовые цифры по разбросу: правда ли, что ошибки собрались
# там, где он велик?
#
# **В. Картинки.** В свёрточной сети соседние точки похожи, и обнулённую легко угадать по соседям. Поэтому там обнуляют
# каналы целиком, `nn.Dropout2d` ([Tompson и др., 2014](https://arxiv.org/abs/1411.4280)). Какой формы должна быть
# маска для входа $(B, C, H, W)$? Сделайте из своего слоя такой, поменяв одну строку.
#
# **Г. Куда ставить.** Дропаут перед нормализацией по батчам портит её статистики: в обучении дисперсия больше, чем
# после него. Насколько, вы уже знаете: формула есть в начале ноутбука. К этому вернётся следующая домашка.
