"""`kafedra course check` builds and collects every assignment: a mistake of its author never reaches a student.

One course holds an assignment for each mistake, and is checked once.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from click.testing import CliRunner
from tests.course.conftest import COURSE, write_tree

from kafedra.cli.course import course

DESCRIPTION = """\
slug = "{slug}"
title = "Halves"
summary = "Divide by two"
points = 1
requires = ["half"]

[environment]
preload = []
"""
NOTEBOOK = """\
# %% [markdown]
# # Halves

# %% tags=["solution"]
import math


def half(x):
    # BEGIN SOLUTION
    result = x * math.ldexp(1.0, -1)
    return result
    # END SOLUTION
"""
PROBES = "def half(student, x):\n    return student.half(x)\n"
TEST = """\
import probes
import pytest

from kafedra.testing import check


@pytest.mark.points("1")
def test_half(submission):
    \"\"\"A half\"\"\"
    check.equal(submission.call(probes.half, 7), 3.5, call="half(7)")
"""
HIDDEN = """\


@pytest.mark.hidden
@pytest.mark.points("0.5")
def test_zero(submission):
    \"\"\"Half of nothing\"\"\"
    check.equal(submission.call(probes.half, 0), 0.0, call="half(0)")
"""
SOUND = {"notebook.py": NOTEBOOK, "probes.py": PROBES, "tests/test_half.py": TEST}
HALF = TEST.replace('points("1")', 'points("0.5")')

Changes = Mapping[str, str]
N, P, T, A = "notebook.py", "probes.py", "tests/test_half.py", "assignment.toml"
MUTANT = "# what: a\n# caught_by: {test}\ndef half(x):\n    return {value}\n"
BASED = "# what: a\n# caught_by: test_half\n# base: one\n# replace: x / -> y /\n"
PASTED = "\n# %% [markdown]\n# ```python\n{lines}# ```\n"

# slug -> the files that are not as they should be, the place of the mistake, and part of what is said of it
MISTAKES: dict[str, tuple[Changes, str, str]] = {
    "test-syntax": ({T: TEST.replace('"half(7)")', '"half(7)"')}, f"{T}:10", "not Python: '(' was never closed"),
    "probes-syntax": ({P: "def half(student, x)\n"}, f"{P}:1", "'def half(student, x)' — not Python: expected ':'"),
    "helper-syntax": ({"tests/answers.py": "x = = 1\n"}, "tests/answers.py:1", "'x = = 1' — not Python"),
    "cell-syntax": ({N: NOTEBOOK + "\n# %%\nprint(half(3)\n"}, f"{N}:15", "syntax error on line 1"),
    "stub-syntax": (
        {N: NOTEBOOK.replace("# BEGIN SOLUTION\n", "# BEGIN SOLUTION\n    # STUB: return (\n")},
        f"{N}:5",
        "what the student finds here is not Python",
    ),
    "solution-syntax": ({"solutions/one.py": "def half(x): return x /\n"}, "solutions/one.py:1", "not Python"),
    "mutant-syntax": (
        {"mutants/one.py": MUTANT.format(test="test_half", value="x /")},
        "mutants/one.py:4",
        "not Python",
    ),
    "points-sum": ({T: HALF}, f"{A}:4: points", "'1' — must be 0.5, which the tests add up to (test_half 0.5)"),
    "points-missing": ({T: TEST.replace('@pytest.mark.points("1")\n', "")}, f"{T}:7: test_half", "needs @pytest.mark."),
    "points-in-words": ({T: TEST.replace('("1")', '("one")')}, f"{T}:7: test_half", "needs @pytest.mark.points"),
    "title-missing": (
        {T: TEST.replace('"""A half"""', "pass")},
        f"{T}:7: test_half",
        "the test's title, and there is none",
    ),
    "nobody-defines-it": ({A: DESCRIPTION.replace('"half"', '"half", "third"')}, f"{A}:5: requires[1]", "'third' — is"),
    "solution-without-it": (
        {"solutions/one.py": "def haf(x):\n    return x / 2\n"},
        f"{A}:5: requires[0]",
        "'half' — is required of students, and solutions/one.py doesn't define it",
    ),
    "hidden-test-named": (
        {T: HALF + HIDDEN, N: NOTEBOOK.replace("# # Halves", "# # Halves\n#\n# See `test_zero`.")},
        f"{N}:4: test_zero",
        "the hidden test is mentioned where students read it",
    ),
    "hidden-test-in-probes": (
        {T: HALF + HIDDEN, P: '"""For test_zero."""\n' + PROBES},
        f"{P}:1: test_zero",
        "mentioned",
    ),
    "hidden-misspelt": (
        {T: HALF + HIDDEN.replace("mark.hidden", "mark.hiden")},
        f"{T}:13: test_zero",
        "'pytest.mark.hiden' — unknown mark — "
        "allowed here: filterwarnings, hidden, long, parametrize, points, usefixtures",
    ),
    "answer-in-prose": (
        {N: NOTEBOOK + PASTED.format(lines="# result = x * math.ldexp(1.0, -1)\n# return result\n")},
        f"{N}:16: solution",
        "'result = x * math.ldexp(1.0, -1)' — the solution of notebook.py:10 is given away here",
    ),
    "answer-reformatted": (
        {N: NOTEBOOK + PASTED.format(lines="# result = (x *\n#     math.ldexp(1.0, -1))  # so\n#\n# return result\n")},
        f"{N}:15: solution",
        "is given away here",
    ),
    "answer-in-other-quotes": (
        {
            N: NOTEBOOK.replace("x * math.ldexp(1.0, -1)", "float(str(x / 2) + '')")
            + PASTED.format(lines='# result = float(str(x / 2) + "")\n# return result\n')
        },
        f"{N}:16: solution",
        "is given away here",
    ),
    "answer-short": (
        {
            N: NOTEBOOK.replace("    result = x * math.ldexp(1.0, -1)\n    return result", "    return x / 2")
            + PASTED.format(lines="# def half(x):\n#     return x / 2\n")
        },
        f"{N}:16: solution",
        "'return x / 2' — the solution of notebook.py:10 is given away here",
    ),
    "mark-not-closed": ({N: NOTEBOOK.replace("    # END SOLUTION\n", "")}, f"{N}:9: solution", "without END SOLUTION"),
    "mark-without-tag": ({N: NOTEBOOK.replace(' tags=["solution"]', "")}, f"{N}:9: solution", "without the tag"),
    "tag-misspelt": ({N: NOTEBOOK.replace('"solution"', '"soluton"')}, f"{N}:4: tags", "did you mean 'solution'?"),
    "tag-not-quoted": ({N: NOTEBOOK.replace('["solution"]', "[solution]")}, f"{N}:4: tags", "with quotes and brackets"),
    "name-error": ({T: TEST.replace("3.5, call", "expectd, call")}, f"{T}:10", "'expectd' — is not defined"),
    "probes-name-error": (
        {P: PROBES.replace("student.half(x)", "studnt.half(x)")},
        f"{P}:2",
        "'studnt' — is not defined",
    ),
    "no-such-check": (
        {T: TEST.replace("check.equal", "check.equals")},
        f"{T}:10",
        "'check.equals' — kafedra.testing.ch",
    ),
    "no-such-probe": (
        {T: TEST.replace("probes.half", "probes.halve")},
        f"{T}:10",
        "'probes.halve' — probes has no halve",
    ),
    "check-called-wrongly": (
        {T: TEST.replace(', call="half(7)"', "")},
        f"{T}:10",
        "'equal(…)' — can't be called so: missing a required",
    ),
    "probe-called-wrongly": (
        {T: TEST.replace("probes.half, 7)", "probes.half, 7, 8)")},
        f"{T}:10",
        "'half(…)' — can't be called so: too many positional arguments",
    ),
    "test-import": (
        {T: "import nosuchmodule\n" + TEST},
        f"{T}:1",
        "ModuleNotFoundError: No module named 'nosuchmodule'",
    ),
    "test-error": ({T: TEST + "\nTABLE = 1 / 0\n"}, f"{T}:12", "ZeroDivisionError: division by zero"),
    "probes-error": ({P: PROBES + "\nTABLE = [][1]\n"}, f"{P}:4", "IndexError: list index out of range"),
    "no-such-fixture": (
        {T: TEST.replace("(submission)", "(submission, rgn)")},
        f"{T}:7: test_half",
        "'rgn' — is no fixture",
    ),
    "points-for-everybody": (
        {T: TEST + '\n\n@pytest.mark.points("0")\ndef test_nothing():\n    """N"""\n'},
        f"{T}:13: test_nothing",
        "doesn't ask for `submission`, so it gives its points to everybody",
    ),
    "base-syntax": (
        {
            "solutions/one.py": "def half(x): return x /\n",
            "mutants/one.py": BASED,
            "mutants/two.py": BASED,
        },
        "solutions/one.py:1",
        "not Python",
    ),
    "mutant-of-another-test": (
        {"mutants/one.py": MUTANT.format(test="test_haf", value="x")},
        "mutants/one.py:2: caught_by",
        "'test_haf' — there is no such test",
    ),
    "mark-of-another-test": (
        {N: NOTEBOOK.replace("# # Halves", "# Half of it. <!-- test_half, test_haf -->")},
        f"{N}:2: mark",
        "'test_haf' — there is no such test",
    ),
    "picture-not-drawn": (
        {N: NOTEBOOK.replace("# # Halves", "# ![Halves](pictures/line.png)")},
        f"{N}:2: picture",
        "'pictures/line.png' — is shown here, and pictures.py does not draw it",
    ),
    "picture-fails": ({"pictures.py": "def line():\n    return 1 / 0\n"}, "pictures.py:2", "ZeroDivisionError"),
    "ends-the-process": ({T: TEST + "\nimport os\n\nos._exit(3)\n"}, "tests", "ended the process (exit code 3)"),
    "leaves": ({T: TEST + "\nraise SystemExit(0)\n"}, f"{T}:12", "SystemExit: 0"),
    "no-such-library": (
        {A: DESCRIPTION.replace("[]", '["nosuchmodule"]')},
        f"{A}:8: environment.preload[0]",
        "'nosuchmodule' — can't be imported here",
    ),
}
NOT_TEXT = "not-utf-8"


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[str]]:
    """What the check says of each assignment, without the path to its folder."""
    root = tmp_path_factory.mktemp("course")
    write_tree(root, {"course.toml": COURSE})
    for slug, changes in {
        "well": {},
        **{slug: changes for slug, (changes, _, _) in MISTAKES.items()},
        NOT_TEXT: {},
    }.items():
        files = {A: DESCRIPTION, **SOUND, **changes}
        files[A] = files[A].format(slug=slug) if "{slug}" in files[A] else files[A]
        write_tree(root / "homework" / slug, files)
    (root / "homework" / NOT_TEXT / T).write_bytes(TEST.encode("utf-16"))
    result = CliRunner(env={"XDG_CACHE_HOME": str(root / "cache")}).invoke(course, ["check", "--course", str(root)])
    assert result.exit_code == 1, result.output
    assert "Traceback" not in result.output
    lines: dict[str, list[str]] = {}
    for line in result.output.splitlines():
        if line.startswith(f"{root}/homework/"):
            slug, _, rest = line.removeprefix(f"{root}/homework/").partition("/")
            lines.setdefault(slug, []).append(rest)
    return lines


@pytest.mark.parametrize("slug", MISTAKES)
def test_a_mistake_has_its_place_and_is_the_only_one(said: Mapping[str, list[str]], slug: str) -> None:
    _, place, phrase = MISTAKES[slug]
    assert len(said[slug]) == 1, said[slug]
    [line] = said[slug]
    assert line.startswith(f"{place}: "), line
    assert phrase in line


def test_a_file_that_is_no_text_is_told_and_not_read(said: Mapping[str, list[str]]) -> None:
    assert said[NOT_TEXT] == ["tests/test_half.py:1: must be saved as UTF-8; byte 0xff doesn't belong to it"]


def test_one_mistake_does_not_spoil_the_others(said: Mapping[str, list[str]]) -> None:
    assert "well" not in said
