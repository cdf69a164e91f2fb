"""What is taken from a notebook: the definitions asked for, all that they rest on, and nothing else."""

import pytest
from tests.notebooks.working import extracted, notebook, run

from kafedra.notebooks import extract, read_submission
from kafedra.notebooks.places import Place


def test_takes_a_class_with_its_imports_constants_and_helpers() -> None:
    module = extracted(
        "import math\nimport wandb",
        "SCALE = 2\nUNUSED = 1",
        "def helper(x):\n    return math.sqrt(x) * SCALE",
        "class Layer:\n    def __call__(self, x):\n        return helper(x)",
        "model = Layer()\nfor epoch in range(10**9): model(epoch)",
        "print(model(3))",
    )
    assert not {"wandb", "UNUSED", "model"} & set(module.text.split())
    assert {"math", "SCALE"} <= set(module.text.split())
    assert module.warnings == ()


def test_the_last_definition_wins() -> None:
    scope = run("class Layer: version = 1", "class Layer: version = 2", "x = Layer.version")
    assert scope["Layer"].version == 2
    assert "x" not in scope


def test_a_cell_edited_twice_keeps_only_what_the_last_one_needs() -> None:
    assert "old" not in extracted("old = 1\nLayer = old", "new = 2\nLayer = new").text


def test_an_earlier_definition_stays_where_a_later_one_needs_it() -> None:
    scope = run("X = 1", "X = X + 1", "X += 1", "def Layer(): return X")
    assert scope["Layer"]() == 3


def test_a_class_may_extend_its_own_earlier_version() -> None:
    scope = run("class Layer:\n    a = 1", "class Layer(Layer):\n    b = 2")
    assert (scope["Layer"].a, scope["Layer"].b) == (1, 2)


def test_a_name_read_at_once_means_what_it_meant_there() -> None:
    scope = run("A = 1", "class Layer:\n    a = A\n    def now(self): return A", "A = 2")
    assert scope["Layer"].a == 1
    assert scope["Layer"]().now() == 2


@pytest.mark.parametrize(
    "definition",
    [
        "Layer = make()",
        "Layer, other = make(), 2",
        "[Layer, *rest] = [make(), 1, 2]",
        "other = Layer = make()",
        "Layer: type = make()",
        "print(Layer := make())",
        "assert (Layer := make())",
        "if True:\n    Layer = make()",
        "try:\n    Layer = make()\nexcept NameError:\n    Layer = None",
        "import contextlib\nwith contextlib.suppress(ValueError):\n    Layer = make()",
        "a = 1; Layer = make(); b = 2",
        "match 1:\n    case 1:\n        Layer = make()",
    ],
)
def test_every_way_to_bind_a_name_counts(definition: str) -> None:
    scope = run("def make():\n    class Inner: ok = True\n    return Inner", definition)
    assert scope["Layer"].ok


def test_a_conditional_definition_keeps_the_unconditional_one_above_it() -> None:
    scope = run("class Layer: fast = False", "if 1 > 2:\n    class Layer: fast = True")
    assert scope["Layer"].fast is False


def test_a_block_brings_no_training_along() -> None:
    module = extracted("data = train()", "if True:\n    data = 1\n    Layer = data")
    assert "train" not in module.text


def test_cells_in_any_order() -> None:
    scope = run(
        "class Layer(Base):\n    eps = EPS + scaled(1)",
        "def scaled(x): return x * FACTOR",
        "class Base: pass",
        "EPS = 1",
        "FACTOR = 10",
    )
    assert scope["Layer"].eps == 11


def test_a_call_at_definition_time_finds_all_that_it_calls() -> None:
    scope = run("Layer = make()", "def make(): return inner()", "def inner(): return DEPTH", "DEPTH = 4")
    assert scope["Layer"] == 4


def test_functions_that_call_each_other() -> None:
    scope = run("def Layer(n): return n and other(n - 1)", "def other(n): return n and Layer(n - 1)")
    assert scope["Layer"](4) == 0


def test_locals_are_not_mistaken_for_the_notebooks_variables() -> None:
    module = extracted("x = train()\ny = train()", "def Layer(x):\n    y = x\n    return [z for z in y]", "z = train()")
    assert "train" not in module.text


def test_decorators_default_arguments_annotations_bases_and_keywords() -> None:
    scope = run(
        "def mark(c): c.marked = True; return c",
        "class Meta(type): pass",
        "ALPHA = 3\nclass Kind: pass",
        "@mark\nclass Layer(metaclass=Meta):\n    def f(self, a: Kind, *, b: int = ALPHA): return b",
    )
    assert scope["Layer"].marked
    assert scope["Layer"]().f(None) == 3


def test_a_comprehension_reads_at_once() -> None:
    assert run("Layer = [SCALE * i for i in range(3)]", "SCALE = 2")["Layer"] == [0, 2, 4]


def test_a_function_that_counts_in_a_global() -> None:
    scope = run("COUNT = 0", "def Layer():\n    global COUNT\n    COUNT += 1\n    return COUNT")
    assert scope["Layer"]() == 1


def test_imports_under_other_names() -> None:
    scope = run(
        "import os.path as p, json as j, no_such_module\nfrom math import pi as PI", "def Layer(): return p, j, PI"
    )
    assert scope["Layer"]()[2] > 3
    assert "no_such_module" not in scope


def test_submodules_imported_one_by_one() -> None:
    scope = run("import xml.dom", "import xml.sax", "def Layer(): return xml.dom, xml.sax")
    assert scope["Layer"]()


def test_future_imports_go_first_and_star_imports_stay_where_needed() -> None:
    module = extracted(
        "X = 1", "from math import *", "from __future__ import annotations", "def Layer(x: Later): return sqrt(x)"
    )
    assert module.text.startswith("from __future__ import annotations\nfrom math import *\n")
    assert "import *" not in extracted("from no_such import *", "def Layer(x): return abs(x)").text


