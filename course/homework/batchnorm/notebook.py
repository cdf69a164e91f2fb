# %% [markdown]
# # Нормализация по батчам
#
# Домашка 3, задание `batchnorm`, 1 балл. Нужны: `nn.Module`, оси тензора, дисперсия. Свёртки для решения не
# понадобятся; что такое канал и зачем нормировать, рассказано в лекции темы 4. Буквы здесь те же.
#
# **Зачем это.** Возьмём сеть из шести слоёв с весами Хе и будем увеличивать шаг обучения. При шаге 0,1 всё хорошо. При
# шаге 2 сеть не учится вовсе. Вставим между слоями нормализацию, больше ничего не меняя, и та же сеть учится при шаге
# 0,1, и 1, и 3. За этим нормализацию и полюбили: настройка шага перестала быть минным полем.
# <!-- = min(results[0.1][0]) > 0.8 and max(results[2][0]) < 0.2 and min(results[0.1][1] + results[1][1] +
# results[3][1]) > 0.8 -->
#
# Слой короткий, формул в нём две. Ошибок в нём делают больше, чем в любом другом: у него два режима, две дисперсии и
# память. Половина этих ошибок не видна при обучении и портит ответы потом.
#
# | что проверяется | баллы |
# |---|---|
# | прямой проход: оси, ε, γ и β, любой тензор | 0,3 |
# | режимы и накопленное: momentum, eval, сохранение | 0,3 |
# | градиенты | 0,2 |
# | опыт: большой шаг | 0,2 |

# %% [markdown]
# ## Правила
#
# * Готовые нормализации брать нельзя: `nn.BatchNorm2d`, `F.batch_norm`, `nn.GroupNorm` и родственников. Весь список — в
#   `assignment.toml`. `mean`, `var`, `sqrt`, `view`, `register_buffer` — можно. <!-- forbidden -->
# * `BatchNorm2dLayer` — наследник `nn.Module`. На вход приходит `x` формы $(B, C, H, W)$; ответ — той же формы и типа.
#   <!-- test_forward_train -->
# * Вход менять нельзя, в eval тоже. В памяти он может лежать и не подряд: транспонированный, прореженный. <!--
#   test_forward_any_tensor, test_eval_mode -->
# * Слой может стоять в сети дважды. Пишете `backward` сами? Статистики для него храните в `ctx`, а не в `self`. <!--
#   test_gradient_input -->
# * Без циклов по каналам и картинкам: в опыте слой вызывается тысячи раз, а время ограничено. <!--
#   test_learning_rate_two -->
# * Случай одного числа на канал ($B \cdot H \cdot W = 1$ в обучении) не проверяется: дисперсии у него нет. <!-- note
#   -->
#
# Если берёте идею или код из открытого источника, оставьте ссылку в комментарии. <!-- review -->

# %%
from itertools import pairwise

import matplotlib.pyplot as plt
import torch
from matplotlib.ticker import ScalarFormatter
from torch import nn

torch.set_num_threads(1)  # тензоры маленькие: одному потоку быстрее
ScalarFormatter.fix_minus = staticmethod(lambda text: text.replace("-", "−").replace(".", ","))  # на осях: −0,5

