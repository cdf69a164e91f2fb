"""Forbidden APIs are found by what a name means, through every disguise, and nothing else is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kafedra.course import Assignment, load_assignment
from kafedra.grading import Grader

DISGUISES = {
    "plain": "import torch\ndef half(x):\n    return torch.div(x, 2)",
    "from import": "from torch import div\ndef half(x):\n    return div(x, 2)",
    "renamed": "from torch import div as d\ndef half(x):\n    return d(x, 2)",
    "module alias": "import torch as t\ndef half(x):\n    return t.div(x, 2)",
    "assigned": "import torch\nd = torch.div\ndef half(x):\n    return d(x, 2)",
    "assigned inside": "import torch\ndef half(x):\n    d = torch.div\n    return d(x, 2)",
    "imported inside": "def half(x):\n    import torch as q\n    return q.div(x, 2)",
    "star": "from torch import *\ndef half(x):\n    return div(x, 2)",
    "getattr": "import torch\ndef half(x):\n    return getattr(torch, 'div')(x, 2)",
    "vars": "import torch\ndef half(x):\n    return vars(torch)['div'](x, 2)",
    "__dict__": "import torch\ndef half(x):\n    return torch.__dict__['div'](x, 2)",
    "import_module": "import importlib\ndef half(x):\n    return importlib.import_module('torch').div(x, 2)",
    "the list of modules": "import sys\ndef half(x):\n    return sys.modules['torch'].div(x, 2)",
    "resolve_name": "import pkgutil\ndef half(x):\n    return pkgutil.resolve_name('torch:div')(x, 2)",
    "attrgetter": (
        "import torch\nfrom operator import attrgetter\ndef half(x):\n    return attrgetter('special.expit')(torch)(x)"
    ),
    "__import__": "def half(x):\n    return __import__('torch').div(x, 2)",
    "through a helper": "import torch\ndef helper(x):\n    return torch.div(x, 2)\ndef half(x):\n    return helper(x)",
    "through a default": "import torch\ndef half(x, f=torch.div):\n    return f(x, 2)",
    "walrus": "import torch\ndef half(x):\n    return (d := torch.div)(x, 2)",
    "alias name": "import torch\nhalf = lambda x: torch.div(x, 2)",
    "the same object elsewhere": "from torch.nn.modules.linear import Linear as L\ndef half(x):\n    return L(1, 1)(x)",
    "prefix": "import torch\ndef half(x):\n    return torch.special.expit(x)",
    "prefix from": "from torch.special import expit\ndef half(x):\n    return expit(x)",
    "prefix module": "from torch import special as s\ndef half(x):\n    return s.expit(x)",
    "method": "def half(x):\n    return x.div(2)",
    "method of the base class": "def half(x):\n    return type(x).__mro__[1].div(x, 2)",
    "in-place method": "def half(x):\n    return x.clone().div_(2)",
    "internals": "import torch\ndef half(x):\n    return torch._C._VariableFunctions.div(x, 2)",
    "operator registry": "import torch\ndef half(x):\n    return torch.ops.aten.div(x, 2)",
    "the library by itself": (
        "import torch\ndef lib():\n    return torch.ops\ndef half(x):\n    return lib().aten.div(x, 2)"
    ),
    "the library as a default": "import torch\ndef half(x, lib=torch.ops):\n    return lib.aten.div(x, 2)",
    "the library in a tuple": "import torch\ndef half(x):\n    lib, _ = torch.ops, 0\n    return lib.aten.div(x, 2)",
    "the library by a pattern": (
        "import torch\ndef half(x):\n    match torch:\n"
        "        case object(ops=lib):\n            return lib.aten.div(x, 2)"
    ),
    "a name bound twice": "import torch\ndef half(x):\n    d = torch.mul\n    d = torch.div\n    return d(x, 2)",
    "either of two": "import torch\ndef half(x):\n    return (torch.mul if x is None else torch.div)(x, 2)",
    "a pair": "import torch\ndef half(x):\n    d, two = torch.div, 2\n    return d(x, two)",
    "a method of a base, its name one's own": (
        "import torch\nclass T:\n    div = 1\ndef half(x):\n    return super(torch.Tensor, x).div(2) and T"
    ),
    "a method put in later": (
        "import torch\nclass T: pass\nT.f = lambda self, x: torch.ops.aten.div(x, 2)\ndef half(x):\n    return T().f(x)"
    ),
    "a table filled later": (
        "import torch\nTABLE = {}\nTABLE['f'] = torch.ops.aten.div\ndef half(x):\n    return TABLE['f'](x, 2)"
    ),
    "an attribute of a class set by another": (
        "import torch\nclass T: pass\nclass U:\n    T.f = torch.ops.aten.div\ndef half(x):\n    return T.f(x, 2)"
    ),
    # only running it shows
    "computed getattr": "import torch\ndef half(x):\n    return getattr(torch, 'd' + 'iv')(x, 2)",
    "a method caller": "import operator\ndef half(x):\n    return operator.methodcaller('d' 'iv', 2)(x)",
    "computed path": (
        "import functools, torch\nWAY = ['_C']\nWAY += ['_VariableFunctions', 'div']\n"
        "def half(x):\n    return functools.reduce(getattr, WAY, torch)(x, 2)"
    ),
    "computed method of the base": "def half(x):\n    return getattr(type(x).__base__, 'd' + 'iv')(x, 2)",
    "computed method of a typed tensor": (
        "import torch\ndef half(x):\n    return getattr(torch.DoubleTensor, 'd' + 'iv')(x, 2)"
    ),
    "computed registry": "import torch\ndef half(x):\n    return getattr(torch, 'o' + 'ps').aten.div(x, 2)",
    "computed class": "import torch\ndef half(x):\n    return getattr(torch.nn, 'Lin' + 'ear')(1, 1)(x)",
    "a method of a class that was never made": (
        "import torch\ndef half(x):\n    m = __import__('torch.nn.modules.lin' + 'ear', fromlist=['*'])\n"
        "    return getattr(m, 'Lin' + 'ear').forward(torch.nn.Identity(), x)"
    ),
    "eval": "import torch\ndef half(x):\n    return eval('torch.d' 'iv(x, 2)', {'torch': torch, 'x': x})",
}

LOADED = {
    "later": "import importlib\ndef half(x):\n    m = importlib.import_module('colorsys')",
    "by a statement": "def half(x):\n    import colorsys as m",
    "once more": (
        "import importlib, sys\ndef half(x):\n    importlib.import_module('colorsys')\n"
        "    del sys.modules['colorsys']\n    m = importlib.import_module('colorsys')"
    ),
    "by its file, under another name": (
        "import colorsys, importlib.util\ndef half(x):\n"
        "    spec = importlib.util.spec_from_file_location('mine', colorsys.__file__)\n"
        "    m = importlib.util.module_from_spec(spec)\n    spec.loader.exec_module(m)"
    ),
    "by its specification": (
        "import importlib.util\ndef half(x):\n    spec = importlib.util.find_spec('colorsys')\n"
        "    m = importlib.util.module_from_spec(spec)\n    spec.loader.exec_module(m)"
    ),
}

HONEST = {
    "the sign, which is no function": "def half(x):\n    return x / 2",
    "a conversion": "import torch\ndef half(x):\n    return x.type(torch.float64).type(x.dtype) * 0.5",
    "a layer that is made of others": "import torch\ndef half(x):\n    return torch.nn.Tanh()(x) * 0 + x / 2",
    "a table of one's own": "TABLE = {}\nTABLE['div'] = lambda x: x * 0.5\ndef half(x):\n    return TABLE['div'](x)",
    "another function": "import torch\ndef half(x):\n    return torch.mul(x, 0.5)",
    "the name in a comment": "import torch\ndef half(x):\n    # torch.div is forbidden\n    return x * 0.5",
    "the name in a string": "def half(x):\n    'torch.div(x, 2)'\n    return x * 0.5",
    "an own function of that name": "def div(x, y):\n    return x * (1 / y)\ndef half(x):\n    return div(x, 2)",
    "an own attribute of that name": (
        "class T:\n    def div(self, x):\n        return x * 0.5\ndef half(x):\n    return T().div(x)"
    ),
    "elsewhere in the notebook": (
        "import torch\ndef unused(x):\n    return torch.div(x, 2)\ndef half(x):\n    return x * 0.5"
    ),
    "a local named like another's helper": (
        "import torch\ndef helper(x):\n    return torch.div(x, 0.5)\ndef double(x):\n    return helper(x)\n"
        "def half(x):\n    helper = x * 0.5\n    return helper"
    ),
    "a parameter named like an import": (
        "from torch import div\ndef double(x):\n    return div(x, 0.5)\ndef half(x, div=0.5):\n    return x * div"
    ),
    "a local named like an import": (
        "from torch import div\ndef double(x):\n    return div(x, 0.5)\n"
        "def half(x):\n    div = [x * 0.5 for div in [1]]\n    return div[0]"
    ),
    "an import that was replaced": (
        "from torch import div\ndef double(x):\n    return x * 2\n"
        "def div(x, y):\n    return x * (1 / y)\ndef half(x):\n    return div(x, 2)"
    ),
    "an attribute of the same name as a helper": (
        "import torch\ndef scale(x):\n    return torch.div(x, 0.5)\ndef double(x):\n    return scale(x)\n"
        "class T:\n    def scale(self, x):\n        return x * 0.5\ndef half(x):\n    return T().scale(x)"
    ),
    "another method's local": (
        "import torch\nclass T:\n    def a(self, x):\n        f = torch.mul\n        return f(x, 0.5)\n"
        "    def b(self, f):\n        return f\ndef half(x):\n    return T().a(x)"
    ),
    "another function's local": (
        "import torch\ndef double(x):\n    f = torch.div\n    return f(x, 0.5)\n"
        "def half(x):\n    f = torch.mul\n    return f(x, 0.5)"
    ),
}


@pytest.mark.parametrize("code", DISGUISES.values(), ids=DISGUISES.keys())
def test_a_disguise_does_not_help(outcome_of, code):
    test = outcome_of(code)
    assert test.outcome == "forbidden"
    assert test.points == 0
    assert "torch." in test.message


@pytest.mark.parametrize("code", LOADED.values(), ids=LOADED.keys())
def test_a_module_that_is_loaded_when_the_solution_runs_is_no_way_round(outcome_of, code):
    test = outcome_of(f"{code}\n    return getattr(m, 'rgb_to' + '_yiq')(x, 2, 2)")
    assert (test.outcome, test.points) == ("forbidden", 0)
    assert "colorsys.rgb_to_yiq" in test.message


@pytest.mark.parametrize("code", HONEST.values(), ids=HONEST.keys())
def test_honest_code_is_left_alone(outcome_of, code):
    assert outcome_of(code).outcome == "passed"


def test_the_message_says_where_and_what_instead(outcome_of):
    test = outcome_of("import torch\n\ndef half(x):\n    return torch.div(x, 2)")
    assert test.message == "half использует torch.div (halves.py:4): в этом задании так нельзя\nУмножьте на 0.5."


def test_only_what_uses_it_is_refused(grade):
    report = grade("import torch\ndef half(x):\n    return torch.div(x, 2)\ndef double(x):\n    return x + x")
    assert [test.outcome for test in report.tests] == ["forbidden", "passed", "forbidden"]


def test_each_assignment_has_a_list_of_its_own(grader: Grader, assignment: Assignment, tmp_path: Path) -> None:
    """Two of them in turn, before one grader: what one forbids is free in the other, and closed again in the first."""
    root = tmp_path / "other"
    shutil.copytree(assignment.root, root)
    described = root / "assignment.toml"
    described.write_text(described.read_text("utf-8").replace('"torch.div"', '"torch.mul"'), "utf-8")
    other = load_assignment(root)
    divides = b"import torch\ndef half(x):\n    return getattr(torch, 'd' + 'iv')(x, 2)"
    multiplies = b"import torch\ndef half(x):\n    return getattr(torch, 'm' + 'ul')(x, 0.5)"

    def becomes(of: Assignment, code: bytes) -> str:
        return grader.grade(of, {"halves.py": code}).tests[0].outcome.value

    for _ in range(2):
        assert [becomes(assignment, code) for code in (divides, multiplies)] == ["forbidden", "passed"]
        assert [becomes(other, code) for code in (divides, multiplies)] == ["passed", "forbidden"]
