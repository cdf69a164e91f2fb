"""`assignment.toml` of an author's folder and of a student's clone, where most other files are absent."""

from decimal import Decimal
from pathlib import Path

import pytest

from kafedra.course import CourseError, Environment, ForbiddenAPI, Limits, Localized, load_assignment

SMALLEST = """\
slug = "weight-init"
title = "Weight initialisation"
summary = "Six functions"
points = 1
requires = ["fans"]
"""

EVERYTHING = """\
slug = "activations"
title = { ru = "Функции активации", en = "Activation functions" }
summary = { ru = "Четыре функции", en = "Four functions" }
points = 1.25
topic = 2
requires = [
  "MyReLU",  # the first
  "MyELU",
]
notebook = "relu.ipynb"
forbidden = [
  { api = "torch.relu", hint = "Max of 0 and x" },
  { api = "torch.nn.functional.*" },
]
seeds = 30

[limits]
test_seconds = 1.5
total_seconds = 10
memory_mb = 1024

[environment]
preload = ["torch", "torchvision"]
threads = 2
"""


def write(folder: Path, text: str) -> Path:
    (folder / "assignment.toml").write_text(text, encoding="utf-8")
    return folder


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(CourseError) as caught:
        load_assignment(folder)
    return [str(problem) for problem in caught.value.problems]


def test_the_defaults(tmp_path: Path) -> None:
    assignment = load_assignment(write(tmp_path, SMALLEST))
    assert assignment.root == tmp_path
    assert assignment.notebook == "weight-init.ipynb"
    assert (assignment.topic, assignment.forbidden, assignment.seeds) == (None, (), 20)
    assert assignment.limits == Limits(
        test_seconds=2.0,
        total_seconds=5.0,
        load_seconds=5.0,
        memory_mb=512,
        processes=16,
        file_mb=16,
        files=1000,
        output_kb=64,
    )
    assert assignment.environment == Environment(preload=(), python=None, threads=1)
    assert (assignment.language, assignment.packages) == ("ru", ())


def test_every_key(tmp_path: Path) -> None:
    assignment = load_assignment(write(tmp_path, EVERYTHING))
    assert (assignment.slug, assignment.notebook, assignment.topic) == ("activations", "relu.ipynb", 2)
    assert assignment.title.in_("ru") == "Функции активации"
    assert assignment.summary.in_("en") == "Four functions"
    assert assignment.points == Decimal("1.25")
    assert assignment.requires == ("MyReLU", "MyELU")
    assert assignment.forbidden == (
        ForbiddenAPI(api="torch.relu", hint=Localized.same("Max of 0 and x")),
        ForbiddenAPI(api="torch.nn.functional.*"),
    )
    assert (assignment.limits.test_seconds, assignment.limits.total_seconds) == (1.5, 10.0)
    assert (assignment.limits.memory_mb, assignment.limits.processes) == (1024, 16)
    assert assignment.environment == Environment(preload=("torch", "torchvision"), threads=2)
    assert assignment.seeds == 30


