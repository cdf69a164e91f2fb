"""Bringing the people in: invitations, accounts, repositories, clones. Through the services that the pages use."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kafedra.web.demo.people import ASSISTANT, INSTRUCTOR, PASSWORD, Person
from kafedra.web.demo.scenario import Told
from kafedra.web.demo.terminal import Clone
from kafedra.web.people.models import Invitation, Role, User
from kafedra.web.people.services import invite, issue_token, register
from kafedra.web.runs.models import Run
from kafedra.web.submissions.cloning import clone_address
from kafedra.web.submissions.services.handing_in import accept_assignment


@dataclass(frozen=True, slots=True)
class Cast:
    """The run and everybody's clones, by login and assignment; what was not accepted has none."""

    run: Run
    clones: dict[tuple[str, str], Clone]


def bring_in(run: Run, told: Told, folder: Path) -> Cast:
    """Invite the staff, let the instructor invite the students, and let them accept and clone."""
    first = invite(run=run, role=Role.INSTRUCTOR, created_by=None, note="от администратора", max_uses=1)
    instructor = _join(first, INSTRUCTOR)
    _join(invite(run=run, role=Role.ASSISTANT, created_by=instructor, note="ассистент", max_uses=1), ASSISTANT)
    link = invite(run=run, role=Role.STUDENT, created_by=instructor, note="весь поток")
    clones = {}
    for person, own in told.items():
        student = _join(link, person)
        _row, token = issue_token(user=student, label="ноутбук")
        for assignment, story in own.items():
            if story.accepts:
                at = folder / person.login / assignment
                clones[person.login, assignment] = _start(run, student, token, assignment, at)
    return Cast(run, clones)


def _join(link: Invitation, person: Person) -> User:
    membership = register(
        invitation=link, username=person.login, display_name=person.name, password=PASSWORD, language="ru"
    )
    return membership.user


def _start(run: Run, student: User, token: str, assignment: str, folder: Path) -> Clone:
    repository = accept_assignment(student=student, run=run, assignment=assignment)
    folder.parent.mkdir(parents=True, exist_ok=True)
    return Clone.make(clone_address(student.username, repository, token), folder, student.display_name)
