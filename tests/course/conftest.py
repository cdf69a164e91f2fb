"""A small course in a folder, for tests to break."""

from collections.abc import Callable
from pathlib import Path

import pytest

COURSE = """\
slug = "dl"
title = { ru = "Глубинное обучение", en = "Deep learning" }
language = "ru"
timezone = "Europe/Moscow"

[late]
percent_per_day = 10
max_percent = 30

[formula]
total = "0.7 * O_hw + 0.3 * exam"
marks = { exam = {} }
automat = { when = "O_hw >= 2", total = "10 / most(homework) * O_hw" }

[[topics]]
number = 1
slug = "backprop"
title = "Backpropagation"

[[topics]]
number = 2
slug = "activations"
title = { ru = "Активации", en = "Activations" }
"""

RUN = """\
slug = "2023"
title = "2023"
starts = 2023-01-16
ends = 2023-03-31

[[plan]]
topic = 1
date = 2023-01-16

[[plan]]
topic = 2

[[homework]]
number = 1
title = "First"
issued = 2023-01-23

[[homework.assignments]]
slug = "activations"
points = 1.5

[[homework]]
number = 2
title = "Second"

[[homework.assignments]]
slug = "dropout"
title = "Dropout"
points = 1

[[homework.assignments]]
slug = "optimization"
title = "Optimisers"
points = 1
bonus = true
"""

ASSIGNMENT = """\
slug = "activations"
title = { ru = "Функции активации", en = "Activation functions" }
summary = "Four functions"
points = 1.50
topic = 2
requires = ["MyReLU", "MyELU"]

[environment]
preload = []
"""

NOTEBOOK = """\
# %% [markdown]
# # Activations

# %% tags=["solution"]
def MyReLU(x):
    return max(0.0, x)

# %% tags=["solution"]
def MyELU(x):
    return x if x > 0 else math.expm1(x)
"""

PROBES = """\
def relu(student, x):
    return student.MyReLU(x)
"""

TEST = """\
import probes
import pytest

from kafedra.testing import check


@pytest.mark.points("1.5")
def test_relu(submission):
    \"\"\"ReLU\"\"\"
    check.equal(submission.call(probes.relu, -1.0), 0.0, call="MyReLU(-1)")
"""


def write_tree(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a course that has no problems."""
    write_tree(
        tmp_path,
        {
            "course.toml": COURSE,
            "runs/2023.toml": RUN,
            "homework/activations/assignment.toml": ASSIGNMENT,
            "homework/activations/notebook.py": NOTEBOOK,
            "homework/activations/probes.py": PROBES,
            "homework/activations/tests/test_relu.py": TEST,
        },
    )
    return tmp_path


@pytest.fixture
def edit(root: Path) -> Callable[[str, str, str], None]:
    """Replaces some text, which must be there exactly once, in a file of the course."""

    def replace(name: str, old: str, new: str) -> None:
        text = (root / name).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (root / name).write_text(text.replace(old, new), encoding="utf-8")

    return replace
