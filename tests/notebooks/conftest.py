"""A small assignment on disk, whose files a test may replace before it builds."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kafedra.course import Assignment, load_assignment
from kafedra.notebooks import student_files

FILES = {
    "assignment.toml": """
        slug = "halves"
        title = { ru = "Половины", en = "Halves" }
        summary = { ru = "Поделить на два.", en = "Divide by two." }
        points = 1
        requires = ["half"]
    """,
    "notebook.py": '''
        # %% [markdown]
        # # Половины
        # Формула: $x / 2$.
        # %%
        import math
        # %% tags=["solution"]
        def half(number):
            """Половина."""
            # BEGIN SOLUTION
            result = number * math.ldexp(1.0, -1)
            return result
            # END SOLUTION
        # %%
        print(half(3))
    ''',
    "probes.py": "def half(student, number):\n    return student.half(number)\n",
    "tests/test_half.py": '''
        """Половины."""

        import probes
        import pytest

        from kafedra.testing import check


        @pytest.mark.points("1")
        def test_half(submission):
            """Половина шести — три"""
            check.equal(submission.call(probes.half, 6), 3.0, call="half(6)")
    ''',
}

Write = Callable[..., Assignment]
Build = Callable[..., Mapping[str, bytes]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """``write({"notebook.py": "…"})``: the small assignment with these files instead of its own."""

    def run(changes: Mapping[str, str] | None = None) -> Assignment:
        root = tmp_path / "halves"
        for name, text in {**FILES, **(changes or {})}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text).lstrip("\n"), "utf-8")
        return load_assignment(root)

    return run


@pytest.fixture
def build(write: Write) -> Build:
    """``build({"notebook.py": "…"})``: the student version, path → bytes."""
    return lambda changes=None: student_files(write(changes))
