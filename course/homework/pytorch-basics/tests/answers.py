"""Ответы из песочницы: там чужой код, поэтому прийти может что угодно."""

import torch

from kafedra.testing import check


def alike(answer, expected):
    """Тензор ли это той же формы и того же типа."""
    return type(answer) is torch.Tensor and answer.shape == expected.shape and answer.dtype == expected.dtype


PIXELS = "пиксели делятся на 255: краска — 1, бумага — 0"
SHAPE = "картинка — тензор float32 формы (1, H, W): канал впереди, строки раньше столбцов, пиксели поделены на 255"
CLASS = "метка — номер строки буквы в alphabet.txt, считая с нуля"


def pair_of(item, call):
    """Картинка и метка из элемента датасета."""
    check.that(
        isinstance(item, tuple | list) and len(item) == 2,
        f"{call}: элемент — не пара (картинка, метка)\nпохоже: __getitem__ вернул что-то другое или забыт return",
    )
    return item


def check_image(got, image, call, otherwise=PIXELS, suspects=None):
    call = f"{call}: картинка не та"
    check.tensor(got, shape=image.shape, dtype=image.dtype, call=call, why=SHAPE)
    check.close(got, image, rtol=1e-5, atol=1e-6, call=call, suspects=suspects, otherwise=otherwise)


def check_label(got, label, call, why=CLASS):
    check.that(
        type(got) is int,
        f"{call}: метка — не целое число Python, а {type(got).__name__}\n"
        "похоже: вернулась сама буква, строка из таблицы или тензор; нужен номер класса, int",
    )
    check.equal(got, label, call=f"{call}: метка не та", why=why)


def check_item(item, image, label, call, suspects=None):
    """Элемент датасета: пара из картинки float32 и метки int."""
    got, number = pair_of(item, call)
    check_image(got, image, call, suspects=suspects)
    check_label(number, label, call)


def same_images(got, wrong):
    return all(
        alike(one, two) and torch.allclose(one, two, rtol=1e-5, atol=1e-6) for one, two in zip(got, wrong, strict=True)
    )


def check_items(items, images, labels, call, image_causes, label_causes):
    """Все элементы; ошибку узнают по всем сразу, потому что один ответ мог совпасть случайно."""
    pairs = [pair_of(item, f"{call}[{row}]") for row, item in enumerate(items)]
    got, numbers = [image for image, _ in pairs], [number for _, number in pairs]
    why = next((why for why, wrong in image_causes.items() if same_images(got, wrong)), PIXELS)
    for row, (one, image) in enumerate(zip(got, images, strict=True)):
        check_image(one, image, f"{call}[{row}]", why)
    plain = all(type(number) is int for number in numbers)
    why = next((why for why, wrong in label_causes.items() if plain and numbers == wrong), CLASS)
    for row, (number, label) in enumerate(zip(numbers, labels, strict=True)):
        check_label(number, label, f"{call}[{row}]", why)