def test_magics_and_shell_lines_are_no_obstacle() -> None:
    scope = run(
        "%load_ext autoreload\n%autoreload 2\n!pip install torch\nimport math",
        "files = !ls | grep \"it's\"\n!echo it's\nmath.sqrt?\n?math\nA = 7 \\\n  % 4",
        "%%time\nclass Layer:\n    a = A\n    text = '''\n!not a command\n'''\n    b = (5\n  % 3)",
        "%%bash\nclass Layer:",
        "%%html\n<b>Layer</b>",
    )
    assert (scope["Layer"].a, scope["Layer"].b, scope["Layer"].text) == (3, 2, "\n!not a command\n")


def test_a_magic_inside_a_block_leaves_the_block_whole() -> None:
    assert run("import math\nif True:\n    %matplotlib inline\n    Layer = 1")["Layer"] == 1


def test_an_indented_cell_is_read_as_jupyter_reads_it() -> None:
    assert run("    x = 1\n    Layer = 1")["Layer"] == 1


def test_a_foreign_cell_is_named() -> None:
    notes = extracted("%%bash\nls", "Layer = 1").warnings
    assert [note.message("ru") for note in notes] == ["Ячейка 1 пропущена: %%bash — не Python"]


def test_a_syntax_error_costs_its_cell_only() -> None:
    module = extracted("Layer = 1", "def broken(:\n    pass")
    assert module.missing == ()
    [note] = module.warnings
    assert "Ячейка 2" in note.message("ru")
    assert "Cell 2" in note.message("en")


def test_a_definition_that_does_not_compile_is_left_out_with_a_note() -> None:
    module = extracted("Layer = 1", "Layer = await fetch()")
    assert module.text == "Layer = 1\n"
    assert "await" in module.warnings[0].message("en")


def test_a_missing_name_with_a_likely_spelling() -> None:
    module = extracted("class MyRelu: pass", required=("MyReLU", "MySigmoid"))
    assert module.missing == ("MyReLU", "MySigmoid")
    assert [note.params["similar"] for note in module.warnings] == ["MyRelu"]


def test_another_required_name_is_no_misspelling() -> None:
    module = extracted("class MyReLU: pass", required=("MyReLU", "MyELU"))
    assert module.missing == ("MyELU",)
    assert module.warnings == ()


def test_a_name_in_a_cell_that_cannot_be_read_is_no_missing_spelling() -> None:
    module = extracted(
        "class MyGELU: pass",
        "scale = 2\nclass MyReLU:\n    def forward(self, x)\n        return x",
        required=("MyReLU", "MyELU"),
    )
    assert module.missing == ("MyReLU", "MyELU")
    assert set(module.unread) == {"MyReLU"}
    assert module.unread["MyReLU"].message("en").startswith("Cell 2 was skipped: syntax error on line 3")
    assert [note.code for note in module.warnings if note.params.get("name") == "MyReLU"] == []


@pytest.mark.parametrize("line", ["Layer = 1", "class Layer(Base):", "def Layer(x): return x", "async def Layer(): 0"])
def test_a_cell_that_cannot_be_read_still_shows_what_it_defines(line: str) -> None:
    assert set(extracted(f"{line}\n)").unread) == {"Layer"}


def test_what_a_broken_cell_only_uses_is_not_defined_there() -> None:
    assert extracted("print(Layer)\nif Layer == 1:\n    Layer = 2\n)").unread == {}


def test_a_given_name_is_no_misspelling() -> None:
    source = read_submission("work.ipynb", notebook("class MyGELU: pass"))
    assert [note.code for note in extract(source, ("MyReLU",)).warnings] == ["similar-name"]
    assert extract(source, ("MyReLU",), given={"MyGELU"}).warnings == ()


def test_a_value_that_only_a_loop_sets_is_explained() -> None:
    module = extracted("for step in range(3):\n    last = step", "def Layer(): return last")
    assert "last" in module.warnings[0].message("ru")
    assert "range" not in module.text


def test_an_annotation_alone_defines_nothing() -> None:
    assert extracted("Layer: int").missing == ("Layer",)


def test_lines_lead_back_to_cells() -> None:
    module = extracted(
        "# one\nimport math\n\n\nSCALE = 2", "# про слой\n\n@staticmethod\n# why\ndef Layer():\n    return SCALE"
    )
    lines = module.text.split("\n")
    assert module.line_map[lines.index("SCALE = 2") + 1] == Place(5, cell=1)
    assert module.line_map[lines.index("@staticmethod") + 1] == Place(3, cell=2)
    assert module.line_map[lines.index("    return SCALE") + 1] == Place(6, cell=2)


def test_columns_are_counted_in_bytes_where_text_is_russian() -> None:
    assert run("имя = 'ё'; Layer = имя; имя = 'ж'  # хвост")["Layer"] == "ё"


def test_lines_that_only_unicode_would_split_stay_whole() -> None:
    assert run("x = 'a\u2028b\x0c'\nLayer = x")["Layer"] == "a\u2028b\x0c"


def test_percent_script_and_plain_script() -> None:
    percent = "# %% [markdown]\n# # Заголовок\n# %%\nLayer = 1\n# %%\nbroken(\n"
    module = extract(read_submission("work.py", percent.encode()), ("Layer",))
    assert (module.text, module.line_map[1]) == ("Layer = 1\n", Place(4, file="work.py"))
    module = extract(read_submission("work.py", b"x = 1\nLayer = x\n"), ("Layer",))
    assert module.line_map[2] == Place(2, file="work.py")
