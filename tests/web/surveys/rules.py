"""Who gets what of the addresses of feedback. The form of topic 3 is open, that of topic 2 has closed."""

from __future__ import annotations

from tests.web.cases import DOOR, MEMBERS, STAFF, STAFF_ACTS, Arguments, Rule, World

from kafedra.web.frame.pictures import Redrawn
from kafedra.web.submissions.models import Submission
from kafedra.web.surveys import services
from kafedra.web.surveys.bag import Form
from kafedra.web.surveys.models import Answer, Turnout
from kafedra.web.surveys.working import services as working

RULES = {
    "surveys:feedback": (Rule("GET", MEMBERS, ("run",)),),
    "surveys:form": (
        Rule("GET", MEMBERS, ("run", "surveyed")),
        Rule("POST", (DOOR, 200, 422, 403, 403, 404), ("run", "surveyed")),  # the student has answered; an empty form
    ),
    "surveys:results": (Rule("GET", STAFF, ("run", "surveyed")),),
    "surveys:new_remark": (Rule("POST", STAFF_ACTS, ("run", "surveyed")),),
    "surveys:look_through": (Rule("POST", STAFF_ACTS, ("run", "words")),),
    "surveys:remark": (Rule("POST", STAFF_ACTS, ("run", "remark")),),
    "surveys:memes": (
        Rule("GET", STAFF, ("run",)),
        Rule("POST", (DOOR, 403, 403, 422, 422, 404), ("run",)),
    ),
    "surveys:take_out_meme": (Rule("POST", (DOOR, 403, 403, 302, 404, 404), ("run", "uploaded_meme")),),
    "surveys:meme": (Rule("GET", (DOOR, 200, 404, 200, 200, 404), ("run", "meme")),),  # the student has earned it
}


def arguments(w: World, submission: Submission) -> Arguments:
    services.give(run=w.run, topic=3, student=w.student, form=Form({"clear": 4}, {}))
    words = Answer.objects.create(run=w.run, topic=3, question="unclear", text="…")
    remark = working.write_remark(run=w.run, topic=3, said="…", done="", by=w.instructor)
    picture = Redrawn("image/png", b"pixels", 1, 1)
    uploaded = working.add_meme(run=w.run, picture=picture, alt="…", by=w.instructor)
    meme = Turnout.objects.get(run=w.run, topic=3).memes[str(w.student.pk)]
    return {
        "surveyed": 3, "words": str(words.pk), "remark": remark.pk, "uploaded_meme": str(uploaded.pk), "meme": meme
    }  # fmt: skip
