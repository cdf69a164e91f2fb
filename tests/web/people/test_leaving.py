"""Taking somebody out of a run: what ends, what stays, and that coming back brings it back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client, TestCase
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.people.test_roster import apply, upload
from tests.web.reading import text

from kafedra.web.adjustments import services as adjustments
from kafedra.web.notices.models import Notice
from kafedra.web.outbox.models import Delivery, Letter
from kafedra.web.outbox.services import put
from kafedra.web.people import services
from kafedra.web.people.joining.services import request_invitation
from kafedra.web.people.models import Decision, Invitation, InvitationRequest, Membership, Role, User
from kafedra.web.record.models import Entry
from kafedra.web.reviews.models import Claim
from kafedra.web.reviews.services import claims
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Submission
from kafedra.web.submissions.services import verdicts

WHY = {"why": "Забрала документы"}


@pytest.fixture
def page(instructor: User, signed_in: SignIn) -> Client:
    return signed_in(instructor)


def address(user: User, run: Run) -> str:
    return f"/2023/people/members/{user.memberships.get(run=run).pk}/"


def take_out(page: Client, user: User, run: Run):  # type: ignore[no-untyped-def]  # a test response
    return page.post(f"{address(user, run)}remove/", WHY | {"confirm": "yes"}, follow=True)


def test_first_it_says_what_stays_and_what_ends(page: Client, run: Run, student: User) -> None:
    factories.graded(factories.repository(student, run))
    response = page.post(f"{address(student, run)}remove/", WHY)
    words = text(response)
    assert "Take Анна Ахматова out of the run?" in words
    assert "1 repository, 1 submission" in words
    assert "the row in the gradebook" in words
    assert "Забрала документы" in words
    assert student.memberships.filter(run=run).exists()


def test_without_a_reason_nobody_is_taken_out(page: Client, run: Run, student: User) -> None:
    response = page.post(f"{address(student, run)}remove/", {"why": " ", "confirm": "yes"})
    assert response.status_code == 422
    assert student.memberships.exists()


def test_access_ends_and_the_work_stays(page: Client, run: Run, student: User, signed_in: SignIn) -> None:
    submission = factories.graded(factories.repository(student, run))
    anna = signed_in(student)
    assert "Анна Ахматова doesn&#x27;t belong to the run any more." in take_out(page, student, run).content.decode()
    for path in ("/2023/", "/2023/grades/", f"/2023/submissions/{submission.pk}/"):
        assert anna.get(path).status_code == 404
    assert "Анна" not in text(page.get("/2023/gradebook/"))
    assert page.get(f"/2023/submissions/{submission.pk}/").status_code == 200
    assert Submission.objects.get(pk=submission.pk).reports.exists()


def test_whoever_was_taken_out_is_told_so(page: Client, run: Run, student: User, signed_in: SignIn) -> None:
    take_out(page, student, run)
    anna = signed_in(student)
    assert "You don't belong to this run any more" in text(anna.get("/2023/grades/"))
    assert "Reason: Забрала документы" in text(anna.get("/"))
    assert "removed from the run" in text(anna.get("/account/record/"))
    assert "You don't belong" not in text(signed_in(factories.person("stranger")).get("/2023/"))


def test_the_record_has_who_before_and_why(page: Client, run: Run, student: User, instructor: User) -> None:
    student.memberships.update(group="231")
    take_out(page, student, run)
    line = Entry.objects.get(verb="member.removed")
    assert (line.who, line.concerns, line.why) == (instructor, student, "Забрала документы")
    assert line.before == {"role": "student", "group": "231"}


def test_coming_back_by_a_link_brings_everything_back(page: Client, run: Run, student: User, signed_in: SignIn) -> None:
    submission = factories.graded(factories.repository(student, run))
    student.memberships.update(group="231")
    take_out(page, student, run)
    link = services.invite(run=run, role=Role.STUDENT, created_by=None)
    anna = signed_in(student)
    assert anna.post(f"/invite/{link.token}/")["Location"] == "/2023/"
    assert anna.get(f"/2023/submissions/{submission.pk}/").status_code == 200
    assert "Анна Ахматова" in text(page.get("/2023/gradebook/"))
    assert student.memberships.get().group == "231"
    assert "any more" not in text(anna.get("/2023/"))


def test_nobody_takes_themselves_out(page: Client, run: Run, instructor: User) -> None:
    assert "ask another instructor" in text(page.get(address(instructor, run)))
    response = page.post(f"{address(instructor, run)}remove/", WHY | {"confirm": "yes"})
    assert response.status_code == 422
    assert instructor.memberships.exists()


def test_the_last_instructor_stays(run: Run, instructor: User, signed_in: SignIn) -> None:
    root = factories.person("root")
    User.objects.filter(pk=root.pk).update(is_staff=True)
    page, where = signed_in(root), address(instructor, run)
    assert "the only instructor" in text(page.post(f"{where}remove/", WHY | {"confirm": "yes"}))
    assert "the only instructor" in text(page.post(where, {"role": "student", "group": ""}, follow=True))
    assert instructor.memberships.get().role == Role.INSTRUCTOR
    factories.person("second", run=run, role=Role.INSTRUCTOR)
    take_out(page, instructor, run)
    assert not instructor.memberships.exists()


def test_twice_is_once(page: Client, run: Run, student: User) -> None:
    where = address(student, run)
    for _click in range(2):
        response = page.post(f"{where}remove/", WHY | {"confirm": "yes"}, follow=True)
        assert "doesn't belong to the run any more" in text(response)
    assert "doesn't belong to the run any more" in text(page.get(where, follow=True))
    assert Entry.objects.filter(verb="member.removed").count() == 1


def test_works_of_somebody_who_leaves_or_becomes_a_student_are_free_again(
    page: Client, run: Run, student: User, other_student: User, assistant: User, instructor: User
) -> None:
    works = [factories.repository(one, run) for one in (student, other_student)]
    for repository in works:
        factories.graded(repository)
        claims.claim(repository=repository, by=assistant, holder=assistant, seen_holder=None)
    response = page.post(address(assistant, run), {"role": "student", "group": ""}, follow=True)
    assert "2 works that wait for a review were with them and are free again." in text(response)
    assert page.post("/2023/reviews/share/", {"reviewer": "osip"}, follow=True).status_code == 200
    assert Claim.objects.filter(holder=instructor).count() == 2
    second = factories.person("maria", run=run, role=Role.ASSISTANT)
    claims.claim(repository=works[0], by=second, holder=second, seen_holder=instructor.pk)
    assert "1 work that waits for a review was with them" in text(take_out(page, second, run))
    assert not Claim.objects.filter(holder=second).exists()


def test_what_was_on_its_way_does_not_leave(page: Client, run: Run, student: User) -> None:
    User.objects.filter(pk=student.pk).update(email="anna@example.org")
    student.refresh_from_db()
    put(address="anna@example.org", subject="…", text="…", user=student, run=run)
    put(address="anna@example.org", subject="…", text="…", user=student)
    Notice.objects.create(user=student, news="points", facts={"run": "2023"}, path="/2023/")
    take_out(page, student, run)
    states = dict(Letter.objects.values_list("run", "state"))
    assert states == {run.pk: Delivery.EXPIRED, None: Delivery.WAITING}
    assert not Notice.objects.filter(seen_at=None).exists()


def test_personal_ways_in_are_closed_with_it(page: Client, run: Run, student: User, instructor: User) -> None:
    newcomer = {"name": "Анна", "group": "", "email": "anna@example.org", "github": "", "language": "ru"}
    for verdict in ("approve", ""):
        asked = request_invitation(run=run, **newcomer)
        assert asked is not None
        if verdict:
            page.post(f"/2023/people/requests/{asked.pk}/approve/")
    User.objects.filter(pk=student.pk).update(email="Anna@example.org")
    with TestCase.captureOnCommitCallbacks(execute=True):
        take_out(page, student, run)
    assert Invitation.objects.get().revoked_at is not None
    assert not InvitationRequest.objects.filter(state=Decision.WAITING).exists()
    assert mail.outbox == []


def test_somebody_who_came_back_by_a_list_is_in_the_group_shown(page: Client, run: Run, student: User) -> None:
    student.memberships.update(group="231")
    take_out(page, student, run)
    preview = upload(page, "login\nanna")
    assert "joins with the account anna 231" in text(preview)
    apply(page, preview)
    assert Membership.objects.get(user=student).group == "231"


def test_a_form_that_a_colleague_overtook_changes_nothing(page: Client, run: Run, student: User) -> None:
    where = address(student, run)
    seen = {"seen_role": "student", "seen_group": ""}
    page.post(where, seen | {"role": "student", "group": "231"})
    response = page.post(where, seen | {"role": "student", "group": "232"})
    assert response.status_code == 422
    assert "A colleague has changed this meanwhile" in text(response)
    page.post(where, seen | {"role": "assistant", "group": ""})
    member = student.memberships.get()
    assert (member.role, member.group) == (Role.ASSISTANT, "231")


def test_a_verdict_that_comes_later_is_kept(page: Client, run: Run, student: User) -> None:
    submission = factories.pushed(factories.repository(student, run))
    take_out(page, student, run)
    verdicts.start_grading(submission=submission)
    verdicts.store_report(submission=submission, report=factories.verdict("1"), grading_time=timedelta(seconds=1))
    assert submission.reports.get().points == 1


def test_what_happens_later_is_no_news_to_whoever_left(page: Client, run: Run, student: User, instructor: User) -> None:
    User.objects.filter(pk=student.pk).update(email="anna@example.org")
    take_out(page, student, run)
    gone = User.objects.get(pk=student.pk)
    by_hand = {"assignment": "activations", "points": Decimal(1), "reason": "viva", "by": instructor}
    with TestCase.captureOnCommitCallbacks(execute=True):
        adjustments.set_points(run=run, student=gone, **by_hand)
    assert not Notice.objects.filter(user=student).exists()
    assert mail.outbox == []
