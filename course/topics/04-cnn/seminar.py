# %% [markdown]
# # Семинар 4. Сеть, которая знает, что смотрит на картинку
#
# До сих пор картинка была для сети столбиком чисел: где у неё верх и какие точки соседи, сеть не знала. Сегодня вы
# напишете свёртку, посчитаете, сколько она видит, и сравните два устройства сети на одних и тех же цифрах. Потом
# проверите два изобретения, без которых глубокие сети не учились: нормализацию по батчам и обходной путь.
#
# Нужны: темы 1–3, тензоры формы $(B, C, H, W)$ — батч, каналы, высота, ширина. Времени — 80 минут; где сколько,
# сказано у каждого шага.

# %% [markdown]
# ## Работа над ошибками (5 минут)
#
# Что вы написали в форме после прошлого раза, показано на странице темы; разберём самое частое. И пять вопросов о
# темах 2 и 3, устно, не дольше минуты на каждый.
#
# 1. Слой из $n$ входов с ReLU: при каком $\sigma$ весов сигнал не растёт и не гаснет?
# 2. Чем опасен слишком большой шаг обучения, а чем — слишком маленький?
# 3. Что делает с числами дропаут при обучении и что — при проверке?
# 4. Что переключает `model.eval()` и чего он не выключает?
# 5. Дисперсия суммы двадцати независимых чисел с дисперсией $2/3$ — сколько это? (Пригодится через полчаса.)

# %% tags=["seed"]
SEED = 0

# %%
import math

import matplotlib.pyplot as plt
import torch
from matplotlib.ticker import ScalarFormatter
from sklearn.datasets import load_digits, load_sample_image
from torch import nn
from torch.nn import functional

ScalarFormatter.fix_minus = staticmethod(lambda text: text.replace("-", "−").replace(".", ","))  # на осях: −0,5
torch.set_num_threads(1)  # картинки маленькие: одному потоку быстрее
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
# ## 1. Одно ядро, одна картинка (14 минут)
#
# *Ядро* — маленькая таблица чисел, $k \times k$. Приложим её к левому верхнему углу картинки, перемножим числа, что
# оказались друг под другом, и сложим: вышло одно число ответа. Сдвинем ядро на точку вправо — второе. И так далее:
#
# $$y_{ij} = \sum_{u=0}^{k-1} \sum_{v=0}^{k-1} w_{uv}\, x_{i+u,\,j+v}.$$
#
# **Задача.** `conv2d(image, kernel)` для картинки $(H, W)$. Ответ — формы $(H - k + 1, W - k + 1)$: ядро не должно
# вылезать за край. Цикл по точкам картинки был бы медленным, а цикл по точкам ядра короток: число $w_{uv}$ умножает
# сразу целый кусок картинки — размером с ответ, от точки $(u, v)$.


# %% tags=["solution"]
def conv2d(image, kernel):
    """Свёртка без полей: (H, W) и (k, k) → (H − k + 1, W − k + 1)."""
    # BEGIN SOLUTION
    k = len(kernel)
    height, width = image.shape[0] - k + 1, image.shape[1] - k + 1
    answer = torch.zeros(height, width, dtype=image.dtype)
    for u in range(k):
        for v in range(k):
            answer += kernel[u, v] * image[u : u + height, v : v + width]
    return answer
    # END SOLUTION


# %% tags=["folded", "check"]
def check_conv2d():
    image, kernel = torch.randn(6, 9, dtype=torch.float64), torch.randn(3, 3, dtype=torch.float64)
    before = image.clone()
    found = attempt(lambda: conv2d(image, kernel))
    assert found is not None, f"conv2d: {EMPTY}"
    assert found.shape == (4, 7), (
        f"из картинки 6 × 9 и ядра 3 × 3 должно выйти 4 × 7 (H − k + 1), а вышло {' × '.join(map(str, found.shape))}"
    )
    assert found.dtype == image.dtype, (
        f"картинка — {image.dtype}, а ответ — {found.dtype}: точность потеряна. Начните с "
        "torch.zeros(…, dtype=image.dtype)"
    )
    assert torch.equal(image, before), "картинка изменилась: складывайте в новый тензор, а не в image"

    def true(weights):
        return functional.conv2d(image[None, None], weights[None, None])[0, 0]

    assert (found - true(kernel.flip(0, 1))).abs().max() > 1e-9, (
        "ядро перевёрнуто: так определяют свёртку математики, а в нейросетях w[u, v] умножают на image[i + u, j + v]"
    )
    assert (found - true(kernel.T)).abs().max() > 1e-9, "строки и столбцы ядра перепутаны: u — по высоте, v — по ширине"
    error = (found - true(kernel)).abs().max().item()
    assert error < 1e-12, (
        f"ошибка {comma(error, 2)}, а должна быть около 1e−15. На что умножается kernel[u, v]? "
        "На image[u : u + высота, v : v + ширина]"
    )


check_conv2d()
print("✓ conv2d")

# %% [markdown]
# Теперь ядра. Что они делают, видно по их числам, ещё до опыта.
#
# - Если сумма чисел ядра — единица, то ровное место картинки не изменится.
# - Если сумма — ноль, ровное место станет нулём: ядро отвечает на перемены.
#
# **Задача.** Запишите три ядра $3 \times 3$.
#
# * `blur` — среднее девяти точек.
# * `sharpen` — вдвое усиленная картинка минус размытая. Свёртка линейна, поэтому достаточно вычесть ядра:
#   `2 * same - blur`, где `same` картинку не меняет.
# * `edges_right` — в каждой строке ядра $(-1, 0, 1)$: сколько прибавилось слева направо.

