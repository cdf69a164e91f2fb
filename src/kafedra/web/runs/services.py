"""Writes about runs: their rows, and which terms are in force."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction

from kafedra.web.record.services import note as record
from kafedra.web.runs import course, terms, verbs
from kafedra.web.runs.models import AcceptedTerms, Run
from kafedra.web.runs.terms.force import held_over
from kafedra.web.runs.terms.formulas import formula_texts
from kafedra.web.runs.terms.selectors import accepted_terms
from kafedra.web.runs.terms.values import Terms, as_json

if TYPE_CHECKING:
    from kafedra.web.people.models import User


@transaction.atomic
def ensure_runs() -> list[Run]:
    """Create the missing rows of the runs that the course's files describe; returns all of them."""
    runs = [_ensure_run(slug) for slug in course.written().runs]
    transaction.on_commit(put_in_force)
    return runs


def _ensure_run(slug: str) -> Run:
    run, created = Run.objects.get_or_create(slug=slug)
    if created:
        record(who=None, verb=verbs.RUN_CREATED, about=run, run=run)
    accept_new(run=run)
    return run


@transaction.atomic
def accept_new(*, run: Run) -> None:
    """A run or an assignment that is new to the server counts as the files say: nobody has points there."""
    before, written = accepted_terms().get(run.slug), terms.written(run.slug)
    if before is None:
        store_terms(run, written, before=None, by=None)
        return
    held = held_over(run.slug, before).assignments
    known, written_now = ({one.slug for one in some} for some in (before.assignments, held))
    if written_now - known:
        gone = [one for one in before.assignments if one.slug not in written_now]
        store_terms(run, replace(before, assignments=(*held, *gone)), before=before, by=None)


def put_in_force() -> None:
    """Let the server count by what was accepted: at its start, and whenever something is accepted."""
    terms.hold(accepted_terms())


def store_terms(run: Run, accepted: Terms, *, before: Terms | None, by: User | None) -> None:
    """Keep the terms that were accepted (by None: the server) and record how they differ from those before."""
    row = AcceptedTerms.objects.create(run=run, terms=as_json(accepted), accepted_by=by)
    old, new = (_lines(one) for one in (before, accepted))
    record(
        who=by, verb=verbs.TERMS_ACCEPTED, about=row, label=run.slug, run=run,
        before={"terms": [line for line in old if line not in new]},
        after={"terms": [line for line in new if line not in old]},
    )  # fmt: skip


def _lines(terms: Terms | None) -> list[str]:
    if terms is None:
        return []
    document = as_json(terms)
    works = [
        f"{one['slug']}: {one['points']}{' (bonus)' if one['bonus'] else ''}, {one['deadline'] or '—'}"
        for one in document["assignments"]
    ]
    late = [f"{name}: {value}" for name, value in document["late"].items()]
    return works + late + [f"{name}: {value}" for name, value in formula_texts(terms.formula)]
