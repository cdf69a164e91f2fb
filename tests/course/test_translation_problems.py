"""`kafedra course check` on `tests/en.toml`: tests that are translated in part are named with what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kafedra.course import Problem, authoring_problems

FOLDER = Path("homework/activations")
TESTS = '''\
"""Comments and docstrings of others than tests are nobody's reading: модуль."""

import probes
import pytest

from kafedra.testing import check

ALPHABET = "абв"


def call_of(x):
    """Как записать вызов."""
    return f"слой от {x:.1f}{', ещё раз' if x else ''}"


@pytest.mark.points("1.5")
def test_relu(submission):
    """Ноль слева

    Слева от нуля ответ —
    ноль.
    """
    check.equal(submission.call(probes.relu, -1.0), 0.0, call=call_of(-1.0), why=ALPHABET)
'''
GOOD = """\
keep = ["абв"]

[words]
"слой от {x:.1f}{', ещё раз' if x else ''}" = "{x:.1f} through the layer{', ещё раз' if x else ''}"
", ещё раз" = ", once more"
"Ноль слева" = "Zero on the left"
"Слева от нуля ответ — ноль." = "Left of zero the answer is zero."
"""


def problems(root: Path, words: str, tests: str = TESTS) -> list[Problem]:
    (root / FOLDER / "tests/test_relu.py").write_text(tests, "utf-8")
    (root / FOLDER / "tests/en.toml").write_text(words, "utf-8")
    return list(authoring_problems(root))


def test_a_whole_translation_has_none(root: Path) -> None:
    assert problems(root, GOOD) == []


def test_without_a_translation_nobody_asks_for_one(root: Path) -> None:
    (root / FOLDER / "tests/test_relu.py").write_text(TESTS, "utf-8")
    assert authoring_problems(root) == ()


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ('"Ноль слева" = "Zero on the left"\n', "", "tests/test_relu.py:17", "under [words] or in keep"),
        ('", ещё раз" = ", once more"\n', "", "tests/test_relu.py:13", "under [words] or in keep"),
        ('keep = ["абв"]', "", "tests/test_relu.py:8", "under [words] or in keep"),
        ('"Ноль слева"', '"Нуль слева"', "tests/en.toml:6", "no test says it (any more)"),
        ('["абв"]', '["абв", "где"]', "tests/en.toml:1", "is in no test (any more)"),
        ("{x:.1f} through", "{x:.2f} through", "tests/en.toml:4", "has braces that the test doesn't have there"),
        ("Zero on the left", "Ноль on the left", "tests/en.toml:6", "has Russian letters"),
        ("[words]", "[words", "tests/en.toml:3", ""),
        ("keep =", "kept =", "tests/en.toml:1", "kept"),
    ],
)
def test_what_is_missing_or_too_much_is_named(root: Path, old: str, new: str, place: str, words: str) -> None:
    assert old in GOOD
    found = problems(root, GOOD.replace(old, new, 1))
    assert any(one.place == f"{FOLDER.as_posix()}/{place}" and words in str(one) for one in found), found


def test_hints_of_what_is_forbidden_are_in_both_languages_then(root: Path) -> None:
    file = root / FOLDER / "assignment.toml"
    file.write_text(file.read_text("utf-8") + '\n[[forbidden]]\napi = "math.floor"\nhint = "сами"\n', "utf-8")
    (hint,) = problems(root, GOOD)
    assert (hint.key, "must be in both languages" in hint.message) == ("forbidden[0].hint", True)


def test_what_a_probe_raises_is_not_russian_then(root: Path) -> None:
    (root / FOLDER / "probes.py").write_text("def relu(student, x):\n    raise ValueError('нет')\n", "utf-8")
    (raised,) = problems(root, GOOD)
    assert raised.place == "homework/activations/probes.py:2"


def test_a_test_that_has_both_languages_itself_needs_no_other(root: Path) -> None:
    tests = TESTS.replace("    ноль.\n", "    ноль.\n\n    en: Zero on the left\n")
    missing = GOOD.replace('"Ноль слева" = "Zero on the left"\n', "")
    missing = missing.replace('"Слева от нуля ответ — ноль." = "Left of zero the answer is zero."\n', "")
    assert problems(root, missing, tests) == []
