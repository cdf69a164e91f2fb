"""A mutant says at its top what is wrong in it and which tests must notice."""

from pathlib import Path

import pytest

from kafedra.course import CourseError, Mutant, read_mutant

HEADER = """\
# what: наклон отрицательной части задан числом
# caught_by: test_leaky_slope, test_leaky_gradient
# phrase: negative_slope

class MyLeakyReLU: ...
# what: this is no longer the header
"""


def test_the_header(tmp_path: Path) -> None:
    path = tmp_path / "hard_coded_slope.py"
    path.write_text(HEADER, encoding="utf-8")
    assert read_mutant(path) == Mutant(
        path,
        what="наклон отрицательной части задан числом",
        caught_by=("test_leaky_slope", "test_leaky_gradient"),
        code=HEADER,
        phrase="negative_slope",
    )


def test_a_phrase_is_not_needed(tmp_path: Path) -> None:
    path = tmp_path / "identity.py"
    path.write_text("# what: identity\n# caught_by: test_relu\n", encoding="utf-8")
    assert read_mutant(path).phrase is None


def test_the_rest_is(tmp_path: Path) -> None:
    path = tmp_path / "identity.py"
    path.write_text("import torch\n# what: too late\n", encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        read_mutant(path, shown_from=tmp_path)
    assert [str(problem) for problem in caught.value.problems] == [
        "identity.py:1: what: is required at the top: '# what: the mistake made'",
        "identity.py:1: caught_by: is required at the top: '# caught_by: test_name', several with commas",
    ]


SOLUTION = """\
\"\"\"Written with a loop.\"\"\"

import torch

EPS = 1e-8


# how far
def step(x):
    return x + EPS


class Base:
    rate = 1


class Child(Base):
    pass


answer = Child.rate
"""


@pytest.fixture
def written(tmp_path: Path):
    """``written(text)``: a mutant of that text beside the solution ``loop``, as it was read."""
    for folder in ("solutions", "mutants"):
        (tmp_path / folder).mkdir()
    (tmp_path / "solutions" / "loop.py").write_text(SOLUTION, encoding="utf-8")

    def write(text: str) -> Mutant:
        path = tmp_path / "mutants" / "slip.py"
        path.write_text(f"# what: a slip\n# caught_by: test_step\n{text}", encoding="utf-8")
        return read_mutant(path, shown_from=tmp_path)

    return write


def test_a_definition_replaces_that_of_the_base_in_its_place(written) -> None:
    mutant = written("# base: loop\n\nclass Base:\n    rate = 2\n")
    assert mutant.code == SOLUTION.replace("rate = 1", "rate = 2")
    module: dict[str, object] = {}
    exec(mutant.code.replace("import torch", ""), module)
    assert module["answer"] == 2


def test_imports_and_helpers_come_before_what_needs_them(written) -> None:
    mutant = written(
        "# base: loop\nimport math\nimport torch\n\nEPS = math.pi\n\ndef far():\n    return EPS\n\n"
        "@far\ndef step(x):\n    return x\n\ndef unused():\n    pass\n"
    )
    assert [line for line in mutant.code.splitlines() if line and not line.startswith(" ")] == [
        '"""Written with a loop."""',
        "import torch",
        "import math",
        "EPS = math.pi",
        "def far():",
        "@far",
        "def step(x):",
        "class Base:",
        "class Child(Base):",
        "answer = Child.rate",
        "def unused():",
    ]


def test_a_mutant_may_build_on_what_it_replaces(written) -> None:
    mutant = written("# base: loop\n\nWhole = Base\n\nclass Base(Whole):\n    pace = Whole.rate + 1\n")
    module: dict[str, object] = {}
    exec(mutant.code.replace("import torch", ""), module)
    assert module["Base"].pace == 2
    assert module["answer"] == 1
    assert module["Child"].__mro__[1] is module["Base"]


def test_a_base_that_is_not_there_is_named_with_those_that_are(written) -> None:
    with pytest.raises(CourseError, match=r"slip.py:1: base: 'lop' — must be one of the solutions: loop"):
        written("# base: lop\n")


def test_a_part_that_is_not_python_is_a_problem_of_the_course(written) -> None:
    with pytest.raises(CourseError, match=r"slip.py:1: base: 'loop' — must be Python without mistakes"):
        written("# base: loop\ndef step(:\n")


def module_of(mutant: Mutant) -> dict[str, object]:
    module: dict[str, object] = {}
    exec(mutant.code.replace("import torch", ""), module)
    return module


LAYER = '''\
class Layer(Base):
    """How it is meant."""

    rate = 3

    # what comes in
    def forward(self, x):
        return self.scaled(x) + 1

    @staticmethod
    def scaled(x):
        return 2 * x


half = Layer().forward(1) / 2
'''


@pytest.fixture
def layered(written, tmp_path: Path):
    """``layered(text)``: as ``written``, beside a solution with a class of several methods."""
    (tmp_path / "solutions" / "layer.py").write_text(f"class Base: ...\n\n\n{LAYER}", encoding="utf-8")
    return lambda text: written(f"# base: layer\n{text}")


def test_a_class_without_bases_changes_that_of_the_base_by_method(layered) -> None:
    mutant = layered("\nclass Layer:\n    def forward(self, x):\n        return self.scaled(x) - 1\n")
    layer = LAYER.replace("\n    # what comes in\n", "").replace("+ 1", "- 1")
    assert mutant.code == f"class Base: ...\n\n\n{layer}"
    assert module_of(mutant)["half"] == 0.5


def test_a_method_may_go_with_its_decorator_and_bring_another_one_along(layered) -> None:
    mutant = layered(
        "\nclass Layer:\n    rate = None\n\n    def scaled(self, x):\n        return self.rate or self.more(x)\n\n"
        "    def more(self, x):\n        return 5 * x\n"
    )
    layer = module_of(mutant)["Layer"]
    assert layer().forward(1) == 6
    assert layer.__bases__[0].__name__ == "Base"
    assert layer.__doc__ == "How it is meant."


def test_a_class_with_bases_replaces_that_of_the_base_whole(layered) -> None:
    layer = module_of(layered("\nclass Layer(object):\n    def forward(self, x):\n        return x\n"))["Layer"]
    assert not hasattr(layer, "rate")
    assert layer.__bases__ == (object,)


def test_a_line_of_the_base_may_be_replaced_or_cut(layered) -> None:
    mutant = layered("# replace: 2 * x -> 3 * x\n# replace: + 1 ->\n# phrase: three\n")
    assert module_of(mutant)["half"] == 1.5
    assert mutant.phrase == "three"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("def -> async def", "must stand once in its base, and it stands there 2 times"),
        ("nowhere -> here", "must stand once in its base, and it stands there 0 times"),
        ("2 * x", "must read 'old text -> new text', with one arrow"),
        ("2 -> 3 -> 4", "must read 'old text -> new text', with one arrow"),
    ],
)
def test_what_cannot_be_replaced_is_named_with_its_line(layered, change: str, problem: str) -> None:
    with pytest.raises(CourseError) as caught:
        layered(f"# replace: {change}\n")
    assert [str(one) for one in caught.value.problems] == [f"mutants/slip.py:4: replace: '{change}' — {problem}"]


def test_to_replace_one_must_name_the_base(written) -> None:
    with pytest.raises(CourseError, match=r"slip.py:1: base: is required where something is replaced"):
        written("# replace: a -> b\n")
