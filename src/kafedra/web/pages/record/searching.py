"""Finding lines of the record by what the page shows: what was done, to what, by whom, about whom and why."""

from __future__ import annotations

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Replace
from django.utils import translation

from kafedra.web.frame.searching import finds, folded
from kafedra.web.people.models import User
from kafedra.web.record.labels import about_works
from kafedra.web.record.models import Entry
from kafedra.web.record.verbs import known_verbs
from kafedra.web.runs.titles import titles

LANGUAGES = ("ru", "en")


def with_words(rows: QuerySet[Entry], search: str) -> QuerySet[Entry]:
    """Lines in which every word of `search` is in the names, the object or the reason, in what was done, or in the
    title of the assignment, in either language. No query of its own.
    """
    words = folded(search).split()
    if not words:
        return rows
    labels = _labels()
    rows = rows.annotate(said=Replace("text", Value("ё"), Value("е"), output_field=TextField()))
    for word in words:
        verbs = [verb for verb, label in labels if word in label]
        rows = rows.filter(Q(said__contains=word) | Q(verb__in=verbs) | about_works(_works(word)))
    return rows


def of_person(rows: QuerySet[Entry], search: str) -> QuerySet[Entry]:
    """Lines of what was done by, or to, the person with this login, or else those so called. One query more."""
    people = list(User.objects.values_list("pk", "username", "display_name"))
    found = [pk for pk, login, _name in people if login == search.strip().lower()]
    found = found or [pk for pk, login, name in people if finds(search, name, login)]
    return rows.filter(Q(who__in=found) | Q(concerns__in=found))


def _works(word: str) -> list[str]:
    """Assignments with the word in their title."""
    return [slug for slug, title in titles().items() if finds(word, title.ru, title.en)]


def _labels() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for language in LANGUAGES:
        with translation.override(language):
            found += [(verb, folded(str(verb.label))) for verb in known_verbs().values()]
    return found
