"""Входы для проверок: высота и ширина всегда разные, у каждой картинки свой рисунок."""

import torch


def pictures(count, height, width, rng):
    """Случайные байты, без нулей и разные всюду: любой сдвиг виден. (B, H, W)"""
    return torch.randint(40, 256, (count, height, width), generator=rng, dtype=torch.uint8)


def dots(count, height, width, rng):
    """Редкие точки на чёрном: видно, как именно утолщены штрихи. (B, H, W)"""
    bright = pictures(count, height, width, rng)
    return bright * (torch.rand(bright.shape, generator=rng) < 0.06)


def moved_together(images, down, right):
    """Все картинки сдвинуты на `down` вниз и `right` вправо, освободившееся место чёрное."""
    answer = torch.zeros_like(images)
    height, width = images.shape[1:]
    if abs(down) < height and abs(right) < width:
        answer[:, max(down, 0) : height + min(down, 0), max(right, 0) : width + min(right, 0)] = images[
            :, max(-down, 0) : height + min(-down, 0), max(-right, 0) : width + min(-right, 0)
        ]
    return answer


def moved(images, dy, dx):
    """Каждая картинка сдвинута на своё: dy и dx — списки чисел."""
    steps = zip(images, dy, dx, strict=True)
    return torch.cat([moved_together(image[None], down, right) for image, down, right in steps])


def window_maximum(images, rows=1, columns=1):
    """Наибольшее в окне (2·rows + 1) × (2·columns + 1) вокруг каждой точки."""
    answer = images.clone()
    for down in range(-rows, rows + 1):
        for right in range(-columns, columns + 1):
            answer = torch.maximum(answer, moved_together(images, down, right))
    return answer


def alphabet(letters, count, rng):
    """`count` букв из `letters` в случайном порядке."""
    return "".join(letters[i] for i in torch.randperm(len(letters), generator=rng)[:count].tolist())


def renamed(text, names):
    """Строка, в которой каждой букве дано другое имя."""
    return text.translate(str.maketrans(names))


def number(rng, limit=2**31):
    """Случайное зерно."""
    return int(torch.randint(limit, (), generator=rng))
