"""Links and figures of the course's texts lead to files that are there."""

from pathlib import Path

import pytest

from kafedra.course import authoring_problems


def problems_of(root: Path, name: str, text: str) -> list[str]:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return [str(problem) for problem in authoring_problems(root)]


@pytest.mark.parametrize(
    "text",
    [
        "[a site](https://cs231n.github.io/)",
        "[a place](#below)",
        "[the plan](../../course.toml) and [a key](../../course.toml#late)",
        "[from the root](/course.toml)",
        "![a figure](my%20figure.svg 'title')",
        "[mail](mailto:someone@example.org)",
        "code `layers[0](x)` and maths $f[i](x)$",
        "```\nlayers[0](x)\n```",
    ],
)
def test_what_leads_somewhere(root: Path, text: str) -> None:
    (root / "topics/01-backprop").mkdir(parents=True)
    (root / "topics/01-backprop/my figure.svg").touch()
    assert problems_of(root, "topics/01-backprop/lecture.md", text) == []


def test_what_does_not(root: Path) -> None:
    text = '# Title\n\nSee [this](gone.md) and\n![that](<gone.svg>), <img src="gone.png" alt="">.\n'
    assert problems_of(root, "topics/lecture.md", text) == [
        "topics/lecture.md:3: link: 'gone.md' — leads to a file that is not there",
        "topics/lecture.md:4: link: 'gone.svg' — leads to a file that is not there",
        "topics/lecture.md:4: link: 'gone.png' — leads to a file that is not there",
    ]


def test_the_text_cells_of_a_notebook(root: Path) -> None:
    text = "# %% [markdown]\n# ![a](gone.svg)\n# %%\n# y = layers[0](x)\nlayers[0](x)\n"
    assert problems_of(root, "homework/activations/notebook.py", text) == [
        "homework/activations/notebook.py:2: link: 'gone.svg' — leads to a file that is not there",
    ]


def test_mutants_without_a_header(root: Path) -> None:
    assert problems_of(root, "homework/activations/mutants/identity.py", "# caught_by: test_relu\n") == [
        "homework/activations/mutants/identity.py:1: what: is required at the top: '# what: the mistake made'",
    ]