# %% tags=["solution"]
same = torch.zeros(3, 3)
same[1, 1] = 1
# BEGIN SOLUTION
# STUB: blur = sharpen = edges_right = torch.zeros(3, 3)  # замените на свои ядра
blur = torch.full((3, 3), 1 / 9)
sharpen = 2 * same - blur
edges_right = torch.tensor([[-1.0, 0.0, 1.0]]).repeat(3, 1)
# END SOLUTION


# %% tags=["folded", "check"]
def check_kernels():
    def answer(kernel, picture):
        return functional.conv2d(picture[None, None], kernel[None, None])[0, 0]

    assert all(torch.is_tensor(one) for one in (blur, sharpen, edges_right)), "каждое ядро — тензор: torch.tensor([…])"
    assert any(bool(one.any()) for one in (blur, sharpen, edges_right)), (
        "ядра — пока нули: замените их в ячейке выше на свои и выполните её"
    )
    assert all(one.is_floating_point() for one in (blur, sharpen, edges_right)), (
        "ядро из целых чисел, а картинка — из дробных, и torch их не перемножит: пишите -1.0, 0.0, 1.0"
    )
    flat, noise = torch.full((5, 5), 3.0), torch.randn(5, 5)
    steps = torch.tensor([[0.0, 0.0, 0.0, 1.0, 1.0]]).repeat(5, 1)  # слева темно, справа светло
    assert blur.shape == sharpen.shape == edges_right.shape == (3, 3), "каждое ядро — тензор 3 × 3"
    assert (answer(blur, flat) - 3).abs().max() < 1e-5, (
        f"blur: ровное место со значением 3 стало {comma(answer(blur, flat)[0, 0].item())}. Сумма чисел ядра — 1"
    )
    assert (answer(blur, noise) - functional.avg_pool2d(noise[None], 3, stride=1)[0]).abs().max() < 1e-5, (
        "blur: это не среднее девяти точек; все девять чисел должны быть равны"
    )
    wanted = 2 * noise[1:-1, 1:-1] - answer(blur, noise)
    error = (answer(sharpen, noise) - wanted).abs().max().item()
    assert error < 1e-5, f"sharpen: от «дважды картинка минус размытая» отличается на {comma(error)}"
    assert answer(edges_right, flat).abs().max() < 1e-5, "edges_right: на ровном месте должен быть ноль: сумма ядра — 0"
    assert answer(edges_right, steps.T).abs().max() < 1e-5, (
        "edges_right отвечает на перемену сверху вниз, а должно — слева направо: транспонируйте"
    )
    assert answer(edges_right, steps).max() > 0, "edges_right: там, где справа светлее, ответ должен быть больше нуля"
    assert abs(answer(edges_right, steps).max() - 3) < 1e-5, "edges_right: в каждой из трёх строк — (−1, 0, 1)"


check_kernels()
print("✓ три ядра")

# %%
photo = torch.tensor(load_sample_image("china.jpg")).float().mean(dim=2) / 255  # (427, 640), серая
photo = functional.avg_pool2d(photo[None, 20:300, 220:620], 2)[0]  # (140, 200), крыша пагоды
kernels = {
    "размытие": blur,
    "резкость": sharpen,
    "слева направо": edges_right,
    "сверху вниз": edges_right.T,
    "края отовсюду": blur - same,
    "рельеф": torch.tensor([[-2.0, -1.0, 0.0], [-1.0, 1.0, 1.0], [0.0, 1.0, 2.0]]),
}
_, panels = plt.subplots(2, 3, figsize=(6.2, 3.4))
for panel, (name, kernel) in zip(panels.flat, kernels.items(), strict=True):
    answer = conv2d(photo, kernel)
    low, high = (0, 1) if abs(kernel.sum() - 1) < 0.01 else (-0.6, 0.6)
    panel.imshow(answer.numpy(), cmap="gray", vmin=low, vmax=high)
    panel.set(title=name)
    panel.axis("off")
plt.show()

# %% [markdown]
# Девять чисел — и картинка размыта, заострена или превращена в чертёж. Раньше такие ядра придумывали. В свёрточной сети
# они — веса, и находит их градиентный спуск.
#
# ## 2. Размеры и параметры (8 минут)
#
# Чтобы ответ не уменьшался, вокруг картинки добавляют *поля* из $p$ нулей. Чтобы он уменьшался быстро, ядро
# передвигают не на одну точку, а на $s$ (*шаг ядра*, stride).
#
# **Задача.** `output_size(n, k, s, p)` — сколько положений у ядра размера $k$ на отрезке длины $n$ с полями $p$ с
# каждой стороны. `parameters(c_in, c_out, k)` — сколько обучаемых чисел у слоя, который из $C_{in}$ каналов делает
# $C_{out}$, со смещениями.


# %% tags=["solution"]
def output_size(n, k, s=1, p=0):
    """Длина ответа: вход длины n, ядро k, шаг s, поля p с каждой стороны."""
    # BEGIN SOLUTION
    return (n + 2 * p - k) // s + 1
    # END SOLUTION


# %% tags=["solution"]
def parameters(c_in, c_out, k):
    """Число весов и смещений свёртки k × k."""
    # BEGIN SOLUTION
    return k * k * c_in * c_out + c_out
    # END SOLUTION


