"""Reads: the state of a blitz, its distributions, who is in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet

from kafedra.course.topics import Question
from kafedra.web.blitz.live import State
from kafedra.web.blitz.models import Answer, Blitz, Participant, Phase
from kafedra.web.blitz.steps import current_question, questions_of
from kafedra.web.blitz.tally import Tally, tally
from kafedra.web.runs.models import Run

Row = tuple[int, str, int, Sequence[str]]


def seed_of(blitz: Blitz) -> str:
    """What shuffles options: the same on every screen of the blitz."""
    return f"blitz:{blitz.pk}"


def state(pk: int) -> tuple[State, State]:
    """What every page is told of a blitz, and what only the presenter's is. Moments are milliseconds of the epoch.

    Phones are told nothing that changes with each answer: a roomful of them would be told a roomful of times.
    """
    blitz = Blitz.objects.get(pk=pk)
    answered, people = who_answered(blitz), blitz.participants.count()
    everybody = {"step": blitz.step, "phase": blitz.phase, "ends_at": _milliseconds(blitz.ends_at)}
    votes = distributions(blitz) if blitz.phase != Phase.LOBBY else {}
    shown = {vote: {bar.key: bar.count for bar in one.bars} for vote, one in votes.items()}
    hidden = list(blitz.participants.filter(hidden=True).values_list("pk", flat=True))
    counted = {"answered": len(answered), "people": people, "who": sorted(answered), "hidden": hidden}
    return everybody, {**counted, "votes": shown}


def _milliseconds(moment: datetime | None) -> int | None:
    return None if moment is None else round(moment.timestamp() * 1000)


def who_answered(blitz: Blitz) -> frozenset[int]:
    """Ids of who has answered the question on the screen in the present vote."""
    if blitz.phase == Phase.LOBBY:
        return frozenset()
    rows = _answers(blitz).filter(question=current_question(blitz).slug, vote=blitz.vote)
    return frozenset(rows.values_list("participant_id", flat=True))


def distributions(blitz: Blitz) -> Mapping[int, Tally]:
    """The votes on the question that is on the screen, by their number: the second only when there is one."""
    question = current_question(blitz)
    return _votes(blitz, question, _rows(_answers(blitz).filter(question=question.slug)), at_least=blitz.vote)


def results(blitz: Blitz) -> list[tuple[Question, Mapping[int, Tally]]]:
    """Every question with its votes, in the order asked; those that were never asked have no answers."""
    rows = list(_rows(_answers(blitz)))
    return [(question, _votes(blitz, question, rows)) for question in questions_of(blitz)]


def answer_of(participant: Participant, question: Question, vote: int) -> Answer | None:
    """What the phone answered in this vote."""
    return Answer.objects.filter(participant=participant, question=question.slug, vote=vote).first()


def blitzes_of(run: Run) -> QuerySet[Blitz]:
    """Those of the run, the latest first."""
    return Blitz.objects.filter(run=run).select_related("started_by")


def going_on(run: Run) -> list[Blitz]:
    """Those that are not over yet, the latest first."""
    return list(blitzes_of(run).exclude(phase=Phase.OVER))


def _answers(blitz: Blitz) -> QuerySet[Answer]:
    return Answer.objects.filter(participant__blitz=blitz)


def _rows(answers: QuerySet[Answer]) -> Iterable[Row]:
    return answers.order_by("pk").values_list("participant_id", "question", "vote", "given")


def _votes(blitz: Blitz, question: Question, rows: Iterable[Row], at_least: int = 1) -> Mapping[int, Tally]:
    given: dict[int, list[tuple[int, Sequence[str]]]] = {vote: [] for vote in range(1, at_least + 1)}
    for who, slug, vote, keys in rows:
        if slug == question.slug:
            given.setdefault(vote, []).append((who, keys))
    return {vote: tally(question, seed_of(blitz), those) for vote, those in sorted(given.items())}
