"""Наборы букв для проверок: случайные картинки в файлах того же вида, что у студента."""

import torch

LETTERS = "ЖАЩБЫКОШ"


class Part:
    """Картинки (N, H, W) и строки таблицы; картинок больше, чем строк, и порядок другой."""

    def __init__(self, letters, rng, height=5, width=7, spare=2):
        count = len(letters)
        self.images = torch.randint(0, 251, (count + spare, height, width), generator=rng, dtype=torch.uint8)
        self.images[::2] //= 2  # у картинок разные наибольшие пиксели, и ни один из них не 255
        self.images[:, 0, 1] = 1
        self.numbers = torch.randperm(count + spare, generator=rng)[:count].tolist()
        if self.numbers[0] == 0:  # первая строка никогда не говорит о первой картинке
            self.numbers = self.numbers[1:] + self.numbers[:1]
        self.letters = letters

    def __len__(self):
        return len(self.letters)

    @property
    def data(self):
        """Пара для write_glyphs."""
        return self.images.numpy(), list(zip(self.numbers, self.letters, strict=True))

    def image(self, row):
        """Картинка строки `row`: float32 (1, H, W) от нуля до единицы."""
        return self.scaled(self.numbers[row])

    def scaled(self, number):
        return self.images[number][None].float() / 255


class Glyphs:
    """Алфавит в случайном порядке, обучающая часть и проверочная, в которой есть не все буквы."""

    def __init__(self, rng, train=9, test=6):
        order = torch.randperm(len(LETTERS), generator=rng).tolist()
        self.alphabet = "".join(LETTERS[k] for k in order)
        if self.alphabet == "".join(sorted(self.alphabet)):
            self.alphabet = self.alphabet[::-1]
        # все буквы, кроме последней: соседний номер класса есть у каждой
        letters = self.alphabet[:-1]
        self.train = Part(self._draw(letters, train, rng), rng)
        self.test = Part(self._draw(letters[:3], test, rng), rng, height=6, width=4)

    @staticmethod
    def _draw(letters, count, rng):
        picks = [k % len(letters) for k in range(count)]
        return "".join(letters[picks[k]] for k in torch.randperm(count, generator=rng).tolist())

    @property
    def data(self):
        """То, что принимает проба: алфавит и две части."""
        return self.alphabet, self.train.data, self.test.data

    def label(self, part, row):
        return self.alphabet.index(part.letters[row])

    def label_causes(self, part):
        """Какими были бы метки части при обычных ошибках: для каждой — список по строкам."""
        ordered, own = sorted(self.alphabet), sorted(set(part.letters))
        rules = {
            "буквы пронумерованы по алфавиту, а не по порядку строк в alphabet.txt": ordered.index,
            "пронумерованы только буквы этой части: классы в train и test разойдутся": own.index,
            "классы считаются с нуля, а тут — с единицы": lambda letter: self.alphabet.index(letter) + 1,
            "метка меньше на единицу: классы считаются с нуля": lambda letter: self.alphabet.index(letter) - 1,
            "вместо класса — код буквы, ord": ord,
        }
        causes = {why: [rule(letter) for letter in part.letters] for why, rule in rules.items()}
        right = [self.label(part, row) for row in range(len(part))]
        causes["метка взята у следующей строки таблицы"] = [*right[1:], right[0]]
        causes["метка взята у предыдущей строки таблицы"] = [right[-1], *right[:-1]]
        return causes

    def image_causes(self, part):
        """Какими были бы картинки части при обычных ошибках: для каждой — список по строкам."""
        right = [part.image(row) for row in range(len(part))]
        return {
            "пиксели не поделены на 255": [image * 255 for image in right],
            "пиксели поделены на 256, а не на 255": [image * 255 / 256 for image in right],
            "каждая картинка поделена на свой наибольший пиксель, а нужно на 255": [
                image / image.max() for image in right
            ],
            "пиксели поделены на наибольший в файле, а нужно на 255": [
                image * 255 / int(part.images.max()) for image in right
            ],
            "краска и бумага поменялись местами: 1 − x": [1 - image for image in right],
            "взята картинка с номером строки, а её номер стоит в столбце image": [
                part.scaled(row) for row in range(len(part))
            ],
            "номер картинки сдвинут на единицу: считают с нуля": [
                part.scaled((number - 1) % len(part.images)) for number in part.numbers
            ],
            "взята картинка следующей строки таблицы": [*right[1:], right[0]],
        }
