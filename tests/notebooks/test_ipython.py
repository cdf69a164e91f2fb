"""What a notebook has besides Python: magics, commands, names that Jupyter gives."""

import pytest
from tests.notebooks.working import extracted, notes, run

MEASURED = {
    "%time": "%time LIMIT = 5",
    "%time in a block": "if True:\n    %time LIMIT = 5",
    "%%time": "%%time\nLIMIT = 5",
    "%%time and %time": "%%time\n%time LIMIT = 5",
    "%%capture": "%%capture out\nLIMIT = 5",
    "a magic of a package": "%%wandb --project x\nLIMIT = 5",
    "%timeit with options": "%timeit -n 10 -r3 -o LIMIT = 5",
    "%prun": "%prun -s cumulative -l 10 LIMIT = 5",
    "the value of %time": "LIMIT = %time 5",
    "the value of %timeit": "LIMIT = %timeit -n10 -o 5",
    "time without its mark": "time LIMIT = 5",
    "%time over two lines": "%time LIMIT = 2 + \\\n    3",
}


@pytest.mark.parametrize("cell", MEASURED.values(), ids=MEASURED.keys())
def test_the_python_after_a_magic_stays(cell: str) -> None:
    assert run(cell, "def Layer(): return LIMIT")["Layer"]() == 5


PASTED = {
    "Python's prompt": ">>> def Layer():\n...     return 5\n...\n>>> Layer()\n5",
    "IPython's prompt": "In [12]: def Layer():\n    ...:     return 5\n    ...:",
    "a prompt, indented lines": ">>> LIMIT = 5\n>>> def Layer():\n...     return LIMIT",
    "calls without brackets": "def Layer(): return 5\n/print 1 2\n,print a b\n;print a b",
}


@pytest.mark.parametrize("cell", PASTED.values(), ids=PASTED.keys())
def test_what_a_terminal_puts_before_python_is_taken_away(cell: str) -> None:
    module = extracted(cell)
    assert module.missing == ()
    assert run(cell)["Layer"]() == 5


def test_dots_at_the_edge_are_python() -> None:
    assert extracted("...\nLayer = 5\n... ").warnings == ()


def test_a_cell_that_goes_into_a_file_is_named_with_the_file() -> None:
    [note] = notes(extracted("%%writefile -a tools.py\ndef helper(): pass", "Layer = 5"))
    assert note.startswith("Cell 1 was skipped: %%writefile writes it into tools.py, which is not there when grading")


def test_a_cell_that_leaves_nothing_behind_is_named() -> None:
    [note] = notes(extracted("%%timeit -n 5\ndef helper(): pass", "Layer = 5"))
    assert note == (
        "Cell 1 was skipped: %%timeit runs it apart, and its definitions are gone in Jupyter, too: remove it"
    )


@pytest.mark.parametrize(
    "cell", ["%%cython\nx = 1", "%%R\nx = 1", "%%unheard\nx = 1 end", "%%sql\nselect 1", "%%!\nls"]
)
def test_a_cell_of_something_else_is_named(cell: str) -> None:
    magic = cell.partition("\n")[0]
    assert notes(extracted(cell, "Layer = 5")) == [f"Cell 1 was skipped: {magic} is not Python"]


@pytest.mark.parametrize("magic", ["%%timeit", "%%python3"])
def test_a_cell_whose_definitions_jupyter_forgets_is_named(magic: str) -> None:
    [note] = notes(extracted(f"{magic}\nx = 1", "Layer = 5"))
    assert note.startswith(f"Cell 1 was skipped: {magic} runs it apart")


def test_awaiting_outside_of_functions_is_named() -> None:
    [note] = notes(extracted("async def get(): return 5", "LIMIT = await get()", "def Layer(): return LIMIT"))
    assert note == (
        "Cell 2, line 1: “LIMIT = await get()” was skipped: only a cell of Jupyter can await outside of functions, and "
        "it is not run when grading"
    )


def test_a_magic_without_python_is_left_out() -> None:
    assert run("%timeit\n%time\n%time 1 +\n%matplotlib inline\nLayer = 5")["Layer"] == 5


@pytest.mark.parametrize(
    "line", ["pip install -q einops", "conda install x -y", "cd ../data", "run other.py", "ls -la *"]
)
def test_a_command_without_its_mark_is_named_and_the_rest_taken(line: str) -> None:
    module = extracted(f"import math\n{line}\nLayer = math.pi")
    assert module.missing == ()
    assert notes(module) == [f"Cell 1, line 2: “{line}” is a command of the notebook; it is not run when grading"]


@pytest.mark.parametrize("line", ["pip = 5", "time.sleep(0)", "ls - la", "cat(1)", "env: int = 5"])
def test_python_that_begins_like_a_command_is_python(line: str) -> None:
    assert extracted(f"!ls\n{line}\nLayer = 1").warnings == ()


def test_what_a_command_sets_is_named_where_it_is_needed() -> None:
    module = extracted("files = !ls", "names, _ = %sx ls", "def Layer(): return files")
    assert notes(module) == [
        "files is set by the notebook's command “files = !ls” (cell 1, line 1), which is not run when grading"
    ]


def test_a_command_that_brings_names_is_named_where_one_is_missing() -> None:
    assert extracted("%run other.ipynb", "Layer = 1").warnings == ()
    assert notes(extracted("%run other.ipynb", "def Layer(): return helper()")) == [
        "Cell 1, line 1: “%run other.ipynb” is a command of the notebook; it is not run when grading. "
        "Move what it defines into this notebook"
    ]


def test_methods_of_jdc_belong_to_their_class() -> None:
    module = extracted(
        "class Layer: pass",
        "%%add_to Layer\nSCALE = 2\ndef forward(self): return SCALE\n\n@staticmethod\ndef other(): return SCALE",
        "%%add_to Other\ndef lost(self): pass",
    )
    assert module.text == (
        "class Layer: pass\nSCALE = 2\n@__added_to__(Layer)\ndef forward(self): return SCALE\n"
        "@__added_to__(Layer)\n@staticmethod\ndef other(): return SCALE\n"
    )
    assert module.line_map[4].words("en") == "cell 2, line 3"


def test_names_that_jupyter_gives_are_there() -> None:
    assert extracted("def Layer(x):\n    display(x)\n    return get_ipython(), __name__").warnings == ()


@pytest.mark.parametrize("name", ["Out", "In", "_"])
def test_outputs_are_not_there_and_named(name: str) -> None:
    [note] = notes(extracted(f"def Layer(x):\n    return {name}[3]"))
    assert note.startswith(f"Cell 1, line 1: in Jupyter {name} holds what cells put out")


def test_an_underscore_of_ones_own_is_no_output() -> None:
    assert extracted("_ = 3", "def Layer(x):\n    for _ in x: pass\n    return _").warnings == ()
    assert extracted("_ = 3", "def Layer(x): return _").warnings == ()
