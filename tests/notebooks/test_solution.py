"""The notebook with the answers: as a page that is as safe as the statement, and as one file."""

import base64
import json

from kafedra.notebooks import render_solution, render_statement, solution_notebook

PICTURES = """
def relu():
    from matplotlib.figure import Figure

    return Figure(figsize=(1, 1))
"""
SHOWS_ONE = "# %% [markdown]\n# ![график](pictures/relu.png)\n"
HOSTILE = (
    '# %% [markdown] tags=["solution"]\n# <script>alert(1)</script> <img src=x onerror=alert(1)>\n#\n'
    "# [x](javascript:alert(1))\n"
)


def test_the_answers_are_there_and_marked(write) -> None:
    assignment = write()
    html = render_solution(assignment)
    assert "ldexp" in html
    assert "Решение" in html
    assert "Solution" in render_solution(assignment, "en")
    assert "Здесь пишете вы" not in html
    assert "SOLUTION" not in html
    assert "ldexp" not in render_statement(assignment)


def test_html_in_an_answer_is_only_text(write) -> None:
    html = render_solution(write({"notebook.py": HOSTILE}))
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in html.replace("](javascript:", "")
    assert 'class="cell prose answer"' in html


def test_a_wide_formula_can_be_reached_by_keyboard(write) -> None:
    html = render_solution(write({"notebook.py": "# %% [markdown]\n# $$a$$\n#\n# и $b$\n"}))
    assert html.count('tabindex="0"') == 1


def test_the_file_holds_its_pictures(write) -> None:
    assignment = write({"notebook.py": SHOWS_ONE, "pictures.py": PICTURES})
    (cell,) = json.loads(solution_notebook(assignment))["cells"]
    assert "".join(cell["source"]) == "![график](attachment:relu.png)"
    assert base64.b64decode(cell["attachments"]["relu.png"]["image/png"]).startswith(b"\x89PNG")


def test_the_same_source_makes_the_same_file(write) -> None:
    assignment = write()
    assert solution_notebook(assignment) == solution_notebook(assignment)