# %% [markdown]
# ## 1. Прямой проход
#
# Пусть $x_{bchw}$ — число в картинке $b$, канале $c$, точке $(h, w)$. У каждого канала считаем среднее и дисперсию
# по **всем** картинкам батча и всем точкам, то есть по осям $(0, 2, 3)$; чисел в сумме $m = B \cdot H \cdot W$:
#
# $$\mu_c = \frac1m \sum_{b,h,w} x_{bchw}, \qquad
# \sigma_c^2 = \frac1m \sum_{b,h,w} (x_{bchw} - \mu_c)^2.$$
#
# Вычитаем и делим:
#
# $$\hat x_{bchw} = \frac{x_{bchw} - \mu_c}{\sqrt{\sigma_c^2 + \varepsilon}}, \qquad
# y_{bchw} = \gamma_c \, \hat x_{bchw} + \beta_c.$$
#
# **Почему по каналам?** Свёртка применяет одно ядро во всех точках: числа одного канала — ответы одного и того же
# «вопроса», и мерить их надо одной меркой.
#
# **Зачем ε?** Канал может быть постоянным, тогда $\sigma^2 = 0$. ε стоит **внутри** корня: у производной корня в нуле
# нет конечного значения, а $\sqrt{0 + \varepsilon}$ дифференцируется спокойно.
#
# **Зачем γ и β?** Нормализация отнимает у слоя право на своё среднее и разброс. Обучаемые $\gamma_c$ и $\beta_c$ его
# возвращают: при $\gamma = \sqrt{\sigma^2 + \varepsilon}$, $\beta = \mu$ слой не делает ничего. Вначале $\gamma = 1$,
# $\beta = 0$.
#
# **Две дисперсии.** Нормализуют на *смещённую*: сумму делят на $m$. В torch это `x.var(..., correction=0)`; без
# `correction` он поделит на $m - 1$.
#
# **Не экономьте на вычитании.** Формула $\mathbb{E}[x^2] - (\mathbb{E}[x])^2$ на бумаге верна, а на деле вычитает два
# огромных близких числа. При среднем $10^5$ она теряет десять цифр из шестнадцати. У накопленной дисперсии — тоже.
# <!-- = math.log10((1e5) ** 2) == 10 and round(-math.log10(2**-53)) == 16 -->
#
# Источник: [Ioffe, Szegedy, Batch Normalization, 2015](https://arxiv.org/abs/1502.03167). О соседях — [Ba, Kiros,
# Hinton, Layer Normalization, 2016](https://arxiv.org/abs/1607.06450); [Ulyanov, Vedaldi, Lempitsky, Instance
# Normalization, 2016](https://arxiv.org/abs/1607.08022).
#
# ![BatchNorm берёт строку таблицы: канал всех картинок; LayerNorm столбец; InstanceNorm клетку](pictures/axes.png)
#
# ![Три разных колокола слева; справа они совпали: среднее 0, дисперсия 1](pictures/channels.png)

# %% [markdown]
# ## 2. Два режима и память
#
# Во время обучения ответ на картинку зависит от соседей по батчу. Когда сеть работает, так нельзя: ответ не должен
# меняться от того, кто ещё пришёл, а батч бывает из одной картинки. Поэтому слой **копит** статистики, пока учится, и
# пользуется ими в режиме eval.
#
# | | обучение | eval |
# |---|---|---|
# | нормализует по | самому батчу | накопленному |
# | накопленное | обновляет, под `torch.no_grad()` тоже | не трогает |
#
# В обоих режимах делят на $\sqrt{\text{дисперсия} + \varepsilon}$, и больше дисперсию ничем не подправляют: тихий
# канал в eval усиливается так же, как в обучении. <!-- test_eval_mode, test_gradient_eval -->
#
# Режим слою переключает сеть: `net.train()` и `net.eval()` меняют `self.training` у всех слоёв внутри. Свой флаг не
# заводите: сеть о нём не знает. <!-- test_eval_mode -->
#
# **Как копить.** Вначале `running_mean` $= 0$, `running_var` $= 1$. <!-- test_running_statistics --> После каждого
# батча
#
# $$r \leftarrow (1 - \alpha)\, r + \alpha \cdot (\text{статистика батча}),$$
#
# где $\alpha$ — это `momentum`. Осторожно: у оптимизаторов momentum — вес *прежнего*, а здесь — *нового*. При
# `momentum=None` копится простое среднее по всем батчам: у батча номер $k$ вес $1/k$. Ноль — тоже законный `momentum`:
# накопленное не меняется. Батчи, которые слой видел в eval, не считаются. <!-- test_momentum, test_eval_mode -->
#
# **Вторая дисперсия.** Копят *несмещённую*: $\frac{m}{m-1}\sigma_c^2$. Накопленное служит оценкой дисперсии всех
# данных, а смещённая её занижает: $\mathbb{E}\,\sigma_c^2 = \frac{m-1}{m} \operatorname{Var} x$ (для независимых
# чисел). Когда $m$ — тысячи, разницы нет; в батче из двух картинок $1 \times 1$ она двукратная. <!--
# test_running_statistics -->
#
# **Память — это буферы.** Накопленное не обучается, но сохранять его надо вместе с весами. Для этого есть
# `self.register_buffer("running_mean", tensor)`: буфер попадает в `state_dict` и переезжает вместе с сетью
# (`net.to(...)`), а оптимизатор его не видит. Обычный атрибут потеряется при сохранении, и сеть после загрузки
# ответит вздор. Счётчик батчей для `momentum=None` — тоже память. <!-- test_state_dict -->
#
# **Накопленное не часть графа.** Обновляйте под `torch.no_grad()`. <!-- test_gradient_two_steps --> А вот статистики,
# на которые делите, от графа отрывать **нельзя**. <!-- test_gradient_input, test_gradient_affine --> Каждое число
# влияет на $\mu$ и $\sigma$, а через них — на все ответы канала, и градиент это учитывает:
#
# $$\frac{\partial L}{\partial x_i} = \frac1s \left( g_i - \frac1m \sum_j g_j -
# \hat x_i \cdot \frac1m \sum_j g_j \hat x_j \right),$$
#
# где $s = \sqrt{\sigma^2 + \varepsilon}$, а $g_i = \frac{\partial L}{\partial \hat x_i} = \gamma\,\frac{\partial
# L}{\partial y_i}$ — то, что пришло сверху к $\hat x_i$.
#
# Второе слагаемое пришло через среднее, третье — через дисперсию. Писать это не нужно: autograd выведет сам, если ответ
# посчитан операциями torch. Вывод по шагам и числа для проверки — в лекции темы 4, теми же буквами.
#
# ![Средние батчей около 2; при momentum 0,1 кривая поднимается плавно, при 0,5 — быстро и шумно](pictures/running.png)
# <!-- = given(2, 0.1, 0.5) -->
#
# **Задача.** `BatchNorm2dLayer(num_features, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True)`,
# `forward`: $(B, C, H, W) \to (B, C, H, W)$. <!-- test_forward_train, test_forward_affine, test_momentum -->
#
# * `affine=False`: γ и β нет, ни одного параметра. <!-- test_forward_train -->
# * `track_running_stats=False`: буферов под статистики нет, и в eval слой тоже нормализует по батчу. <!--
#   test_without_running_statistics -->
# * γ и β — `nn.Parameter`, накопленное — буферы, по $C$ чисел. Имена лучше взять как в torch: `weight`, `bias`,
#   `running_mean`, `running_var`, `num_batches_tracked`. Тогда сохранённое подойдёт и к `nn.BatchNorm2d`. <!--
#   test_state_dict, test_running_statistics -->
#
# Верный слой во `float64` ошибается примерно на $10^{-15}$. <!-- test_forward_eps_and_offset -->