# %% tags=["folded", "check"]
def check_sizes():
    found = attempt(lambda: output_size(7, 3, 2, 1))
    assert found is not None, f"output_size: {EMPTY}"
    for n, k, s, p in [(7, 3, 1, 0), (7, 3, 1, 1), (7, 3, 2, 1), (8, 3, 2, 1), (8, 2, 2, 0), (11, 5, 3, 2)]:
        true = nn.Conv1d(1, 1, k, s, p)(torch.zeros(1, 1, n)).shape[-1]
        got = output_size(n, k, s, p)
        assert got == true, (
            f"output_size({n}, {k}, {s}, {p}) = {comma(got)}, а torch отвечает {true}. Поля — с обеих сторон; "
            "ядро помещается в (n + 2p − k) // s + 1 мест: деление нацело, плюс начальное положение"
        )
    found = attempt(lambda: parameters(16, 32, 3))
    assert found is not None, f"parameters: {EMPTY}"
    true = sum(one.numel() for one in nn.Conv2d(16, 32, 3).parameters())
    assert found != true - 32, f"parameters(16, 32, 3) = {found}: забыты смещения, по одному на выходной канал"
    assert found != 9 * 32 + 32, f"parameters(16, 32, 3) = {found}: ядро захватывает все 16 входных каналов, а не один"
    assert found == true, (
        f"parameters(16, 32, 3) = {found}, а должно быть {true}: k² · C_in · C_out весов и C_out смещений"
    )


check_sizes()
print("✓ размеры и параметры")

# %% [markdown]
# Заметьте, чего в `parameters` нет: размера картинки. Сто тысяч точек обходятся слою во столько же весов, сколько сто.
#
# ## 3. Сколько видит один ответ (11 минут)
#
# Число после двух свёрток $3 \times 3$ зависит от квадрата $5 \times 5$: это его *рецептивное поле*. Пойдём по слоям и
# будем помнить две величины: $r$ — сторона поля, $j$ — на сколько точек входа расходятся два соседних числа. В начале
# $r = 1$, $j = 1$. Слой с ядром $k$ добавляет $k - 1$ соседей, каждый на расстоянии $j$; потом шаг ядра растягивает
# расстояние:
#
# $$r \leftarrow r + (k - 1)\,j, \qquad j \leftarrow j \cdot s.$$
#
# **Задача.** `receptive_field(layers)`, где `layers` — пары $(k, s)$ от входа к выходу.


# %% tags=["solution"]
def receptive_field(layers):
    """Сторона квадрата на входе, от которого зависит одно число на выходе."""
    # BEGIN SOLUTION
    r = jump = 1
    for k, s in layers:
        r += (k - 1) * jump
        jump *= s
    return r
    # END SOLUTION


