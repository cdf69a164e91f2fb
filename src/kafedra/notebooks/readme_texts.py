"""The words of a clone's README.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kafedra.course import Language

TEXTS: Final[Mapping[Language, Mapping[str, str]]] = {
    "ru": {
        "points": "**Баллы:** {points}.",
        "deadline": "**Срок:** {date}. Можно и позже: за каждый начатый день снимается часть баллов.",
        "install": """## Один раз: установить

Нужны git и Python, от 3.11 до 3.13. Одна строка создаёт окружение `~/.virtualenvs/kafedra`, общее для всех заданий,
и ставит в него всё{with_jupyter}. В следующем задании она доставит то, чего ещё нет.

**С uv** строка на всех системах одна, и Python он приносит сам:

```bash
{{uv}}
```

{{systems}}""",
        "jupyter": ", Jupyter тоже",
        "linux": " (на Debian и Ubuntu сначала `sudo apt install python3-venv`)",
        "macos": " (Python из Xcode слишком стар: `brew install python@3.13`, и строка начинается с `python3.13`)",
        "windows": " (Python — с python.org или из Microsoft Store)",
        "torch": """

На Linux PyTorch здесь берётся без CUDA: 0,2 ГБ вместо трёх. Если CUDA нужна или сервер PyTorch не отвечает, уберите из
строки `--torch-backend cpu` (с uv) или шаг с `--index-url` (без него).""",
        "enter": """1. В новом терминале перейдите в эту папку и включите окружение: `{unix}`, в PowerShell
   `{windows}`.
""",
        "open": """\
2. Откройте `{notebook}`. Jupyter запускает команда `jupyter lab`. В VS Code с расширениями Python и Jupyter
   нажмите справа вверху «Выбрать ядро» (Select Kernel) и среди окружений Python возьмите `kafedra`.
3. Идите сверху вниз. Писать нужно там, где стоит «Ваш код здесь»{checks}.""",
        "edit": """\
2. Откройте `{notebook}` в редакторе: условие стоит в комментариях. VS Code с расширением Python показывает такой
   файл ячейками (`# %%`).
3. Писать нужно там, где стоит «Ваш код здесь»{checks}.""",
        "write": """2. Прочитайте условие выше.
3. Напишите {files}.""",
        "checks": "; после каждой задачи есть ячейка, которая её проверит и подскажет, где искать ошибку",
        "besides": " Сдать нужно и {files}.",
        "may": " Если хотите, приложите {files}.",
        "programs": "\n\nПонадобятся и программы: {names}.",
        "solve": "## Решать\n\n",
        "check": "\n4. Сохраните файлы и запустите открытые тесты:\n\n   ```bash\n   kafedra check\n   ```",
        "taken": """

   Ячейки подряд проверка не выполняет: она берёт то, что требует задание, и всё, на чём оно держится. Опыты, графики
   и обучение в своих ячейках на неё не влияют.""",
        "marked": "\n\nТестов здесь нет: работу читает и оценивает преподаватель, а в ответ на `git push` придёт "
        "подтверждение, что она получена.",
        "hidden": "\n\n   Часть тестов скрыта, её запускает только сервер. Всё, что она проверяет, сказано в условии.",
        "hand_in": """## Сдать

```bash
git add -A
git commit -m "Решение"
git push
```

Если `git commit` отвечает «Please tell me who you are», git на этом компьютере вас ещё не знает. Назовитесь один раз,
своими именем и почтой, и повторите:

```bash
git config --global user.name "Имя Фамилия"
git config --global user.email "почта@example.org"
```

""",
        "read": "Отправлять можно сколько угодно раз: преподаватель прочтёт последнюю посылку.",
        "answered": "Результат придёт прямо в терминал. Отправлять можно сколько угодно раз: считается лучшая посылка.",
        "page": " Все посылки и ваши баллы — на <{url}>.",
        "where": " на странице задания",
        "files": """## Что где лежит

| файл | зачем |
|---|---|
{rows}

{after}""",
        "row notebook": "| `{name}` | условие и ваше решение{only} |",
        "only": ": единственный файл, который нужно менять",
        "row file": "| `{name}` | ваше решение |",
        "row extra": "| `{name}` | можно добавить |",
        "row data": "| `{name}` | данные задания |",
        "row pictures": "| `pictures/` | рисунки условия |",
        "row tests": "| `tests/` | открытые тесты; читайте их, это часть условия |\n"
        "| `probes.py` | как проверка вызывает ваш код |",
        "row toml": "| `assignment.toml` | что нужно сдать, что запрещено, сколько времени есть у решения |",
        "ask": "Если условие непонятно, спросите{where}: не бывает глупых вопросов.",
        "after": """\
