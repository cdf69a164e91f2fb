"""What a member has handed in."""

from __future__ import annotations

from django.utils.translation import ngettext

from kafedra.web.people.hooks import Belongings
from kafedra.web.people.models import Membership
from kafedra.web.submissions.models import Repository, Submission


def works_of(membership: Membership) -> Belongings:
    """Their repositories and submissions in the run, which stay."""
    repositories = Repository.objects.filter(run=membership.run, student=membership.user)
    number, pushed = repositories.count(), Submission.objects.filter(repository__in=repositories).count()
    lines = [
        ngettext("%(n)s repository", "%(n)s repositories", number) % {"n": number},
        ngettext("%(n)s submission", "%(n)s submissions", pushed) % {"n": pushed},
    ]
    return Belongings(stays=[", ".join(lines)])