# %% tags=["folded", "check"]
def measured_field(layers):
    """То же, измеренное: на сколько точек входа приходит градиент из одного числа."""
    x = torch.zeros(1, 1, 400, requires_grad=True)
    y = x
    for k, s in layers:
        y = functional.conv1d(y, torch.ones(1, 1, k) / k, stride=s)
    y[0, 0, y.shape[-1] // 2].backward()
    where = x.grad[0, 0].nonzero()
    return int(where.max() - where.min() + 1)


def usual_mistakes(layers):
    """Что выходит при обычной ошибке: ответ и её имя."""
    sizes = sum(k for k, _ in layers)
    early = jump = 1
    for k, s in layers:
        jump *= s
        early += (k - 1) * jump
    added = "сложены размеры ядер, а слой добавляет k − 1 соседей"
    return {
        sizes: added,
        sizes + 1: added,
        sizes - len(layers) + 1: "забыт шаг ядра: после слоя соседи расходятся в s раз",
        early: "шаг учтён раньше времени: слой растягивает расстояние уже после себя, сначала r, потом j",
    }


def check_receptive_field():
    found = attempt(lambda: receptive_field([(3, 1), (3, 1)]))
    assert found is not None, f"receptive_field: {EMPTY}"
    for layers in ([(3, 1)], [(3, 1), (3, 1)], [(5, 1), (3, 1)], [(3, 2), (3, 1)], [(7, 2), (3, 2), (3, 1), (3, 2)]):
        got, true = receptive_field(layers), measured_field(layers)
        assert got == true, (
            f"для слоёв (k, s) = {layers} вышло {got}, а градиент приходит на {true} точек. Похоже, "
            + usual_mistakes(layers).get(got, "слой считан иначе: сначала r ← r + (k − 1) · j, потом j ← j · s")
        )


check_receptive_field()
print("✓ receptive_field")

# %% [markdown]
# Поле растёт с глубиной как прямая: двадцать слоёв $3 \times 3$ — это 41 точка. Но поровну ли они влияют на ответ?
# Предскажем. В теме 2 мы вывели: средний квадрат суммы с независимыми весами — сумма средних квадратов. Значит, каждый
# слой на пути назад размазывает квадрат градиента поровну на девять соседей, а вдоль одной оси — на трёх: $-1$, $0$,
# $+1$. Двадцать слоёв — двадцать шагов случайного блуждания. Дисперсия одного шага $\frac{1 + 0 + 1}{3} = \frac23$,
# двадцати — $\frac{40}{3}$, а отклонение — $\sqrt{40/3} \approx 3{,}7$ точки. Проверим на случайной сети с ReLU.

# %%
DEPTH, SIDE, CHANNELS = 20, 61, 16
x = torch.randn(2, CHANNELS, SIDE, SIDE, requires_grad=True)  # (B, C, H, W)
y = x
for _ in range(DEPTH):
    weight = torch.randn(CHANNELS, CHANNELS, 3, 3) * math.sqrt(2 / (9 * CHANNELS))  # Хе: входов 9 · C
    y = functional.conv2d(y, weight, padding=1).relu()
(y[:, :, SIDE // 2, SIDE // 2] * torch.randn(2, CHANNELS)).sum().backward()
energy = x.grad.square().sum(dim=(0, 1))  # (H, W): квадрат градиента в каждой точке
energy /= energy.sum()
away = torch.arange(SIDE) - SIDE // 2
theory_field = receptive_field([(3, 1)] * DEPTH)
spread = (energy.sum(dim=0) * away**2).sum().sqrt().item()
predicted_spread = math.sqrt(2 * DEPTH / 3)
spread_ratio = spread / predicted_spread
half = 7  # квадрат 15 × 15
centre_share = energy[SIDE // 2 - half : SIDE // 2 + half + 1, SIDE // 2 - half : SIDE // 2 + half + 1].sum().item()
print(f"поле по формуле {theory_field}; отклонение {spread:.2f}, предсказано {predicted_spread:.2f}")
print(f"в среднем квадрате 15 × 15 — {centre_share:.0%} всего влияния")

_, panels = plt.subplots(1, 2, figsize=(6.2, 3.0))
panels[0].imshow(energy.sqrt().numpy(), cmap="viridis")
edge = (SIDE - theory_field) / 2
panels[0].add_patch(plt.Rectangle((edge, edge), theory_field, theory_field, fill=False, edgecolor="C1", linewidth=2))
panels[0].set(title="градиент по входу", xticks=[], yticks=[])
panels[1].plot(away, energy.sum(dim=0), label="измерено")
bell = torch.exp(-(away**2) / (2 * predicted_spread**2))
panels[1].plot(away, bell / bell.sum(), "--", label="предсказано")
panels[1].axvline(-theory_field / 2, color="C4", linestyle=":")
panels[1].axvline(theory_field / 2, color="C4", linestyle=":")
panels[1].set(title="доля влияния", xlabel="сдвиг от центра, точек", yticks=[], ylim=(0, 0.17))
panels[1].legend(fontsize=9.5, loc="upper center")
plt.show()

# %% [markdown]
# Формула говорит, откуда влияние *может* прийти; приходит оно почти целиком из середины. Поле растёт как глубина, а
# видимая часть — как корень из неё.
#
# ## 4. Свёртка против полносвязного слоя (13 минут)
#
# Цифры $8 \times 8$ положим на холст $16 \times 16$ каждую в случайное место. Одна сеть — полносвязная, другая —
# свёрточная, параметров почти поровну.
#
# **Задача.** `small_cnn()` — `nn.Sequential`, на входе $(B, 1, 16, 16)$:
#
# 1. свёртка $3 \times 3$, 16 каналов, поля 1; ReLU; `nn.MaxPool2d(2)` — ответ $(B, 16, 8, 8)$;
# 2. свёртка $3 \times 3$, 24 канала, поля 1; ReLU; `nn.MaxPool2d(2)` — $(B, 24, 4, 4)$;
# 3. свёртка $3 \times 3$, 32 канала, поля 1; ReLU; `nn.AdaptiveMaxPool2d(1)` — $(B, 32, 1, 1)$: наибольшее по карте;
# 4. `nn.Flatten()` и `nn.Linear(32, 10)`.


# %% tags=["solution"]
def small_cnn():
    """Три свёртки и линейный слой: (B, 1, 16, 16) → (B, 10)."""
    # BEGIN SOLUTION
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),  # (B, 16, 8, 8)
        nn.Conv2d(16, 24, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),  # (B, 24, 4, 4)
        nn.Conv2d(24, 32, 3, padding=1),
        nn.ReLU(),
        nn.AdaptiveMaxPool2d(1),  # (B, 32, 1, 1)
        nn.Flatten(),
        nn.Linear(32, 10),
    )
    # END SOLUTION


# %% tags=["folded", "check"]
def check_small_cnn():
    net = attempt(small_cnn)
    assert net is not None, f"small_cnn: {EMPTY}"
    convolutions = [one for one in net.modules() if isinstance(one, nn.Conv2d)]
    assert [(one.in_channels, one.out_channels) for one in convolutions] == [(1, 16), (16, 24), (24, 32)], (
        f"каналы свёрток {[(one.in_channels, one.out_channels) for one in convolutions]}, "
        "а должны быть 1 → 16 → 24 → 32"
    )
    assert all(one.kernel_size == (3, 3) and one.padding == (1, 1) for one in convolutions), (
        "у всех свёрток ядро 3 и padding=1: иначе карта уменьшится сама"
    )
    assert all(one.stride == (1, 1) for one in convolutions), "шаг у свёрток — 1: карту уменьшает пулинг"
    shapes, x = [], torch.zeros(2, 1, 16, 16)
    for layer in net:
        try:
            x = layer(x)
        except RuntimeError as error:
            raise AssertionError(f"слою {layer} пришло {tuple(x.shape)}. Не пропущен ли слой перед ним?") from error
        shapes.append(tuple(x.shape))
    for shape in ((2, 16, 8, 8), (2, 24, 4, 4)):
        assert shape in shapes, f"карты вышли {shapes}, а {shape} нет: после свёрток 1 и 2 — MaxPool2d(2)"
    assert (2, 32, 1, 1) in shapes, "после третьей свёртки — AdaptiveMaxPool2d(1): одно число на канал"
    assert shapes[-1] == (2, 10), f"ответ должен быть (B, 10), а вышел {shapes[-1]}"
    count = sum(one.numel() for one in net.parameters())
    true = parameters(1, 16, 3) + parameters(16, 24, 3) + parameters(24, 32, 3) + 33 * 10
    assert count == true, f"параметров {count}, а по вашей же формуле должно быть {true}. Смещения на месте?"
    assert isinstance(net[-1], nn.Linear), (
        f"последним стоит {type(net[-1]).__name__}, а должен Linear: cross_entropy ждёт логиты и softmax берёт сама"
    )
    assert not any("Avg" in type(one).__name__ for one in net), "пулинг здесь везде берёт наибольшее: Max, а не Avg"
    relus = sum(isinstance(one, nn.ReLU) for one in net.modules())
    assert relus == 3, f"ReLU в сети {relus}, а нужно три: без них свёртки складываются в одну"


check_small_cnn()
print("✓ small_cnn")

# %% [markdown]
# Обучим обе — и ещё по одной на картинках, у которых точки переставлены: одна перестановка на все картинки. Ни одно
# число не потеряно, пропало только соседство. Запишите прогноз точности для каждой из четырёх сетей.

# %%
digits = load_digits()
order = torch.randperm(len(digits.target))
images = torch.tensor(digits.images, dtype=torch.float32)[order] / 16  # (1797, 8, 8)
labels = torch.tensor(digits.target)[order]


def scattered(small, side=16):
    """Каждая картинка (8, 8) — в случайном месте холста: (N, 8, 8) → (N, 1, side, side)."""
    canvas = torch.zeros(len(small), 1, side, side)
    places = torch.randint(0, side - 7, (len(small), 2))
    for k, (top, left) in enumerate(places.tolist()):
        canvas[k, 0, top : top + 8, left : left + 8] = small[k]
    return canvas


def train(net, x, y, optimizer, peak, epochs, batch=50):
    """Обучить; шаг растёт до peak и спадает к нулю (тема 3)."""
    steps = epochs * math.ceil(len(x) / batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, peak, total_steps=steps, cycle_momentum=False)
    net.train()
    for _ in range(epochs):
        for index in torch.randperm(len(x)).split(batch):
            loss = functional.cross_entropy(net(x[index]), y[index])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()


def accuracy(net, x, y):
    """Доля верных ответов; сеть — в режиме применения."""
    net.eval()
    with torch.no_grad():
        return (net(x).argmax(dim=1) == y).float().mean().item()


train_x, test_x = scattered(images[:1000]), scattered(images[1000:])
train_y, test_y = labels[:1000], labels[1000:]
permutation = torch.randperm(256)


def mixed(x):
    """Те же точки в другом порядке, одном на все картинки."""
    return x.flatten(1)[:, permutation].view_as(x)


mlp = nn.Sequential(nn.Flatten(), nn.Linear(256, 40), nn.ReLU(), nn.Linear(40, 10))
mlp_parameters, cnn_parameters = (sum(one.numel() for one in net.parameters()) for net in (mlp, small_cnn()))
results = {}
for name, make, peak in (("MLP", lambda: mlp, 0.006), ("CNN", small_cnn, 0.01)):
    for arrangement in (None, mixed):
        net = make()
        for layer in net:
            if hasattr(layer, "reset_parameters"):
                layer.reset_parameters()
        x, check = (arrangement(one) if arrangement else one for one in (train_x, test_x))
        train(net, x, train_y, torch.optim.Adam(net.parameters()), peak, epochs=12)
        results[name, arrangement is not None] = accuracy(net, check, test_y)
        how = "точки переставлены" if arrangement else "картинки как есть"
        print(f"{name}, {how:18}: на новых {results[name, arrangement is not None]:.1%}")
accuracy_mlp, accuracy_mlp_mixed, accuracy_cnn, accuracy_cnn_mixed = results.values()
print(f"параметров: MLP {mlp_parameters}, CNN {cnn_parameters}")

# %% [markdown]
# Полносвязной сети перестановка безразлична: она и так не знала, кто чей сосед. Свёрточная без соседства теряет почти
# всё. Выигрыш пришёл не от числа параметров, а от верного предположения о данных; где оно неверно, там и выигрыша нет.
#
# ## 5. Нормализация по батчам (13 минут)
#
# Каждый канал приведём к среднему 0 и дисперсии 1 — по всем картинкам батча и всем точкам:
#
# $$\hat x = \frac{x - \mu_c}{\sqrt{\sigma_c^2 + \varepsilon}}.$$
#
# **Задача.** `normalise(x, eps)` для $x$ формы $(B, C, H, W)$, дисперсия — сумма квадратов отклонений, делённая на
# их число (`correction=0`). Только режим обучения и без $\gamma$ и $\beta$; слой целиком, с памятью и двумя режимами,
# вы напишете дома.


# %% tags=["solution"]
def normalise(x, eps=1e-5):
    """Каждый канал — к среднему 0 и дисперсии 1 по батчу: (B, C, H, W) → та же форма."""
    # BEGIN SOLUTION
    mean = x.mean(dim=(0, 2, 3), keepdim=True)  # (1, C, 1, 1)
    var = x.var(dim=(0, 2, 3), correction=0, keepdim=True)  # (1, C, 1, 1)
    return (x - mean) / (var + eps).sqrt()
    # END SOLUTION


# %% tags=["folded", "check"]
def check_normalise():
    x = 3 + torch.randn(3, 4, 2, 5, dtype=torch.float64) * torch.tensor([0.5, 1, 2, 4]).view(1, 4, 1, 1)
    before = x.clone()
    found = attempt(lambda: normalise(x, 0.1))
    assert found is not None, f"normalise: {EMPTY}"
    assert torch.equal(x, before), "вход изменён на месте, а он ещё нужен: считайте в новый тензор, без -= и /="
    assert found.shape == x.shape, f"форма должна остаться {tuple(x.shape)}, а вышла {tuple(found.shape)}"
    each = (x - x.mean(dim=(2, 3), keepdim=True)) / (x.var(dim=(2, 3), correction=0, keepdim=True) + 0.1).sqrt()
    assert (found - each).abs().max() > 1e-9, (
        "каждая картинка нормирована сама по себе; среднее нужно и по батчу: ось 0"
    )
    point = (x - x.mean(dim=0)) / (x.var(dim=0, correction=0) + 0.1).sqrt()
    assert (found - point).abs().max() > 1e-9, (
        "у каждой точки карты своё среднее, а нужно одно на канал: ядро во всех точках одно; оси (0, 2, 3)"
    )
    means = found.mean(dim=(0, 2, 3))
    assert means.abs().max() < 1e-9, (
        f"средние каналов {'; '.join(comma(one, 2) for one in means.tolist())}, а должны быть нули: оси (0, 2, 3)"
    )
    true = functional.batch_norm(x, None, None, training=True, eps=0.1)
    error = (found - true).abs().max().item()
    m = x.numel() // 4
    unbiased = (x - x.mean(dim=(0, 2, 3), keepdim=True)) / (x.var(dim=(0, 2, 3), keepdim=True) + 0.1).sqrt()
    assert (found - unbiased).abs().max() > 1e-9, f"дисперсия поделена на m − 1 = {m - 1}, а нужно на m: correction=0"
    assert error < 1e-9, (
        f"ошибка {comma(error, 2)}, а должна быть около 1e−15. ε — внутри корня? У дисперсии те же оси (0, 2, 3)?"
    )


check_normalise()
print("✓ normalise")

# %% [markdown]
# Вот свойство, которого глазом не видно. Умножим веса свёртки *перед* нормализацией на 10. Предскажите: как изменится
# ответ? А градиент по весам?

# %%
x = torch.randn(8, 3, 6, 6, dtype=torch.float64)
base, upstream = torch.randn(4, 3, 3, 3, dtype=torch.float64), torch.randn(8, 4, 4, 4, dtype=torch.float64)
answers, gradients = [], []
for factor in (1.0, 10.0):
    w = (factor * base).requires_grad_()
    answers.append(normalise(functional.conv2d(x, w), 1e-12))
    (answers[-1] * upstream).sum().backward()
    gradients.append(w.grad)
scale_answer = (answers[0] - answers[1]).abs().max().item()
scale_gradient = (gradients[0].norm() / gradients[1].norm()).item()
across = abs((gradients[0] * base).sum().item()) / (gradients[0].norm() * base.norm()).item()
print(f"ответ изменился на {scale_answer:.0e}, градиент уменьшился в {scale_gradient:.2f} раза")
print(f"косинус угла между градиентом и весами: {across:.0e}")

# %% [markdown]
# Ответ — тот же, градиент — вдесятеро меньше, и он перпендикулярен весам. Поэтому каждый шаг удлиняет веса, а длинные
# веса укорачивают градиент: слишком большой шаг сам себя тормозит. Проверим, что это даёт.
#
# **Задача.** `conv_block(c_in, c_out, stride, norm)` — свёртка $3 \times 3$ с полями 1, затем, если `norm`,
# `nn.BatchNorm2d`, затем ReLU; вернуть список слоёв. Смещение у свёртки — только без нормализации: она его всё
# равно вычтет вместе со средним.


# %% tags=["solution"]
def conv_block(c_in, c_out, stride, norm):
    """Свёртка, нормализация (если norm), ReLU — список слоёв."""
    # BEGIN SOLUTION
    conv = nn.Conv2d(c_in, c_out, 3, stride, padding=1, bias=not norm)
    return [conv, *([nn.BatchNorm2d(c_out)] if norm else []), nn.ReLU()]
    # END SOLUTION


# %% tags=["folded", "check"]
def check_conv_block():
    found = attempt(lambda: conv_block(3, 5, 2, True))
    assert found is not None, f"conv_block: {EMPTY}"
    assert isinstance(found, list), f"вернулся {type(found).__name__}, а нужен список слоёв: сеть соберут ниже"
    kinds = [type(one).__name__ for one in found]
    assert kinds == ["Conv2d", "BatchNorm2d", "ReLU"], f"слои {kinds}, а должны быть Conv2d, BatchNorm2d, ReLU"
    channels = (found[0].in_channels, found[0].out_channels, found[1].num_features)
    assert channels == (3, 5, 5), f"каналы свёртки и нормализации {channels}, а должны быть c_in, c_out и снова c_out"
    assert found[0].bias is None, (
        "смещение перед нормализацией бесполезно: она вычтет его вместе со средним; bias=False"
    )
    without = conv_block(3, 5, 2, False)
    kinds = [type(one).__name__ for one in without]
    assert kinds == ["Conv2d", "ReLU"], f"без нормализации слои {kinds}, а должны быть Conv2d и ReLU"
    assert without[0].bias is not None, "без нормализации смещение нужно"
    shape = tuple(found[0](torch.zeros(1, 3, 8, 8)).shape)
    assert shape == (1, 5, 4, 4), f"из (1, 3, 8, 8) с шагом 2 должно выйти (1, 5, 4, 4), а вышло {shape}"


check_conv_block()
print("✓ conv_block")

# %% [markdown]
# Пять свёрток, цифры $8 \times 8$, обычный SGD, шесть эпох. Три сети: без нормализации; с нормализацией; с
# нормализацией, после которой каждый канал на каждом шаге случайно сдвигают и растягивают. Третья — из спора о том,
# *почему* нормализация помогает (лекция): если дело в устойчивых средних, третья сеть должна сломаться.


# %%
class Shaken(nn.Module):
    """В обучении каждый канал получает случайный сдвиг и растяжение, новые на каждом шаге."""

    def forward(self, x):
        if not self.training:
            return x
        c = x.shape[1]
        return x * (1 + 0.3 * torch.randn(1, c, 1, 1)) + 0.3 * torch.randn(1, c, 1, 1)


def five_convolutions(norm, shaken=False, width=16):
    layers, before = [], 1
    for k in range(5):
        block = conv_block(before, width, 2 if k == 0 else 1, norm)
        nn.init.kaiming_normal_(block[0].weight)
        layers += block[:2] + [Shaken()] + block[2:] if shaken else block
        before = width
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, 10))