def test_the_files_beside_it(tmp_path: Path) -> None:
    assignment = load_assignment(write(tmp_path, SMALLEST))
    assert assignment.notebook_source == tmp_path / "notebook.py"
    assert assignment.probes == tmp_path / "probes.py"
    assert assignment.tests_dir == tmp_path / "tests"
    assert (assignment.solutions(), assignment.mutants()) == ((), ())
    for name in (
        "mutants/b.py",
        "mutants/a.py",
        "mutants/__init__.py",
        "mutants/notes.md",
        "solutions/one.py",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [path.name for path in assignment.mutants()] == ["a.py", "b.py"]
    assert [path.name for path in assignment.solutions()] == ["one.py"]


def test_it_does_not_change(tmp_path: Path) -> None:
    assignment = load_assignment(write(tmp_path, SMALLEST))
    with pytest.raises(ValueError, match="frozen"):
        assignment.points = Decimal(2)  # type: ignore[misc]  # it is what the test is about


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ("points = 0", "4: points: '0' — must be a positive number with at most 2 decimals"),
        ("points = true", "4: points: 'true' — must be a positive number with at most 2 decimals"),
        (
            "requires = []",
            "5: requires: is required: the names that the notebook must define, or else files: what is handed in",
        ),
        ('requires = "fans"', "5: requires: 'fans' — must be a list in square brackets"),
        ('requires = ["class"]', "5: requires[0]: 'class' — must be a Python name, such as 'MyReLU'"),
        ('requires = ["my relu"]', "5: requires[0]: 'my relu' — must be a Python name, such as 'MyReLU'"),
        ("requires = [1]", "5: requires[0]: '1' — must be text in quotes"),
        (
            'notebook = "../secret.ipynb"',
            "6: notebook: '../secret.ipynb' — must be a path in the repository, with Latin letters, digits, '_', '-' "
            "and dots, and no file that the course puts there itself: 'graph.py', 'report/plan.md'",
        ),
        (
            'notebook = "fans.txt"',
            "6: notebook: 'fans.txt' — must be a notebook or a Python file without a folder: 'activations.ipynb', "
            "'sorting.py'",
        ),
        (
            'forbidden = [\n{ api = "torch..relu" }]',
            "7: forbidden[0].api: 'torch..relu' — must be a dotted name: 'torch.relu', or for all in it 'torch.nn.*'",
        ),
        ('forbidden = ["torch.relu"]', "6: forbidden[0]: 'torch.relu' — must be a table"),
        ("limits = 5", "6: limits: '5' — must be a table"),
        ("seeds = 0", "6: seeds: '0' — must be a whole number from 1 to 1000"),
        ("topic = 1.0", "6: topic: '1.0' — must be a whole number from 1 to 999"),
        (
            "[limits]\ntest_seconds = 0",
            "7: limits.test_seconds: '0' — must be a number of seconds, more than 0 and at most 3600",
        ),
        ("[limits]\nmemory = 3", "7: limits.memory: '3' — unknown key — did you mean 'memory_mb'?"),
        (
            "[environment]\nthreads = 0",
            "7: environment.threads: '0' — must be a whole number from 1 to 1000000",
        ),
    ],
)
def test_mistakes(tmp_path: Path, wrong: str, expected: str) -> None:
    key = wrong.split(" = ")[0]
    kept = [line for line in SMALLEST.splitlines() if not line.startswith(key)]
    position = {"points": 3, "requires": 4}.get(key, len(kept))
    text = "\n".join([*kept[:position], wrong, *kept[position:]]) + "\n"
    assert problems_of(write(tmp_path, text)) == [f"assignment.toml:{expected}"]


def test_an_empty_file_lacks_everything(tmp_path: Path) -> None:
    assert problems_of(write(tmp_path, "")) == [
        "assignment.toml:1: slug: is required: the assignment's name in addresses, the same as its folder's",
        "assignment.toml:1: title: is required: what people call it",
        "assignment.toml:1: summary: is required: one sentence about what the student does",
        "assignment.toml:1: points: is required: what it is worth at most",
    ]


def test_a_folder_without_it(tmp_path: Path) -> None:
    assert problems_of(tmp_path) == ["assignment.toml: there is no such file"]


def test_libraries_are_those_that_its_own_files_import(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    files = {
        "probes.py": "import math\nimport numpy as np\nimport kafedra.testing\n",
        "tests/test_a.py": "import probes\nimport pytest\nimport answers\nfrom sklearn.datasets import load_digits\n",
        "tests/answers.py": "import torch\nfrom torch.nn import functional\n\ndef late():\n    import never\n",
        "notebook.py": "# %%\nimport matplotlib.pyplot as plt\nfrom PIL import Image\n",
        "pictures.py": "import seaborn\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assignment = load_assignment(write(tmp_path, SMALLEST))
    assert assignment.environment.preload == ("numpy", "sklearn.datasets", "torch")
    assert assignment.packages == ("matplotlib", "numpy", "pillow", "scikit-learn", "torch")


def test_what_the_file_names_is_not_derived(tmp_path: Path) -> None:
    (tmp_path / "probes.py").write_text("import torch\n", encoding="utf-8")
    assignment = load_assignment(
        write(tmp_path, 'packages = ["pandas"]\n' + SMALLEST + "[environment]\npreload = []\n")
    )
    assert (assignment.environment.preload, assignment.packages) == ((), ("pandas",))


def test_the_language_is_that_of_the_course(tmp_path: Path) -> None:
    folder = tmp_path / "homework" / "weight-init"
    folder.mkdir(parents=True)
    (tmp_path / "course.toml").write_text('slug = "x"\nlanguage = "en"\n', encoding="utf-8")
    assert load_assignment(write(folder, SMALLEST)).language == "en"
    assert load_assignment(write(folder, 'language = "ru"\n' + SMALLEST)).language == "ru"