# %% tags=["solution"]
class BatchNorm2dLayer(nn.Module):
    """Нормализация каждого канала: по батчу в обучении, по накопленному в eval."""

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
    ) -> None:
        super().__init__()
        # BEGIN SOLUTION
        # STUB: # Ваш код здесь: параметры, буферы, настройки
        self.eps, self.momentum = eps, momentum
        self.weight = nn.Parameter(torch.ones(num_features)) if affine else None
        self.bias = nn.Parameter(torch.zeros(num_features)) if affine else None
        self.track_running_stats = track_running_stats
        if track_running_stats:
            self.register_buffer("running_mean", torch.zeros(num_features))
            self.register_buffer("running_var", torch.ones(num_features))
            self.register_buffer("num_batches_tracked", torch.tensor(0))
        # END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # BEGIN SOLUTION
        if self.training or not self.track_running_stats:
            mean = x.mean(dim=(0, 2, 3), keepdim=True)  # (1, C, 1, 1)
            var = ((x - mean) ** 2).mean(dim=(0, 2, 3), keepdim=True)  # (1, C, 1, 1)
            if self.track_running_stats:
                self._remember(mean.detach().flatten(), var.detach().flatten(), x.numel() // x.shape[1])
        else:
            mean, var = self.running_mean.view(1, -1, 1, 1), self.running_var.view(1, -1, 1, 1)
        y = (x - mean) * torch.rsqrt(var + self.eps)
        return y if self.weight is None else self.weight.view(1, -1, 1, 1) * y + self.bias.view(1, -1, 1, 1)

    def _remember(self, mean, var, count):
        """Обновить накопленное статистиками батча, форма (C,)."""
        self.num_batches_tracked += 1
        share = self.momentum if self.momentum is not None else 1 / self.num_batches_tracked.item()
        self.running_mean += share * (mean - self.running_mean)
        self.running_var += share * (var * count / (count - 1) - self.running_var)
        # END SOLUTION


# %% [markdown]
# Проверки. Каждая сравнивает ваш слой с готовым и говорит, что разошлось. Выполните ячейку; читать её необязательно.


# %% tags=["folded"]
def attempt(name, check):
    """Выполнить проверку; пока решения нет, сказать об этом спокойно."""
    try:
        problem = check()
    except NotImplementedError:
        print(f"… {name}: ждёт вашего кода")
        return
    except Exception as error:
        problem = f"{type(error).__name__}: {error}"
    print(f"✗ {name}: {problem}" if problem else f"✓ {name}")


def pair_of_layers(**options):
    """Ваш слой и готовый, float64, одинаковые γ и β (какие-нибудь, не единицы)."""
    ours, theirs = BatchNorm2dLayer(4, **options).double(), nn.BatchNorm2d(4, **options).double()
    found, wanted = [sorted(one.numel() for one in layer.parameters()) for layer in (ours, theirs)]
    if found != wanted:
        ours(torch.ones(2, 4, 1, 1, dtype=torch.float64))  # пока forward пуст, спрашивать рано
        raise ValueError(f"чисел в обучаемых параметрах {found}, а должно быть {wanted}: γ и β — nn.Parameter")
    for mine, other in zip(ours.parameters(), theirs.parameters(), strict=True):
        values = torch.tensor([0.5, 2.0, -1.0, 1.5], dtype=torch.float64)
        mine.data.copy_(values.view_as(mine))
        other.data.copy_(values)
    return ours, theirs


def batch(shape=(3, 4, 2, 2)):
    """Батч, где у каналов разные средние и разброс."""
    scale = torch.linspace(0.5, 3, shape[1], dtype=torch.float64).view(1, -1, 1, 1)
    return 2 + scale * (torch.randn(shape, dtype=torch.float64) + 1)


def difference(got, expected, what):
    if not isinstance(got, torch.Tensor) or got.shape != expected.shape:
        found = tuple(got.shape) if isinstance(got, torch.Tensor) else type(got).__name__
        return f"{what}: нужен тензор формы {tuple(expected.shape)}, а вышло {found}"
    error = (got - expected).abs().max().item() if got.numel() else 0.0
    return None if error < 1e-9 else f"{what}: наибольшая ошибка {error:.1e}"


def wrong_training(**options):
    ours, theirs = pair_of_layers(**options)
    for shape in ((3, 4, 2, 2), (7, 4, 1, 1), (1, 4, 5, 3)):
        x = batch(shape)
        before = x.clone()
        if problem := difference(ours(x), theirs(x), f"ответ на батч {shape}"):
            return problem
        if not torch.equal(x, before):
            return "вход изменён на месте"
    return None


def wrong_memory(**options):
    ours, theirs = pair_of_layers(**options)
    names = [name for name, one in ours.named_buffers() if one.numel() == 4]
    names.sort(key=lambda name: ours.get_buffer(name).sum())  # вначале среднее — нули, дисперсия — единицы
    for number in range(1, 4):
        x = batch()
        ours(x), theirs(x)
        if len(names) != 2:
            return "нужны два буфера по num_features чисел: register_buffer для среднего и для дисперсии"
        mine = [ours.get_buffer(name) for name in names]
        for got, expected, name in zip(
            mine, (theirs.running_mean, theirs.running_var), ("среднее", "дисперсия"), strict=True
        ):
            if problem := difference(got.flatten(), expected, f"накопленное после батча {number}: {name}"):
                return problem
    return None


def wrong_eval(**options):
    ours, theirs = pair_of_layers(**options)
    nets = nn.Sequential(ours), nn.Sequential(theirs)
    x = batch()
    for net in nets:
        net(x)
        net.eval()
    for one in (batch(), batch((1, 4, 3, 3)), batch()):
        if problem := difference(ours(one), theirs(one), "ответ в eval"):
            return problem
    return None


def wrong_gradient():
    ours, theirs = pair_of_layers()
    x, upstream = batch(), torch.randn(3, 4, 2, 2, dtype=torch.float64)
    found = []
    for layer in (ours, theirs):
        leaf = x.clone().requires_grad_()
        (layer(leaf) * upstream).sum().backward()
        found.append([leaf.grad, *[one.grad.flatten() for one in layer.parameters()]])
    for got, expected, name in zip(*found, ("x", "γ", "β"), strict=True):
        if problem := difference(got, expected, f"градиент по {name}"):
            return problem
    return "буфер требует градиента: нужен no_grad" if any(one.requires_grad for one in ours.buffers()) else None


# %%
torch.manual_seed(0)
attempt("обучение", wrong_training)
attempt("обучение, eps=0.5", lambda: wrong_training(eps=0.5))
attempt("обучение, affine=False", lambda: wrong_training(affine=False))
attempt("накопленное", wrong_memory)
attempt("накопленное, momentum=0.4", lambda: wrong_memory(momentum=0.4))
attempt("накопленное, momentum=None", lambda: wrong_memory(momentum=None))
attempt("накопленное, momentum=0.0", lambda: wrong_memory(momentum=0.0))
attempt("eval", wrong_eval)
attempt("eval, track_running_stats=False", lambda: wrong_eval(track_running_stats=False))
attempt("градиенты", wrong_gradient)

# %% [markdown]
# Не сходится? Подсказки:
#
# * в обучении ответ неверен на несколько процентов или не сходится накопленная дисперсия — проверьте, какая дисперсия
#   где: делят на смещённую, копят несмещённую;
# * ошибка в ответе около $10^{-5}$, а при `eps=0.5` большая, — ε стоит не внутри корня;
# * сходится всё, кроме `eps=0.5`, — ε взят не из `self`;
# * сходится всё, кроме `momentum=0.0`, — где-то стоит `momentum or …` или `if momentum`: ноль в Python — «ложь»;
# * градиент по `x` неверен, а по γ и β верен — статистики оторваны от графа.

# %% [markdown]
# ## 3. Каналы до и после
#
# Батч, у каналов которого разные среднее и разброс, и ваш слой. Справа гистограммы должны совпасть, как на картинке из
# пункта 1.

# %%
try:
    torch.manual_seed(0)
    before = batch((32, 3, 8, 8))
    after = BatchNorm2dLayer(3).double()(before).detach()
    _, panels = plt.subplots(1, 2, figsize=(8.2, 2.7), layout="constrained")
    for panel, values, title in zip(panels, (before, after), ("до слоя", "после"), strict=True):
        for channel in range(3):
            panel.hist(values[:, channel].flatten(), bins=50, density=True, histtype="step", linewidth=2)
        panel.set_title(title, fontsize=10)
        panel.grid(alpha=0.25)
    plt.show()
except NotImplementedError:
    print("… ждёт вашего кода")

# %% [markdown]
# ## 4. Опыт: большой шаг
#
# Шесть линейных слоёв ширины 64 с весами Хе, рукописные цифры 8×8 из scikit-learn, SGD, восемь эпох. Батч чисел
# $(B, C)$ — это картинки $(B, C, 1, 1)$, поэтому ваш слой годится и здесь. Единственное отличие двух сетей —
# нормализация перед каждой ReLU. Шаг за восемь эпох линейно убывает от начального до нуля.
#
# **Что проверяется.** При начальном шаге 2 и при шаге 3, в среднем по трём запускам: доля верных ответов в eval не
# меньше 93 % и выигрыш у сети без нормализации не меньше 60 процентных пунктов. <!-- test_learning_rate_two,
# test_learning_rate_three --> У верного слоя выходит около 97 %, у сети без него — около 11 %. В ноутбуке обучений
# двадцать четыре, все вместе — меньше минуты.
# <!-- = digits.LEAST_ACCURACY == 0.93 and digits.LEAST_GAIN == 0.6 and abs(mean(results[2][1] + results[3][1]) - 0.97)
# < 0.015 and abs(mean(results[2][0] + results[3][0]) - 0.11) < 0.03 and sum(len(runs) for row in results.values() for
# runs in row) == 24 -->
#
# ![Без нормализации с шага 1 доля падает, при 2 и 3 — около 10 %; с ней 85–98 %](pictures/sweep.png)
# <!-- = abs(mean(results[2][0] + results[3][0]) - 0.1) < 0.03 and all(0.85 < share < 0.985 for row in results.values()
# for share in row[1]) and given(98) and all(abs(mean(row[k]) - mean(pictures.SHARES[lr][k])) < 0.05 for lr, row in
# results.items() for k in (0, 1) if (lr, k) != (1, 0)) -->


# %% tags=["folded"]
class Flat(nn.Module):
    """Ваш слой для векторов: (B, C) → (B, C, 1, 1) → (B, C)."""

    def __init__(self, width):
        super().__init__()
        self.norm = BatchNorm2dLayer(width)

    def forward(self, x):
        return self.norm(x[:, :, None, None])[:, :, 0, 0]


def network(normalise, generator):
    parts = []
    for n, m in pairwise([64, 64, 64, 64, 64, 64, 10]):
        linear = nn.Linear(n, m)
        linear.weight.data = torch.randn(m, n, generator=generator) * (2 / n) ** 0.5
        linear.bias.data.zero_()
        parts += [linear, *([Flat(m)] if normalise else []), nn.ReLU()]
    if normalise:
        del parts[-2]
    return nn.Sequential(*parts[:-1])


def accuracy_after_training(normalise, lr, seed):
    """Доля верных ответов на отложенных цифрах."""
    from sklearn.datasets import load_digits

    digits = load_digits()
    x, y = torch.tensor(digits.data, dtype=torch.float32) / 8 - 1, torch.tensor(digits.target)
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(x), generator=generator)
    train, test = order[:1000], order[1000:]
    net = network(normalise, generator)
    for epoch in range(8):
        for rows in train[torch.randperm(1000, generator=generator)].split(125):
            loss = nn.functional.cross_entropy(net(x[rows]), y[rows])
            steps = torch.autograd.grad(loss, list(net.parameters()))
            for parameter, step in zip(net.parameters(), steps, strict=True):
                parameter.data -= lr * (1 - epoch / 8) * step
    net.eval()
    with torch.no_grad():
        return (net(x[test]).argmax(dim=1) == y[test]).float().mean().item()


