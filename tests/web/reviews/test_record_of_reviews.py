"""What the record keeps of reviews, and what of it concerns the student."""

from __future__ import annotations

from tests.web.conftest import SignIn
from tests.web.reading import text
from tests.web.reviews.conftest import Reviewer

from kafedra.web.people.models import User
from kafedra.web.record.models import Entry
from kafedra.web.reviews import verbs


def test_a_publication_says_who_when_and_what_it_cost(reviewer: Reviewer, student: User, assistant: User) -> None:
    uid = reviewer.comment("Медленно", taken_off="0.2")
    reviewer.publish()
    reviewer.comment("Медленно", uid=uid, revision=1, taken_off="0.1")
    reviewer.publish()
    last = Entry.objects.filter(verb=verbs.REVIEW_PUBLISHED).first()
    assert last is not None
    assert (last.who, last.concerns, last.label) == (assistant, student, "activations · anna")
    assert last.before == {"version": 1, "taken_off": "0.200", "comments": 1}
    assert last.after == {"version": 2, "taken_off": "0.100", "comments": 1}


def test_the_student_reads_who_took_points_off(
    reviewer: Reviewer, student: User, assistant: User, signed_in: SignIn
) -> None:
    reviewer.comment("Медленно", taken_off="0.2")
    reviewer.publish()
    words = text(signed_in(student).get("/account/record/", {"only": "points"}))
    assert "Вера Инбер review published Activation functions · anna" in words
    assert "points off: 0.2" in words


def test_who_has_the_work_is_recorded_but_concerns_no_student(reviewer: Reviewer) -> None:
    for holder in ("vera", ""):
        reviewer.client.post(f"{reviewer.desk}claim/", {"holder": holder})
    lines = Entry.objects.filter(verb__in=[verbs.WORK_ASSIGNED, verbs.WORK_RELEASED]).order_by("pk")
    assert [(line.verb, line.concerns) for line in lines] == [
        (verbs.WORK_ASSIGNED, None),
        (verbs.WORK_RELEASED, None),
    ]


def test_a_sitting_at_a_comment_is_one_line_and_concerns_no_student(reviewer: Reviewer) -> None:
    reviewer.page = "opened-once"
    uid = reviewer.comment("М")
    for revision, words in enumerate(("Мед", "Медленно"), start=1):
        reviewer.comment(words, uid=uid, revision=revision)
    reviewer.comment("Медленно", uid=uid, revision=3, taken_off="0.2")
    reviewer.page = "opened-again"
    reviewer.comment("Очень медленно", uid=uid, revision=4, taken_off="0.2")
    lines = Entry.objects.filter(verb__startswith="review.").order_by("pk")
    assert [(line.verb, line.before, line.after) for line in lines] == [
        (verbs.COMMENT_DRAFTED, {}, {"cell": 3, "text": "М", "taken_off": "0"}),
        (verbs.WORK_ASSIGNED, {}, {"reviewer": "vera"}),
        (verbs.COMMENT_REDRAFTED, {"taken_off": "0.000"}, {"taken_off": "0.2"}),
        (verbs.COMMENT_REDRAFTED, {"text": "Медленно"}, {"text": "Очень медленно"}),
    ]
    assert {line.concerns for line in lines} == {None}
    assert not lines.filter(text__contains="медленно").exists()


def test_what_a_colleague_rewords_is_a_line_with_both_texts(
    reviewer: Reviewer, instructor: User, signed_in: SignIn
) -> None:
    reviewer.page = "hers"
    uid = reviewer.comment("Медленно")
    colleague = Reviewer(signed_in(instructor), reviewer.submission, page="his")
    colleague.comment("Цикл по элементам", uid=uid, revision=1)
    last = Entry.objects.get(verb=verbs.COMMENT_REDRAFTED)
    assert (last.who, last.before, last.after) == (instructor, {"text": "Медленно"}, {"text": "Цикл по элементам"})


def test_removing_and_putting_back_are_lines(reviewer: Reviewer) -> None:
    uid = reviewer.comment("Медленно", taken_off="0.2")
    for data in ({}, {"back": "1"}):
        reviewer.client.post(f"{reviewer.desk}comments/{uid}/remove/", data)
    lines = Entry.objects.filter(verb__in=[verbs.COMMENT_REMOVED, verbs.COMMENT_RESTORED]).order_by("pk")
    assert [line.verb for line in lines] == [verbs.COMMENT_REMOVED, verbs.COMMENT_RESTORED]
