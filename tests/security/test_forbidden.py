import pytest
from tests.security.arena import Arena
from tests.security.corpus import OTHERS, Attack, attacks


@pytest.mark.parametrize("attack", attacks("forbidden"))
def test_forbidden(arena: Arena, attack: Attack) -> None:
    arena.withstand(attack)


@pytest.mark.parametrize("name", [path.name for path in sorted(OTHERS.iterdir())])
def test_who_keeps_to_the_rules_gets_everything(arena: Arena, name: str) -> None:
    assignment = arena.other(name)
    report = arena.grader.grade(assignment, {f"{name}.py": (OTHERS / name / "good.py").read_bytes()})
    assert (report.points, report.notes) == (assignment.points, ())
