"""Each required name can be loaded by itself, unless only the order of the notebook makes two of them right."""

from tests.notebooks.working import extracted

from kafedra.notebooks import ExtractedModule


def loaded(module: ExtractedModule, name: str) -> list[str]:
    """The statements that are run when `name` is asked for first."""
    numbers = sorted({number for other in module.companions[name] for number in module.closures[other]})
    lines = module.text.split("\n")
    return [lines[module.tree.body[number].lineno - 1] for number in numbers]


def test_a_name_brings_only_what_it_rests_on() -> None:
    module = extracted(
        "import math", "slow = train()", "def A(): return math", "def B(): return slow", required=("A", "B")
    )
    assert loaded(module, "A") == ["import math", "def A(): return math"]
    assert loaded(module, "B") == ["slow = train()", "def B(): return slow"]


def test_names_that_see_two_definitions_of_a_third_are_loaded_in_order() -> None:
    module = extracted("S = 1", "class A:\n    s = S", "S = 2", "class B:\n    s = S", required=("A", "B"))
    assert loaded(module, "B") == ["S = 1", "class A:", "S = 2", "class B:"] == loaded(module, "A")


def test_the_same_import_in_every_cell_ties_nobody() -> None:
    module = extracted(
        "import math\nfrom math import pi", "A = math.e, pi", "import math\nfrom math import pi", "B = math.e, pi",
        required=("A", "B"),
    )  # fmt: skip
    assert module.companions == {"A": {"A"}, "B": {"B"}}


def test_a_helper_of_the_same_name_that_nobody_reads_ties_nobody() -> None:
    def attached(name: str) -> str:
        return f"@add({name})\ndef forward(self): return 5"

    module = extracted(
        "def add(cls):\n    return lambda f: setattr(cls, f.__name__, f)",
        "class A: pass", attached("A"), "class B: pass", attached("B"),
        required=("A", "B"),
    )  # fmt: skip
    assert module.companions == {"A": {"A"}, "B": {"B"}}


def test_who_looks_names_up_as_it_runs_may_mean_any() -> None:
    module = extracted("def make(name): return globals()[name]()", "class A: pass", required=("make", "A"))
    assert module.companions == {"make": {"make", "A"}, "A": {"A"}}
