"""Who gets what of the addresses of questions. The question is a student's and for all; so is its answer."""

from __future__ import annotations

from PIL import Image
from tests.web.cases import DOOR, MEMBERS, OWNER_AND_STAFF, STAFF_ACTS, Arguments, Rule, World
from tests.web.questions.asked import asked, drawn

from kafedra.web.frame.pictures import redrawn
from kafedra.web.questions.models import Audience
from kafedra.web.questions.services import answering, pictures
from kafedra.web.submissions.models import Submission

MEMBERS_ACT = (DOOR, 302, 302, 302, 302, 404)
TAKEN_BACK = (DOOR, 302, 404, 403, 403, 404)  # then nobody but staff knows of it
OWNER_AND_STAFF_ACT = (DOOR, 302, 403, 302, 302, 404)
EMPTY = (DOOR, 422, 422, 422, 422, 404)

RULES = {
    "questions:questions": (Rule("GET", MEMBERS, ("run",)),),
    "questions:ask": (Rule("GET", MEMBERS, ("run",)), Rule("POST", EMPTY, ("run",))),
    "questions:similar": (Rule("GET", MEMBERS, ("run",)),),
    "questions:picture": (Rule("GET", OWNER_AND_STAFF, ("run", "picture")),),
    "questions:question": (
        Rule("GET", MEMBERS, ("run", "question")),
        Rule("GET", OWNER_AND_STAFF, ("run", "question_for_staff")),
    ),
    "questions:edit": (Rule("GET", (DOOR, 200, 403, 403, 403, 404), ("run", "question")),),
    "questions:take_back": (Rule("POST", TAKEN_BACK, ("run", "question_to_take_back")),),
    "questions:join": (Rule("POST", MEMBERS_ACT, ("run", "question")),),
    "questions:resolve": (Rule("POST", OWNER_AND_STAFF_ACT, ("run", "question")),),
    "questions:pin": (Rule("POST", STAFF_ACTS, ("run", "question")),),
    "questions:merge": (Rule("POST", STAFF_ACTS, ("run", "question")),),
    "questions:hide": (Rule("POST", STAFF_ACTS, ("run", "question")),),
    "questions:answer": (
        Rule("POST", EMPTY, ("run", "question")),
        Rule("POST", (DOOR, 422, 404, 422, 422, 404), ("run", "question_for_staff")),
    ),
    "questions:edit_answer": (Rule("GET", (DOOR, 200, 403, 403, 403, 404), ("run", "answer")),),
    "questions:take_answer_back": (Rule("POST", TAKEN_BACK, ("run", "answer_to_take_back")),),
    "questions:hide_answer": (Rule("POST", STAFF_ACTS, ("run", "answer")),),
    "questions:confirm": (Rule("POST", STAFF_ACTS, ("run", "answer")),),
    "questions:helped": (Rule("POST", MEMBERS_ACT, ("run", "answer")),),
}


def arguments(w: World, submission: Submission) -> Arguments:
    question, private = asked(w.run, w.student), asked(w.run, w.student, audience=Audience.STAFF)
    picture = pictures.keep_picture(run=w.run, owner=w.student, picture=redrawn(drawn(Image.new("RGB", (9, 9)))))
    pictures.attach([picture.uid], w.student, question=private)
    mine, other = (
        answering.answer(question=question, author=w.student, by_staff=False, text=text) for text in ("a", "b")
    )
    return {
        "question": question.pk,
        "question_for_staff": private.pk,
        "question_to_take_back": asked(w.run, w.student, audience=Audience.STAFF).pk,
        "answer": mine.pk,
        "answer_to_take_back": other.pk,
        "picture": str(picture.uid),
    }
