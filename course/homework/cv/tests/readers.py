"""Три обученных читателя: их учат один раз, а спрашивают в нескольких проверках."""

from dataclasses import dataclass, field
from types import SimpleNamespace

import probes
import torch
from inputs import alphabet, number, renamed
from script import Script

from kafedra.testing import check

RUNS = 3
TRAIN, TEST, STRIPS, PAGES = 1550, 620, 60, 2


RUSSIAN = SimpleNamespace(
    letters=probes.LETTERS, regular=probes.REGULAR, bold=probes.BOLD, typewriter=probes.TYPEWRITER
)


@dataclass
class Run:
    """Одно обучение: данные и то, что на них ответил читатель. Имена новых букв песочница не видит."""

    name: str
    shapes: str  # что нарисовано
    cipher: dict  # как это названо
    seed: int
    script: object  # чем нарисовано: начертания
    answers: dict = field(default_factory=dict)

    def letters(self, part):
        """Картинки и имена букв: "train" — обучающие, "test" — новые, "bold" — новые жирным шрифтом."""
        rng = torch.Generator().manual_seed(self.seed + ("train", "test", "bold").index(part))
        fonts = self.script.bold if part == "bold" else self.script.regular
        images, text = probes.letters(TRAIN if part == "train" else TEST, rng, alphabet=self.shapes, fonts=fonts)
        return images, renamed(text, self.cipher)


_trained = []
_failure = []


def new_run(place, rng):
    """Первые два читателя учат русские буквы под чужими именами, третий — письменность, придуманную сейчас."""
    count = len(probes.LETTERS)
    script = RUSSIAN if place < RUNS - 1 else Script(count, rng)
    shapes = alphabet(script.letters, count, rng)
    cipher = dict(zip(shapes, alphabet(probes.LETTERS, count, rng), strict=True))
    return Run(f"обучение {place + 1}", shapes, cipher, number(rng), script)


def trained(submission, rng):
    """Обученные читатели. Не вышло однажды — не выйдет и в остальных проверках: второй раз их не учат."""
    if _failure:
        raise _failure[0]
    if not _trained:
        try:
            runs = [new_run(place, rng) for place in range(RUNS)]
            for run in runs:
                submission.call(probes.train, run.name, *run.letters("train"))
        except BaseException as error:
            _failure.append(error)
            raise
        _trained.extend(runs)
    return _trained


def shares(submission, runs, part):
    """Доля верно прочитанных букв у каждого читателя."""
    found = []
    for run in runs:
        images, text = run.letters(part)
        answer = run.answers[part] = asked(submission.call(probes.read, run.name, images), run)
        what = f"{run.name}: reader.read(images), картинок {len(text)}"
        check.that(isinstance(answer, str), f"{what}: нужна строка, а пришло {type(answer).__name__}")
        check.that(len(answer) == len(text), f"{what}: букв в ответе {len(answer)}")
        found.append(sum(map(str.__eq__, answer, text)) / len(text))
    return found


def asked(answer, run):
    """Ответ читателя; объясняет, если читателя больше нет."""
    check.that(
        answer is not None,
        f"{run.name}: вместо ответа читателя пришло None\n"
        "похоже: функция ничего не возвращает; или процесс с читателем оборвался на другой проверке, начните с неё",
    )
    return answer
