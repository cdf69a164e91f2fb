"""The writes of questions."""

from __future__ import annotations

from tests.web.cases import Act, World, exempt, writes
from tests.web.questions.asked import asked

from kafedra.web.questions.models import Answer, Audience
from kafedra.web.questions.services import answering, asking, indexing, pictures, settling
from kafedra.web.questions.services.asking import Words

exempt("part of the write of the question or answer that it belongs to", pictures.attach)
exempt("a picture that is of nothing yet, and goes if nothing comes of it", pictures.keep_picture)
exempt("words by which a question is found, part of the write that changed them", indexing.index_anew)
exempt("what these words are: it writes nothing", indexing.words_of)
exempt("pictures that were never part of anything", pictures.forget_unused)


def _answered(w: World) -> Answer:
    return answering.answer(question=asked(w.run, w.student), author=w.instructor, by_staff=True, text="because")


@writes(asking.ask)
def a_question(w: World) -> Act:
    return lambda: asked(w.run, w.student)


@writes(asking.edit)
def a_change(w: World) -> Act:
    question = asked(w.run, w.student)
    return lambda: asking.edit(question=question, words=Words("Другой", "…", Audience.STAFF))


@writes(asking.join)
def the_same_question(w: World) -> Act:
    question = asked(w.run, w.instructor)
    return lambda: asking.join(question=question, user=w.student, joined=True)


@writes(answering.answer)
def an_answer(w: World) -> Act:
    return lambda: _answered(w)


@writes(answering.edit_answer)
def a_changed_answer(w: World) -> Act:
    answer = _answered(w)
    return lambda: answering.edit_answer(answer=answer, text="rather because")


@writes(answering.confirm)
def a_confirmed_answer(w: World) -> Act:
    answer = _answered(w)
    return lambda: answering.confirm(answer=answer, by=w.instructor, confirmed=True)


@writes(answering.help_with)
def an_answer_that_helped(w: World) -> Act:
    answer = _answered(w)
    return lambda: answering.help_with(answer=answer, user=w.student, helped=True)


@writes(settling.resolve)
def a_resolved_question(w: World) -> Act:
    question = asked(w.run, w.student)
    return lambda: settling.resolve(question=question, by=w.student, resolved=True)


@writes(settling.pin)
def a_pinned_question(w: World) -> Act:
    question = asked(w.run, w.student)
    return lambda: settling.pin(question=question, by=w.instructor, pinned=True)


@writes(settling.merge)
def two_that_are_one(w: World) -> Act:
    question, into = asked(w.run, w.student), asked(w.run, w.student)
    return lambda: settling.merge(question=question, by=w.instructor, into=into)


@writes(settling.take_back)
def a_question_taken_back(w: World) -> Act:
    question = asked(w.run, w.student)
    return lambda: settling.take_back(written=question)


@writes(settling.hide)
def a_hidden_question(w: World) -> Act:
    question = asked(w.run, w.student)
    return lambda: settling.hide(written=question, by=w.instructor, hidden=True, why="rude")
