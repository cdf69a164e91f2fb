import pytest
from tests.security.arena import Arena
from tests.security.corpus import Attack, attacks


@pytest.mark.parametrize("attack", attacks("notebooks"))
def test_notebooks(arena: Arena, attack: Attack) -> None:
    arena.withstand(attack)
