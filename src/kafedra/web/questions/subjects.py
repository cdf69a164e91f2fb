"""What a question is about: how it is named in addresses and forms, in words, and what of one's own work it brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from kafedra.grading.report import Report as Verdict
from kafedra.web import clock
from kafedra.web.frame.language import spoken
from kafedra.web.people.runs import RunAccess, access_work
from kafedra.web.questions.models import About, Question
from kafedra.web.runs import course
from kafedra.web.runs.addresses import assignment_page, topic_page
from kafedra.web.runs.models import Run
from kafedra.web.submissions.access import access_submission
from kafedra.web.submissions.models import Submission
from kafedra.web.submissions.notebooks import submitted
from kafedra.web.submissions.selectors import newest_report

LONGEST_EVIDENCE = 20_000


@dataclass(frozen=True)
class Subject:
    """What a question is about. `evidence` is what its author's work has to do with it, as plain texts by name."""

    about: About = About.RUN
    topic: int | None = None
    assignment: str = ""
    problem: str = ""
    submission: Submission | None = None
    test: str = ""
    cell: int | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)
    value: str = "run"

    @property
    def of_own_work(self) -> bool:
        """About a verdict or a cell of its author's."""
        return self.about in (About.TEST, About.CELL)

    @property
    def columns(self) -> dict[str, Any]:
        """As a question stores it."""
        return {
            "about": self.about, "topic": self.topic, "assignment": self.assignment, "problem": self.problem,
            "submission": self.submission, "test": self.test, "cell": self.cell, "evidence": dict(self.evidence),
        }  # fmt: skip


def subject_of(question: Question) -> Subject:
    """What a question is about, as it was when it was asked."""
    named: dict[str, str] = {
        About.RUN: "run", About.TOPIC: f"topic:{question.topic}", About.ASSIGNMENT: f"assignment:{question.assignment}",
        About.PROBLEM: f"problem:{question.topic}:{question.problem}",
    }  # fmt: skip
    return Subject(
        About(question.about), question.topic, question.assignment, question.problem, question.submission,
        question.test, question.cell, question.evidence, named.get(question.about, "own"),
    )  # fmt: skip


def read(access: RunAccess, value: str) -> Subject:
    """The subject that an address or a form names: `topic:1`, `assignment:cv`, `test:<submission>:<number>` and so on.

    Raises Http404 for what there is not, and for the work of others.
    """
    kind, *rest = value.split(":")
    match kind, rest:
        case "run", []:
            return Subject()
        case "topic", [number]:
            return _topic(access, number)
        case "assignment", [slug]:
            return _assignment(access, slug)
        case "problem", [number, slug]:
            return _problem(access, number, slug)
        case "test", [submission, number]:
            return _test(access, submission, number)
        case "cell", [submission, number]:
            return _cell(access, submission, number)
    raise Http404


def _topic(access: RunAccess, number: str) -> Subject:
    return Subject(About.TOPIC, topic=_planned(access, number), value=f"topic:{number}")


def _assignment(access: RunAccess, slug: str) -> Subject:
    access_work(access.user, access.run.slug, slug)
    return Subject(About.ASSIGNMENT, assignment=slug, value=f"assignment:{slug}")


def _problem(access: RunAccess, number: str, slug: str) -> Subject:
    topic = _planned(access, number)
    if not (access.is_staff or access.facts.opens(topic, "materials", clock.now())):
        raise Http404
    _problem_title(topic, slug)
    return Subject(About.PROBLEM, topic=topic, problem=slug, value=f"problem:{number}:{slug}")


