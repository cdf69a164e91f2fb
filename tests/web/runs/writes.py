"""The writes of runs."""

from __future__ import annotations

from tests.web.cases import Act, World, exempt, writes

from kafedra.web.runs import services


@writes(services.ensure_runs)
def a_new_run(w: World) -> Act:
    return services.ensure_runs


@writes(services.accept_new)
def terms_of_a_new_run(w: World) -> Act:
    return lambda: services.accept_new(run=w.run)


exempt("reads only", services.put_in_force)
exempt("whoever calls it has a case", services.store_terms)
