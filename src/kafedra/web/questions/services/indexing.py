"""The words by which a question is found, with those of its answers."""

from __future__ import annotations

from kafedra.web.questions.models import Question
from kafedra.web.questions.similar import indexed


def words_of(question: Question) -> list[list[str]]:
    """The lemmas of the question as it is now and of the answers that stand."""
    answers = question.answers.filter(removed_at=None).values_list("text", flat=True)
    return indexed(question.title, question.text, "\n".join(answers))


def index_anew(question: Question) -> None:
    """After its answers have changed; within the caller's write."""
    row = Question.objects.select_for_update().get(pk=question.pk)
    Question.objects.filter(pk=row.pk).update(words=words_of(row))
