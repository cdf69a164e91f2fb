"""Who has which version, and what publishing the present one would change for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kafedra.web.git.contents import entries, read_files
from kafedra.web.people.models import User
from kafedra.web.people.students import students_of
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.submissions import editions
from kafedra.web.submissions.letter import Differences, differences
from kafedra.web.submissions.models import Edition, Repository
from kafedra.web.submissions.storage import repository_path


@dataclass(frozen=True, slots=True)
class Group:
    """Students whose clones have, or are offered, the same files, and what these files have otherwise."""

    students: tuple[User, ...]
    differences: Differences

    @property
    def matters(self) -> bool:
        """Whether anything is new for them."""
        return bool(self.differences.cells or self.differences.names)


@dataclass(frozen=True, slots=True)
class Taken:
    """How far a published version has got."""

    edition: Edition
    have: tuple[User, ...]
    lack: tuple[User, ...]

    @property
    def concerned(self) -> int:
        """Who had accepted the assignment before it was published."""
        return len(self.have) + len(self.lack)


def groups(run: Run, draft: Edition) -> list[Group]:
    """Everybody who has accepted the assignment, by what `draft` would change for them; the largest group first."""
    known, after = dict[str, Mapping[str, bytes]](), editions.contents(draft)
    people, notebook = defaultdict[str, list[User]](list), course.current().assignments[draft.assignment].notebook
    later = {edition.pk: edition for edition in editions.published(run, draft.assignment)}
    for repository in _of_students(run, draft.assignment):
        newest = [one for one in later.values() if one.published_at and one.published_at > repository.accepted_at]
        key = newest[-1].commit if newest else repository.template_digest
        if key not in known:
            known[key] = editions.contents(newest[-1]) if newest else _given(repository)
        people[key].append(repository.student)
    found = [Group(tuple(students), differences(known[key], after, notebook)) for key, students in people.items()]
    return sorted(found, key=lambda group: -len(group.students))


def spread(run: Run, assignment: str) -> Taken | None:
    """Who of those concerned has the newest published version in what they pushed last; None if there is none."""
    rows = editions.published(run, assignment)
    if not rows:
        return None
    newest, have, lack = rows[-1], list[User](), list[User]()
    for repository in _of_students(run, assignment):
        if newest.published_at is not None and repository.accepted_at < newest.published_at:
            (have if repository.edition_id == newest.pk else lack).append(repository.student)
    return Taken(newest, tuple(have), tuple(lack))


def missing(repository: Repository, taken: int | None) -> Edition | None:
    """The newest version published after the assignment was accepted, unless `taken` is its id. One query."""
    rows = Edition.objects.filter(
        run=repository.run_id, assignment=repository.assignment, published_at__gt=repository.accepted_at
    )
    newest = rows.defer("contents").order_by("published_at", "pk").last()
    return None if newest is None or newest.pk == taken else newest


def _of_students(run: Run, assignment: str) -> list[Repository]:
    here = {student.pk: student for student in students_of(run)}
    rows = Repository.objects.filter(run=run, assignment=assignment, student__in=list(here))
    return list(rows.select_related("student", "run").order_by("student__username"))


def _given(repository: Repository) -> dict[str, bytes]:
    path = repository_path(repository)
    return read_files(path, entries(path, repository.template_digest))
