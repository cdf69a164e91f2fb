"""Practice at one's own pace: attempts and their answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from kafedra.course.topics import TopicMaterials, answered
from kafedra.web.blitz.asked import given_by, kept, restored
from kafedra.web.blitz.models import Attempt, AttemptAnswer

if TYPE_CHECKING:
    from kafedra.web.people.models import User
    from kafedra.web.runs.models import Run


@transaction.atomic
def begin(*, run: Run, topic: TopicMaterials, student: User) -> Attempt:
    """The student's attempt that isn't finished yet, or a new one, with the questions as they are today."""
    for attempt in Attempt.objects.filter(run=run, topic=topic.number, student=student)[:1]:
        if attempt.answers.count() < attempt.count:
            return attempt
    return Attempt.objects.create(
        run=run, student=student, topic=topic.number, questions=kept(topic.blitz), count=len(topic.blitz)
    )


@transaction.atomic
def practise(*, attempt: Attempt, question: str, given: Sequence[str]) -> AttemptAnswer:
    """Answer one question of an attempt; the first answer counts. Raises KeyError for a question that it lacks."""
    asked = next((one for one in restored(attempt.questions) if one.slug == question), None)
    if asked is None:
        raise KeyError(question)
    share = answered(asked, given_by(asked, given)).share
    row, _new = AttemptAnswer.objects.get_or_create(
        attempt=attempt, question=question, defaults={"given": list(given), "share": round(share, 3)}
    )
    return row
