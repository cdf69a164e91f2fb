"""The doors that an assignment may open: programs that it names, modules and data beside the notebook."""

import pytest
from tests.security.arena import Arena
from tests.security.corpus import Attack, attacks

ASSIGNMENT = "programs"


@pytest.mark.parametrize("attack", attacks("starting"))
def test_starting(arena: Arena, attack: Attack) -> None:
    arena.withstand(attack)
