"""Буквы, страницы и то, как проверка вызывает ваш код.

Первая половина рисует данные: буквы мелом на доске и целые доски. Ею пользуется и ноутбук, и проверка, но зерно у
проверки своё, а имена букв она каждый раз перемешивает: готовый ответ не подойдёт.

Вторая половина работает рядом с вашим кодом. Проверка передаёт картинки и получает назад числа; верных ответов на
новые картинки здесь нет, а точность она считает сама, в другом процессе.
"""

import functools
import math

import torch
from torch import nn

HEIGHT, WIDTH = 32, 28  # картинка с одной буквой
CAPITAL = 18  # высота прописной буквы в пикселях
LETTERS = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"


# Данные


@functools.cache
def stencil(font, letter):
    """Трафарет буквы вдвое крупнее картинки: (64, 56), числа от 0 до 1, буква посередине."""
    import matplotlib as mpl
    from matplotlib.ft2font import FT2Font

    face = FT2Font(f"{mpl.get_data_path()}/fonts/ttf/{font}.ttf")
    face.set_size(2 * CAPITAL / 0.729, 72)  # прописная буква DejaVu — 0,729 кегля
    face.set_text(letter)
    face.draw_glyphs_to_bitmap(antialiased=True)
    ink = torch.tensor(face.get_image().tolist()) / 255
    if ink.shape[1] > 42:  # широкие Ж и Щ сжимаются, чтобы поместиться
        ink = nn.functional.interpolate(ink[None, None], (ink.shape[0], 42), mode="area")[0, 0]
    sheet = torch.zeros(2 * HEIGHT, 2 * WIDTH)
    top, left = (sheet.shape[0] - ink.shape[0]) // 2, (sheet.shape[1] - ink.shape[1]) // 2
    sheet[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return sheet


# Начертание — это функция: буква → трафарет.
TYPEWRITER = functools.partial(stencil, "DejaVuSansMono")
REGULAR = (functools.partial(stencil, "DejaVuSans"), functools.partial(stencil, "DejaVuSerif"), TYPEWRITER)
BOLD = tuple(functools.partial(stencil, f"{font}-Bold") for font in ("DejaVuSans", "DejaVuSerif", "DejaVuSansMono"))


def uniform(count, limit, rng):
    """`count` чисел, равномерно от −limit до limit."""
    return limit * (2 * torch.rand(count, generator=rng) - 1)


def write(letters, fonts, rng, *, turn=15.0, slant=0.25, size=0.2, shift=3.0):
    """Буквы от руки: повёрнуты, наклонены, сдвинуты, разного размера. (N, 32, 28), числа от 0 до 1, без шума."""
    count = len(letters)
    chosen = torch.randint(len(fonts), (count,), generator=rng).tolist()
    sheets = torch.stack([fonts[place](letter) for letter, place in zip(letters, chosen, strict=True)])
    angle, lean = uniform(count, math.radians(turn), rng), uniform(count, slant, rng)
    scale = 1 + uniform(count, size, rng)
    dy, dx = uniform(count, 2 * shift / HEIGHT, rng), uniform(count, 2 * shift / WIDTH, rng)
    ratio = HEIGHT / WIDTH
    rows = [
        torch.stack([angle.cos() / scale, (angle.sin() + lean) * ratio / scale, dx], 1),
        torch.stack([-angle.sin() / ratio / scale, angle.cos() / scale, dy], 1),
    ]
    grid = nn.functional.affine_grid(torch.stack(rows, 1), (count, 1, *sheets.shape[1:]), align_corners=False)
    drawn = nn.functional.grid_sample(sheets[:, None], grid, align_corners=False)
    return nn.functional.avg_pool2d(drawn, 2)[:, 0]


def photograph(ink, rng, *, noise=0.09):
    """Снимок доски: мел разной яркости, зерно плёнки. Из чисел от 0 до 1 — байты от 0 до 255."""
    light = 0.55 + 0.45 * torch.rand(ink.shape[0], *[1] * (ink.ndim - 1), generator=rng)
    grain = noise * torch.randn(ink.shape, generator=rng)
    return (255 * (ink * light + grain)).clamp(0, 255).round().to(torch.uint8)


def letters(count, rng, *, alphabet=LETTERS, fonts=REGULAR):
    """`count` картинок с буквами, всех букв поровну или почти поровну: (N, 32, 28) uint8 и строка из N букв."""
    places = torch.randperm(count, generator=rng) % len(alphabet)
    text = "".join(alphabet[place] for place in places.tolist())
    return photograph(write(text, fonts, rng), rng), text


def strips(count, rng, *, alphabet=LETTERS, fonts=REGULAR, length=3):
    """Полоски из трёх разных букв: (N, 32, 84) uint8 и список из N строк по три буквы."""
    words = ["".join(alphabet[i] for i in torch.randperm(len(alphabet), generator=rng)[:length]) for _ in range(count)]
    ink = write("".join(words), fonts, rng, turn=6.0, slant=0.1, size=0.08, shift=1.0)
    ink = ink.reshape(count, length, HEIGHT, WIDTH).permute(0, 2, 1, 3).reshape(count, HEIGHT, length * WIDTH)
    return photograph(ink, rng), words


def trimmed(letter, font, rng):
    """Одна буква через трафарет, обрезанная по краям мела: (h, w)."""
    ink = write(letter, (font,), rng, turn=3.0, slant=0.05, size=0.05, shift=0.0)[0]
    rows, columns = (ink > 0.25).any(1).nonzero(), (ink > 0.25).any(0).nonzero()
    return ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def spaces(text, touching, rng):
    """Промежутки перед буквами: −1 у слипшихся (не больше двух подряд, и никогда у «Ы»), иначе 3 … 8, порой пробел."""
    gaps, stuck = [], True
    for before, letter in zip(" " + text, text, strict=False):
        stuck = not stuck and "Ы" not in before + letter and bool(torch.rand((), generator=rng) < touching)
        space = 12 * bool(torch.rand((), generator=rng) < 0.12)
        gaps.append(-1 if stuck else 3 + int(torch.randint(6, (), generator=rng)) + space)
    return gaps


def words(alphabet, count, rng):
    """`count` букв; одни встречаются часто, другие редко или никогда, и какие именно — на каждой доске по-своему."""
    weights = torch.exp(1.5 * torch.randn(len(alphabet), generator=rng))
    return "".join(alphabet[i] for i in torch.multinomial(weights, count, replacement=True, generator=rng).tolist())


def page(rng, *, alphabet=LETTERS, font=TYPEWRITER, lines=6, touching=0.3, specks=80, first=10, pitch=34):
    """Доска, исписанная через трафарет: (H, W) uint8; её буквы; их рамки (top, left, bottom, right).

    Первая строка начинается в `first` пикселях от края, каждая следующая — на `pitch` ниже.

    Соседние буквы слиплись (не больше двух подряд) или между ними не меньше 3 пикселей; между строками — не меньше 5.
    Крошки мела не больше 2 × 2 пикселей. Рамка — строки top … bottom − 1, столбцы left … right − 1.
    """
    height, width = 6 + first + pitch * lines, 420 + int(torch.randint(60, (), generator=rng))
    sheet, text, boxes = torch.zeros(height, width), "", []
    everything = words(alphabet, 40 * lines, rng)
    for line in range(lines):
        left = 6 + int(torch.randint(20, (), generator=rng))
        row = everything[40 * line : 40 * line + 40]
        for letter, gap in zip(row, spaces(row, touching, rng), strict=True):
            ink, left = trimmed(letter, font, rng), left + gap
            top = first + pitch * line + int(torch.randint(3, (), generator=rng))
            bottom, right = top + ink.shape[0], left + ink.shape[1]
            if right > width - 6:
                break
            sheet[top:bottom, left:right] = torch.maximum(sheet[top:bottom, left:right], ink)
            boxes.append((top, left, bottom, right))
            text, left = text + letter, right
    for y, x in zip(*(torch.randint(size - 2, (specks,), generator=rng) for size in sheet.shape), strict=True):
        sheet[y : y + int(torch.randint(1, 3, (), generator=rng)), x : x + 1 + int(x % 2)] = 1.0
    return photograph(sheet[None], rng, noise=0.05)[0], text, boxes


# Вызовы


def class_map(student, labels):
    """`class_map(labels)`"""
    answer = student.class_map(labels)
    return dict(answer) if isinstance(answer, dict) else answer


def normalise(student, train, images):
    """`Normalise(train)(images)`; картинки после вызова. Между ними построен ещё один, по другим картинкам."""
    normaliser = student.Normalise(train)
    student.Normalise(255 - train[:5] // 2)
    return normaliser(images), images


def shift(student, images, dy, dx):
    """`shift(images, dy, dx)`; картинки после вызова."""
    return student.shift(images, dy, dx), images


def thicken(student, images):
    """`thicken(images)`; картинки после вызова."""
    return student.thicken(images), images


def augment(student, images, seed):
    """`augment(images, generator)`; картинки после вызова."""
    return student.augment(images, torch.Generator().manual_seed(seed)), images


def augment_again(student, images, seed):
    """Два вызова подряд с одним генератором; потом ещё один с новым генератором и тем же зерном."""
    generator = torch.Generator().manual_seed(seed)
    first, second = student.augment(images, generator), student.augment(images, generator)
    torch.manual_seed(seed + 1)
    return first, second, student.augment(images, torch.Generator().manual_seed(seed))


def augment_often(student, images, seed, times):
    """`times` вызовов подряд с одним генератором: (times, B, H, W)."""
    generator = torch.Generator().manual_seed(seed)
    return torch.stack([student.augment(images.clone(), generator) for _ in range(times)])


def batches(student, images, labels, size, seed):
    """Две эпохи подряд с одним генератором: два списка пар (картинки, метки)."""
    generator = torch.Generator().manual_seed(seed)
    return [[tuple(pair) for pair in student.batches(images, labels, size, generator)] for _ in range(2)]


def parameter_shapes(student, classes):
    """Формы всех параметров сети."""
    return [tuple(parameter.shape) for parameter in student.LetterNet(classes).parameters()]


def network(student, classes, x):
    """Необученная сеть в режиме применения: ответы, карты признаков, веса и смещение последнего слоя."""
    net = student.LetterNet(classes).to(x.dtype).eval()
    with torch.no_grad():
        return net(x), net.features(x), net.head.weight, net.head.bias


class Listener:
    """Искажение, которое ничего не меняет и помнит, что ему передали."""

    def __init__(self):
        self.calls = []

    def __call__(self, images, generator):
        self.calls.append((tuple(images.shape), str(images.dtype), isinstance(generator, torch.Generator)))
        return images.clone()


def distortions(student, images, labels, epochs):
    """Что `Reader(images, labels, epochs, distort)` передал в `distort`, пока учился и пока читал."""
    listener = Listener()
    one = student.Reader(images, labels, epochs=epochs, distort=listener)
    learning = list(listener.calls)
    one.read(images[:3])
    return learning, listener.calls[len(learning) :]


class Recorder(nn.Module):
    """Маленькая сеть с данными весами, которая помнит, в каком режиме её спрашивали."""

    def __init__(self, weight):
        super().__init__()
        self.weight = nn.Parameter(weight)
        self.modes = []

    def forward(self, x):
        self.modes.append(self.training)
        return x.flatten(1) @ self.weight.T


def training_steps(student, weight, x, y, lr):
    """Два шага SGD подряд по одному батчу; перед первым в .grad лежит мусор, а сеть в режиме применения."""
    net = Recorder(weight.clone()).eval()
    net.weight.grad = torch.ones_like(weight)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    answers = []
    for _ in range(2):
        loss = student.training_step(net, optimizer, x, y)
        answers.append((loss, net.weight.detach().clone()))
    return *answers, net.modes


def reader(student, images, labels, new):
    """Читатель после одной эпохи: его буквы, чтение и ответы; ответы по одной картинке, ещё раз и прямо от сети.

    И ещё: осталось ли зерно torch.manual_seed тем, что было.
    """
    seed = torch.initial_seed()
    one = student.Reader(images, labels, epochs=1)
    kept = torch.initial_seed() == seed
    together = one.scores(new)
    alone = torch.cat([one.scores(new[i : i + 1]) for i in range(len(new))])
    again, text = one.scores(new), one.read(new)
    with torch.no_grad():
        direct = one.model.eval()(one.normalise(new))
    return list(one.letters), text, together, alone, again, direct, kept


_trained = {}


def train(student, name, images, labels):
    """Обучить читателя и запомнить его под именем `name`; параметры сети."""
    _trained[name] = student.Reader(images, labels)
    return [parameter.detach() for parameter in _trained[name].model.parameters()]


def read(student, name, images):
    """`reader.read(images)`; None, если такого читателя нет."""
    return _trained[name].read(images) if name in _trained else None


def find_letters(student, board):
    """`find_letters(page)`: рамки."""
    return student.find_letters(board)


def count_letters(student, name, board):
    """`count_letters(reader, page)`; None, если такого читателя нет."""
    answer = student.count_letters(_trained[name], board) if name in _trained else None
    return dict(answer) if isinstance(answer, dict) else answer


def cam(student, classes, x, wanted):
    """`cam` у необученной сети: карты; карты признаков, веса и смещение, из которых они получаются; ответы сети; в
    режиме ли обучения она осталась."""
    net = student.LetterNet(classes).to(x.dtype).eval()
    with torch.no_grad():
        seen = net.features(x), net.head.weight, net.head.bias, net(x)
        # cam получает саму сеть и может её изменить: сравнивать нужно с тем, что было до вызова
        features, weight, bias, logits = (None if one is None else one.clone() for one in seen)
    return student.cam(net, x, wanted), features, weight, bias, logits, net.training


def cam_of_reader(student, name, images, wanted):
    """`cam` у обученного читателя для букв `wanted`, по одной на картинку; None, если такого читателя нет."""
    if name not in _trained:
        return None
    one = _trained[name]
    places = torch.tensor([list(one.letters).index(letter) for letter in wanted])
    return student.cam(one.model.eval(), one.normalise(images), places)
