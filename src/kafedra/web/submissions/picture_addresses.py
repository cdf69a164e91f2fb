"""Where pictures of a notebook are, for the process that renders it: it knows no routes, so it is told one."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

PLACE = "PICTURE"  # instead of the name in the address that is told


@dataclass(frozen=True, slots=True)
class PicturesAt:
    """`pattern` is the address of a picture whose name is `PLACE`."""

    pattern: str

    def __call__(self, name: str) -> str | None:
        """None for a name that is no address of ours, whatever a notebook calls its pictures."""
        if not name or "\n" in name:
            return None
        return self.pattern.removesuffix(PLACE) + quote(name, safe="!$&'()*+,;=/~:@")
