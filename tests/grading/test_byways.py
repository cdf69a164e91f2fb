"""What can get around a ban is not refused: a line in the report says where a person should look."""

from __future__ import annotations

import pytest
from tests.grading.conftest import GOOD, Grade

from kafedra.grading.judge.beside import Beside
from kafedra.grading.judge.source import StudentSource
from kafedra.notebooks import extract, read_submission

WAYS = {
    "ctypes": "import ctypes\ndef half(x):\n    ctypes.memset(0, 0, 0)\n    return x * 0.5",
    "ctypes, by a name of it": "from ctypes import memset as m\ndef half(x):\n    return x * 0.5 if m else x",
    "exec": "def half(x):\n    exec('pass')\n    return x * 0.5",
    "eval": "half = eval('lambda x: x * 0.5')",
    "inspect.getsource": "import inspect\ndef half(x):\n    return inspect.getsource and x * 0.5",
    "gc.get_objects": "import gc\ndef half(x):\n    return gc.get_objects and x * 0.5",
    "__globals__": "def half(x):\n    return half.__globals__ and x * 0.5",
    "getattr": "import torch\nWORD = 'm' + 'ul'\ndef half(x):\n    return getattr(torch, WORD)(x, 0.5)",
    "builtins.eval": "import builtins\nhalf = builtins.eval('lambda x: x * 0.5')",
    "runpy": "import runpy\ndef half(x):\n    return runpy.run_module('keyword') and x * 0.5",
    "pickle.loads": "import pickle\ndef half(x):\n    return pickle.loads(pickle.dumps(0.5)) * x",
    "pkgutil.resolve_name": (
        "import pkgutil\nNAME = 'mat' + 'h:pi'\ndef half(x):\n    return x * 0.5 if pkgutil.resolve_name(NAME) else x"
    ),
    "import_module": (
        "from importlib import import_module\nNAME = 'mat' + 'h'\n"
        "def half(x):\n    return x * 0.5 if import_module(NAME) else x"
    ),
}
HONEST = {
    "a model is evaluated": (
        "class Model:\n    def eval(self): return self\ndef half(x):\n    Model().eval()\n    return x * 0.5"
    ),
    "memory is freed": "import gc\ndef half(x):\n    gc.collect()\n    return x * 0.5",
    "a pattern is compiled": "import re\ndef half(x):\n    re.compile('a')\n    return x * 0.5",
    "a layer by its number": "class Net:\n    one = 0.5\ndef half(x):\n    return x * getattr(Net, 'on' + 'e')",
    "time is taken, a model is kept": (
        "import pickle, timeit\ndef half(x):\n    timeit.default_timer(), pickle.dumps(x)\n    return x * 0.5"
    ),
    "an attribute by its name": (
        "import operator\nclass Net:\n    one = 0.5\ndef half(x):\n    return x * operator.attrgetter('one')(Net)"
    ),
    "a function of one's own": "def exec(x):\n    return x * 0.5\ndef half(x):\n    return exec(x)",
    "what no name rests on": "import ctypes\nprint(ctypes)\ndef half(x):\n    return x * 0.5",
}
DOUBLE = "\ndef double(x):\n    return x + x\n"


@pytest.mark.parametrize("way", WAYS)
def test_a_way_around_a_ban_costs_nothing_and_is_named_with_its_line(grade: Grade, way: str) -> None:
    report = grade(WAYS[way] + DOUBLE, language="en")
    assert report.points == report.max_points
    (note,) = report.notes
    assert note.startswith(way.partition(",")[0])
    assert "(halves.py:" in note
    assert "whoever reviews it reads this line" in note


@pytest.mark.parametrize("code", HONEST.values(), ids=HONEST)
def test_what_only_looks_like_one_is_not_mentioned(grade: Grade, code: str) -> None:
    report = grade(code + DOUBLE)
    assert report.points == report.max_points
    assert not report.notes


def test_code_that_uses_nothing_of_the_kind_has_no_such_line(grade: Grade) -> None:
    assert not grade(GOOD).notes


def test_a_module_beside_the_notebook_is_read_too() -> None:
    module = extract(read_submission("work.py", b"import own\n\ndef half(x):\n    return own.f(x)\n"), ("half",))
    own = b"import ctypes\n\n\ndef f(x):\n    return ctypes and x\n"
    source = StudentSource(module, is_notebook=False, files={"own.py": own})
    [(file, byway)] = Beside(source, ["torch.div"]).byways
    assert (file, byway.what, byway.line) == ("own.py", "ctypes", 5)
    assert not Beside(source, []).byways