def descend(net, x, y, lr, epochs, momentum=0.0, batch=50):
    """SGD; шаг линейно убывает от lr до нуля."""
    optimizer = torch.optim.SGD(net.parameters(), lr, momentum=momentum)
    steps = epochs * math.ceil(len(x) / batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / steps)
    net.train()
    for _ in range(epochs):
        for index in torch.randperm(len(x)).split(batch):
            loss = functional.cross_entropy(net(x[index]), y[index])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return net


flat_x = images[:, None] * 2 - 1  # (N, 1, 8, 8), от −1 до 1
steps = (0.1, 0.3, 1.0, 3.0)
contestants = {"без нормализации": (False, False), "с нормализацией": (True, False), "с ней и тряской": (True, True)}
sweep = {name: [] for name in contestants}
for name, (norm, shaken) in contestants.items():
    for lr in steps:
        net = descend(five_convolutions(norm, shaken), flat_x[:1000], labels[:1000], lr, epochs=6)
        sweep[name].append(accuracy(net, flat_x[1000:], labels[1000:]))
    print(f"{name:18}", *(f"{one:7.1%}" for one in sweep[name]))
bare_large, norm_large, shaken_large = (values[-1] for values in sweep.values())
bare_best, norm_best, shaken_best = (max(values) for values in sweep.values())

