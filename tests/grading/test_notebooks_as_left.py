"""Notebooks as students leave them: what Jupyter gave is there, and a message leads to the cause."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.notebooks.working import notebook

from kafedra.course import Assignment
from kafedra.grading import Grader, Report

DOUBLE = "def double(x):\n    return x + x"


@pytest.fixture
def left(grader: Grader, assignment: Assignment) -> Callable[..., Report]:
    """``left(*cells)``: the report on a notebook of these cells and a right ``double``."""

    def run(*cells: str) -> Report:
        return grader.grade(assignment, {"halves.ipynb": notebook(*cells, DOUBLE)}, seed=0)

    return run


RIGHT = {
    "display": ("def half(x):\n    display(x, 'and')\n    return x * 0.5",),
    "get_ipython": (
        "if 'google.colab' in str(get_ipython()):\n    get_ipython().run_line_magic('pip', 'install x')",
        "ip = get_ipython()\ndef half(x):\n    ip.system('ls')\n    return x * 0.5",
    ),
    "IPython.display": (
        "from IPython.display import Image, clear_output, display\nimport IPython",
        "def half(x):\n    clear_output(wait=True)\n    display(Image('cat.png'))\n    return x * 0.5",
    ),
    "__main__": ("if __name__ == '__main__':\n    SCALE = 0.5", "def half(x):\n    return x * SCALE"),
    "%time": ("%time SCALE = 0.5", "def half(x):\n    return x * SCALE"),
    "%%add_to": (
        "class Halver:\n    pass",
        "%%add_to Halver\ndef run(self, x):\n    return x * 0.5",
        "def half(x):\n    return Halver().run(x)",
    ),
    "pip without its mark": ("pip install -q einops", "def half(x):\n    return x * 0.5"),
    "a depth of calls": (
        "import sys\nsys.setrecursionlimit(-1)\nsys.setrecursionlimit(10**4)",
        "def deep(n): return 0 if n == 0 else 1 + deep(n - 1)",
        "def half(x):\n    return x * 0.5 if deep(3000) else x",
    ),
    "a prompt": (">>> def half(x):\n...     return x * 0.5",),
    "a name that a function makes": (
        "def init():\n    global SCALE\n    SCALE = 0.5\ninit()",
        "def half(x):\n    return x * SCALE",
    ),
    "a name set by its name": ("globals()['SCALE'] = 0.5", "def half(x):\n    return x * SCALE"),
    "a text that is run": ("exec('def half(x):\\n    return x * 0.5')",),
    "a bar of progress": (
        "from tqdm.auto import tqdm\nfrom tqdm.notebook import trange",
        "def half(x):\n    with tqdm(total=1) as bar:\n        for _ in tqdm(trange(1), desc='x'):\n"
        "            bar.update()\n            bar.set_postfix(loss=0)\n    tqdm.write('done')\n    return x * 0.5",
    ),
    "arguments of a program": (
        "import argparse, sys\nargs = argparse.ArgumentParser().parse_args()",
        "def half(x):\n    return x * 0.5 if args and len(sys.argv) == 1 else None",
    ),
    "an invisible character": ("\ufeffdef half(x):\n    return x * 0.5",),
}


@pytest.mark.parametrize("cells", RIGHT.values(), ids=RIGHT.keys())
def test_what_works_in_jupyter_works_here(left, cells):
    assert left(*cells).points == 1


TROUBLES = {
    "workers": (
        ("from torch.utils.data import DataLoader",
         "def half(x):\n    list(DataLoader([1, 2], num_workers=2))\n    return x * 0.5"),
        "num_workers=0",
    ),
    "a card": (("device = 'cuda'", "def half(x):\n    return x.to(device) * 0.5"), "На сервере нет GPU"),
    "a package": (
        ("import no_such_package", "def half(x):\n    no_such_package.log(x)\n    return x * 0.5"),
        "При проверке модуля no_such_package нет",
    ),
    "a module of one's own": (("from layers import half",), "файлы рядом с ноутбуком не берутся"),
    "all of a module of one's own": (
        ("from mylib.layers import *", "def half(x):\n    return halve(x)"),
        "«from mylib.layers import *» завершается исключением ModuleNotFoundError",
    ),
    "another notebook": (
        ("%run other.ipynb", "def half(x):\n    return halve(x)"),
        "Перенесите в этот ноутбук то, что она определяет",
    ),
    "a file from elsewhere": (
        ("!wget -q http://x/scale.txt\nSCALE = float(open('scale.txt').read())", "def half(x):\n    return x * SCALE"),
        "Файла scale.txt при проверке нет",
    ),
    "a download": (
        ("import urllib.request", "def half(x):\n    return x * float(urllib.request.urlopen('http://x/y').read())"),
        "При проверке сети нет",
    ),
    "a socket": (
        ("import socket", "def half(x):\n    socket.create_connection(('127.0.0.1', 80))\n    return x * 0.5"),
        "При проверке сети нет",
    ),
    "a program": (
        ("import subprocess", "def half(x):\n    subprocess.run(['true'], check=True)\n    return x * 0.5"),
        "При проверке других программ не запустить",
    ),
    "input": (
        ("SCALE = float(input())", "def half(x):\n    return x * SCALE"),
        "вместо input() напишите само значение",
    ),
    "an end of the program": (("import sys", "def half(x):\n    sys.exit()"), "Код завершает программу сам"),
    "an end of the program outside": (
        ("import argparse\nargs = argparse.ArgumentParser().parse_args(['-x'])", "def half(x):\n    return x * args.k"),
        "Код завершает программу сам",
    ),
    "a Russian letter": (
        ("class Halver:\n    def run(self, xs): return xs", "def half(xs):\n    return Halver().run(хs=xs) * 0.5"),
        "в имени хs русская буква «х» (1-я по счёту) вместо латинской «x»",
    ),
    "a helper in a cell that can't be read": (
        ("def helper(x)\n    return x * 0.5", "def half(x):\n    return helper(x)"),
        "Ячейка 1 пропущена: синтаксическая ошибка в строке 1: expected ':'",
    ),
    "a helper that a loop defines": (
        ("for k in (2,):\n    def helper(x): return x / k", "def half(x):\n    return helper(x)"),
        "helper: значение задаёт только цикл вне функций",
    ),
    "awaiting": (
        ("async def get(): return 0.5", "SCALE = await get()", "def half(x):\n    return x * SCALE"),
        "ждать вне функций (await) умеет только ячейка Jupyter",
    ),
    "a hidden function": (
        ("def half(x):\n    return float(sum([x])) / 2", "sum = 0"),
        "«sum = 0» закрывает встроенную функцию sum, а решение её вызывает",
    ),
    "a later attempt": (
        ("def half(x):\n    raise NotImplementedError", "def half(x):\n    print('x'\n    return x * 0.5"),
        "Ячейка 2 пропущена: синтаксическая ошибка в строке 2",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "words"), TROUBLES.values(), ids=TROUBLES.keys())
def test_the_message_leads_to_the_cause(left, cells, words):
    half, double, _ = left(*cells).tests
    assert words in half.message
    assert double.outcome == "passed"


def test_a_python_file_knows_where_it_lies_and_a_notebook_does_not(left, grade, good):
    where = "from pathlib import Path\nHERE = Path(__file__).resolve().parent\nassert HERE == Path.cwd().resolve()\n"
    knows = f"{where}def half(x):\n    return x * 0.5 if HERE else None\n"
    assert grade(f"{good}\n{knows}").points == 1
    assert "name '__file__' is not defined" in left(knows).tests[0].message, "as in Jupyter"


def test_beside_a_python_file_nothing_is_taken_either(grade):
    said = grade("from layers import half\n\ndef double(x):\n    return x + x\n").tests[0].message
    assert "файлы рядом с halves.py не берутся" in said


def test_the_packages_that_there_are_are_named(left):
    assert "Из чужих пакетов есть torch" in left("import nothing_like_it\nhalf = nothing_like_it.f").tests[0].message
