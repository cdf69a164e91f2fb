"""Programs in another language: one that is compiled and one that is interpreted, both started by a probe."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from kafedra.course.starters.values import Mistake, mutant_files, toml
from kafedra.course.text import Language

Spoken = Literal["c", "shell"]

_DESCRIPTION: Final = """\
slug = "{slug}"
title = {title}
summary = "{summary}"
points = 1
topic = 1
files = ["{file}"]

[environment]
# {allowed}
programs = {programs}

[limits]
test_seconds = 5
total_seconds = 20
"""
_ALLOWED: Final[Mapping[Language, str]] = {
    "ru": "Что проверка и само решение могут запускать; других программ в песочнице нет.",
    "en": "What the tests and the work itself may start; the sandbox has no other programs.",
}
_PROGRAMS: Final[Mapping[Spoken, str]] = {
    "c": '["gcc", "as", "ld"]',
    "shell": '["sh", "awk", "cat", "cut", "grep", "head", "sed", "sort", "tail", "tr", "uniq", "wc"]',
}
_WORDS: Final[Mapping[Spoken, Mapping[Language, Mapping[str, str]]]] = {
    "c": {
        "ru": {
            "summary": "Среднее ноль, разброс единица: на C.",
            "task": "Напишите программу `standardize.c`. Она читает числа со стандартного ввода, вычитает "
            "среднее, делит "
            "на стандартное отклонение и печатает по числу в строке, с шестью знаками после точки. "
            "<!-- test_build, test_example, test_random --> Если все числа равны, печатает нули; "
            "<!-- test_constant --> если чисел нет, не печатает ничего и завершается с кодом 1. <!-- test_empty -->",
            "probe": "Как проверка собирает и запускает вашу программу.",
            "build": "Программа собирается без предупреждений",
            "example": "Пример, который легко пересчитать",
            "random": "Случайные числа",
            "constant": "Одинаковые числа дают нули",
            "empty": "Без чисел код завершения 1",
            "silent": "программа ничего не напечатала",
        },
        "en": {
            "summary": "Mean zero, spread one: in C.",
            "task": "Write the program `standardize.c`. It reads numbers from standard input, subtracts "
            "the mean, divides by "
            "the standard deviation and prints one number a line, with six digits after the point. "
            "<!-- test_build, test_example, test_random --> Where all numbers are equal it prints zeros; "
            "<!-- test_constant --> without numbers it prints nothing and exits with 1. <!-- test_empty -->",
            "probe": "How your program is built and started.",
            "build": "The program builds without warnings",
            "example": "An example that is easily done by hand",
            "random": "Random numbers",
            "constant": "Equal numbers give zeros",
            "empty": "Without numbers it exits with 1",
            "silent": "the program printed nothing",
        },
    },
    "shell": {
        "ru": {
            "summary": "Самые частые слова: конвейером оболочки.",
            "task": "Напишите скрипт `top.sh`. Он читает английский текст со стандартного ввода и "
            "печатает столько самых "
            "частых слов, сколько сказано первым аргументом: по слову в строке, маленькими буквами, частые первыми, "
            "<!-- test_example, test_random --> одинаково частые по алфавиту. <!-- test_ties --> Слово — подряд идущие "
            "латинские буквы; где слов нет, не печатает ничего. <!-- test_case, test_empty -->",
            "probe": "Как проверка запускает ваш скрипт.",
            "example": "Пример, который легко пересчитать",
            "case": "Большие буквы и знаки препинания",
            "ties": "Одинаково частые — по алфавиту",
            "random": "Случайный текст",
            "empty": "Пустой текст",
        },
        "en": {
            "summary": "The most frequent words: a pipeline of the shell.",
            "task": "Write the script `top.sh`. It reads English text from standard input and prints as "
            "many of the most "
            "frequent words as its first argument says: one a line, in small letters, frequent ones first, "
            "<!-- test_example, test_random --> equally frequent ones in alphabetical order. <!-- test_ties --> A word "
            "is a sequence of Latin letters; where there are none, nothing is printed. <!-- test_case, test_empty -->",
            "probe": "How your script is started.",
            "example": "An example that is easily done by hand",
            "case": "Capital letters and punctuation",
            "ties": "Equally frequent words in alphabetical order",
            "random": "Random text",
            "empty": "An empty text",
        },
    },
}
_FILES: Final[Mapping[Spoken, str]] = {"c": "standardize.c", "shell": "top.sh"}
_STARTER: Final[Mapping[Spoken, str]] = {
    "c": "#include <stdio.h>\n\nint main(void) {\n    return 0;\n}\n",
    "shell": "#!/bin/sh\n# top.sh N < text\n",
}
_PROBES: Final[Mapping[Spoken, str]] = {
    "c": '''\
"""{probe}"""

from kafedra.testing import probing

SOURCE = "standardize.c"


def build(student):
    return probing.program("gcc", "-std=c11", "-O1", "-Wall", "-Wextra", "-o", "standardize", SOURCE, "-lm")


def run(student, text):
    built = build(student)
    return probing.program("./standardize", stdin=text, seconds=2) if built["status"] == 0 else built
''',
    "shell": '''\
"""{probe}"""

from kafedra.testing import probing

SOURCE = "top.sh"


def top(student, count, text):
    return probing.program("sh", SOURCE, str(count), stdin=text, seconds=2)
''',
}
_TESTS: Final[Mapping[Spoken, str]] = {
    "c": '''\
import random
from statistics import fmean, pstdev

import probes
import pytest

from kafedra.testing import check


def standardized(submission, values):
    """What the program prints for these values, as numbers."""
    run = check.program(submission.call(probes.run, " ".join(map(str, values))), call="./standardize")
    return check.numbers(run["out"], call="./standardize")


def expected(values):
    middle, spread = fmean(values), pstdev(values)
    return [(value - middle) / (spread or 1.0) for value in values]


@pytest.mark.points("0.1")
def test_build(submission):
    """{build}"""
    built = check.program(submission.call(probes.build), call="gcc")
    check.equal(built["err"], "", call="gcc")
    run = submission.call(probes.run, "1 2 6")
    check.that(check.program(run, call="./standardize")["out"] != "", "./standardize < «1 2 6»: {silent}")


@pytest.mark.points("0.3")
def test_example(submission):
    """{example}"""
    check.close(standardized(submission, [1, 2, 6]), expected([1, 2, 6]), atol=1e-6, call="./standardize < «1 2 6»")


@pytest.mark.points("0.3")
@pytest.mark.hidden
def test_random(submission, seed):
    """{random}"""
    draw = random.Random(seed)
    values = [round(draw.gauss(3.0, 5.0), 3) for _ in range(draw.randrange(2000, 2100))]
    check.close(standardized(submission, values), expected(values), atol=1e-6, call="./standardize")


@pytest.mark.points("0.2")
def test_constant(submission):
    """{constant}"""
    check.close(standardized(submission, [5, 5, 5]), [0.0, 0.0, 0.0], atol=1e-9, call="./standardize < «5 5 5»")


@pytest.mark.points("0.1")
def test_empty(submission):
    """{empty}"""
    run = check.program(submission.call(probes.run, ""), status=1, call="./standardize < /dev/null")
    check.equal(run["out"], "", call="./standardize < /dev/null")
''',
    "shell": '''\
import random
from collections import Counter

import probes
import pytest

from kafedra.testing import check


def top(submission, count, text):
    """What the script prints."""
    return check.program(submission.call(probes.top, count, text), call=f"sh top.sh {{count}}")["out"].split("\\n")[:-1]


def expected(count, words):
    return [word for word, _ in sorted(Counter(words).items(), key=lambda pair: (-pair[1], pair[0]))[:count]]


@pytest.mark.points("0.3")
def test_example(submission):
    """{example}"""
    said = top(submission, 2, "to be or not to be to\\n")
    check.equal(said, ["to", "be"], call="sh top.sh 2 < «to be or not to be to»")


@pytest.mark.points("0.2")
def test_case(submission):
    """{case}"""
    check.equal(top(submission, 1, "A rose, a Rose; ROSE!\\n"), ["rose"], call="sh top.sh 1 < «A rose, a Rose; ROSE!»")


@pytest.mark.points("0.2")
def test_ties(submission):
    """{ties}"""
    said = top(submission, 3, "pear fig apple fig\\n")
    check.equal(said, ["fig", "apple", "pear"], call="sh top.sh 3 < «pear fig apple fig»")


@pytest.mark.points("0.2")
@pytest.mark.hidden
def test_random(submission, seed):
    """{random}"""
    draw = random.Random(seed)
    words = [draw.choice("abcdefghijkl") * draw.randint(1, 2) for _ in range(500)]
    text = "".join(word + draw.choice([" ", "\\n", ", ", "  "]) for word in words)
    check.equal(top(submission, 12, text), expected(12, words), call="sh top.sh 12")


@pytest.mark.points("0.1")
def test_empty(submission):
    """{empty}"""
    check.equal(top(submission, 2, "(one two one)\\n"), ["one", "two"], call="sh top.sh 2 < «(one two one)»")
    check.equal(top(submission, 3, ""), [], call="sh top.sh 3 < /dev/null")
''',
}
_SOLUTIONS: Final[Mapping[Spoken, tuple[str, str]]] = {
    "c": (
        """\
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    size_t n = 0, room = 16;
    double *x = malloc(room * sizeof *x);
    while (x && scanf("%lf", &x[n]) == 1)
        if (++n == room)
            x = realloc(x, (room *= 2) * sizeof *x);
    if (!x || n == 0)
        return 1;
    double mean = 0, spread = 0;
    for (size_t i = 0; i < n; i++)
        mean += x[i] / (double)n;
    for (size_t i = 0; i < n; i++)
        spread += (x[i] - mean) * (x[i] - mean);
    spread = sqrt(spread / (double)n);
    if (spread == 0)
        spread = 1;
    for (size_t i = 0; i < n; i++)
        printf("%.6f\\n", (x[i] - mean) / spread);
    free(x);
    return 0;
}
""",
        """\
