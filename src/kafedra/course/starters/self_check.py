"""The end of a new assignment's notebook: a cell by which students check themselves, and how to hand in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kafedra.course.starters.values import Flavour, Shape
from kafedra.course.text import Language

_CELL: Final = """\

# %%
# {about}
{imports}def report(right, what, hint):
    print(f"✓ {{what}}" if right else f"✗ {{what}}. {{hint}}")


try:
{tries}
except NotImplementedError:
    print("{blank}")

# %% [markdown]
# ## {done}
#
# {hand_in}
"""
_TRIES: Final[Mapping[Flavour | Shape, str]] = {
    "python": """\
    data = [1.0, 2.0, 7.0]
    z = standardize(data)
    report(abs(sum(z)) < 1e-9, "{mean}", "{mean_hint}")
    report(abs(sum(number**2 for number in z) - len(z)) < 1e-9, "{spread}", "{spread_hint}")
    report(data == [1.0, 2.0, 7.0], "{argument}", "{argument_hint}")
    try:
        report(standardize([5.0, 5.0]) == [0.0, 0.0], "{equal}", "{equal_hint}")
    except ZeroDivisionError:
        report(False, "{equal}", "{equal_hint}")""",
    "numpy": """\
    data = np.array([[1.0, 5.0], [2.0, 5.0], [6.0, 5.0]])
    before = data.copy()
    z = standardize(data)
    report(np.allclose(z[:, 0].mean(), 0), "{mean}", "{mean_hint}")
    report(np.allclose(z[:, 0].std(), 1), "{spread}", "{spread_hint}")
    report(np.array_equal(data, before), "{argument}", "{argument_hint}")
    report((z[:, 1] == 0).all(), "{equal}", "{equal_hint}")""",
    "torch": """\
    data = torch.tensor([[1.0, 5.0], [2.0, 5.0], [6.0, 5.0]], dtype=torch.float64)
    before = data.clone()
    z = standardize(data)
    report(abs(z[:, 0].mean()) < 1e-9, "{mean}", "{mean_hint}")
    report(abs((z[:, 0] ** 2).mean() - 1) < 1e-9, "{spread}", "{spread_hint}")
    report(torch.equal(data, before), "{argument}", "{argument_hint}")
    report((z[:, 1] == 0).all(), "{equal}", "{equal_hint}")""",
    "files": """\
    importlib.reload(moments)  # {reload}
    data = [1.0, 2.0, 6.0]
    report(moments.mean(data) == 3, "{mean_of}", "{mean_of_hint}")
    report(abs(moments.spread(data) ** 2 - 14 / 3) < 1e-9, "{spread_of}", "{spread_hint}")
    z = standardize(data)
    report(abs(sum(z)) < 1e-9, "{mean}", "{mean_hint}")
    report(abs(sum(number**2 for number in z) - len(z)) < 1e-9, "{spread}", "{spread_hint}")
    try:
        report(standardize([5.0, 5.0]) == [0.0, 0.0], "{equal}", "{equal_hint}")
    except ZeroDivisionError:
        report(False, "{equal}", "{equal_hint}")
    report(heights()[0] == 171, "{column}", "{column_hint}")""",
}
_IMPORTS: Final[Mapping[Flavour | Shape, str]] = {"files": "import importlib\n\n\n"}
_WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "ru": {
        "about": "Проверьте себя: выполните эту ячейку, сервер для неё не нужен.",
        "mean": "среднее — ноль",
        "mean_hint": "Вычли его из каждого числа?",
        "spread": "разброс — единица",
        "spread_hint": "Сверьте s с формулой: корень, деление на n.",
        "argument": "аргумент остался каким был",
        "argument_hint": "Ответ нужно вернуть, а не записать в аргумент.",
        "equal": "равные числа дают нули",
        "equal_hint": "Разброс у них ноль: на него не делят.",
        "reload": "moments.py, как он сохранён сейчас",
        "mean_of": "mean: среднее списка",
        "mean_of_hint": "Сумма, делённая на число чисел.",
        "spread_of": "spread: отклонение списка",
        "column": "рост прочитан из файла, числами",
        "column_hint": "Нужен столбец cm, и из файла приходит текст.",
        "blank": "… здесь пока пусто: ждёт вашего кода",
        "done": "Готово?",
        "hand_in": "Сохраните файл, запустите в терминале `kafedra check`, потом `git push`. Результат придёт туда же.",
    },
    "en": {
        "about": "Check yourself: run this cell, it needs no server.",
        "mean": "the mean is zero",
        "mean_hint": "Is it subtracted from every number?",
        "spread": "the spread is one",
        "spread_hint": "Compare s with the formula: a root, a division by n.",
        "argument": "the argument stays as it was",
        "argument_hint": "Return the answer; don't write it into the argument.",
        "equal": "equal numbers give zeros",
        "equal_hint": "Their spread is zero: don't divide by it.",
        "reload": "moments.py as it is saved now",
        "mean_of": "mean: the mean of a list",
        "mean_of_hint": "The sum, divided by how many numbers there are.",
        "spread_of": "spread: the deviation of a list",
        "column": "the heights are read from the file, as numbers",
        "column_hint": "The column is cm, and a file gives text.",
        "blank": "… nothing here yet: it waits for your code",
        "done": "Done?",
        "hand_in": "Save the file, run `kafedra check` in a terminal, then `git push`. The verdict comes there, too.",
    },
}


def self_check(kind: Flavour | Shape, language: Language) -> str:
    """Cells of a percent script. They go through in a blank notebook, too."""
    words = _WORDS[language]
    return _CELL.format(tries=_TRIES[kind].format(**words), imports=_IMPORTS.get(kind, ""), **words)
