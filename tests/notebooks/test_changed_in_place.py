"""What changes a needed name in place comes along where it is one statement; else it is named with its cell."""

import pytest
from tests.notebooks.working import extracted, notes, run

ADD_TO_CLASS = """
def add_to_class(cls):
    def wrap(obj):
        setattr(cls, obj.__name__, obj)
    return wrap
"""
ATTACHED = {
    "assigned": ("def five(self): return 5", "Layer.forward = five"),
    "a lambda": ("Layer.forward = lambda self: 5",),
    "two at once": ("def five(self): return 5", "Layer.forward, Layer.other = five, five"),
    "setattr": ("def five(self): return 5", "setattr(Layer, 'forward', five)"),
    "setattr in a loop": (
        "def five(self): return 5",
        "for name in ('forward', 'call'):\n    setattr(Layer, name, five)",
    ),
    "d2l": (ADD_TO_CLASS, "@add_to_class(Layer)\ndef forward(self): return 5"),
    "d2l without the sugar": (ADD_TO_CLASS, "def forward(self): return 5", "add_to_class(Layer)(forward)"),
    "a decorator for one class": (
        "def attach(f):\n    Layer.forward = f\n    return f",
        "@attach\ndef five(self): return 5",
    ),
    "fastcore": (
        "def patch(f):\n    for cls in f.__annotations__.values(): setattr(cls, f.__name__, f)",
        "@patch\ndef forward(self: Layer): return 5",
    ),
    "by a function": (
        "def give(cls, name, f): setattr(cls, name, f)",
        "give(Layer, 'forward', lambda self: 5)",
    ),
    "by a function of a function": (
        "def put(cls, name, f): setattr(cls, name, f)\ndef give(cls, f): put(cls, 'forward', f)",
        "give(cls=Layer, f=lambda self: 5)",
    ),
    "in a block": ("if True:\n    Layer.forward = lambda self: 5",),
}


@pytest.mark.parametrize("cells", ATTACHED.values(), ids=ATTACHED.keys())
@pytest.mark.parametrize("body", ["pass", "def forward(self): raise NotImplementedError"])
def test_a_method_attached_later_belongs_to_the_class(cells: tuple[str, ...], body: str) -> None:
    scope = run(f"class Layer:\n    {body}", *cells, "print(Layer())")
    assert scope["Layer"]().forward() == 5


def test_a_decorator_of_a_library_that_is_not_there_comes_along_all_the_same() -> None:
    text = extracted(
        "from d2l import torch as d2l", "class Layer: pass", "@d2l.add_to_class(Layer)\ndef forward(self): return 5"
    ).text
    assert text.endswith("class Layer: pass\n@d2l.add_to_class(Layer)\ndef forward(self): return 5\n")


def test_methods_attached_to_an_earlier_version_of_the_class_are_gone_with_it() -> None:
    scope = run("class Layer: pass", "Layer.old = 1", "class Layer:\n    new = 2")
    assert not hasattr(scope["Layer"], "old")


FILLED = {
    "an item": ("TABLE = {}", "TABLE['a'] = 1"),
    "an item added to": ("TABLE = {'a': 0}", "TABLE['a'] += 1"),
    "a method": ("TABLE = {}", "TABLE.update(a=1)"),
    "a chain of methods": ("TABLE = {}", "TABLE.setdefault('a', 1).bit_length()"),
    "a loop": ("TABLE = {}", "for name, value in [('a', 1), ('b', 2)]:\n    TABLE[name] = value"),
    "a loop that prints": ("TABLE = {}", "for name in 'ab':\n    value = 1\n    TABLE[name] = value\n    print(name)"),
    "a loop in a loop": ("TABLE = {}", "for x in 'a':\n    for y in (1,):\n        if y:\n            TABLE[x] = y"),
    "two tables in one loop": ("TABLE, ORDER = {}, []", "for x in 'a':\n    TABLE[x] = 1\n    ORDER.append(x)"),
    "a while": ("TABLE = {}", "while 'a' not in TABLE:\n    TABLE['a'] = 1"),
    "a comprehension": ("TABLE = {}", "[TABLE.update({x: 1}) for x in 'a']"),
    "a deletion": ("TABLE = {'a': 1, 'b': 2}", "del TABLE['b']"),
    "a function that fills it": ("TABLE = {}", "def fill(table): table['a'] = 1", "fill(TABLE)"),
    "a function that knows it": ("TABLE = {}", "def fill():\n    TABLE['a'] = 1", "fill()"),
    "a function that makes it": ("def fill():\n    global TABLE\n    TABLE = {'a': 1}", "fill()"),
    "a function that replaces it": ("TABLE = {}", "def fill():\n    global TABLE\n    TABLE = {'a': 1}", "fill()"),
    "a block": ("TABLE = {}", "if True:\n    TABLE['a'] = 1"),
    "a try": ("TABLE = {}", "try:\n    TABLE['a'] = 1\nexcept KeyError:\n    TABLE.clear()"),
    "shuffled": ("import random\nLIST = [1]\nTABLE = {'a': 1}", "random.shuffle(LIST)"),
}  # fmt: skip


