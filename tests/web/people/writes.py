"""The writes of people."""

from __future__ import annotations

from allauth.socialaccount.models import SocialAccount
from tests.web import factories
from tests.web.cases import Act, World, exempt, writes

from kafedra.web import clock
from kafedra.web.people import services as people
from kafedra.web.people.invited import services as invited
from kafedra.web.people.joining import services as joining
from kafedra.web.people.links import services as links
from kafedra.web.people.members.services import belonging, leaving
from kafedra.web.people.models import DomainRule, Invitation, InvitationRequest, Role
from kafedra.web.people.providers import services as providers
from kafedra.web.people.providers.protocol import Identity
from kafedra.web.people.roster import services as roster
from kafedra.web.people.roster.reading import RosterRow

NEWCOMER = {"name": "New", "group": "231", "email": "new@example.org", "github": "", "language": "ru"}
IDENTITY = Identity("github", "4711", "Anna-A", "Анна", ("anna@example.org",))


def _link(w: World) -> Invitation:
    return people.invite(run=w.run, role=Role.STUDENT, created_by=w.instructor)


def _request(w: World) -> InvitationRequest:
    asked = joining.request_invitation(run=w.run, **NEWCOMER)
    assert asked is not None
    return asked


def _domain(w: World) -> DomainRule:
    return joining.add_domain(run=w.run, domain="example.org", by=w.instructor).rule


@writes(people.create_user)
def an_account(w: World) -> Act:
    return lambda: people.create_user(username="new", display_name="New")


@writes(belonging.join)
def joining_a_run(w: World) -> Act:
    guest = factories.person()
    return lambda: belonging.join(user=guest, run=w.run, role=Role.STUDENT)


@writes(belonging.change_role)
def another_role(w: World) -> Act:
    membership = w.student.memberships.get()
    return lambda: belonging.change_role(membership=membership, role=Role.ASSISTANT, by=w.instructor)


@writes(belonging.change_group)
def another_group(w: World) -> Act:
    return lambda: belonging.change_group(membership=w.student.memberships.get(), group="231", by=w.instructor)


@writes(leaving.remove)
def leaving_a_run(w: World) -> Act:
    return lambda: leaving.remove(membership=w.student.memberships.get(), by=w.instructor, why="dropped out")


@writes(people.invite)
def an_invitation(w: World) -> Act:
    return lambda: _link(w)


@writes(people.revoke_invitation)
def revoking_an_invitation(w: World) -> Act:
    link = _link(w)
    return lambda: people.revoke_invitation(invitation=link, by=w.instructor)


@writes(people.accept_invitation)
def accepting_an_invitation(w: World) -> Act:
    link, guest = _link(w), factories.person()
    return lambda: people.accept_invitation(invitation=link, user=guest)


@writes(people.register)
def registering(w: World) -> Act:
    link = _link(w)
    return lambda: people.register(invitation=link, username="new", display_name="New", password=factories.PASSWORD)


@writes(people.issue_token)
def a_token(w: World) -> Act:
    return lambda: people.issue_token(user=w.student, label="git")


@writes(people.revoke_token)
def revoking_a_token(w: World) -> Act:
    token, _secret = people.issue_token(user=w.student, label="git")
    return lambda: people.revoke_token(token=token)


@writes(people.change_language)
def another_language(w: World) -> Act:
    return lambda: people.change_language(user=w.student, language="en")


@writes(people.change_password)
def another_password(w: World) -> Act:
    return lambda: people.change_password(user=w.student, password="new chalk")


@writes(people.end_sessions)
def ending_sessions(w: World) -> Act:
    return lambda: people.end_sessions(user=w.student)


@writes(joining.request_invitation)
def a_request(w: World) -> Act:
    return lambda: _request(w)


@writes(joining.approve)
def approving_a_request(w: World) -> Act:
    asked = _request(w)
    return lambda: joining.approve(request=asked, by=w.instructor)


@writes(joining.approve_all)
def approving_all_requests(w: World) -> Act:
    asked = _request(w)
    return lambda: joining.approve_all(requests=[asked], by=w.instructor)


@writes(joining.decline)
def declining_a_request(w: World) -> Act:
    asked = _request(w)
    return lambda: joining.decline(request=asked, by=w.instructor)


@writes(joining.add_domain)
def a_domain(w: World) -> Act:
    return lambda: _domain(w)


@writes(joining.remove_domain)
def removing_a_domain(w: World) -> Act:
    rule = _domain(w)
    return lambda: joining.remove_domain(rule=rule, by=w.instructor)


@writes(invited.invite_by_name)
def an_invitation_by_name(w: World) -> Act:
    return lambda: invited.invite_by_name(run=w.run, by=w.instructor, **NEWCOMER)


@writes(invited.correct)
def correcting_a_request(w: World) -> Act:
    asked = _request(w)
    return lambda: invited.correct(request=asked, name="", group="232", github="", by=w.instructor)


@writes(invited.send_again)
def inviting_again(w: World) -> Act:
    request = invited.invite_by_name(run=w.run, by=w.instructor, **NEWCOMER)
    Invitation.objects.update(expires_at=clock.now())
    return lambda: invited.send_again(request=request, by=w.instructor)


@writes(invited.close)
def closing_what_was_not_used(w: World) -> Act:
    _request(w)
    return lambda: invited.close(run=w.run, email="new@example.org", by=w.instructor)


@writes(links.send_links)
def a_link_to_sign_in(w: World) -> Act:
    links.change_email(user=w.student, email="anna@example.org")
    return lambda: links.send_links(email="anna@example.org")


@writes(links.change_email)
def another_address(w: World) -> Act:
    return lambda: links.change_email(user=w.student, email="a@example.org")


@writes(providers.connect)
def connecting_a_provider(w: World) -> Act:
    return lambda: providers.connect(user=w.student, identity=IDENTITY)


@writes(providers.disconnect)
def disconnecting_a_provider(w: World) -> Act:
    providers.connect(user=w.student, identity=IDENTITY)
    return lambda: providers.disconnect(user=w.student, pk=SocialAccount.objects.get().pk)


@writes(providers.sign_in)
def signing_in_with_a_provider(w: World) -> Act:
    links.change_email(user=w.student, email="anna@example.org")
    return lambda: providers.sign_in(identity=IDENTITY)


@writes(providers.register)
def registering_with_a_provider(w: World) -> Act:
    link = _link(w)
    return lambda: providers.register(invitation=link, identity=IDENTITY, username="new", display_name="New")


@writes(roster.import_roster)
def a_list(w: World) -> Act:
    rows = [RosterRow(2, name="New", email="new@example.org")]
    return lambda: roster.import_roster(run=w.run, rows=rows, by=w.instructor)


exempt("when a token was used last is kept on the token itself", people.authenticate_token)
exempt("reads only", people.former_owner, links.link_owner, links.confirmed_email)
exempt("sends a letter and changes nothing", links.ask_to_confirm)
exempt("ends in a sign-in, which has its own list", links.use_link)
exempt("the list of sign-ins is a record itself", links.remember_sign_in)
exempt("what voids them has its own line", links.void_links)
