"""What the record keeps of reviews, and what of it concerns the student."""

from __future__ import annotations

from tests.web.reviews.conftest import Reviewer

from kafedra.web.people.models import User
from kafedra.web.record.models import Entry
from kafedra.web.record.verbs import Verb


def test_a_publication_says_who_when_and_what_it_cost(reviewer: Reviewer, student: User, assistant: User) -> None:
    uid = reviewer.comment("Медленно", taken_off="0.2")
    reviewer.publish()
    reviewer.comment("Медленно", uid=uid, revision=1, taken_off="0.1")
    reviewer.publish()
    last = Entry.objects.filter(verb=Verb.REVIEW_PUBLISHED).first()
    assert last is not None
    assert (last.who, last.concerns, last.label) == (assistant, student, "activations · anna")
    assert last.before == {"version": 1, "taken_off": "0.200", "comments": 1}
    assert last.after == {"version": 2, "taken_off": "0.100", "comments": 1}


def test_who_has_the_work_is_recorded_but_concerns_no_student(reviewer: Reviewer) -> None:
    for holder in ("vera", ""):
        reviewer.client.post(f"{reviewer.desk}claim/", {"holder": holder})
    lines = Entry.objects.filter(verb__in=[Verb.WORK_ASSIGNED, Verb.WORK_RELEASED]).order_by("pk")
    assert [(line.verb, line.concerns) for line in lines] == [
        (Verb.WORK_ASSIGNED, None),
        (Verb.WORK_RELEASED, None),
    ]


def test_drafts_are_in_no_record(reviewer: Reviewer) -> None:
    before = Entry.objects.count()
    reviewer.comment("Медленно", taken_off="0.2")
    saved = Entry.objects.exclude(verb=Verb.WORK_ASSIGNED)
    assert saved.count() == before
    assert not saved.filter(text__contains="медленно").exists()