# %%
results = {}
try:
    print("шаг    без нормализации     с вашим слоем")
    for lr in (0.1, 1.0, 2.0, 3.0):
        table = results[lr] = [
            [accuracy_after_training(normalise, lr, seed) for seed in range(3)] for normalise in (False, True)
        ]
        without, ours = (" ".join(f"{share:4.0%}" for share in row) for row in table)
        print(f"{lr:<5}  {without}       {ours}")
except NotImplementedError:
    print("… ждёт вашего кода")

# %% [markdown]
# **Почему это работает?** Авторы объясняли успех борьбой со «сдвигом внутренних распределений». Позже показали, что
# сеть с нормализацией учится лучше, даже если этот сдвиг вернуть нарочно, а дело скорее в том, что поверхность
# функции потерь становится глаже ([Santurkar и др., 2018](https://arxiv.org/abs/1805.11604)). Ещё одна причина видна
# сразу: если умножить веса слоя перед нормализацией на число, ответ не изменится, а градиент во столько же раз
# уменьшится. Слишком большой шаг сам себя тормозит ([van Laarhoven, 2017](https://arxiv.org/abs/1706.05350)). Спор не
# окончен, и это хорошая тема для вопроса на лекции.

# %% [markdown]
# ## Готово?
#
# Сохраните ноутбук, запустите в терминале `kafedra check`, потом `git push`. Результат придёт туда же.

