"""A small topic, right in everything, for tests to break."""

from pathlib import Path

TOPIC = """\
summary = { ru = "Как найти градиент?", en = "How to find a gradient?" }
goals = ["Считать градиент"]

[[prerequisites]]
text = "Производная"
address = "https://example.org/derivative"

[[misconceptions]]
slug = "sum-forgotten"
text = "Путь к переменной один"

[[figures]]
name = "best_h"
text = "Лучший шаг"
low = 1e-7
high = 1e-4
"""

BLITZ = """\
[[questions]]
slug = "diamond"
kind = "single"
text = "Чему равен $\\\\frac{dL}{dx}$?"
explanation = "Пути складываются."

[[questions.options]]
text = "2"
correct = true
explanation = "Да."

[[questions.options]]
text = "1"
explanation = "Второй путь забыт."
misconception = "sum-forgotten"

[[questions]]
slug = "which"
kind = "multiple"
text = "Что верно?"
explanation = "Первое и второе."
options = [
  { text = "a", correct = true, explanation = "Да." },
  { text = "b", correct = true, explanation = "Да." },
  { text = "c", explanation = "Нет." },
]

[[questions]]
slug = "slope"
kind = "numeric"
text = "Сколько?"
explanation = "Четверть."
answer = 0.25
tolerance = 0.01
mistakes = [{ answer = 0.5, explanation = "Это значение, а не наклон.", misconception = "sum-forgotten" }]

[[questions]]
slug = "method"
kind = "text"
text = "Что вызвать?"
explanation = "Иначе копится."
answers = ["zero_grad", "optimizer.zero_grad()"]

[[questions]]
slug = "steps"
kind = "order"
text = "В каком порядке?"
explanation = "Так."
items = ["вперёд", "назад", "шаг"]

[[questions]]
slug = "prints"
kind = "code"
text = "Что напечатает?"
explanation = "Сложит."
code = "print(1 + 1)"
output = "2"
"""

EXAM = """\
[[theory]]
slug = "chain-rule"
idea = "знает правило цепочки"
difficulty = 1
question = "Сформулируйте правило цепочки."
answer = "..."
marks = [{ points = 1, note = "сумма по путям" }]

[[practice]]
slug = "by-hand"
idea = "считает руками"
difficulty = 2
statement = "Посчитайте."
solution = "..."
marks = [{ points = 1.5, note = "вперёд" }, { points = 0.5, note = "назад" }]
"""

READING = """\
[[entries]]
title = "Calculus"
authors = "N. N."
year = 1998
address = "https://example.org/calculus"
kind = "book"
language = "en"
purpose = "Производные с начала"
minutes = 90
"""

HARDER = """\
[[problems]]
slug = "second-order"
title = "Вторая производная"
statement = "Найдите."
hint = "Ещё раз."
solution = "Дважды."
"""

SURVEY = """\
[[open]]
slug = "graph"
text = "Помог ли рисунок графа?"
"""

LECTURE = "# Обратное распространение\n\nГрадиент: $\\\\nabla L$.\n".replace("\\\\", "\\")

SEMINAR = """\
# %% [markdown]
# # Семинар

# %% tags=["seed"]
SEED = 0

# %% tags=["solution"]
def double(x):
    # BEGIN SOLUTION
    return 2 * x
    # END SOLUTION


# %% tags=["check"]
try:
    right = double(3) == 6
except NotImplementedError:
    right = False
assert right, "double(3) должно быть 6: удваивает ли функция?"

# %%
best_h = 1e-5
"""

FILES = {
    "topic.toml": TOPIC, "blitz.toml": BLITZ, "exam.toml": EXAM, "reading.toml": READING, "harder.toml": HARDER,
    "survey.toml": SURVEY, "lecture.md": LECTURE, "seminar.py": SEMINAR,
}  # fmt: skip


def write_topic(course: Path, name: str = "01-backprop", **changed: str) -> Path:
    """The topic's folder in the course; `changed` has other texts for files, `lecture_md="…"`, empty for none."""
    folder = course / "topics" / name
    folder.mkdir(parents=True)
    given = {key.replace("_", ".", 1): text for key, text in changed.items()}
    for file, text in {**FILES, **given}.items():
        if text:
            (folder / file).write_text(text, encoding="utf-8")
    return folder
