# %% [markdown]
# # Компьютерное зрение
#
# Домашка 4, задание `cv`, 4 балла. Нужны: `nn.Module`, свёртки, batch norm, цикл обучения. Если что-то забылось,
# прочитайте темы 4 «CNN» и 5 «CV. Практика».
#
# **Зачем это.** На доске мелом записана шифровка. Знаки похожи на буквы, но названы иначе, и у каждого свой почерк.
# Чтобы прочесть шифр простой замены, сначала считают, сколько раз встретился каждый знак. Этим вы и займётесь: соберёте
# читателя, который учится на двух тысячах подписанных знаков, находит знаки на доске, читает их и считает. Сеть выйдет
# маленькая, около 41 000 параметров, и учиться она будет несколько секунд на процессоре.
# <!-- = round(sum(p.numel() for p in reader.model.parameters()), -3) == 41_000 -->
#
# По дороге будет всё, из чего состоит любая задача зрения: классы и нормировка, искажения, батчи, свёрточная сеть,
# цикл обучения, поиск предметов на большом снимке и вопрос «а куда сеть смотрит?».
#
# | что проверяется | баллы |
# |---|---|
# | данные: классы, нормировка, сдвиг, утолщение, искажения, батчи | 1 |
# | сеть, шаг обучения, читатель; новые буквы | 1,5 |
# | доска: рамки букв, слипшиеся буквы, счёт | 1 |
# | незнакомый шрифт и карта того, куда смотрит сеть | 0,5 |
#
# Задачи идут по порядку, но баллы ставятся за каждую отдельно. Ответы на вопросы в конце читает преподаватель.

# %% [markdown]
# ## Правила
#
# * Готовых весов здесь нет, и они не помогли бы. Проверка каждый раз рисует новые данные и **даёт знакам новые
#   имена**: то, что выглядит как «А», в этот раз может называться «Щ». Один раз из трёх и сами знаки незнакомые: их
#   придумали для этой проверки. Читатель должен выучить то, что ему дали. <!-- test_accuracy -->
# * Имена новых букв в вашу программу не попадают: проверка получает ваши ответы и считает точность сама. <!-- note -->
# * Опыты оцениваются по среднему трёх обучений; обучающих знаков у проверки 1550, по 50 на имя. Пороги сказаны в
#   условии, запас у верного решения большой. <!-- note -->
# * Три обучения вместе должны занять не больше 150 секунд на одном ядре. <!-- test_accuracy --> У нас они намного
#   быстрее; сколько у вас, напечатает ячейка с обучением. Сеть побольше — тоже верная, пока она укладывается в это
#   время. <!-- test_accuracy -->
#   <!-- = limits.test_seconds == 150 -->
# * Картинки — `uint8`, $(B, H, W)$: номер, строка, столбец; $B$ — сколько их в батче, а $N$ — в обучающей выборке.
#   Высота и ширина **всегда разные**. Ноль — чёрная доска, 255 — мел. <!-- note -->
# * Картинки, которые пришли на вход, менять нельзя: верните новый тензор. <!-- test_normalise, test_shift,
#   test_thicken, test_augment -->
# * Случайность — из `generator`, который вам передали: тогда опыт можно повторить. Зерно `torch.manual_seed` ставит
#   тот, кто вызывает; внутри ваших функций и классов его не трогайте. <!-- test_augment_chance, test_batches,
#   test_scores -->
#
# Если берёте идею или код из открытого источника, оставьте ссылку в комментарии. <!-- review -->

# %%
import time
from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import probes
import torch
from matplotlib.ticker import ScalarFormatter
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)  # сеть маленькая: одному потоку быстрее
ScalarFormatter.fix_minus = staticmethod(lambda text: text.replace("-", "−").replace(".", ","))  # на осях: −0,5

# %% [markdown]
# Данные рисует `probes.py`: буквы шрифтов DejaVu, повёрнутые, наклонённые, сдвинутые, разной яркости, с зерном
# плёнки. Шрифтов в обучении три: без засечек, с засечками и машинописный. Загляните в файл, когда будете искать,
# почему что-то не сходится.

# %%
rng = torch.Generator().manual_seed(1)
train_images, train_labels = probes.letters(2170, rng)
test_images, test_labels = probes.letters(620, rng)
print(f"обучающих {tuple(train_images.shape)}, {train_images.dtype}; имена: {train_labels[:16]}…")