Тесты и пробы в репозитории — для вас. Проверка на сервере берёт свои собственные, поэтому правки в них ничего не
изменят. Если условие непонятно или кажется, что ошибся тест, спросите{where}: не бывает глупых вопросов.""",
    },
    "en": {
        "points": "**Points:** {points}.",
        "deadline": "**Deadline:** {date}. Later is possible: each day begun takes a part of the points.",
        "install": """## Once: install

You need git and Python 3.11 to 3.13. One line makes an environment, `~/.virtualenvs/kafedra`, for all assignments, and
puts everything into it{with_jupyter}. In the next assignment it adds what is missing.

**With uv** the line is the same on all systems, and uv brings the Python:

```bash
{{uv}}
```

{{systems}}""",
        "jupyter": ", Jupyter too",
        "linux": " (on Debian and Ubuntu first `sudo apt install python3-venv`)",
        "macos": " (the Python of Xcode is too old: `brew install python@3.13`, and begin with `python3.13`)",
        "windows": " (Python comes from python.org or the Microsoft Store)",
        "torch": """

On Linux this is PyTorch without CUDA: 0.2 GB and not three. If you want CUDA, or PyTorch's server does not answer,
leave out `--torch-backend cpu` (with uv) or the step with `--index-url` (without it).""",
        "enter": """1. In a new terminal go to this folder and switch the environment on: `{unix}`, in PowerShell
   `{windows}`.
""",
        "open": """\
2. Open `{notebook}`. The command `jupyter lab` starts Jupyter. In VS Code, with the extensions Python and Jupyter,
   press Select Kernel at the top right and take `kafedra` among the Python environments.
3. Go from top to bottom. You write where it says “Your code here”{checks}.""",
        "edit": """\
2. Open `{notebook}` in an editor; the statement stands in its comments. VS Code with the Python extension shows such a
   file as cells (`# %%`).
3. You write where it says “Your code here”{checks}.""",
        "write": """2. Read the statement above.
3. Write {files}.""",
        "checks": "; after each task a cell checks it and says where to look for a mistake",
        "besides": " Hand in {files} as well.",
        "may": " You may add {files}.",
        "programs": "\n\nYou need these programs, too: {names}.",
        "solve": "## Solve\n\n",
        "check": "\n4. Save the files and run the public tests:\n\n   ```bash\n   kafedra check\n   ```",
        "taken": """

   Grading does not run the cells from top to bottom: it takes what the assignment asks for and all that it rests on.
   Experiments, plots and trainings in cells of their own make no difference to it.""",
        "marked": "\n\nThere are no tests: a teacher reads and marks the work, and `git push` is answered by the "
        "word that it has come.",
        "hidden": "\n\n   Some tests are hidden, only the server runs them. The statement says all that they check.",
        "hand_in": """## Hand in

```bash
git add -A
git commit -m "Solution"
git push
```

If `git commit` answers “Please tell me who you are”, git doesn't know you on this computer yet. Say it once, with your
own name and address, and repeat:

```bash
git config --global user.name "First Last"
git config --global user.email "you@example.org"
```

""",
        "read": "Push as often as you like: the teacher reads the last one.",
        "answered": "The verdict comes into your terminal. Push as often as you like: the best submission counts.",
        "page": " All your submissions and points are on <{url}>.",
        "where": " on the page of the assignment",
        "files": """## What lies where

| file | what for |
|---|---|
{rows}

{after}""",
        "row notebook": "| `{name}` | the statement and your solution{only} |",
        "only": ": the only file to change",
        "row file": "| `{name}` | your solution |",
        "row extra": "| `{name}` | may be added |",
        "row data": "| `{name}` | data of the assignment |",
        "row pictures": "| `pictures/` | pictures of the statement |",
        "row tests": "| `tests/` | the public tests; read them, they are a part of the statement |\n"
        "| `probes.py` | how the judge calls your code |",
        "row toml": "| `assignment.toml` | what to hand in, what is forbidden, how much time a solution has |",
        "ask": "If the statement is unclear, ask{where}: there are no silly questions.",
        "after": """\
The tests and probes in the repository are for you. The server takes its own, so changing them changes nothing. If
the statement is unclear or a test seems wrong, ask{where}: there are no silly questions.""",
    },
}
