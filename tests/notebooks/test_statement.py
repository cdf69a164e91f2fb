"""The page of an assignment: the student notebook as HTML that needs no network and no script."""

import re

from kafedra.notebooks import render_statement


def page(write, notebook: str, **changes: str) -> str:
    return render_statement(write({"notebook.py": notebook, **changes}))


def test_prose_formulas_and_code(write) -> None:
    html = render_statement(write())
    assert '<h1 id="says-poloviny">Половины</h1>' in html
    assert "<math" in html
    assert '<span class="k">def</span>' in html
    assert "ldexp" not in html
    assert "Здесь пишете вы" in html
    assert "You write here" in render_statement(write(), "en")


def test_display_formulas_tables_and_fenced_code(write) -> None:
    html = page(
        write,
        "# %% [markdown]\n# $$\\frac{1}{2} \\le \\infty$$\n#\n# | a | b |\n# |---|---|\n# | 1 | 2 |\n#\n"
        "# ```python\n# x = 1\n# ```\n# ```nosuch\n# y\n# ```\n",
    )
    assert 'display="block"' in html
    assert "<mfrac>" in html
    assert "∞" in html
    assert "<td>1</td>" in html
    assert html.count('class="highlight"') == 2


def test_a_display_formula_within_a_paragraph_leaves_no_dollars(write) -> None:
    html = page(write, "# %% [markdown]\n# The error\n# $$\\frac{1}{2},$$ where $n$ is two, and $$n$$ again.\n")
    assert html.count('display="block"') == 2
    assert "$" not in html


def test_html_and_scripts_in_the_source_are_only_text(write) -> None:
    html = page(
        write,
        "# %% [markdown]\n# <script>alert(1)</script> <img src=x onerror=alert(1)>\n#\n"
        "# [x](javascript:alert(1)) $<script>$ $\\text{<b>}$\n# %%\nx = '<script>'\n",
    )
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert "<b>" not in html


def test_pictures_are_inlined(write) -> None:
    drawing = "from matplotlib.figure import Figure\ndef dot() -> Figure:\n    return Figure()\n"
    html = page(write, "# %% [markdown]\n# ![Точка](pictures/dot.png)\n", **{"pictures.py": drawing})
    assert '<img src="data:image/png;base64,iVBOR' in html
    assert 'alt="Точка"' in html


def test_folded_cells_are_closed_and_empty_ones_absent(write) -> None:
    html = page(write, '# %% tags=["folded"]\ntools = 1\n# %%\n\n# %%\nx = 1\n')
    assert "<details>\n<summary>Показать код</summary>" in html
    assert html.count("<section") == 2


def test_headings_can_be_linked_to_each_by_a_name_of_its_own(write) -> None:
    html = page(write, "# %% [markdown]\n# ## Сложнее\n\n# %% [markdown]\n# ## Сложнее: $x^2$\n#\n# ## Сложнее\n")
    assert re.findall(r'<h2 id="([^"]+)"', html) == ["says-slozhnee", "says-slozhnee-x-2", "says-slozhnee-2"]