def show(images, titles=None, columns=12, size=0.8):
    """Картинки в ряд, по `columns` в строке."""
    rows = -(-len(images) // columns)
    _, panels = plt.subplots(rows, columns, figsize=(columns * size, rows * (size + 0.25)), squeeze=False)
    for panel in panels.flat:
        panel.axis("off")
    for place, (panel, image) in enumerate(zip(panels.flat, images, strict=False)):
        panel.imshow(image.numpy(), cmap="gray", vmin=0, vmax=255)
        panel.set_title("" if titles is None else titles[place], fontsize=9)
    plt.show()


show(train_images[:24], train_labels[:24])

# %% [markdown]
# Проверки. Выполните ячейку; читать её необязательно.


# %% tags=["folded"]
class Wrong(Exception):
    """Что не так с ответом."""


def ask(title, question):
    """Задать вопрос вашему коду и напечатать ответ."""
    try:
        question()
    except NotImplementedError:
        print(f"… {title}: здесь пока пусто")
    except Wrong as problem:
        print(f"✗ {title}: {problem}")
    except Exception as error:
        print(f"✗ {title}: {type(error).__name__}: {error}")
    else:
        print(f"✓ {title}")


def expect(condition, message):
    if not condition:
        raise Wrong(message)


def expect_tensor(y, shape, dtype):
    expect(isinstance(y, torch.Tensor), f"должен вернуться тензор, а вернулось {type(y).__name__}. Есть ли return?")
    expect(tuple(y.shape) == tuple(shape), f"форма {tuple(y.shape)} вместо {tuple(shape)}")
    expect(y.dtype == dtype, f"тип {y.dtype} вместо {dtype}")


def untouched(images, before):
    expect(torch.equal(images, before), "картинки на входе изменились; верните новый тензор")


# %% [markdown]
# ## 1. Данные
#
# ### Номера классов
#
# Сеть отвечает номером, а не буквой. Порядок номеров должен быть одним и тем же сегодня и завтра: веса последнего
# слоя привязаны к номерам. Порядок в `set(labels)` ничем не обещан: строки в Python хешируются по-разному в каждом
# запуске. Сохранили веса, запустили программу заново — и сеть уверенно называет «А» буквой «Ю».
#
# **Задача.** `class_map(labels)`: `labels` — строка, буква на каждую картинку. Верните словарь `{буква: номер}`:
# буквы по алфавиту (как сортирует `sorted`), номера с нуля. <!-- test_class_map -->
#
# Например, `class_map("ВАВБА")` → `{"А": 0, "Б": 1, "В": 2}`. <!-- note -->


# %% tags=["solution"]
def class_map(labels: str) -> dict[str, int]:
    """{буква: номер класса}, по алфавиту."""
    # BEGIN SOLUTION
    known = sorted(set(labels))
    return dict(zip(known, range(len(known)), strict=True))
    # END SOLUTION


# %%
def classes_are_sorted():
    got = class_map("ВАВБА")
    expect(got == {"А": 0, "Б": 1, "В": 2}, f"для «ВАВБА» вышло {got}")
    got = class_map(train_labels)
    expect(sorted(got.values()) == list(range(31)), "номера — от 0 до 30")


ask("class_map", classes_are_sorted)

# %% [markdown]
# ### Нормировка
#
# Веса в начале подобраны так, чтобы сигнал с нулевым средним и единичным разбросом проходил сквозь слои, не угасая
# (домашка `weight-init`). Байты от 0 до 255 в большинстве чёрные, и первому слою пришлось бы сначала выучить
# вычитание. Сделаем это за него:
#
# $$\tilde x = \frac{x - \mu}{\sigma}, \qquad \mu = \operatorname{mean}(x_{\text{train}}), \quad
# \sigma = \operatorname{std}(x_{\text{train}}).$$
#
# Числа $\mu$ и $\sigma$ — **по обучающим картинкам**, одни на всех и навсегда. Если посчитать их заново по новому
# батчу, одна и та же буква среди тёмных соседей и среди светлых превратится в две разные.
#
# **Задача.** Класс `Normalise(images)` запоминает $\mu$ и $\sigma$ — два числа; `Normalise(train)(images)` превращает
# $(B, H, W)$ `uint8` в $(B, 1, H, W)$ `float32`. Единица — ось каналов: свёртке она нужна. <!-- test_normalise,
# test_normalise_new_images -->


# %% tags=["solution"]
class Normalise:
    """Вычитает среднее обучающих картинок и делит на их отклонение."""

    def __init__(self, images: torch.Tensor) -> None:
        # BEGIN SOLUTION
        self.mean = images.double().mean().item()
        self.std = images.double().std().item()
        # END SOLUTION

    def __call__(self, images: torch.Tensor) -> torch.Tensor:
        # BEGIN SOLUTION
        return images.float().sub(self.mean).div(self.std).unsqueeze(1)
        # END SOLUTION


# %%
def normalised():
    normalise = Normalise(train_images)
    before = train_images.clone()
    y = normalise(train_images)
    untouched(train_images, before)
    expect_tensor(y, (2170, 1, 32, 28), torch.float32)
    expect(abs(y.mean().item()) < 1e-3, f"среднее обучающих {y.mean().item():.3f}, а должно быть 0")
    expect(abs(y.std().item() - 1) < 1e-3, f"отклонение обучающих {y.std().item():.3f}, а должно быть 1")
    dark = normalise(train_images[:50] // 2)
    expect(dark.mean() < -0.1, "тёмные картинки тоже получили среднее 0: считайте среднее один раз, в __init__")


ask("Normalise", normalised)

# %% [markdown]
# ### Сдвиг и утолщение
#
# Сдвинутая буква — та же буква. Сеть этого не знает: ей нужно показать. Искажения (*augmentation*) — способ рассказать
# сети, что **не** меняет ответа. Это старая мысль: LeNet обучали на искажённых цифрах
# ([LeCun и др., 1998](http://yann.lecun.com/exdb/publis/pdf/lecun-98.pdf)), а без искажений не победила бы и AlexNet
# ([Krizhevsky, Sutskever, Hinton,
# 2012](https://papers.nips.cc/paper/4824-imagenet-classification-with-deep-convolutional-neural-networks)).
#
# Толщина штриха тоже не меняет буквы. Утолстить светлый штрих просто: каждая точка становится **самой яркой из
# девяти**, себя и восьми соседей. В морфологии это называется *дилатацией* ([Serra,
# 1982](https://archive.org/details/imageanalysisma0000serr)); а в torch — pooling с шагом 1.
#
# ![Буква; она же, сдвинутая на 3 вниз и 5 вправо; она же, утолщённая](pictures/distortions.png)
#
# **Задача.** `shift(images, dy, dx)`: $(B, H, W)$ и два тензора $(B,)$ целых чисел. Картинка номер $n$ уходит на $dy_n$
# вниз и $dx_n$ вправо; отрицательные — вверх и влево. Освободившееся место — нули. Ушедшее за край пропадает, на другой
# стороне **не** появляется: `torch.roll` сам по себе не годится. Сдвиг может быть и больше картинки. <!-- test_shift
# -->
#
# **Задача.** `thicken(images)`: наибольшее в окне $3 \times 3$. Форма и тип те же. За краем картинки соседей нет. <!--
# test_thicken -->


# %% tags=["solution"]
def shift(images: torch.Tensor, dy: torch.Tensor, dx: torch.Tensor) -> torch.Tensor:
    """Каждая картинка сдвинута на своё: (B, H, W), (B,), (B,) → (B, H, W)."""
    # BEGIN SOLUTION
    n, height, width = images.shape
    y = torch.arange(height).expand(n, height) - dy.view(n, 1)  # (B, H): откуда взять строку
    x = torch.arange(width).expand(n, width) - dx.view(n, 1)  # (B, W): откуда взять столбец
    known = ((y >= 0) & (y < height)).unsqueeze(2) & ((x >= 0) & (x < width)).unsqueeze(1)  # (B, H, W)
    y, x = y.clamp(0, height - 1).unsqueeze(2), x.clamp(0, width - 1).unsqueeze(1)
    return images[torch.arange(n).view(n, 1, 1), y, x] * known
    # END SOLUTION


def thicken(images: torch.Tensor) -> torch.Tensor:
    """Каждая точка — самая яркая из девяти: (B, H, W) → (B, H, W)."""
    # BEGIN SOLUTION
    widest = F.max_pool2d(images.float().unsqueeze(1), kernel_size=3, stride=1, padding=1)
    return widest.squeeze(1).to(images.dtype)
    # END SOLUTION


# %%
def shifted():
    image = torch.zeros(3, 5, 4, dtype=torch.uint8)
    image[:, 1, 1] = 200
    image[:, 4, 3] = 100
    before = image.clone()
    y = shift(image, torch.tensor([2, 0, 9]), torch.tensor([0, -1, 0]))
    untouched(image, before)
    expect_tensor(y, (3, 5, 4), torch.uint8)
    expect(y[0].nonzero().tolist() != [[1, 3]], "dy и dx перепутаны: dy — по строкам, вниз")
    expect(y[0, 1, 3] == 0, "точка ушла вниз и появилась сверху; там должно быть чёрное")
    expect(y[0].nonzero().tolist() == [[3, 1]], f"точка (1, 1) после dy = 2 оказалась в {y[0].nonzero().tolist()}")
    expect(y[1].nonzero().tolist() == [[1, 0], [4, 2]], f"после dx = −1 точки в {y[1].nonzero().tolist()}")
    expect(not y[2].any(), "после dy = 9 на картинке высотой 5 не должно остаться ничего")


def thick():
    image = torch.zeros(1, 5, 6, dtype=torch.uint8)
    image[0, 2, 2], image[0, 0, 5] = 200, 90
    y = thicken(image)
    expect_tensor(y, (1, 5, 6), torch.uint8)
    expect((y == 200).sum() == 9, f"одна точка должна стать квадратом из 9, а стала {int((y == 200).sum())}")
    expect((y == 90).sum() == 4, "точка в углу должна стать квадратом из 4: за краем ничего нет")


ask("shift", shifted)
ask("thicken", thick)

# %%
try:
    one = train_images[3:4]
    moved_one = shift(one, torch.tensor([3]), torch.tensor([5]))
    show(torch.cat([one, moved_one, thicken(one)]), ["исходная", "сдвиг (3, 5)", "толще"], columns=3, size=1.6)
except NotImplementedError:
    print("… здесь пока пусто: ждёт вашего кода")

# %% [markdown]
# ### Искажение и батчи
#
# **Задача.** `augment(images, generator)`: сначала каждая картинка с вероятностью $1/2$ утолщается, потом сдвигается
# на $dy$ и $dx$ — целые от $-2$ до $2$, все 25 пар равновероятны. Каждая картинка решает за себя. Всю случайность
# берите из `generator`: `torch.rand(..., generator=generator)`. У `torch.randint(low, high)` верхняя граница в
# промежуток **не входит**. <!-- test_augment, test_augment_chance -->
#
# **Задача.** `batches(images, labels, size, generator)`: одна эпоха. Выдаёт пары `(images, labels)` по `size`
# картинок (последний может быть меньше, но не пуст), в новом случайном порядке; каждая картинка встречается ровно
# один раз **и вместе со своей меткой**. `labels` — тензор $(N,)$ с номерами. Проще всего написать функцию с
# `yield`. <!-- test_batches -->
#
# ![Две буквы и по восемь случайных искажений каждой: одни толще, другие сдвинуты](pictures/augmented.png)


# %% tags=["solution"]
def augment(images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Случайное утолщение и случайный сдвиг, у каждой картинки свои: (B, H, W) → (B, H, W)."""
    # BEGIN SOLUTION
    count = len(images)
    keep = torch.rand(count, 1, 1, generator=generator) < 0.5
    dy = torch.randint(-2, 3, (count,), generator=generator)
    dx = torch.randint(-2, 3, (count,), generator=generator)
    return shift(torch.where(keep, images, thicken(images)), dy, dx)
    # END SOLUTION


def batches(images: torch.Tensor, labels: torch.Tensor, size: int, generator: torch.Generator):
    """Пары (картинки, метки) одной эпохи, перемешанные."""
    # BEGIN SOLUTION
    order = torch.randperm(len(images), generator=generator)
    for start in range(0, len(order), size):
        chosen = order[start : start + size]
        yield images[chosen], labels[chosen]
    # END SOLUTION


# %%
def augmented():
    dot = torch.zeros(2000, 9, 7, dtype=torch.uint8)
    dot[:, 4, 3] = 200
    before = dot.clone()
    y = augment(dot, torch.Generator().manual_seed(0))
    untouched(dot, before)
    expect_tensor(y, dot.shape, torch.uint8)
    area = (y > 0).sum((1, 2))
    share = (area == 9).double().mean().item()
    # 2000 картинок: стандартное отклонение доли 0,011, берём шесть
    expect(abs(share - 0.5) < 0.067, f"утолщена доля {share:.2f}, а нужна половина")
    rows = (y.float().sum(2) * torch.arange(9)).sum(1) / y.float().sum((1, 2)) - 4
    found = sorted({round(step) for step in rows.tolist()})
    expect(found == [-2, -1, 0, 1, 2], f"сдвиги по вертикали: {found}; нужны от −2 до 2")
    torch.manual_seed(1)
    again = augment(dot, torch.Generator().manual_seed(0))
    expect(torch.equal(y, again), "с тем же зерном генератора вышло другое: случайность взята мимо generator")


def epoch():
    images = torch.arange(20, dtype=torch.uint8).view(20, 1, 1).expand(20, 3, 2)
    labels = torch.arange(20) + 100
    generator = torch.Generator().manual_seed(0)
    first, second = ([tuple(pair) for pair in batches(images, labels, 8, generator)] for _ in range(2))
    seen = torch.cat([x[:, 0, 0] for x, _ in first]).long()
    expect([len(x) for x, _ in first] == [8, 8, 4], f"размеры батчей {[len(x) for x, _ in first]}, а нужны [8, 8, 4]")
    expect(sorted(seen.tolist()) == list(range(20)), "за эпоху каждая картинка должна встретиться один раз")
    expect(torch.equal(torch.cat([y for _, y in first]), seen + 100), "картинки и метки перемешаны по-разному")
    expect(not torch.equal(seen, torch.cat([x[:, 0, 0] for x, _ in second]).long()), "порядок второй эпохи тот же")


ask("augment", augmented)
ask("batches", epoch)

# %%
try:
    pair = train_images[[3, 8]].repeat_interleave(8, 0)
    show(augment(pair, torch.Generator().manual_seed(5)), columns=8)
except NotImplementedError:
    print("… здесь пока пусто: ждёт вашего кода")

# %% [markdown]
# ## 2. Сеть
#
# Полносвязный слой учит каждую точку картинки отдельно: буква, сдвинутая на пиксель, для него новая. Свёртка
# применяет один и тот же маленький фильтр в каждом месте: сдвинулась буква — сдвинулся и ответ фильтра. Параметров
# мало: из $C_{\text{in}}$ каналов в $C_{\text{out}}$ фильтром $k \times k$ — всего
# $k^2 C_{\text{in}} C_{\text{out}}$. Размер после свёртки с шагом $s$ и полями $p$:
#
# $$H_{\text{out}} = \Bigl\lfloor \frac{H + 2p - k}{s} \Bigr\rfloor + 1.$$
#
# Шаг 2 вдвое уменьшает карту и вчетверо — счёт на ней. Batch norm после свёртки позволяет учить с большим шагом
# ([Ioffe, Szegedy, 2015](https://arxiv.org/abs/1502.03167)).
# <!-- = 2 * 2 == 4 -->
#
# **Чем закончить.** Если вытянуть последнюю карту в строку и поставить `Linear`, в нём окажется больше параметров,
# чем во всей сети, а размер картинки станет постоянным. Вместо этого усредним каждую карту по всем местам (*global
# average pooling*, [Lin, Chen, Yan, Network in Network, 2013](https://arxiv.org/abs/1312.4400)):
#
# $$z_k = b_k + \sum_c w_{kc}\,\frac{1}{hw}\sum_{i,j} F_{cij},$$
#
# где $F$ — карты признаков $(C, h, w)$, $w$ и $b$ — веса и смещение последнего слоя, $z_k$ — ответ для буквы $k$.
# Такая сеть принимает картинку любого размера. А ещё по ней видно, куда она смотрит; это задача 5.
#
# **Задача.** `LetterNet(classes)` — наследник `nn.Module`:
#
# * `model.features(x)`: $(B, 1, H, W) \to (B, C, h, w)$ — свёрточная часть. Из $32 \times 28$ карта должна выйти не
#   меньше $4 \times 4$, подойдёт $8 \times 7$; <!-- test_network_shapes, test_network_follows_shifts -->
# * `model.head` — `nn.Linear(C, classes)`; <!-- test_network_logits -->
# * `model(x)` — `head` от среднего карт, и после него **ничего**: softmax сделает `cross_entropy`. $(B, classes)$. <!--
#   test_network_logits -->
#
# Параметров — не больше 500 000. <!-- test_network_size --> Хватит четырёх свёрток с 16, 32, 48 и 48 каналами, первых
# двух — с шагом 2. `conv` в заготовке — помощник, проверка его не зовёт. <!-- note -->
# <!-- = test_network.MOST_PARAMETERS == 500_000 -->


# %% tags=["solution"]
def conv(inputs: int, outputs: int, kernel: int, stride: int) -> nn.Sequential:
    """Свёртка, batch norm, ReLU; карта уменьшается в stride раз."""
    # BEGIN SOLUTION
    convolution = nn.Conv2d(inputs, outputs, kernel, stride, padding=kernel // 2, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))
    # END SOLUTION


class LetterNet(nn.Module):
    """Свёрточная сеть с усреднением по местам: (B, 1, H, W) → (B, classes)."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        # BEGIN SOLUTION
        self.features = nn.Sequential(conv(1, 16, 5, 2), conv(16, 32, 3, 2), conv(32, 48, 3, 1), conv(48, 48, 3, 1))
        self.head = nn.Linear(48, classes)
        # END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # BEGIN SOLUTION
        maps = self.features(x)  # (B, 48, H / 4, W / 4)
        return self.head(maps.mean(dim=(-2, -1)))
        # END SOLUTION


# %%
def network():
    net = LetterNet(31).eval()
    total = sum(parameter.numel() for parameter in net.parameters())
    expect(0 < total <= 500_000, f"параметров {total}, а можно до 500 000")
    with torch.no_grad():
        for height, width in ((32, 28), (44, 60)):
            x = torch.randn(3, 1, height, width)
            maps, logits = net.features(x), net(x)
            expect_tensor(logits, (3, 31), torch.float32)
            expect(maps.ndim == 4 and min(maps.shape[2:]) >= 4, f"карты признаков {tuple(maps.shape)}")
            expected = maps.mean((2, 3)) @ net.head.weight.T + net.head.bias
            same = torch.allclose(logits, expected, atol=1e-4)
            expect(same, "ответ — не head от среднего карт. Нет ли после head softmax или ReLU?")
    print(f"  параметров {total}, карта признаков {tuple(maps.shape[1:])} для картинки 44 × 60")


ask("LetterNet", network)

# %% [markdown]
# ## 3. Обучение
#
# **Задача.** `training_step(model, optimizer, x, y)`: один шаг по одному батчу. Перевести сеть в режим обучения,
# обнулить градиенты, посчитать `cross_entropy` (среднее по батчу), градиент, сделать шаг. Вернуть потери **числом**.
# <!-- test_training_step -->
#
# Здесь живут четыре самые частые ошибки, и ни одна не роняет программу:
#
# 1. `softmax` до `cross_entropy`. Она применит softmax ещё раз. Вероятности лежат между 0 и 1, поэтому потери не упадут
#    ниже $-\ln\frac{e}{e + K - 1}$: при $K = 31$ это $2{,}49$, хотя у случайного ответа всего $\ln 31 = 3{,}43$. <!--
#    note -->
#    <!-- = round(-math.log(math.e / (math.e + 31 - 1)), 2) == 2.49 and round(math.log(31), 2) == 3.43 -->
# 2. Забытый `zero_grad`: градиенты всех прошлых шагов складываются. <!-- note -->
# 3. Забытый `model.train()` после проверки: batch norm перестаёт обновлять свои средние. <!-- note -->
# 4. Метки, перемешанные отдельно от картинок. Эту вы уже исключили. <!-- note -->


# %% tags=["solution"]
def training_step(model: nn.Module, optimizer: torch.optim.Optimizer, x: torch.Tensor, y: torch.Tensor) -> float:
    """Один шаг обучения; потери до шага."""
    # BEGIN SOLUTION
    model.train()
    loss = F.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
    # END SOLUTION


# %%
def step():
    torch.manual_seed(0)
    net = nn.Sequential(nn.Flatten(), nn.Linear(6, 4)).eval()
    x, y = torch.randn(5, 1, 2, 3), torch.tensor([0, 1, 2, 3, 0])
    weight = net[1].weight.detach().clone()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    expected = F.cross_entropy(net(x), y)
    (gradient,) = torch.autograd.grad(expected, [net[1].weight])
    net[1].weight.grad = torch.ones_like(weight)
    loss = training_step(net, optimizer, x, y)
    expect(isinstance(loss, float), f"потери — число, а вернулось {type(loss).__name__}: loss.item()")
    expect(abs(loss - expected.item()) < 1e-5, f"потери {loss:.4f}, а cross_entropy этого батча {expected.item():.4f}")
    expect(not torch.equal(net[1].weight, weight), "веса не изменились: вызван ли optimizer.step()?")
    good = torch.allclose(net[1].weight, weight - 0.1 * gradient, atol=1e-6)
    expect(good, "шаг сделан не по градиенту этого батча. Обнулены ли старые градиенты?")
    expect(net.training, "сеть осталась в режиме применения: model.train()")


ask("training_step", step)

# %% [markdown]
# **Задача.** Класс `Reader(images, labels, epochs=…, distort=augment)` собирает всё вместе. `images` — $(N, 32, 28)$
# `uint8`, `labels` — строка из $N$ букв. Сколько эпох учить по умолчанию, решаете вы; проверка иногда просит
# `epochs=1`. <!-- test_distort -->
#
# * `reader.letters` — буквы по номерам классов (список или строка), `reader.normalise` — ваш `Normalise` по обучающим,
#   `reader.model` — обученная сеть. <!-- test_read, test_scores -->
# * `reader.scores(images)` — ответы сети $(B, K)$: `model(normalise(images))` в режиме применения, без искажений и без
#   softmax. Ответ на картинку не зависит от соседей по батчу и не меняется, если спросить ещё раз. <!-- test_scores -->
# * `reader.read(images)` — строка из $B$ букв: та, у которой ответ больше всех. <!-- test_read -->
#
# Какой взять оптимизатор и расписание — ваше дело. У нас: `AdamW`, `OneCycleLR` до 0,01 ([Smith, Topin,
# 2017](https://arxiv.org/abs/1708.07120)), батчи по 64, десять эпох: несколько секунд. Номера классов — из
# `class_map(labels)`. Искажайте **обучающие** картинки, каждую эпоху заново: `distort(images, generator)`. Он получает
# байты, до нормировки, и за эпоху каждую картинку один раз. По умолчанию это ваш `augment`, а в опыте ниже будет и
# другое. <!-- test_distort -->
# <!-- = given(0.01) -->
#
# Зерно для своего генератора можно взять так: `torch.Generator().manual_seed(int(torch.randint(2**31, ())))`. <!-- note
# -->
#
# **Порог.** Новых букв прочитано верно не меньше 90 % в среднем по трём обучениям. <!-- test_accuracy --> У нас ниже
# выйдет около 99 %. <!-- note --> Если искать самую похожую обучающую картинку (метод ближайшего соседа), выйдет около
# 61 %: запомнить мало, нужно понять. <!-- note -->
# <!-- = test_network.ACCURACY == 0.9 and abs(share_right(answer, test_labels) - 0.99) < 0.012 and
# abs(share_right([train_labels[i] for i in torch.cdist(test_images.flatten(1).float(),
# train_images.flatten(1).float()).argmin(1)], test_labels) - 0.61) < 0.02 -->


# %% tags=["solution"]
class Reader:
    """Учится на подписанных картинках и читает новые."""

    def __init__(self, images: torch.Tensor, labels: str, epochs: int = 10, distort=augment) -> None:
        # BEGIN SOLUTION
        places = class_map(labels)
        self.letters = list(places)
        self.normalise = Normalise(images)
        self.model = LetterNet(len(places))
        self._fit(images, torch.tensor([places[letter] for letter in labels]), epochs, distort)
        # END SOLUTION

    # BEGIN SOLUTION
    # STUB: # Здесь удобно завести метод для самого обучения
    def _fit(self, images: torch.Tensor, y: torch.Tensor, epochs: int, distort, size: int = 64) -> None:
        generator = torch.Generator().manual_seed(int(torch.randint(2**31, ())))
        optimizer = torch.optim.AdamW(self.model.parameters(), weight_decay=0.01)
        steps = epochs * -(-len(images) // size)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.01, total_steps=steps + 1)
        for _ in range(epochs):
            for some, targets in batches(images, y, size, generator):
                training_step(self.model, optimizer, self.normalise(distort(some, generator)), targets)
                schedule.step()

    # END SOLUTION

    def scores(self, images: torch.Tensor) -> torch.Tensor:
        """Ответы сети: (B, H, W) → (B, K)."""
        # BEGIN SOLUTION
        self.model.eval()
        with torch.no_grad():
            return self.model(self.normalise(images))
        # END SOLUTION

    def read(self, images: torch.Tensor) -> str:
        """По букве на картинку."""
        # BEGIN SOLUTION
        best = self.scores(images).argmax(dim=1)
        return "".join(self.letters[place] for place in best.tolist())
        # END SOLUTION


# %%
def share_right(answer, text):
    """Доля верно прочитанных букв."""
    return sum(map(str.__eq__, answer, text)) / len(text)


def small_reader():
    images, labels = probes.letters(60, torch.Generator().manual_seed(2), alphabet="ЖМО")
    torch.manual_seed(0)
    small = Reader(images, labels.translate(str.maketrans("ЖМО", "ЯАК")), epochs=1)
    for name in ("letters", "normalise", "model"):
        expect(hasattr(small, name), f"нет reader.{name}: имена — точно как в условии")
    expect("".join(small.letters) == "АКЯ", f"reader.letters — {small.letters}, а нужны буквы из labels, по алфавиту")
    together = small.scores(images[:5])
    expect_tensor(together, (5, 3), torch.float32)
    alone = torch.cat([small.scores(images[i : i + 1]) for i in range(5)])
    expect(
        torch.allclose(together, small.scores(images[:5]), atol=1e-4), "второй раз ответ другой: искажения или дропаут?"
    )
    expect(
        torch.allclose(together, alone, atol=1e-3), "ответ зависит от соседей: model.eval()? Normalise по обучающим?"
    )
    passed = []
    Reader(images, "ЯАК" * 20, epochs=2, distort=lambda some, _: passed.append(len(some)) or some)
    expect(sum(passed) == 120, f"за две эпохи через distort прошло картинок {sum(passed)}, а должно 2 · 60 = 120")
    text = small.read(images[:5])
    expect(text == "".join("АКЯ"[i] for i in together.argmax(1).tolist()), f"read вернул {text!r}")


ask("Reader после одной эпохи", small_reader)

# %% [markdown]
# Теперь обучение целиком. Запишите прогноз: сколько из 620 новых букв будет прочитано неверно и какие буквы сеть
# спутает?

# %%
reader = None  # останется таким, если обучение не дойдёт до конца
try:
    torch.manual_seed(0)
    began = time.perf_counter()
    reader = Reader(train_images, train_labels)
    seconds = time.perf_counter() - began
    answer = reader.read(test_images)
    print(f"обучение заняло {seconds:.0f} с; у проверки таких обучений три, на все вместе — 150 с")
    print(f"новых букв прочитано верно {share_right(answer, test_labels):.1%}")
    wrong = [i for i in range(len(answer)) if answer[i] != test_labels[i]][:12]
    if wrong:
        show(test_images[wrong], [f"{test_labels[i]} → {answer[i]}" for i in wrong])
except NotImplementedError:
    print("… сначала решите задачи выше")

# %% [markdown]
# Верно меньше 95 %? Посмотрите на **обучающие** буквы: `share_right(reader.read(train_images), train_labels)`. Если и
# они читаются плохо — ошибка в обучении или нормировке. Если они на 100 %, а новые нет — сеть выучила их наизусть: нет
# искажений.
# <!-- = given(95) and given(100) -->

# %% [markdown]
# ### Незнакомый шрифт
#
# Все три шрифта в обучении обычной толщины. А если доску исписали **жирным**? Обучим сеть трижды, с разными
# искажениями, и спросим о жирных буквах. Это и есть смысл искажений: не «больше данных», а **те перемены, которые
# ждут сеть в жизни**.
#
# **Порог.** Жирных букв прочитано верно не меньше 85 % в среднем по трём обучениям. <!-- test_unseen_font --> У нас
# ниже выйдет около 96 %. <!-- note -->
# <!-- = test_unseen.BOLD == 0.85 and abs(fonts_read["сдвиг и утолщение"][1] - 0.96) < 0.02 -->
#
# ![Обычные буквы сеть читает на 99 процентов при любых искажениях; жирные без утолщения — на 55, с ним — на
# 97](pictures/fonts.png)
# <!-- = [round(100 * mean(pictures.FONTS[name][1])) for name in ("без искажений", "сдвиг и утолщение")] == [55, 97] and
# min(read[0] for read in fonts_read.values()) > 0.98 and given(99) and all(abs(share - mean(drawn)) < (0.02, 0.12)[k]
# for name, read in fonts_read.items() for k, (share, drawn) in enumerate(zip(read, pictures.FONTS[name]))) -->

# %%
bold_images, bold_labels = probes.letters(620, torch.Generator().manual_seed(7), fonts=probes.BOLD)
show(bold_images[:12], bold_labels[:12])


def only_shift(images, generator):
    dy, dx = torch.randint(-2, 3, (2, len(images)), generator=generator)
    return shift(images, dy, dx)


# %%
try:
    if reader is None:
        raise NotImplementedError
    table = {"сдвиг и утолщение": reader}
    for name, other in {"без искажений": lambda images, _: images, "только сдвиг": only_shift}.items():
        torch.manual_seed(0)
        table[name] = Reader(train_images, train_labels, distort=other)
    fonts_read = {}
    for name, trained_reader in table.items():
        shares = fonts_read[name] = [
            share_right(trained_reader.read(x), y) for x, y in ((test_images, test_labels), (bold_images, bold_labels))
        ]
        print(f"{name:20} обычные {shares[0]:.1%}, жирные {shares[1]:.1%}")
except NotImplementedError:
    print("… сначала решите задачи выше")

# %% [markdown]
# ## 4. Доска
#
# Читатель умеет узнавать букву посередине картинки $32 \times 28$. На доске их полторы сотни, и никто не сказал где.
#
# Что обещано: строки не пересекаются, между ними не меньше 5 чистых пикселей; буквы машинописные, шириной от 10 до 18
# пикселей и высотой от 16; соседние буквы либо **слиплись** (не больше двух подряд), либо между ними не меньше 3
# пикселей. Две слипшиеся шире 18. У «Ы» две отдельные части, второй — узкой, не шире 6 — нет ни у какой другой буквы; к
# соседям «Ы» не прилипает. По доске рассыпаны **крошки** мела, не больше $2 \times 2$. Снимок зернистый: тёмное — не
# ровно ноль.
# <!-- = given(5) and given(3) -->
#
# План: порог яркости → убрать крошки → строки (где в ряду пикселей есть мел) → в строке то же по столбцам → приклеить
# хвост «Ы» → широкие куски разрезать там, где мела меньше всего, возле середины.
#
# ![Две строки доски; буквы обведены рамками, слипшиеся разделены, крошки пропущены](pictures/boxes.png)
#
# **Задача.** `find_letters(page)`: $(H, W)$ `uint8` → список рамок `(top, left, bottom, right)`, порядок рамок любой.
# Буква занимает строки `top … bottom − 1` и столбцы `left … right − 1`, так что `page[top:bottom, left:right]` — она
# сама. Где начинается первая строка и с каким шагом идут остальные, заранее не известно. <!-- test_find_separate -->
#
# Рамка засчитана, если пересечение с настоящей делённое на объединение (*IoU*) не меньше $1/2$. Качество — $F_1 = 2
# \cdot \text{совпавшие} / (\text{найденные} + \text{настоящие})$: лишние рамки тоже ошибки. В среднем по трём доскам
# нужно не меньше 95 % на чистой доске, 95 % среди крошек и 92 % среди слипшихся. <!-- test_find_separate,
# test_find_specks, test_find_touching -->
# <!-- = (test_page.SEPARATE, test_page.SPECKS, test_page.TOUCHING) == (0.95, 0.95, 0.92) -->
#
# `stretches` и `pieces` в заготовке — помощники для этого плана; проверка зовёт только `find_letters`. <!-- note -->
#
# Подсказка о крошках: в окне $5 \times 5$ вокруг точки штриха мела много, вокруг крошки — не больше четырёх точек. <!--
# note -->


# %% tags=["solution"]
def stretches(mask: torch.Tensor) -> list[tuple[int, int]]:
    """Отрезки подряд идущих True: [(начало, конец), …], конец не входит."""
    # BEGIN SOLUTION
    steps = torch.diff(mask.int(), prepend=torch.zeros(1, dtype=torch.int), append=torch.zeros(1, dtype=torch.int))
    return list(zip((steps == 1).nonzero().view(-1).tolist(), (steps == -1).nonzero().view(-1).tolist(), strict=True))
    # END SOLUTION


def pieces(ink: torch.Tensor) -> list[tuple[int, int]]:
    """Где в строке ink (h, W) буквы: [(left, right), …]."""
    # BEGIN SOLUTION
    whole: list[tuple[int, int]] = []
    for left, right in stretches(ink.any(0)):
        if right - left >= 7:
            whole.append((left, right))
        elif whole and left - whole[-1][1] < 5 and ink[:, left:right].sum() > 14:  # вторая половина «Ы»
            whole[-1] = (whole[-1][0], right)
    found = []
    for left, right in whole:
        if right - left < 19:
            found.append((left, right))
            continue
        middle = (left + right) // 2
        cut = middle - 3 + int(ink[:, middle - 3 : middle + 4].sum(0).argmin())
        found += [(left, cut), (cut, right)]
    return found
    # END SOLUTION


def find_letters(page: torch.Tensor) -> list[tuple[int, int, int, int]]:
    """Рамки букв (top, left, bottom, right) на доске (H, W)."""
    # BEGIN SOLUTION
    bright = page > 0.4 * torch.quantile(page.float(), 0.995)
    crowd = 25 * F.avg_pool2d(bright[None].float(), 5, stride=1, padding=2)[0]
    ink = bright & (crowd > 4.5)
    boxes = []
    for top, bottom in stretches(ink.sum(1) > 1):
        for left, right in pieces(ink[top:bottom]) if bottom - top > 8 else []:
            rows = ink[top:bottom, left:right].any(1).nonzero()
            boxes.append((top + int(rows[0]), left, top + int(rows[-1]) + 1, right))
    return boxes
    # END SOLUTION


# %%
def frame(page, boxes, colour="#e8833a"):
    """Доска и рамки на ней."""
    _, panel = plt.subplots(figsize=(11, 11 * page.shape[0] / page.shape[1]))
    panel.imshow(page.numpy(), cmap="gray")
    for top, left, bottom, right in boxes:
        panel.add_patch(plt.Rectangle((left - 0.5, top - 0.5), right - left, bottom - top, fill=False, color=colour))
    panel.axis("off")
    plt.show()


def overlap(one, other):
    """IoU двух рамок."""
    height = max(0, min(one[2], other[2]) - max(one[0], other[0]))
    width = max(0, min(one[3], other[3]) - max(one[1], other[1]))
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    return height * width / (sum(areas) - height * width)


def boxes_on(threshold, **options):
    def question():
        total = 0.0
        for seed in range(3):
            page, _, true = probes.page(torch.Generator().manual_seed(seed), **options)
            found = find_letters(page)
            expect(found is not None, "должен вернуться список рамок. Есть ли return?")
            expect(len(found) > 0, "не найдено ничего")
            hits = sum(max(overlap(box, other) for other in found) >= 0.5 for box in true)
            total += 2 * hits / (len(found) + len(true)) / 3
        expect(
            total >= threshold,
            f"качество {total:.1%}, нужно {threshold:.0%}; на последней доске {len(true)} букв, рамок {len(found)}",
        )

    return question


ask("чистая доска", boxes_on(0.95, touching=0.0, specks=0, alphabet=probes.LETTERS + 20 * "Ы"))
ask("крошки", boxes_on(0.95, touching=0.0, specks=250))
ask("слипшиеся", boxes_on(0.92, touching=0.6))

# %%
board, board_text, board_boxes = probes.page(torch.Generator().manual_seed(11), lines=3)
try:
    frame(board, find_letters(board))
except NotImplementedError:
    print("… здесь пока пусто; вот настоящие рамки")
    frame(board, board_boxes)

# %% [markdown]
# **Задача.** `count_letters(reader, page)`: словарь `{буква: сколько раз}`; букв, которых нет, в нём может и не быть.
# <!-- test_count_letters -->
#
# Вырезанную букву поставьте посередине чёрной картинки $32 \times 28$. **Не растягивайте**: читатель учился на буквах
# такого же размера, как на доске, а растянутая «Г» похожа на «П» больше, чем на «Г». <!-- test_count_letters -->
#
# **Порог.** Доля верно сосчитанных, $\sum_k \min(\hat c_k, c_k) \,/ \max(\sum_k \hat c_k, \sum_k c_k)$, — не меньше
# 80 % в среднем по шести доскам: три читателя, по две доски. <!-- test_count_letters --> У нас ниже выйдет около 88 %.
# <!-- note -->
# <!-- = test_page.COUNTED == 0.8 and abs(mean(share_counted(seed) for seed in range(4)) - 0.88) < 0.04 -->


# %% tags=["solution"]
def count_letters(reader: Reader, page: torch.Tensor) -> dict[str, int]:
    """Сколько раз на доске встретилась каждая буква."""
    # BEGIN SOLUTION
    cards = []
    for top, left, bottom, right in find_letters(page):
        crop = page[top:bottom, left:right][:32, :28]
        free = 32 - crop.shape[0], 28 - crop.shape[1]
        cards.append(F.pad(crop, (free[1] // 2, free[1] - free[1] // 2, free[0] // 2, free[0] - free[0] // 2)))
    counts: dict[str, int] = {}
    for letter in reader.read(torch.stack(cards)) if cards else "":
        counts[letter] = counts.get(letter, 0) + 1
    return counts
    # END SOLUTION


# %%
def share_counted(seed):
    """Доля верно сосчитанных на одной доске."""
    page, text, _ = probes.page(torch.Generator().manual_seed(seed))
    counts = count_letters(reader, page)
    expect(isinstance(counts, dict), f"нужен словарь, а вернулось {type(counts).__name__}")
    common = sum(min(count, text.count(letter)) for letter, count in counts.items())
    return common / max(len(text), sum(counts.values()))


def counted():
    if reader is None:
        raise NotImplementedError
    mean = sum(share_counted(seed) for seed in range(4)) / 4
    print(f"  сосчитано верно {mean:.1%} в среднем по четырём доскам")
    expect(mean >= 0.8, f"сосчитано верно {mean:.1%}: хороши ли рамки, стоит ли буква посередине?")


ask("count_letters", counted)

# %% [markdown]
# ## 5. Куда смотрит сеть
#
# Переставим в формуле ответа две суммы:
#
# $$z_k = b_k + \frac{1}{hw} \sum_{i,j} \underbrace{\sum_c w_{kc} F_{cij}}_{M^k_{ij}}.$$
#
# Ответ для буквы $k$ — это смещение плюс среднее карты $M^k$. Каждое место $(i, j)$ отдало за букву $k$ свой голос
# $M^k_{ij}$, и их можно нарисовать. Это *class activation map*
# ([Zhou и др., Learning Deep Features for Discriminative Localization, 2015](https://arxiv.org/abs/1512.04150)). Сеть
# никто не учил, **где** на картинке буква, только **какая** она. Место она находит сама.
#
# **Задача.** `cam(model, x, classes)`: `x` — нормированные картинки $(B, 1, H, W)$, `classes` — номера букв $(B,)$, у
# каждой картинки свой. Верните $(B, h, w)$: $M_n = \sum_c w_{k_n c} F_{nc}$. Без смещения, без ReLU, без растяжения к
# $[0, 1]$. <!-- test_cam -->
#
# **Порог.** На полосках из трёх букв самое яркое место карты попадает на ту букву, о которой спросили, не реже чем в
# 85 % случаев, в среднем по трём обучениям; наугад — в трети. <!-- test_cam_points -->
# <!-- = test_unseen.POINTED == 0.85 -->
#
# ![Полоска из трёх букв и три карты: яркое пятно стоит на той букве, о которой спросили](pictures/cam.png)


# %% tags=["solution"]
def cam(model: nn.Module, x: torch.Tensor, classes: torch.Tensor) -> torch.Tensor:
    """Карта голосов за букву: (B, 1, H, W), (B,) → (B, h, w)."""
    # BEGIN SOLUTION
    with torch.no_grad():
        maps = model.features(x)  # (B, C, h, w)
        weights = model.head.weight[classes]  # (B, C)
        return (weights[:, :, None, None] * maps).sum(dim=1)
    # END SOLUTION


# %%
def votes():
    torch.manual_seed(0)
    net = LetterNet(6).eval()
    x, classes = torch.randn(3, 1, 40, 44), torch.tensor([5, 0, 2])
    with torch.no_grad():
        maps, logits = cam(net, x, classes), net(x)
    expect(maps.ndim == 3 and len(maps) == 3, f"форма {tuple(maps.shape)}, а нужна (3, h, w)")
    wanted = logits[torch.arange(3), classes] - net.head.bias[classes]
    error = (maps.mean((1, 2)) - wanted).abs().max().item()
    expect(error < 1e-4, f"среднее карты плюс смещение — это ответ сети; расхождение {error:.2g}")


ask("cam", votes)

# %%
strip_images, strip_words = probes.strips(3, torch.Generator().manual_seed(3))
try:
    if reader is None:
        raise NotImplementedError
    _, panels = plt.subplots(3, 4, figsize=(11, 4), layout="constrained")
    for row, image, word in zip(panels, strip_images, strip_words, strict=True):
        row[0].imshow(image.numpy(), cmap="gray")
        row[0].set_title(word, fontsize=10)
        numbers = torch.tensor([list(reader.letters).index(letter) for letter in word])
        heat = cam(reader.model.eval(), reader.normalise(image[None]).expand(3, -1, -1, -1), numbers)
        for panel, one_map, letter in zip(row[1:], heat.detach(), word, strict=True):
            panel.imshow(image.numpy(), cmap="gray", extent=(0, 84, 32, 0))
            panel.imshow(one_map.numpy(), cmap="inferno", alpha=0.6, extent=(0, 84, 32, 0))
            panel.set_title(f"где «{letter}»?", fontsize=10)
    for panel in panels.flat:
        panel.axis("off")
    plt.show()
except NotImplementedError:
    plt.close()
    print("… сначала решите задачи выше")

# %% [markdown]
# **Вопросы.** Ответьте в ячейке ниже, по две-три фразы на каждый, с числами из своих запусков.
#
# 1. Какие буквы ваш читатель путает чаще всего и почему именно их? Посмотрите на их карты: за какую часть буквы
#    голосует сеть?
# 2. Утолщение почти не изменило точность на обычных буквах, а на жирных подняло её с 57 до 96 %. Почему? Какое
#    искажение вы добавили бы для курсива и какое здесь было бы **вредным** (подсказка: Ш и Щ, Е и Э, И и П)?
#    <!-- = abs(fonts_read["только сдвиг"][1] - 0.57) < 0.06 and abs(fonts_read["сдвиг и утолщение"][1] - 0.96) < 0.02
#    -->
# 3. Почти все рамки на месте, буквы читаются на 99 %, а счёт верен примерно на 88 %. Где теряется остальное? Назовите
#    два случая, посмотрев на свою доску.
#    <!-- = abs(share_right(answer, test_labels) - 0.99) < 0.012 and abs(mean(share_counted(seed) for seed in range(4))
#    - 0.88) < 0.04 -->

# %% [markdown] tags=["solution"]
# 1. Путаются пары, которые отличаются одной короткой чертой: Ш и Щ, П и Л, Ь и Ъ. Карта за «Щ» ярче всего внизу
#    справа, у хвоста: там и лежит вся разница.
# 2. Обычные буквы сеть уже знает: новое искажение ничего о них не рассказывает. Жирный штрих раньше был вне того, что
#    она видела, а утолщённые картинки на него похожи. Для курсива — наклон; вредно отражение: «Е» станет «Э», а «И» —
#    почти «N».
# 3. В разрезах: у слипшейся пары разной ширины шов не посередине, и кусок соседа остаётся в рамке. Рамка при этом
#    засчитана (IoU больше половины), а «Г» с чужой ножкой читается как «П»; «Ь» с обрезком — как «Ы».

# %% [markdown]
# ## Готово?
#
# Сохраните ноутбук, запустите в терминале `kafedra check`, потом `git push`. Результат придёт туда же. Проверка учит
# трёх читателей, поэтому ждать придётся дольше, чем в ячейке с обучением.

# %% [markdown]
# ## Сложнее
#
# Без баллов, для удовольствия.
#
# **А. Разрез, который выбирает сеть.** Широкий кусок режется там, где мела меньше, и сеть об этом не спрашивают.
# Спросим: переберите несколько разрезов, прочитайте обе половины и возьмите тот, где сумма логарифмов вероятностей
# наибольшая. Так устроено чтение в статье [LeCun и др., 1998](http://yann.lecun.com/exdb/publis/pdf/lecun-98.pdf),
# раздел об «over-segmentation» и графах. Ячейка ниже сравнит такой разрез с разрезом ровно посередине. Кто окажется
# ближе к шву и почему: что видела сеть, когда училась, и чего на её картинках не бывало?


# %% tags=["solution"]
def best_cut(reader: Reader, piece: torch.Tensor) -> int:
    """Столбец, по которому кусок (h, w) с двумя буквами лучше всего разрезать."""
    # BEGIN SOLUTION
    width = piece.shape[1]
    cuts = range(max(8, width - 18), min(width - 8, 18) + 1)
    halves = []
    for cut in cuts:
        for part in (piece[:32, :cut], piece[:32, cut:]):
            free = 32 - part.shape[0], 28 - part.shape[1]
            halves.append(F.pad(part, (free[1] // 2, free[1] - free[1] // 2, free[0] // 2, free[0] - free[0] // 2)))
    sure = reader.scores(torch.stack(halves)).log_softmax(1).amax(1)  # (2 · разрезы,)
    return cuts[int(sure.view(-1, 2).sum(1).argmax())]
    # END SOLUTION


# %%
def cutting():
    if reader is None:
        raise NotImplementedError
    page, _, boxes = probes.page(torch.Generator().manual_seed(5), touching=0.6, specks=0)
    errors, middle = [], []
    for one, other in pairwise(boxes):
        if one[3] - 1 == other[1]:
            top, bottom, seam = min(one[0], other[0]), max(one[2], other[2]), one[3] - one[1]
            errors.append(abs(best_cut(reader, page[top:bottom, one[1] : other[3]]) - seam))
            middle.append(abs((other[3] - one[1]) // 2 - seam))
    mean, naive = sum(errors) / len(errors), sum(middle) / len(middle)
    print(f"  промах сети {mean:.2f} пикселя в среднем, разреза посередине — {naive:.2f}")
    expect(mean < 2, f"в среднем промах {mean:.2f} пикселя: обе ли половины прочитаны, логарифмы ли сложены?")


ask("разрез по сети", cutting)

# %% [markdown]
# **Б. Без рамок.** Сеть принимает картинку любого размера. Дайте ей строку доски целиком и посмотрите на карты $M^k$
# для всех $k$: получится «лента» голосов, по которой можно читать, ничего не вырезая. Так работают полносвёрточные
# сети ([Long, Shelhamer, Darrell, 2014](https://arxiv.org/abs/1411.4038)). Чего не хватает, чтобы отличить «АА» от
# «А»?
#
# **В. Настоящие цифры.** Положите файлы MNIST в папку `data/MNIST/raw` (их кладёт туда и `torchvision.datasets.MNIST`).
# Тот же читатель выучит и рукописные цифры. Сколько эпох понадобится до 98 %? Что из искажений помогает, а что мешает?
# <!-- = given(98) -->


# %%
def mnist(images_file, labels_file, folder=Path("data/MNIST/raw")):
    """Картинки (N, 28, 28) uint8 и строка из N цифр; None, если файлов нет."""
    if not (folder / images_file).exists() or not (folder / labels_file).exists():
        return None
    images = np.frombuffer((folder / images_file).read_bytes(), np.uint8, offset=16).reshape(-1, 28, 28)
    labels = np.frombuffer((folder / labels_file).read_bytes(), np.uint8, offset=8)
    return torch.tensor(images), "".join(map(str, labels))


digits = mnist("train-images-idx3-ubyte", "train-labels-idx1-ubyte")
if digits is None:
    print("файлов MNIST нет в data/MNIST/raw; без них эта задача не начнётся, и это не беда")
elif reader is not None:
    images, labels = digits
    digit_reader = Reader(images[:6000], labels[:6000])
    print(f"цифр прочитано верно {share_right(digit_reader.read(images[6000:8000]), labels[6000:8000]):.1%}")

# %% [markdown]
# **Г. Прочитать шифровку.** Посчитайте знаки на доске с русским текстом и сравните с частотами русских букв: самая
# частая — «О», за ней «Е» и «А». Сколько букв доски нужно, чтобы угадать первые пять?
