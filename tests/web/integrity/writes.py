"""The writes of integrity cases."""

from __future__ import annotations

from tests.web import factories
from tests.web.cases import Act, World, writes
from tests.web.integrity import opened

from kafedra.policy import Ruling
from kafedra.web.integrity import services
from kafedra.web.integrity.models import Case


def _with_lines(w: World) -> Case:
    case = opened.alone(w.run, w.student, w.instructor)
    case.both[0].lines = ["x = 1", "y = 2"]
    case.both[0].save()
    return case


@writes(services.open_case)
def opening(w: World) -> Act:
    submission = factories.graded(factories.repository(w.student, w.run), "1")
    return lambda: services.open_case(first=submission, words=opened.WORDS, by=w.instructor)


@writes(services.mark)
def marking(w: World) -> Act:
    case = _with_lines(w)
    return lambda: services.mark(case=case, marked=services.Marked((1, 2)), by=w.instructor)


@writes(services.unmark)
def removing_a_mark(w: World) -> Act:
    fragment = services.mark(case=_with_lines(w), marked=services.Marked((1, 2)), by=w.instructor)
    assert fragment is not None
    return lambda: services.unmark(fragment=fragment, by=w.instructor)


@writes(services.ask)
def asking(w: World) -> Act:
    side = opened.alone(w.run, w.student, w.instructor).both[0]
    return lambda: services.ask(side=side, rule=opened.rule(), by=w.instructor)


@writes(services.answer)
def answering(w: World) -> Act:
    side = opened.alone(w.run, w.student, w.instructor).both[0]
    services.ask(side=side, rule=opened.rule(), by=w.instructor)
    return lambda: services.answer(side=side, text="Это моё")


@writes(services.decide)
def deciding(w: World) -> Act:
    side = opened.answered(opened.alone(w.run, w.student, w.instructor).both[0], w.instructor)
    told = {"ruling": Ruling.ASSIGNMENT, "reason": opened.REASON, "rule": opened.rule(), "by": w.instructor}
    return lambda: services.decide(side=side, **told)  # type: ignore[arg-type]  # by name


@writes(services.reverse)
def reversing(w: World) -> Act:
    side = opened.alone(w.run, w.student, w.instructor).both[0]
    decision = opened.decided(side, Ruling.ASSIGNMENT, w.instructor)
    return lambda: services.reverse(decision=decision, reason="Ошиблись", by=w.instructor)
