"""What the lines at the left edge of a text define, where there is no syntax tree to ask."""

from __future__ import annotations

import itertools
import re
import textwrap
from collections.abc import Mapping
from typing import Final

_MOST_CHARACTERS: Final = 100_000
_MOST: Final = 500
_BINDING: Final = re.compile(
    r"^(?:(?:class|def|async[ ]def)[ ]+(?P<defined>\w{1,80})|(?P<set>\w{1,80})[ ]*=(?!=))", re.MULTILINE
)
_COMMENTED: Final = re.compile(r"^#[ ]?(?:class|def|async[ ]def)[ ]+(?P<defined>\w{1,80})[ ]*[(:\[]", re.MULTILINE)
_FENCED: Final = re.compile(r"^(```|~~~).*?(?:^\1|\Z)", re.MULTILINE | re.DOTALL)


def defined_at_the_edge(text: str) -> frozenset[str]:
    """The names that the lines of a cell define."""
    found = _BINDING.finditer(textwrap.dedent(text[:_MOST_CHARACTERS]))
    return frozenset(match["defined"] or match["set"] for match in itertools.islice(found, _MOST))


def defined_in_prose(text: str) -> frozenset[str]:
    """Functions and classes that stand in a text cell as code: not as an example between fences."""
    found = _BINDING.finditer(_FENCED.sub("", textwrap.dedent(text[:_MOST_CHARACTERS])))
    return frozenset(match["defined"] for match in itertools.islice(found, _MOST) if match["defined"])


def commented_out(text: str) -> Mapping[str, int]:
    """Functions and classes whose definition is a comment, and the line, from 1."""
    text = text[:_MOST_CHARACTERS]
    found = itertools.islice(_COMMENTED.finditer(text), _MOST)
    return {match["defined"]: text.count("\n", 0, match.start()) + 1 for match in found}
