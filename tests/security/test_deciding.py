import pytest
from tests.security.arena import Arena
from tests.security.corpus import Attack, attacks


@pytest.mark.parametrize("attack", attacks("deciding"))
def test_deciding(arena: Arena, attack: Attack) -> None:
    arena.withstand(attack)
