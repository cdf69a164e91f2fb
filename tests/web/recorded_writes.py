"""One case for each service that writes, and those that need none. A case calls the service and returns nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from allauth.socialaccount.models import SocialAccount
from tests.web import factories

from kafedra.web import clock
from kafedra.web.adjustments import services as adjustments
from kafedra.web.adjustments.models import Extension
from kafedra.web.appeals import services as appeals
from kafedra.web.notices import services as notices
from kafedra.web.outbox import services as outbox
from kafedra.web.outbox.models import Letter
from kafedra.web.people import services as people
from kafedra.web.people.invited import services as invited
from kafedra.web.people.joining import services as joining
from kafedra.web.people.links import services as links
from kafedra.web.people.members.services import belonging, leaving
from kafedra.web.people.models import Invitation, Role, User
from kafedra.web.people.providers import services as providers
from kafedra.web.people.providers.protocol import Identity
from kafedra.web.people.roster import services as roster
from kafedra.web.people.roster.reading import Row
from kafedra.web.regrading import services as regrading
from kafedra.web.regrading.models import Regrade
from kafedra.web.reviews.services import bank, claims, conversation, drafts, publishing
from kafedra.web.runs import terms
from kafedra.web.runs.models import AcceptedTerms, Run
from kafedra.web.runs.services import accept_new, ensure_runs
from kafedra.web.solutions import services as solutions
from kafedra.web.submissions import services as classroom
from kafedra.web.submissions.models import Submission
from kafedra.web.submissions.news import KIND as VERDICT
from kafedra.web.terms import services as accepting


@dataclass(frozen=True)
class World:
    """What the cases act on."""

    run: Run
    student: User
    instructor: User


Case = Callable[[World], Callable[[], object]]


def _graded(w: World) -> object:
    return factories.graded(factories.repository(w.student, w.run), "0.5")


def _begun(w: World) -> Regrade:
    _graded(w)
    return regrading.begin(run=w.run, assignment="activations", by=w.instructor)


def _tried(w: World) -> Regrade:
    row = _begun(w)
    regrading.keep_trial(trial=row.trials.get(), first=factories.verdict("1"), second=None)
    return row


def _submission(world: World) -> object:
    return factories.pushed(factories.repository(world.student, world.run))


def _being_graded(world: World) -> Submission:
    submission = factories.pushed(factories.repository(world.student, world.run))
    assert classroom.start_grading(submission=submission)
    return submission


def _extend(world: World):
    grant = adjustments.Grant(("activations",), None, 3, "flu")
    return adjustments.extend(run=world.run, students=[world.student], grant=grant, by=world.instructor)


def _set_points(world: World):
    return adjustments.set_points(
        run=world.run, student=world.student, assignment="activations", points=Decimal(1), reason="viva",
        by=world.instructor,
    )  # fmt: skip


def _new_terms(world: World):
    document = terms.as_json(terms.in_force(world.run.slug))
    document["late"]["percent_per_day"] = "5"
    AcceptedTerms.objects.create(run=world.run, terms=document)
    return lambda: accepting.accept(run=world.run, by=world.instructor)


def _asked(world: World):
    person = {"name": "New", "group": "231", "email": "new@example.org", "github": "", "language": "ru"}
    return joining.request_invitation(run=world.run, **person)


def _invited(world: World):
    told = {"name": "New", "group": "231", "email": "new@example.org", "github": "", "language": "ru"}
    return invited.invite_by_name(run=world.run, by=world.instructor, **told)


def _domain(world: World):
    return joining.add_domain(run=world.run, domain="example.org", by=world.instructor).rule


def invitation_link(world: World):
    return people.invite(run=world.run, role=Role.STUDENT, created_by=world.instructor)


WORDS = drafts.Words(cell=3, text="slow", taken_off=Decimal("0.1"), into_bank=True)


def _entry(world: World):
    return bank.add(assignment="activations", text="slow", taken_off=Decimal(0), by=world.instructor)


def _claimed(world: World):
    repository = factories.repository(world.student, world.run)
    return claims.claim(repository=repository, by=world.instructor, holder=world.instructor, seen_holder=None)


def _drafted(world: World, submission: Submission):
    return drafts.save_comment(
        submission=submission, by=world.instructor, uid=uuid4(), words=WORDS, seen=drafts.Seen(0, 0)
    )


IDENTITY = Identity("github", "4711", "Anna-A", "Анна", ("anna@example.org",))


def _failed_letter(world: World) -> Letter:
    letter = outbox.put(address="a@example.org", subject="…", text="…", run=world.run)
    outbox.take()
    outbox.refuse(pk=letter.pk, error="550 no such user")
    return letter


# The first function prepares and is not watched; what it returns is.
CASES: dict[str, Case] = {
    "people.services.create_user": lambda w: lambda: people.create_user(username="new", display_name="New"),
    "people.members.services.belonging.join": lambda w: (
        lambda: belonging.join(user=factories.person(), run=w.run, role=Role.STUDENT)
    ),
    "people.members.services.belonging.change_role": lambda w: (
        lambda: belonging.change_role(membership=w.student.memberships.get(), role=Role.ASSISTANT, by=w.instructor)
    ),
    "people.members.services.belonging.change_group": lambda w: (
        lambda: belonging.change_group(membership=w.student.memberships.get(), group="231", by=w.instructor)
    ),
    "people.services.invite": lambda w: lambda: invitation_link(w),
    "people.services.revoke_invitation": lambda w: (
        lambda link: lambda: people.revoke_invitation(invitation=link, by=w.instructor)
    )(invitation_link(w)),
    "people.services.accept_invitation": lambda w: (
        lambda link, guest: lambda: people.accept_invitation(invitation=link, user=guest)
    )(invitation_link(w), factories.person()),
    "people.services.register": lambda w: (
        lambda link: (
            lambda: people.register(invitation=link, username="new", display_name="New", password=factories.PASSWORD)
        )
    )(invitation_link(w)),
    "people.services.issue_token": lambda w: lambda: people.issue_token(user=w.student, label="git"),
    "people.services.revoke_token": lambda w: (lambda token: lambda: people.revoke_token(token=token))(
        people.issue_token(user=w.student, label="git")[0]
    ),
    "people.services.change_language": lambda w: lambda: people.change_language(user=w.student, language="en"),
    "people.services.change_password": lambda w: lambda: people.change_password(user=w.student, password="new chalk"),
    "people.services.end_sessions": lambda w: lambda: people.end_sessions(user=w.student),
    "adjustments.services.extend": lambda w: lambda: _extend(w),
    "adjustments.services.undo_extensions": lambda w: (
        lambda batch: (
            lambda: adjustments.undo_extensions(extensions=list(Extension.objects.filter(batch=batch)), by=w.instructor)
        )
    )(_extend(w)),
    "adjustments.services.set_points": lambda w: lambda: _set_points(w),
    "adjustments.services.undo_points": lambda w: (
        lambda row: lambda: adjustments.undo_points(override=row, by=w.instructor)
    )(_set_points(w)),
    "terms.services.accept": _new_terms,
    "runs.services.accept_new": lambda w: lambda: accept_new(run=w.run),
    "people.joining.services.request_invitation": lambda w: lambda: _asked(w),
    "people.joining.services.approve": lambda w: (
        lambda asked: lambda: joining.approve(request=asked, by=w.instructor)
    )(_asked(w)),
    "people.members.services.leaving.remove": lambda w: (
        lambda: leaving.remove(membership=w.student.memberships.get(), by=w.instructor, why="dropped out")
    ),
    "people.invited.services.invite_by_name": lambda w: lambda: _invited(w),
    "people.invited.services.correct": lambda w: (
        lambda request: lambda: invited.correct(request=request, name="", group="232", github="", by=w.instructor)
    )(_asked(w)),
    "people.invited.services.send_again": lambda w: (
        lambda request: (
            Invitation.objects.update(expires_at=clock.now()),
            lambda: invited.send_again(request=request, by=w.instructor),
        )[1]
    )(_invited(w)),
    "people.invited.services.close": lambda w: (
        _asked(w),
        lambda: invited.close(run=w.run, email="new@example.org", by=w.instructor),
    )[1],
    "people.joining.services.approve_all": lambda w: (
        lambda asked: lambda: joining.approve_all(requests=[asked], by=w.instructor)
    )(_asked(w)),
    "people.joining.services.decline": lambda w: (
        lambda asked: lambda: joining.decline(request=asked, by=w.instructor)
    )(_asked(w)),
    "people.joining.services.add_domain": lambda w: lambda: _domain(w),
    "people.joining.services.remove_domain": lambda w: (
        lambda rule: lambda: joining.remove_domain(rule=rule, by=w.instructor)
    )(_domain(w)),
    "people.links.services.send_links": lambda w: (
        links.change_email(user=w.student, email="anna@example.org"),
        lambda: links.send_links(email="anna@example.org"),
    )[1],
    "people.links.services.change_email": lambda w: lambda: links.change_email(user=w.student, email="a@example.org"),
    "people.providers.services.connect": lambda w: lambda: providers.connect(user=w.student, identity=IDENTITY),
    "people.providers.services.disconnect": lambda w: (
        providers.connect(user=w.student, identity=IDENTITY),
        lambda: providers.disconnect(user=w.student, pk=SocialAccount.objects.get().pk),
    )[1],
    "people.providers.services.sign_in": lambda w: (
        links.change_email(user=w.student, email="anna@example.org"),
        lambda: providers.sign_in(identity=IDENTITY),
    )[1],
    "people.providers.services.register": lambda w: (
        lambda link: lambda: providers.register(invitation=link, identity=IDENTITY, username="new", display_name="New")
    )(invitation_link(w)),
    "outbox.services.send_again": lambda w: (lambda letter: lambda: outbox.send_again(letter=letter, by=w.instructor))(
        _failed_letter(w)
    ),
    "people.roster.services.import_roster": lambda w: (
        lambda: roster.import_roster(run=w.run, rows=[Row(2, name="New", email="new@example.org")], by=w.instructor)
    ),
    "notices.services.choose": lambda w: lambda: notices.choose(user=w.student, wishes={VERDICT: (False, True)}),
    "appeals.services.ask": lambda w: (
        lambda submission: lambda: appeals.ask(submission=submission, test="a::b", message="why?")
    )(_submission(w)),
    "appeals.services.answer": lambda w: (
        lambda asked: lambda: appeals.answer(request=asked, text="because", by=w.instructor)
    )(appeals.ask(submission=_submission(w), test="a::b", message="why?")),
    "solutions.services.open_solution": lambda w: (
        lambda: solutions.open_solution(student=w.student, run=w.run, assignment="activations")
    ),
    "runs.services.ensure_runs": lambda w: ensure_runs,
    "submissions.services.accept_assignment": lambda w: (
        lambda: classroom.accept_assignment(student=w.student, run=w.run, assignment="activations")
    ),
    "submissions.services.record_push": lambda w: (lambda repository: lambda: factories.pushed(repository))(
        factories.repository(w.student, w.run)
    ),
    "submissions.services.start_grading": lambda w: (
        lambda submission: lambda: classroom.start_grading(submission=submission)
    )(_submission(w)),
    "submissions.services.give_back": lambda w: (lambda submission: lambda: classroom.give_back(submission=submission))(
        _being_graded(w)
    ),
    "submissions.services.try_again": lambda w: (
        lambda submission: (
            classroom.store_fault(submission=submission, fault="ours"),
            lambda: classroom.try_again(submission=submission),
        )[1]
    )(_being_graded(w)),
    "submissions.services.take_up_unfinished": lambda w: (
        lambda submission: (classroom.start_grading(submission=submission), classroom.take_up_unfinished)[1]
    )(_submission(w)),
    "submissions.services.store_report": lambda w: (
        lambda submission: (
            lambda: classroom.store_report(
                submission=submission, report=factories.verdict("1"), grading_time=timedelta(seconds=1)
            )
        )
    )(_being_graded(w)),
    "submissions.services.grade_again": lambda w: (
        lambda submission: lambda: classroom.grade_again(submission=submission, by=w.instructor)
    )(_graded(w)),
    "submissions.services.release_stuck": lambda w: (
        lambda submission: (
            classroom.start_grading(submission=submission),
            lambda: classroom.release_stuck(submission=submission),
        )[1]
    )(_submission(w)),
    "regrading.services.begin": lambda w: lambda: _begun(w),
    "regrading.services.discard": lambda w: (lambda row: lambda: regrading.discard(regrade=row, by=w.instructor))(
        _begun(w)
    ),
    "regrading.services.apply": lambda w: (
        lambda row: lambda: regrading.apply(regrade=row, by=w.instructor, reason="corrected")
    )(_tried(w)),
    "regrading.services.undo": lambda w: (
        lambda row: (
            regrading.apply(regrade=row, by=w.instructor, reason="corrected"),
            lambda: regrading.undo(regrade=row, by=w.instructor),
        )[1]
    )(_tried(w)),
    "submissions.services.store_fault": lambda w: (
        lambda submission: lambda: classroom.store_fault(submission=submission, fault="ours")
    )(_being_graded(w)),
    "reviews.services.bank.add": lambda w: lambda: _entry(w),
    "reviews.services.bank.change": lambda w: (
        lambda entry: lambda: bank.change(entry=entry, text="better", taken_off=Decimal(0), by=w.instructor)
    )(_entry(w)),
    "reviews.services.bank.hide": lambda w: (lambda entry: lambda: bank.hide(entry=entry, by=w.instructor))(_entry(w)),
    "reviews.services.bank.grow": lambda w: (
        lambda draft: lambda: bank.grow(assignment="activations", comments=[draft], by=w.instructor)
    )(_drafted(w, _submission(w)).comment),
    "reviews.services.claims.claim": lambda w: lambda: _claimed(w),
    "reviews.services.claims.keep": lambda w: (
        lambda repository: lambda: claims.keep(repository=repository, by=w.instructor)
    )(factories.repository(w.student, w.run)),
    "reviews.services.claims.release": lambda w: (
        lambda claim: lambda: claims.release(repository=claim.repository, by=w.instructor)
    )(_claimed(w)),
    "reviews.services.claims.free_all": lambda w: (
        _claimed(w),
        lambda: claims.free_all(run=w.run, holder=w.instructor, by=w.instructor),
    )[1],
    "reviews.services.claims.share_out": lambda w: (
        _graded(w),
        lambda: claims.share_out(run=w.run, by=w.instructor, people=[w.instructor]),
    )[1],
    "reviews.services.conversation.say": lambda w: (
        lambda submission: (
            lambda: conversation.say(submission=submission, author=w.student, by_staff=False, text="Why?")
        )
    )(_submission(w)),
    "reviews.services.conversation.close": lambda w: (
        lambda submission: (
            conversation.say(submission=submission, author=w.student, by_staff=False, text="Why?"),
            lambda: conversation.close(submission=submission, by=w.instructor),
        )[1]
    )(_submission(w)),
    "reviews.services.drafts.save_comment": lambda w: (lambda submission: lambda: _drafted(w, submission))(
        _submission(w)
    ),
    "reviews.services.drafts.remove_comment": lambda w: (
        lambda submission, saved: (
            lambda: drafts.remove_comment(
                submission=submission, by=w.instructor, uid=saved.comment.uid, removed=True, seen=drafts.Seen(None, 0)
            )
        )
    )(*(lambda submission: (submission, _drafted(w, submission)))(_submission(w))),
    "reviews.services.drafts.carry_over": lambda w: (
        lambda submission: lambda: drafts.carry_over(submission=submission, by=w.instructor, words=WORDS)
    )(_submission(w)),
    "reviews.services.publishing.publish": lambda w: (
        lambda submission: lambda: publishing.publish(submission=submission, by=w.instructor, seen=0)
    )(_submission(w)),
}
# What writes no line of its own, and why.
EXEMPT = {
    "people.services.authenticate_token": "when a token was used last is kept on the token itself",
    "people.services.former_owner": "reads only",
    "submissions.services.add_report": "whoever adds one says in the record why",
    "regrading.services.keep_trial": "it counts for nothing until it is applied, and that has its line",
    "regrading.services.keep_fault": "likewise",
    "people.links.services.link_owner": "reads only",
    "people.links.services.confirmed_email": "reads only",
    "people.links.services.ask_to_confirm": "sends a letter and changes nothing",
    "people.links.services.use_link": "ends in a sign-in, which has its own list",
    "people.links.services.remember_sign_in": "the list of sign-ins is a record itself",
    **dict.fromkeys(
        [f"outbox.services.{name}" for name in ("put", "take", "sent", "refuse", "put_off", "unreachable")]
        + [f"outbox.services.{name}" for name in ("expire", "release", "look_again", "forget_old")],
        "what becomes of a letter is kept with the letter, and listed on a page of its own",
    ),
    "outbox.services.pause_after": "reads only",
    "reminders.services.remind": "a reminder changes nothing; that it was sent is kept in its own table",
    "reminders.services.remind_one": "likewise",
    "notices.services.fall_silent": "what ends with a membership is said where that ends",
    "notices.services.tell": "what is told of has its own line",
    "notices.services.seen": "that somebody read their news is nobody else's business",
    "runs.services.put_in_force": "reads only",
    "runs.services.store_terms": "whoever calls it has a case",
    "people.links.services.void_links": "what voids them has its own line",
    "record.services.note": "the record itself",
    "reviews.services.drafts.locked": "an empty draft is no fact; the change that it is made for has its line",
}
