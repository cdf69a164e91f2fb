"""The words of all remarks about a notebook, by their code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kafedra.course import Language

TEXTS: Final[Mapping[str, Mapping[Language, str]]] = {
    # the whole submission cannot be used
    "unknown-kind": {
        "ru": "«{name}»: нужен ноутбук (.ipynb) или файл на Python (.py)",
        "en": "“{name}”: a notebook (.ipynb) or a Python file (.py) is needed",
    },
    "too-large": {
        "ru": "«{name}»: файл больше {limit} МБ. Очистите вывод ячеек (Restart & Clear Output) и сохраните ещё раз",
        "en": "“{name}” is larger than {limit} MB. Clear the outputs (Restart & Clear Output) and save again",
    },
    "too-much-code": {
        "ru": "«{name}»: слишком много кода: {cells} ячеек, {size} КБ (можно {max_cells} и {max_size})",
        "en": "“{name}” holds too much code: {cells} cells, {size} KB (at most {max_cells} and {max_size})",
    },
    "too-complex": {
        "ru": "«{name}»: в файле слишком много данных, чтобы его прочитать. Очистите вывод ячеек "
        "(Restart & Clear Output) и сохраните ещё раз",
        "en": "“{name}” holds too much data to be read. Clear the outputs (Restart & Clear Output) and save again",
    },
    "not-text": {
        "ru": "«{name}» — не текст в кодировке UTF-8. Сохраните файл из Jupyter ещё раз",
        "en": "“{name}” is not UTF-8 text. Save it from Jupyter once more",
    },
    "not-text-program": {
        "ru": "«{name}» — не текст в кодировке UTF-8. Сохраните файл в редакторе ещё раз, в UTF-8",
        "en": "“{name}” is not UTF-8 text. Save it from your editor once more, as UTF-8",
    },
    "notebook-as-program": {
        "ru": "«{name}» — ноутбук, а не программа на Python. Назовите файл {wanted}",
        "en": "“{name}” is a notebook, not a Python program. Call the file {wanted}",
    },
    "not-json": {
        "ru": "«{name}» не читается как ноутбук: это не JSON, ошибка в строке {line}. Файл мог сохраниться не целиком",
        "en": "“{name}” cannot be read as a notebook: not JSON, line {line}. It may have been saved only in part",
    },
    "blank": {
        "ru": "«{name}» — пустой файл: ноутбук не сохранился. Сохраните его из Jupyter ещё раз и закоммитьте",
        "en": "“{name}” is an empty file: the notebook was not saved. Save it from Jupyter once more and commit",
    },
    "web-page": {
        "ru": "«{name}» — веб-страница, а не ноутбук. Скачайте сам файл: на GitHub это «Download raw file», "
        "в Colab «Download .ipynb»",
        "en": "“{name}” is a web page, not a notebook. Download the file itself: on GitHub by “Download raw file”, "
        "in Colab by “Download .ipynb”",
    },
    "program": {
        "ru": "«{name}» — программа на Python, а не ноутбук. Перенесите её в ячейки данного вам ноутбука",
        "en": "“{name}” is a Python program, not a notebook. Move it into the cells of the notebook you were given",
    },
    "conflict": {
        "ru": "«{name}»: в файле остались метки слияния git (<<<<<<<). Выберите одну из версий и закоммитьте снова",
        "en": "“{name}” still has git merge markers (<<<<<<<). Choose one version and commit again",
    },
    "lfs": {
        "ru": "«{name}» — указатель git LFS, а не сам ноутбук. Добавьте файл без LFS",
        "en": "“{name}” is a git LFS pointer, not the notebook. Add the file without LFS",
    },
    "empty": {
        "ru": "«{name}»: в файле нет ни одной ячейки с кодом",
        "en": "“{name}” has no code cell",
    },
    "empty-program": {
        "ru": "«{name}»: в файле нет кода",
        "en": "“{name}” has no code",
    },
    "other-language": {
        "ru": "Ноутбук записан на языке {language}, а проверка читает Python. Смените ядро и сохраните ещё раз",
        "en": "The notebook was saved for {language}, and what is read is Python. Change its kernel and save again",
    },
    "not-notebook": {
        "ru": "«{name}» — JSON, но не ноутбук: в нём нет списка ячеек",
        "en": "“{name}” is JSON, but not a notebook: it has no list of cells",
    },
    "marimo": {
        "ru": "«{name}» — файл marimo, а таких проверка не читает. Сделайте из него ноутбук: "
        "marimo export ipynb {name} -o ….ipynb",
        "en": "“{name}” is a marimo file, and those are not read. Make a notebook of it: "
        "marimo export ipynb {name} -o ….ipynb",
    },
    # a part of it was left out
    "cell-syntax": {
        "ru": "{Cell} пропущена: синтаксическая ошибка в строке {line}: {reason}",
        "en": "{Cell} was skipped: syntax error on line {line}: {reason}",
    },
    "cell-syntax-of-file": {
        "ru": "{place}: синтаксическая ошибка: {reason}. Эта часть файла пропущена",
        "en": "{place}: syntax error: {reason}. This part of the file was skipped",
    },
    "cell-lookalike": {
        "ru": "{Cell} пропущена: в строке {line}, в слове {name}, русская буква «{letter}» ({position}-я по счёту) "
        "вместо латинской «{latin}» ({reason})",
        "en": "{Cell} was skipped: on line {line} letter {position} of {name} is the Cyrillic “{letter}”, not the "
        "Latin “{latin}” ({reason})",
    },
    "cell-lookalike-of-file": {
        "ru": "{place}: в слове {name} русская буква «{letter}» ({position}-я по счёту) вместо латинской «{latin}» "
        "({reason}). Эта часть файла пропущена",
        "en": "{place}: letter {position} of {name} is the Cyrillic “{letter}”, not the Latin “{latin}” ({reason}). "
        "This part of the file was skipped",
    },
    "cell-character": {
        "ru": "{Cell} пропущена: в строке {line} знак {character} (U+{code}), а в коде пишут {meant}",
        "en": "{Cell} was skipped: on line {line} stands {character} (U+{code}), and code has {meant} in its place",
    },
    "cell-character-of-file": {
        "ru": "{place}: знак {character} (U+{code}), а в коде пишут {meant}. Эта часть файла пропущена",
        "en": "{place}: {character} (U+{code}), and code has {meant} in its place. This part of the file was skipped",
    },
    "cell-fence": {
        "ru": "{Cell} пропущена: ``` в строке {line} — разметка текста, а не код. Уберите такие строки",
        "en": "{Cell} was skipped: ``` on line {line} is markup of texts, not code. Remove such lines",
    },
    "cell-fence-of-file": {
        "ru": "{place}: ``` — разметка текста, а не код. Уберите такие строки. Эта часть файла пропущена",
        "en": "{place}: ``` is markup of texts, not code. Remove such lines. This part of the file was skipped",
    },
    "cell-conflict": {
        "ru": "{Cell} пропущена: в ней остались метки слияния git (<<<<<<<, >>>>>>>). Оставьте одну из версий",
        "en": "{Cell} was skipped: it still has git merge markers (<<<<<<<, >>>>>>>). Keep one of the versions",
    },
    "cell-conflict-of-file": {
        "ru": "{place}: в файле остались метки слияния git (<<<<<<<, >>>>>>>). Оставьте одну из версий",
        "en": "{place}: the file still has git merge markers (<<<<<<<, >>>>>>>). Keep one of the versions",
    },
    "cell-newer": {
        "ru": "{Cell} пропущена: в строке {line} синтаксис Python {needs}, а проверка идёт на Python {here} ({reason})",
        "en": "{Cell} was skipped: line {line} has syntax of Python {needs}; grading runs on Python {here} ({reason})",
    },
    "cell-newer-of-file": {
        "ru": "{place}: синтаксис Python {needs}, а проверка идёт на Python {here} ({reason}). "
        "Эта часть файла пропущена",
        "en": "{place}: syntax of Python {needs}; grading runs on Python {here} ({reason}). "
        "This part of the file was skipped",
    },
    "cell-newer-saved": {
        "ru": "{Cell} пропущена: в строке {line} синтаксис Python {needs} ({reason}). "
        "Ноутбук сохранён в Python {saved}, а проверка идёт на Python {here}",
        "en": "{Cell} was skipped: line {line} has syntax of Python {needs} ({reason}). The notebook was saved by "
        "Python {saved}; grading runs on Python {here}",
    },
    "cell-syntax-saved": {
        "ru": "{Cell} пропущена: синтаксическая ошибка в строке {line}: {reason}. Ноутбук сохранён в Python {saved}, "
        "а проверка идёт на Python {here}: нового синтаксиса там ещё нет",
        "en": "{Cell} was skipped: syntax error on line {line}: {reason}. The notebook was saved by Python {saved}; "
        "grading runs on Python {here}, which has no newer syntax",
    },
    "cell-text": {
        "ru": "{Cell} — текст, а не код: смените её тип на «Code»",
        "en": "{Cell} is text, not code: change its type to “Code”",
    },
    "commented-out": {
        "ru": "{Place}: определение закомментировано",
        "en": "{Place}: the definition is commented out",
    },
    "nested": {
        "ru": "{Place}: {name} определяется внутри {inside}, а нужно на верхнем уровне",
        "en": "{Place}: {name} is defined inside {inside}; it belongs at the top level",
    },
    "lookalike": {
        "ru": "{Place}: в имени {name} русская буква «{letter}» ({position}-я по счёту) вместо латинской «{latin}»: "
        "для Python это разные имена",
        "en": "{Place}: letter {position} of {name} is the Cyrillic “{letter}”, not the Latin “{latin}”: "
        "for Python these are different names",
    },
    "invisible": {
        "ru": "{Place}: здесь невидимый символ {character}; при проверке он убран",
        "en": "{Place}: there is an invisible character here, {character}; it was removed for grading",
    },
    "cell-unreadable": {
        "ru": "{Cell} пропущена: разобрать её не удалось ({reason})",
        "en": "{Cell} was skipped: it could not be parsed ({reason})",
    },
    "cell-unreadable-of-file": {
        "ru": "{place}: разобрать код отсюда не удалось ({reason}), эта часть файла пропущена",
        "en": "{place}: the code from here on could not be parsed ({reason}); this part of the file was skipped",
    },
    "cell-large": {
        "ru": "{Cell} пропущена: она слишком велика, чтобы быть решением",
        "en": "{Cell} was skipped: it is too large to be a solution",
    },
    "cell-large-of-file": {
        "ru": "{place}: код отсюда слишком велик, чтобы быть решением, эта часть файла пропущена",
        "en": "{place}: the code from here on is too large to be a solution; this part of the file was skipped",
    },
    "cell-magic": {
        "ru": "{Cell} пропущена: {magic} — не Python",
        "en": "{Cell} was skipped: {magic} is not Python",
    },
    "cell-magic-of-file": {
        "ru": "{place}: {magic} — не Python, эта часть файла пропущена",
        "en": "{place}: {magic} is not Python; this part of the file was skipped",
    },
    "cell-forgets": {
        "ru": "{Cell} пропущена: {magic} выполняет её в стороне, и её определений нет и в Jupyter. Уберите эту строку",
        "en": "{Cell} was skipped: {magic} runs it apart, and its definitions are gone in Jupyter, too: remove it",
    },
    "cell-forgets-of-file": {
        "ru": "{place}: {magic} выполняет код в стороне, и определений после него нет и в Jupyter. Уберите эту строку",
        "en": "{place}: {magic} runs the code apart, and its definitions are gone in Jupyter, too: remove it",
    },
    "cell-written": {
        "ru": "{Cell} пропущена: %%writefile записывает её в файл {file}, а при проверке его нет. "
        "Уберите эту строку, а с ней и импорт из файла: код останется в ноутбуке",
        "en": "{Cell} was skipped: %%writefile writes it into {file}, which is not there when grading. Remove that "
        "line and the import from the file: the code stays in the notebook",
    },
    "cell-written-of-file": {
        "ru": "{place}: %%writefile записывает код в файл {file}, а при проверке его нет. Уберите эту строку, а с ней "
        "и импорт из файла",
        "en": "{place}: %%writefile writes the code into {file}, which is not there when grading. Remove that line "
        "and the import from the file",
    },
    "statement-awaits": {
        "ru": "{Place}: «{text}» пропущено: ждать вне функций (await) умеет только ячейка Jupyter, при проверке это не "
        "выполняется",
        "en": "{Place}: “{text}” was skipped: only a cell of Jupyter can await outside of functions, and it is not run "
        "when grading",
    },
    "hides-builtin": {
        "ru": "{Place}: «{text}» закрывает встроенную функцию {name}, а решение её вызывает. Назовите переменную иначе",
        "en": "{Place}: “{text}” hides Python's own {name}, which the solution calls. Call the variable something else",
    },
    "hides-own": {
        "ru": "{Place}: «{text}» закрывает {name} («{earlier}»), и решению достаётся новое значение. "
        "Назовите переменную иначе",
        "en": "{Place}: “{text}” hides {name} (“{earlier}”), and the solution gets the new value. Call the variable "
        "something else",
    },
    "in-string": {
        "ru": "{Place}: определение стоит в кавычках, то есть внутри строки",
        "en": "{Place}: the definition stands between quotes, inside of a string",
    },
    "statement-unusable": {
        "ru": "{Place}: пропущено «{text}»: {reason}",
        "en": "{Place}: “{text}” was skipped: {reason}",
    },
    "loop-only": {
        "ru": "{name}: значение задаёт только цикл вне функций ({place}), а при проверке они не выполняются",
        "en": "{name} is set only by a top-level loop ({place}), and such loops are not run when grading",
    },
    "changed-elsewhere": {
        "ru": "{name} меняется в коде «{text}» ({place}); при проверке этот код не выполняется",
        "en": "{name} is changed by “{text}” ({place}); that code is not run when grading",
    },
    "command": {
        "ru": "{Place}: «{text}» — команда ноутбука, при проверке она не выполняется",
        "en": "{Place}: “{text}” is a command of the notebook; it is not run when grading",
    },
    "command-brings": {
        "ru": "{Place}: «{text}» — команда ноутбука, при проверке она не выполняется. Перенесите в этот ноутбук то, "
        "что она определяет",
        "en": "{Place}: “{text}” is a command of the notebook; it is not run when grading. Move what it defines into "
        "this notebook",
    },
    "command-sets": {
        "ru": "{name} задаёт команда ноутбука «{text}» ({place}), а при проверке она не выполняется",
        "en": "{name} is set by the notebook's command “{text}” ({place}), which is not run when grading",
    },
    "output": {
        "ru": "{Place}: {name} в Jupyter хранит вывод ячеек; при проверке ячейки не выполняются, и он пуст",
        "en": "{Place}: in Jupyter {name} holds what cells put out; they are not run when grading, so it is empty",
    },
    "unanswered": {
        "ru": "Вопросы остались без ответа, номера ячеек: {cells}. Проверка их не читает, а преподаватель прочтёт",
        "en": "Questions are left without an answer, in the cells {cells}. Tests don't read them, the reviewer does",
    },
    "unanswered-gone": {
        "ru": "Вопросы остались без ответа: под ними нет ячейки с ответом, номера ячеек с вопросами: {cells}. Проверка "
        "ответов не читает, а преподаватель прочтёт",
        "en": "Questions are left without an answer: no cell below them holds one, the questions are in the cells "
        "{cells}. Tests don't read answers, the reviewer does",
    },
    "similar-name": {
        "ru": "{name} в ноутбуке не определено, но есть {similar} — не опечатка ли?",
        "en": "{name} is not defined in the notebook, but {similar} is: a typo?",
    },
}