_, axes = plt.subplots(figsize=(6.4, 3.2))
for (name, values), line in zip(sweep.items(), ("o--", "o-", "o:"), strict=True):
    axes.semilogx(steps, [100 * one for one in values], line, label=name)
axes.set(xlabel="начальный шаг обучения", ylabel="верных, %", ylim=(0, 103), title="Пять свёрток, шесть эпох")
axes.set_xticks(steps, ["0,1", "0,3", "1", "3"])
axes.minorticks_off()
axes.legend(fontsize=9.5)
plt.show()

# %% [markdown]
# С нормализацией сеть учится и при шаге 3, а без неё — нет. Третья сеть от тряски не сломалась: значит, дело не в
# устойчивых средних. А в чём, спорят до сих пор (лекция).
#
# И ловушка. Нормализованная сеть в режиме обучения отвечает на картинку, глядя на соседей по батчу. Спросим обученную
# сеть о новых цифрах дважды: как положено и забыв `eval()`, да ещё батчами из одинаковых цифр.

# %%
net = descend(five_convolutions(norm=True), flat_x[:1000], labels[:1000], 1.0, epochs=6)
fresh_x, fresh_y = flat_x[1000:], labels[1000:]
honest = accuracy(net, fresh_x, fresh_y)
net.train()
with torch.no_grad():
    right = sum(int((net(fresh_x[fresh_y == digit]).argmax(dim=1) == digit).sum()) for digit in range(10))