# %% [markdown]
# ## Сложнее
#
# Без баллов, для удовольствия.
#
# **А. Слить с линейным слоем.** В eval нормализация — это прямая, и её можно спрятать в веса предыдущего слоя: сеть
# станет быстрее, а ответы не изменятся. Выразите новые веса и смещение через $W$, $b$, $\gamma$, $\beta$ и
# накопленное.
#
# **Б. Маленький батч.** Обучите сеть из пункта 4 с батчем из двух цифр и шагом 0,1. Что с ответами в eval? Почему?
# Замените нормализацию на GroupNorm своими руками ([Wu, He, 2018](https://arxiv.org/abs/1803.08494)).
# <!-- = given(0.1) -->
#
# **В. Обратный проход руками.** Выведите формулу градиента из пункта 2, напишите `torch.autograd.Function` и
# проверьте её `torch.autograd.gradcheck`.
#
# **Г. Забыли `eval()`.** Подайте обученной сети одну и ту же цифру в двух разных батчах, не переключая режим. Насколько
# разойдутся ответы? А если батч состоит из одних троек?


# %% tags=["solution"]
def fold(weight, bias, layer):
    """Вес (m, n) и смещение (m,) линейного слоя, который заменяет линейный слой и нормализацию в eval."""
    # BEGIN SOLUTION
    scale = layer.weight / torch.sqrt(layer.running_var + layer.eps)
    return weight * scale[:, None], (bias - layer.running_mean) * scale + layer.bias
    # END SOLUTION


# %%
def wrong_fold():
    layer, linear = BatchNorm2dLayer(5).double(), nn.Linear(3, 5).double()
    x = torch.randn(20, 3, dtype=torch.float64)
    layer(linear(x)[:, :, None, None])
    layer.eval()
    weight, bias = fold(linear.weight, linear.bias, layer)
    return difference(x @ weight.T + bias, layer(linear(x)[:, :, None, None])[:, :, 0, 0], "ответ слитого слоя")


attempt("слияние", wrong_fold)
