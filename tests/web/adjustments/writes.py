"""The writes of extensions and of points set by hand."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from tests.web.cases import Act, World, writes

from kafedra.web.adjustments import services
from kafedra.web.adjustments.models import Extension, Override


def _extended(w: World) -> UUID:
    grant = services.Grant(("activations",), None, 3, "flu")
    return services.extend(run=w.run, students=[w.student], grant=grant, by=w.instructor)


def _set(w: World) -> Override:
    told = {"assignment": "activations", "points": Decimal(1), "reason": "viva", "by": w.instructor}
    return services.set_points(run=w.run, student=w.student, **told)


@writes(services.extend)
def an_extension(w: World) -> Act:
    return lambda: _extended(w)


@writes(services.undo_extensions)
def undoing_an_extension(w: World) -> Act:
    extensions = list(Extension.objects.filter(batch=_extended(w)))
    return lambda: services.undo_extensions(extensions=extensions, by=w.instructor)


@writes(services.set_points)
def points_by_hand(w: World) -> Act:
    return lambda: _set(w)


@writes(services.undo_points)
def undoing_points(w: World) -> Act:
    row = _set(w)
    return lambda: services.undo_points(override=row, by=w.instructor)
