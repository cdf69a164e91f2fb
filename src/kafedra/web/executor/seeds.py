"""What a submission's inputs are drawn from: four seeds for each person and assignment, and the content says which.

Nobody can draw until a lucky one comes, and hidden inputs don't come out bit by bit from one seed alone: decision 20.
"""

from __future__ import annotations

from typing import Final

from django.utils.crypto import salted_hmac

SEEDS: Final = 4
_MOST: Final = 2**53  # too many to try out; still exact as a number in JSON


def seed_for(repository: int, bundle: str, mark: str) -> int:
    """The seed for the content with this fingerprint, by these tests, in this repository."""
    which = int(mark, 16) % SEEDS
    digest = salted_hmac("kafedra.seeds", f"{repository}:{bundle}:{which}", algorithm="sha256").digest()
    return int.from_bytes(digest[:8]) % _MOST