#include <math.h>
#include <stdio.h>

static double values[100000];

int main(void) {
    int count = 0;
    double sum = 0, squares = 0;
    while (count < 100000 && scanf("%lf", values + count) == 1)
        sum += values[count++];
    if (!count)
        return 1;
    for (int i = 0; i < count; i++)
        squares += pow(values[i] - sum / count, 2);
    double width = sqrt(squares / count);
    for (int i = 0; i < count; i++)
        printf("%.6f\\n", width > 0 ? (values[i] - sum / count) / width : 0.0);
    return 0;
}
""",
    ),
    "shell": (
        """\
#!/bin/sh
tr -cs 'A-Za-z' '\\n' | tr 'A-Z' 'a-z' | grep . | sort | uniq -c | sort -k1,1nr -k2 | head -n "$1" | awk '{ print $2 }'
exit 0
""",
        """\
#!/bin/sh
awk '{
    line = tolower($0)
    gsub(/[^a-z]+/, " ", line)
    n = split(line, words, " ")
    for (i = 1; i <= n; i++) seen[words[i]]++
}
END { for (word in seen) print seen[word], word }' | sort -k1,1nr -k2,2 | head -n "$1" | cut -d " " -f 2
""",
    ),
}
_MISTAKES: Final[Mapping[Spoken, Mapping[str, Mistake]]] = {
    "c": {
        "mean_kept": ("the mean is not subtracted", "example", '(x[i] - mean) / spread);', 'x[i] / spread);'),
        "not_divided": ("nothing is divided by", "example", "(x[i] - mean) / spread);", "x[i] - mean);"),
        "sample_variance": ("divides by n - 1", "example", "(spread / (double)n)", "(spread / (double)(n - 1))"),
        "variance": ("divides by the variance", "example", "sqrt(spread / (double)n)", "spread / (double)n"),
        "whole_numbers": ("whole numbers", "random", "double mean = 0, spread", "int mean = 0; double spread"),
        "divides_by_zero": ("equal numbers are not thought of", "constant", "if (spread == 0)", "if (spread < 0)"),
        "two_digits": ("too few digits", "example", '"%.6f', '"%.2f'),
        "room_for_sixteen": ("no more room is asked for", "random", "(++n == room)", "(++n == room && !room)"),
        "no_status": ("the exit status is 0", "empty", "return 1;", "return 0;"),
        "silent": ("prints nothing", "build", "if (!x || n == 0)", "if (x || n == 0)"),
    },
    "shell": {
        "not_sorted_first": ("uniq without sort", "random", "grep . | sort | uniq", "grep . | uniq"),
        "rare_first": ("the rare ones first", "example", "-k1,1nr -k2", "-k1,1n -k2"),
        "case_kept": ("capital letters are other words", "case", "| tr 'A-Z' 'a-z' ", "| cat "),
        "punctuation_kept": ("a comma belongs to the word", "case", "tr -cs 'A-Za-z'", "tr -s ' '"),
        "counts_printed": ("counts are printed, too", "example", "print $2", "print $1, $2"),
        "always_ten": ("the argument is not looked at", "example", 'head -n "$1"', "head -n 10"),
        "ties_backwards": ("ties in the wrong order", "ties", "-k1,1nr -k2", "-k1,1nr -k2r"),
        "by_text": ("counts are sorted as text", "random", "-k1,1nr -k2", "-k2"),
        "empty_word": ("the empty word is counted", "empty", "| grep . ", ""),
        "last_ones": ("the last ones", "example", "head -n", "tail -n"),
        "letters": ("every letter is a word", "example", "tr -cs 'A-Za-z' '\\n'", "grep -o '[A-Za-z]'"),
    },
}  # fmt: skip


def program_files(slug: str, title: str, kind: Spoken, language: Language) -> dict[str, str]:
    """Every file of the assignment by its path."""
    words, file = _WORDS[kind][language], _FILES[kind]
    first, second = _SOLUTIONS[kind]
    description = _DESCRIPTION.format(
        slug=slug,
        title=toml(title),
        summary=words["summary"],
        file=file,
        allowed=_ALLOWED[language],
        programs=_PROGRAMS[kind],
    )
    return {
        "assignment.toml": description,
        "notebook.py": f"# %% [markdown]\n# # {title}\n#\n# {words['task']}\n",
        "probes.py": _PROBES[kind].format(**words),
        f"starter/{file}": _STARTER[kind],
        f"tests/test_{file.partition('.')[0]}.py": _TESTS[kind].format(**words),
        f"solutions/by_hand/{file}": first,
        f"solutions/other_way/{file}": second,
        **mutant_files("by_hand", _MISTAKES[kind]),
    }
