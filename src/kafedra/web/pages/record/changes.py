"""From what to what: the fields of a line, and the terms of a course line by line, as pages show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kafedra.course import Localized
from kafedra.web.frame import words
from kafedra.web.frame.language import spoken
from kafedra.web.record.models import Entry
from kafedra.web.record.verbs import field_words

TERMS = "terms"
# Fields whose values have words of their own.
WORDS = {"ground": words.GROUNDS, "ruling": words.RULINGS}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that changed; `before` is None when there was nothing."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class RecordedTerms:
    """What counts for one assignment: `parts` are its points and its deadline, as they were recorded."""

    parts: tuple[str, ...]


def changes(entry: Entry, titles: Mapping[str, Localized]) -> Iterator[FieldChange]:
    """Every field in which there is something to show."""
    for name in dict.fromkeys([*entry.before, *entry.after]):
        before, after = entry.before.get(name), entry.after.get(name)
        if name == TERMS and all(isinstance(one, list | None) for one in (before, after)):
            yield from _terms(before or [], after or [], titles)
        elif before not in (None, "") or after not in (None, ""):
            if name == "assignment":
                before, after = (_title(str(one), titles) if one else one for one in (before, after))
            if name in WORDS:
                before, after = (WORDS[name].get(str(one), one) for one in (before, after))
            yield FieldChange(field_words(name), before, after)


def _terms(before: Sequence[object], after: Sequence[object], titles: Mapping[str, Localized]) -> Iterator[FieldChange]:
    """Recorded are lines, `slug: points, deadline` or `name: value`; the old and the new one stand side by side."""
    old, new = (dict(_named(str(line)) for line in lines) for lines in (before, after))
    for name in dict.fromkeys([*new, *old]):
        yield FieldChange(_title(name, titles), _value(name, old, titles), _value(name, new, titles))


def _named(line: str) -> tuple[str, str]:
    name, _between, value = line.partition(": ")
    return name, value


def _value(name: str, lines: Mapping[str, str], titles: Mapping[str, Localized]) -> object:
    value = lines.get(name)
    return RecordedTerms(tuple(value.split(", "))) if value is not None and name in titles else value


def _title(name: str, titles: Mapping[str, Localized]) -> str:
    return titles[name].in_(spoken()) if name in titles else field_words(name)
