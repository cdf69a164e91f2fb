"""Письменность, которой ещё не было: каждой проверке — свои знаки, и выучить их заранее нельзя."""

import functools

import torch
from torch.nn import functional as F

SHEET = (64, 56)  # трафарет вдвое крупнее картинки, как у probes.stencil
TALL = 37
# Толщина штриха и ширина знака, в точках трафарета. Мел занимает столько же места, сколько у шрифтов DejaVu: прямого, с
# засечками и машинописного, обычных и жирных.
TYPEWRITER = (4.6, 25)
REGULAR = ((5.0, 30), (4.2, 35), TYPEWRITER)
BOLD = ((8.4, 34), (7.5, 38), (6.5, 26))

NODES = tuple((row / 2, column / 2) for row in range(3) for column in range(3))
ENDS = tuple((a, b) for a in NODES for b in NODES if a < b)
BENDS = (0.0, 0.0, 0.45, -0.45)
# Наибольшее сходство двух знаков (косинус размытых трафаретов без среднего). Для сравнения, на том же трафарете: у
# русских Ъ и Ь 0,94, у армянских букв до 0,98.
ALIKE = 0.85


class Script:
    """Знаки из трёх-четырёх штрихов между узлами сетки 3 × 3, прямых и выгнутых; все из одного куска и во весь рост."""

    def __init__(self, count, rng):
        self.letters = "".join(map(chr, range(0xE000, 0xE000 + count)))  # имён у знаков нет: область для частных нужд
        self._signs = dict(zip(self.letters, invented(count, rng), strict=True))
        self.regular = tuple(functools.partial(self.stencil, face) for face in REGULAR)
        self.bold = tuple(functools.partial(self.stencil, face) for face in BOLD)
        self.typewriter = functools.partial(self.stencil, TYPEWRITER)

    def stencil(self, face, letter):
        """Трафарет знака: (64, 56), числа от 0 до 1."""
        return drawn(self._signs[letter], *face)


def invented(count, rng):
    """`count` непохожих знаков; знак — набор штрихов (конец, конец, изгиб)."""
    signs, outlines = [], torch.zeros(0)
    while len(signs) < count:
        sign = frozenset(stroke(rng) for _ in range(3 + number(2, rng)))
        if not whole(sign):
            continue
        outline = blurred(drawn(sign, *REGULAR[0]))
        if signs and (outlines @ outline).max() > ALIKE:
            continue
        signs.append(sign)
        outlines = torch.stack([*outlines, outline])
    return signs


def number(limit, rng):
    return int(torch.randint(limit, (), generator=rng))


def stroke(rng):
    return *ENDS[number(len(ENDS), rng)], BENDS[number(len(BENDS), rng)]


def whole(sign):
    """Знак из одного куска и касается всех четырёх сторон."""
    joined, apart = set(), list(sign)
    while touching := [one for one in apart if not joined or joined & {*one[:2]}]:
        joined |= {end for one in touching[: None if joined else 1] for end in one[:2]}
        apart = [one for one in apart if not {*one[:2]} <= joined]
    sides = torch.cat([curve(*one) for one in sign])
    return not apart and bool((sides.amin(0) < 0.02).all() and (sides.amax(0) > 0.98).all())


@functools.cache
def curve(start, end, bend):
    """Точки штриха: квадратичная кривая Безье, которая не выходит за единичный квадрат. (32, 2)"""
    t = torch.linspace(0, 1, 32)[:, None]
    start, end = torch.tensor(start), torch.tensor(end)
    middle = (start + end) / 2 + bend * (end - start).flip(0) * torch.tensor([1.0, -1.0])
    return ((1 - t) ** 2 * start + 2 * t * (1 - t) * middle + t**2 * end).clamp(0, 1)


@functools.cache
def distance(one, thick, wide):
    """Расстояние от каждой точки трафарета до середины штриха: (64, 56)."""
    room = torch.tensor([TALL - thick, wide - thick])
    sheet = torch.tensor(SHEET)
    middle = curve(*one) * room + (sheet - room) / 2
    places = torch.cartesian_prod(*(torch.arange(size) + 0.5 for size in SHEET))
    return torch.cdist(places, middle).amin(1).reshape(SHEET)


@functools.cache
def drawn(sign, thick, wide):
    """Знак мелом: (64, 56), числа от 0 до 1."""
    return (thick / 2 + 0.5 - torch.stack([distance(one, thick, wide) for one in sign]).amin(0)).clamp(0, 1)


def blurred(sheet):
    """Размытый трафарет без среднего, длины 1: скалярное произведение двух таких — сходство знаков."""
    small = F.avg_pool2d(sheet[None], 9, 3, 4).flatten()
    return F.normalize(small - small.mean(), dim=0)