forgotten = right / len(fresh_y)
print(f"в режиме eval {honest:.1%}; без eval, батчи из одинаковых цифр: {forgotten:.1%}")

# %% [markdown]
# ## 6. Обходной путь (10 минут)
#
# Кажется, что лишний слой повредить не может: в худшем случае он ничего не сделает. Но «ничего не делать» слою со
# случайными весами приходится *учиться*. Обходной путь дарит это умение: $y = \operatorname{ReLU}(x + F(x))$, и при
# $F = 0$ блок пропускает вход насквозь.
#
# **Задача.** Допишите `forward`: со сложением, если `self.shortcut`, и без него, если нет.


# %% tags=["solution"]
class Block(nn.Module):
    """Две свёртки с нормализацией; с обходным путём или без."""

    def __init__(self, channels, shortcut):
        super().__init__()
        self.shortcut = shortcut
        self.body = nn.Sequential(
            nn.Conv2d(channels, channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(channels),
            nn.ReLU(),
            nn.Conv2d(channels, channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(channels),
        )

    def forward(self, x):
        """(B, C, H, W) → (B, C, H, W)."""
        # BEGIN SOLUTION
        y = self.body(x)
        return torch.relu(x + y if self.shortcut else y)
        # END SOLUTION


# %% tags=["folded", "check"]
def check_block():
    x = torch.randn(2, 3, 4, 4)
    block = Block(3, shortcut=True)
    found = attempt(lambda: block(x))
    assert found is not None, f"Block: {EMPTY}"
    before = x.clone()
    block(x)
    assert torch.equal(x, before), "вход изменился: x += … портит его для соседа; пишите x + …"
    nn.init.zeros_(block.body[-1].weight)  # γ = 0: тело отвечает нулём
    found = block(x)
    assert found.shape == x.shape, f"форма должна остаться {tuple(x.shape)}, а вышла {tuple(found.shape)}"
    assert (found - x).abs().max() > 1e-6, "при нулевом теле вышел сам x: после сложения нужна ещё ReLU"
    assert (found - torch.relu(x)).abs().max() < 1e-6, (
        "при нулевом теле должно выйти relu(x). Похоже, сложения нет, или ReLU стоит раньше него"
    )
    nn.init.ones_(block.body[-1].weight)
    wanted = torch.relu(x + block.body(x))
    assert (block(x) - wanted).abs().max() < 1e-5, "ReLU — одна, после сложения: relu(x + body(x))"
    plain = Block(3, shortcut=False)
    assert (plain(x) - torch.relu(plain.body(x))).abs().max() < 1e-5, "без обхода должно быть relu(body(x)), без x"


check_block()
print("✓ Block")


# %%
def tower(blocks, shortcut, channels=8):
    """Свёртка с шагом 2, блоки, среднее по карте, линейный слой: всего 2 · blocks + 2 слоя с весами."""
    net = nn.Sequential(
        nn.Conv2d(1, channels, 3, stride=2, padding=1),
        nn.ReLU(),
        *[Block(channels, shortcut) for _ in range(blocks)],
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(channels, 10),
    )
    for layer in net.modules():
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight)
    return net


depths = (2, 10, 20)  # блоков; слоёв 6, 22, 42
on_own, on_new = {False: [], True: []}, {False: [], True: []}
for shortcut in (False, True):
    for blocks in depths:
        net = descend(tower(blocks, shortcut), flat_x[:1400], labels[:1400], 0.05, epochs=6, momentum=0.9)
        on_own[shortcut].append(accuracy(net, flat_x[:1400], labels[:1400]))
        on_new[shortcut].append(accuracy(net, flat_x[1400:], labels[1400:]))
        own, new = on_own[shortcut][-1], on_new[shortcut][-1]
        name = "с обходом" if shortcut else "без обхода"
        print(f"{name:10} слоёв {2 * blocks + 2:2}: на своих {own:.1%}, на новых {new:.1%}")
plain_6, plain_22, plain_42 = on_new[False]
skip_6, skip_22, skip_42 = on_new[True]
plain_42_train = on_own[False][-1]

_, axes = plt.subplots(figsize=(6.4, 3.2))
for shortcut, line in ((True, "o-"), (False, "o--")):
    values = [100 * one for one in on_new[shortcut]]
    axes.plot([2 * blocks + 2 for blocks in depths], values, line, label="с обходом" if shortcut else "без обхода")
axes.set(xlabel="слоёв", ylabel="верных, %", ylim=(0, 103), xticks=[6, 22, 42], title="Глубже — хуже, если нет обхода")
axes.legend(fontsize=9.5)
plt.show()

# %% [markdown]
# Без обхода глубокая сеть хуже мелкой — и *на своих же данных*, так что переобучение ни при чём: она просто не может
# обучиться. Градиент погас, как в теме 2? Измерим до обучения: во сколько раз градиент первого блока длиннее градиента
# последнего. Заодно дадим каждому весу свой шаг, как делает Adam: поможет ли?


# %%
def growth(net):
    """Длина градиента первой свёртки в блоках, делённая на длину у последней."""
    net.train()
    functional.cross_entropy(net(flat_x[:200]), labels[:200]).backward()
    lengths = [one.weight.grad.norm().item() for one in net.modules() if isinstance(one, nn.Conv2d)]
    return lengths[1] / lengths[-1]


plain_growth, skip_growth = growth(tower(20, shortcut=False)), growth(tower(20, shortcut=True))
print(f"42 слоя: без обхода градиент к началу сети вырос в {plain_growth:.0f} раз, с обходом — в {skip_growth:.0f}")
net = tower(20, shortcut=False)
train(net, flat_x[:1400], labels[:1400], torch.optim.Adam(net.parameters()), 0.01, epochs=6)
adam_42 = accuracy(net, flat_x[1400:], labels[1400:])
print(f"42 слоя без обхода, Adam: на новых {adam_42:.1%}")

# %% [markdown]
# Не погас, а вырос, и дело не в одних шагах. Градиент — это чувствительность: если он так вырос, то и малая перемена на
# входе становится огромной на выходе. Добавим к картинкам шум в один процент и посмотрим, насколько изменятся карты
# после всех блоков *необученной* сети. И найдём каждой картинке соседку с самыми близкими картами: та же ли это цифра?


# %%
def remembers(net):
    """Относительная перемена карт от шума в 1 % и доля картинок, чья ближайшая соседка — та же цифра."""
    body, x = net[:-3].train(), flat_x[:400]
    noise = torch.randn_like(x)
    noise *= 0.01 * (x - x.mean(dim=0)).norm() / noise.norm()
    with torch.no_grad():
        before, after = body(x).flatten(1), body(x + noise).flatten(1)  # (B, C · H · W)
    change = ((after - before).norm() / (before - before.mean(dim=0)).norm()).item()
    nearest = torch.cdist(before, before).fill_diagonal_(math.inf).argmin(dim=1)
    return change, (labels[nearest] == labels[:400]).float().mean().item()


plain_echo, plain_near = remembers(tower(20, shortcut=False))
skip_echo, skip_near = remembers(tower(20, shortcut=True))
_, shallow_near = remembers(tower(2, shortcut=False))
print(f"42 слоя без обхода: шум 1 % стал {plain_echo:.0%}, соседка — та же цифра у {plain_near:.0%}")
print(f"42 слоя с обходом:  шум 1 % стал {skip_echo:.0%}, соседка — та же цифра у {skip_near:.0%}")
print(f"6 слоёв без обхода: соседка — та же цифра у {shallow_near:.0%}")

# %% [markdown]
# Вот что мешает. Глубокая сеть без обхода ещё до обучения перемешала картинки: какие были похожи, уже не узнать. С
# обходом похожее остаётся похожим, сколько слоёв ни ставь.
#
# ## 7. Блиц и домашка (6 минут)
#
# Блиц — на экране; позже его можно пройти ещё раз на странице темы.
#
# **Домашка.** [`batchnorm`](../../homework/batchnorm/notebook.py) — слой целиком: две дисперсии, накопленное, `eval`;
# сегодняшний `normalise` — его сердцевина. [`pytorch-basics`](../../homework/pytorch-basics/notebook.py) — от файлов
# до `CustomResNet`: в её `ResBlock` между двумя свёртками другое число каналов, а складывают так же. Слишком легко? На
# странице темы есть «Сложнее».