def _test(access: RunAccess, pk: str, number: str) -> Subject:
    submission = _own(access, pk)
    row = newest_report(submission)
    tests = Verdict.model_validate(row.document).tests if row else ()
    place = _number(number)
    if not 1 <= place <= len(tests):
        raise Http404
    test = tests[place - 1]
    evidence = {
        "title": test.title or test.id, "outcome": test.outcome.value, "message": test.message[:LONGEST_EVIDENCE],
        "traceback": (test.traceback or "")[:LONGEST_EVIDENCE],
    }  # fmt: skip
    return Subject(
        About.TEST, assignment=submission.repository.assignment, submission=submission, test=test.id,
        evidence=evidence, value=f"test:{pk}:{number}",
    )  # fmt: skip


def _cell(access: RunAccess, pk: str, number: str) -> Subject:
    submission, place = _own(access, pk), _number(number)
    cell = next((one for one in submitted(submission).notebook.cells if one.number == place), None)
    if cell is None:
        raise Http404
    evidence = {"kind": cell.kind, "source": cell.source[:LONGEST_EVIDENCE]}
    return Subject(
        About.CELL, assignment=submission.repository.assignment, submission=submission, cell=place,
        evidence=evidence, value=f"cell:{pk}:{number}",
    )  # fmt: skip


def _own(access: RunAccess, pk: str) -> Submission:
    submission = access_submission(access.user, _number(pk))
    repository = submission.repository
    if repository.run_id != access.run.pk or repository.student_id != access.user.pk:
        raise Http404
    return submission


def _planned(access: RunAccess, number: str) -> int:
    if _number(number) not in planned_topics(access):
        raise Http404
    return int(number)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Http404
    return int(text)


def planned_topics(access: RunAccess) -> list[int]:
    """The topics of the run, in the order of the plan."""
    return list(dict.fromkeys(topic for planned in access.facts.plan for topic in planned.topics))


def options(access: RunAccess) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """What a form offers, in groups: topics, then assignments. In general comes first, outside of them."""
    topics = [(f"topic:{number}", _topic_title(number)) for number in planned_topics(access)]
    works = [(f"assignment:{work.slug}", work.title.in_(spoken())) for work in access.facts.works]
    yield _("Topics"), topics
    yield _("Assignments"), works


def words(run: str, subject: Subject) -> str:
    """What a question is about, in the visitor's language. Never anything of the author's work."""
    about = subject.about
    if about == About.TOPIC and subject.topic is not None:
        return _topic_title(subject.topic)
    if about == About.PROBLEM and subject.topic is not None:
        return _("Harder: %(title)s") % {"title": problem_title(subject.topic, subject.problem)}
    work = {"work": _work_title(run, subject.assignment)}
    if about == About.TEST:
        return _("%(work)s, test “%(test)s”") % {**work, "test": subject.evidence.get("title", subject.test)}
    if about == About.CELL:
        cell = course.is_notebook(subject.assignment)
        return (_("%(work)s, cell %(n)d") if cell else _("%(work)s, part %(n)d")) % {**work, "n": subject.cell}
    return work["work"] if about == About.ASSIGNMENT else _("The course in general")


def page_of(run: Run, subject: Subject) -> str:
    """The page of the topic or the assignment that a question is about; empty for the course in general."""
    if subject.assignment:
        return assignment_page(run, subject.assignment)
    try:
        return topic_page(run, course.current().topic(subject.topic).slug) if subject.topic else ""
    except KeyError:
        return ""


def _topic_title(number: int) -> str:
    try:
        title = course.current().topic(number).title.in_(spoken())
    except KeyError:
        title = ""
    return _("Topic %(n)d. %(title)s") % {"n": number, "title": title}


def _work_title(run: str, slug: str) -> str:
    try:
        return course.current().runs[run].work(slug)[1].title.in_(spoken())
    except KeyError:
        return slug


def problem_title(topic: int, slug: str) -> str:
    """What a harder problem is called; its slug, if the course has changed since."""
    try:
        return _problem_title(topic, slug)
    except Http404:
        return slug


def _problem_title(topic: int, slug: str) -> str:
    materials = course.current().materials.get(topic)
    for problem in materials.harder if materials else ():
        if problem.slug == slug:
            return problem.title.in_(spoken())
    raise Http404
