"""The write of accepted terms."""

from __future__ import annotations

from tests.web.cases import Act, World, writes

from kafedra.web.runs import terms
from kafedra.web.runs.models import AcceptedTerms
from kafedra.web.terms import services


@writes(services.accept)
def new_terms(w: World) -> Act:
    document = terms.as_json(terms.in_force(w.run.slug))
    document["late"]["percent_per_day"] = "5"
    AcceptedTerms.objects.create(run=w.run, terms=document)
    return lambda: services.accept(run=w.run, by=w.instructor)