@pytest.mark.parametrize("cells", FILLED.values(), ids=FILLED.keys())
def test_what_fills_a_table_belongs_to_it(cells: tuple[str, ...]) -> None:
    scope = run(*cells, "def Layer(): return dict(TABLE)", "print(Layer())")
    assert scope["Layer"]()["a"] == 1


NET = """
class Net:
    def __init__(self):
        self.parts = {}

    def add_module(self, name, part):
        self.parts[name] = part
"""
REGISTER = """
REGISTRY = {}

def register(name):
    def wrap(cls):
        REGISTRY[name] = cls
        return cls
    return wrap
"""


FAMILIES = {
    "in the class": "class Shape:\n    kinds = {}\n    def __init_subclass__(cls): Shape.kinds[cls.__name__] = cls",
    "in a table": "class Shape:\n    def __init_subclass__(cls): KINDS[cls.__name__] = cls\nKINDS = {}",
    "asked of Python": "class Shape: pass",
}
KNOWN = {"in the class": "Shape.kinds", "in a table": "KINDS"}


@pytest.mark.parametrize("how", FAMILIES)
def test_a_class_that_knows_its_subclasses_brings_them(how: str) -> None:
    known = KNOWN.get(how, "{cls.__name__: cls for cls in Shape.__subclasses__()}")
    cells = (FAMILIES[how], "class Round(Shape): pass", "class Square(Shape): pass", "class Ball(Round): pass")
    scope = run(*cells, f"def Layer(): return sorted({known})", "print(Layer())")
    assert {"Round", "Square"} <= set(scope["Layer"]())


def test_a_subclass_does_not_bring_the_others() -> None:
    module = extracted(FAMILIES["in the class"], "class Other(Shape):\n    x = train()", "class Layer(Shape): pass")
    assert "Other" not in module.text


def test_a_model_built_step_by_step() -> None:
    scope = run(NET, "model = Net()", "model.add_module('first', 1)", "def Layer(): return model.parts")
    assert scope["Layer"]() == {"first": 1}


def test_what_was_entered_by_decorators_belongs_to_who_reads_the_table() -> None:
    one, other = "@register('one')\nclass One: pass", "@register('other')\nclass Other: pass"
    scope = run(REGISTER, one, other, "def Layer(): return sorted(REGISTRY)")
    assert scope["Layer"]() == ["one", "other"]
    alone = extracted(REGISTER, one, other, "print(One)", required=("Other",))
    assert "class One" not in alone.text


def test_what_changes_nothing_that_is_needed_stays_behind() -> None:
    module = extracted("import torch", "history = []", "history.append(1)", "torch.manual_seed(0)", "class Layer: pass")
    assert module.text == "class Layer: pass\n"


def test_looking_is_no_change() -> None:
    assert "head" not in extracted("frame = [1]", "frame.head()", "def Layer(): return frame").text


TRAINED = {
    "a loop": "for step in range(9):\n    loss = model.loss()\n    loss.backward()\n    model.best = loss",
    "a function": "def train(model):\n    model.loss().backward()\n    model.done = True\n\ntrain(model)",
}


@pytest.mark.parametrize("code", TRAINED.values(), ids=TRAINED.keys())
def test_training_is_not_run_and_is_named(code: str) -> None:
    module = extracted("class Net: pass", "model = Net()", code, "def Layer(x): return model")
    assert "backward" not in module.text
    [note] = notes(module, "changed-elsewhere")
    assert note.startswith("model is changed by “")
    assert "(cell 3, line " in note


def test_what_changes_a_table_and_does_more_is_named() -> None:
    loop = "with open('log') as log:\n    import csv\n    TABLE['a'] = log.read()"
    module = extracted("TABLE = {}", loop, "def Layer(): return TABLE")
    assert [note.message("ru") for note in module.warnings] == [
        "TABLE меняется в коде «with open('log') as log:» (ячейка 2, строка 1); при проверке этот код не выполняется"
    ]


def test_mere_changes_are_told_from_definitions() -> None:
    module = extracted("TABLE = {}", "TABLE['a'] = 1", "TABLE.clear()", "class Layer:\n    table = TABLE")
    assert module.optional == {1, 2}
