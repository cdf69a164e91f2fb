"""Reads about members: the list and its filter, who stays, who has left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kafedra.web.frame.searching import finds
from kafedra.web.people import verbs
from kafedra.web.people.models import Membership, Role, User
from kafedra.web.record.models import Entry
from kafedra.web.record.names import name_of

if TYPE_CHECKING:
    from kafedra.web.runs.models import Run

NO_GROUP = "-"  # in addresses: those who have none


@dataclass(frozen=True, slots=True)
class Filter:
    """Whom to show: who has every word of `words` in name, login, group or e-mail; of one group, if one is named."""

    words: str = ""
    group: str = ""

    @property
    def query(self) -> str:
        """The same for an address: with the question mark, empty if it restricts nothing."""
        told = {"q": self.words, "group": self.group}
        chosen = urlencode({name: value for name, value in told.items() if value})
        return f"?{chosen}" if chosen else ""

    def shows(self, member: Membership) -> bool:
        """Whether `member` is among them."""
        if self.group and (member.group or NO_GROUP) != self.group:
            return False
        user = member.user
        return finds(self.words, user.display_name, user.username, member.group, user.email)


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the run for a quick choice; `key` stands for it in addresses."""

    key: str
    name: str
    size: int


def groups(members: Iterable[Membership]) -> list[Group]:
    """The groups of these members by name; those without one, if there are both, come last."""
    sizes: dict[str, int] = {}
    for member in members:
        sizes[member.group] = sizes.get(member.group, 0) + 1
    if not any(sizes):
        return []
    return [Group(name or NO_GROUP, name, sizes[name]) for name in sorted(sizes, key=lambda name: (not name, name))]


def why_stays(membership: Membership, by: User) -> str:
    """Why `by` can't take this member out of the run: `oneself`, `last_instructor`; empty if they can."""
    if membership.user_id == by.pk:
        return "oneself"
    return "last_instructor" if is_last_instructor(membership) else ""


def is_last_instructor(membership: Membership) -> bool:
    """Whether nobody else could decide who belongs to the run."""
    others = Membership.objects.filter(run=membership.run, role=Role.INSTRUCTOR, user__is_active=True)
    return membership.role == Role.INSTRUCTOR and not others.exclude(pk=membership.pk).exists()


def removal_of(user: User, run: Run) -> Entry | None:
    """How this person left the run last; None if nobody ever took them out of it."""
    return Entry.objects.filter(concerns=user, run=run, verb=verbs.MEMBER_REMOVED).order_by("-pk").first()


def was_removed(run: Run, pk: int) -> Entry | None:
    """The same by the membership, which is no more."""
    gone = Entry.objects.filter(kind=name_of(Membership), object_id=str(pk), run=run)
    return gone.filter(verb=verbs.MEMBER_REMOVED).select_related("concerns").first()


def removals(user: User) -> Sequence[Entry]:
    """The runs that this person was taken out of and is not in again, each with its latest line, newest first."""
    here = Membership.objects.filter(user=user).values("run")
    gone = Entry.objects.filter(concerns=user, verb=verbs.MEMBER_REMOVED).exclude(run__in=here).select_related("run")
    newest: dict[int | None, Entry] = {}
    for line in gone.order_by("-pk"):
        newest.setdefault(line.run_id, line)
    return list(newest.values())


def group_before(user: User, run: Run) -> str:
    """The group of somebody who left and comes back; empty for everybody else."""
    left = removal_of(user, run)
    return str(left.before.get("group", "")) if left else ""


def groups_before(run: Run) -> dict[int, str]:
    """The same of everybody who was ever taken out of the run, by account. One query."""
    lines = Entry.objects.filter(run=run, verb=verbs.MEMBER_REMOVED).order_by("pk")
    return {user: str(before.get("group", "")) for user, before in lines.values_list("concerns", "before")}
