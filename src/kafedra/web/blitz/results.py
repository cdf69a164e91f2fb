"""What a blitz says to the instructor: which question failed, which wrong option drew whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kafedra.course import Localized
from kafedra.course.topics import Question
from kafedra.web.blitz.models import Blitz, Participant
from kafedra.web.blitz.selectors import results
from kafedra.web.blitz.tally import Bar, Tally
from kafedra.web.runs import course


@dataclass(frozen=True, slots=True)
class Drawn:
    """A wrong answer, what leads to it, and the names of who gave it in the last vote."""

    bar: Bar
    misconception: Localized | None
    names: Sequence[str]


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question. `votes` by number; `wrong` the wrong answers of the last vote, the most given first."""

    number: int
    question: Question
    votes: Mapping[int, Tally]
    wrong: Sequence[Drawn]

    @property
    def last(self) -> Tally:
        return self.votes[max(self.votes)]

    @property
    def asked(self) -> bool:
        return self.last.answers > 0


@dataclass(frozen=True, slots=True)
class Result:
    """A whole blitz: questions in their order; `failed` are those less than half got right, the worst first."""

    participants: int
    questions: Sequence[QuestionResult]

    @property
    def asked(self) -> Sequence[QuestionResult]:
        return [one for one in self.questions if one.asked]

    @property
    def failed(self) -> Sequence[QuestionResult]:
        return sorted((one for one in self.asked if one.last.share < 0.5), key=lambda one: one.last.share)


def result_of(blitz: Blitz) -> Result:
    """Counted from the answers; a hidden name stays hidden."""
    people = {one.pk: one for one in blitz.participants.all()}
    materials = course.current().materials.get(blitz.topic)
    titles = {one.slug: one.text for one in materials.about.misconceptions} if materials else {}
    found = []
    for number, (question, votes) in enumerate(results(blitz), 1):
        last = votes[max(votes)]
        wrong = [
            Drawn(bar, titles.get(bar.misconception or ""), _names(bar, people))
            for bar in sorted(last.bars, key=lambda bar: -bar.count)
            if bar.count and not bar.correct
        ]
        found.append(QuestionResult(number, question, votes, wrong))
    return Result(len(people), found)


def _names(bar: Bar, people: Mapping[int, Participant]) -> list[str]:
    return sorted(people[who].name for who in bar.who if who in people and not people[who].hidden)
