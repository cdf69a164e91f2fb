"""Names that a notebook sets by what they are called are taken along, where the text shows which."""

import pytest
from tests.notebooks.working import extracted, notes, run

LAYER = "def Layer(): return SCALE"


@pytest.mark.parametrize(
    "setting",
    [
        "globals()['SCALE'] = 2",
        "vars()['SCALE'], other = 2, 3",
        "globals().update(SCALE=2)",
        "globals().update({'SCALE': 2, **{}})",
        "locals().update(dict(SCALE=2))",
        "globals().setdefault('SCALE', 2)",
        "globals().__setitem__('SCALE', 2)",
        "exec('SCALE = 2')",
        "exec('SCALE = 2', globals())",
    ],
)
def test_what_the_text_shows_is_taken(setting: str) -> None:
    assert run(setting, LAYER)["Layer"]() == 2


def test_what_a_text_needs_comes_along_and_the_rest_does_not() -> None:
    scope = run("HALF = 1", "print('training')", "exec('def Layer(): return HALF + HALF')")
    assert scope["Layer"]() == 2
    assert "print" not in extracted("print('training')", "exec('Layer = 1')").text


@pytest.mark.parametrize(
    "setting", ["exec('SCALE = 2', {})", "exec(text)", "globals()[name] = 2", "table['SCALE'] = 2"]
)
def test_what_nobody_can_foresee_stays(setting: str) -> None:
    assert setting not in extracted(setting, LAYER).text


def test_a_text_that_is_no_python_is_named() -> None:
    (said,) = notes(extracted("exec('SCALE = = 2')", "def Layer(): return 1"), "statement-unusable")
    assert "exec" in said
