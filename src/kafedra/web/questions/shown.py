"""A question and its answers as one reader sees them: names, what is hidden, what of somebody's work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kafedra.notebooks.highlighting import Colours, highlighted
from kafedra.web.frame.prose import prose_with
from kafedra.web.people.models import User
from kafedra.web.people.runs import RunAccess
from kafedra.web.questions import subjects
from kafedra.web.questions.models import About, Answer, Asker, Audience, Helped, Picture, Question
from kafedra.web.questions.subjects import Subject
from kafedra.web.submissions.addresses import page_of


@dataclass(frozen=True)
class Reader:
    """Whose eyes these are. `user` None: any classmate, as in a preview."""

    run: str
    user: int | None = None
    is_staff: bool = False

    @classmethod
    def of(cls, access: RunAccess) -> Reader:
        """The one who has entered a run."""
        return cls(access.run.slug, access.user.pk, access.is_staff)


@dataclass(frozen=True)
class Post:
    """One question or answer. `who` is what stands for a name; `gone` is "author" or "staff" for what is removed."""

    pk: int
    who: str
    hint: str
    mine: bool
    by_staff: bool
    asks: bool
    at: datetime
    edited_at: datetime | None
    html: SafeString
    pictures: tuple[tuple[str, Picture], ...]
    gone: str
    why: str


@dataclass(frozen=True)
class Evidence:
    """What of its author's work a question is about, as a reader may see it. `address`: for author and staff."""

    test: Mapping[str, Any] | None = None
    cell: SafeString | None = None
    address: str = ""
    withheld: bool = False


@dataclass(frozen=True)
class ShownAnswer:
    """An answer with what people said of it."""

    post: Post
    answer: Answer
    helped: int
    helped_me: bool
    helped_asker: bool

    @property
    def confirmed(self) -> bool:
        """By staff."""
        return self.answer.confirmed_at is not None


@dataclass(frozen=True)
class ShownQuestion:
    """A question as its page shows it, without its answers."""

    question: Question
    post: Post
    subject: Subject
    about: str
    address: str
    evidence: Evidence | None


def question_shown(question: Question, reader: Reader, pictures: Collection[Picture] = ()) -> ShownQuestion:
    """The question alone. It may be one that is not stored yet."""
    subject = subjects.subject_of(question)
    post = _post(question, question, reader, pictures, unnamed=question.audience == Audience.UNNAMED)
    about = subjects.words(reader.run, subject)
    address = subjects.page_of(question.run, subject)
    return ShownQuestion(question, post, subject, about, address, _evidence(question, subject, reader))


def answers_shown(questions: Iterable[Question], reader: Reader) -> list[ShownAnswer]:
    """The answers to a question and to what was joined to it: the confirmed one first, then in order of time."""
    rows = Answer.objects.filter(question__in=list(questions))
    rows = rows.select_related("author", "question", "confirmed_by").prefetch_related("pictures")
    helped = Helped.objects.filter(answer__in=rows).values_list("answer", "user")
    count, mine = Counter(answer for answer, _user in helped), {pk for pk, user in helped if user == reader.user}
    pairs = set(helped)
    found = []
    for row in rows:
        post = _post(row, row.question, reader, list(row.pictures.all()), unnamed=row.unnamed)
        asker = (row.pk, row.question.author_id) in pairs
        found.append(ShownAnswer(post, row, count[row.pk], row.pk in mine, asker))
    return sorted(found, key=lambda one: (not one.confirmed, one.answer.at, one.answer.pk))


def name_of(author: User, reader: Reader, *, unnamed: bool, asks: bool = True) -> tuple[str, str]:
    """What stands for the author's name, and a word to whoever knows it."""
    name = author.get_full_name()
    if not unnamed:
        return name, ""
    if reader.is_staff:
        return name, _("classmates don't see the name")
    if author.pk == reader.user:
        return name, _("classmates don't see your name, teachers do")
    return (_("the asker, without a name") if asks else _("a classmate, without a name")), ""


def is_asker_too(question: Question, user: User) -> bool:
    """Whether somebody has said that they have the same question."""
    return Asker.objects.filter(question=question, user=user).exists()


def _post(
    written: Question | Answer, question: Question, reader: Reader, pictures: Collection[Picture], *, unnamed: bool
) -> Post:
    asks, mine = written.author_id == question.author_id, written.author_id == reader.user
    who, hint = name_of(written.author, reader, unnamed=unnamed, asks=asks)
    gone = "" if written.removed_at is None else "author" if written.removed_by_author else "staff"
    hidden = bool(gone) and not reader.is_staff and not (gone == "staff" and mine)
    html, rest = _prose("" if hidden else written.text, () if hidden else tuple(pictures), reader.run)
    return Post(
        written.pk, who, hint, mine, written.by_staff, asks, written.at, written.edited_at, html, rest, gone,
        written.removed_why if gone == "staff" and not hidden else "",
    )  # fmt: skip


def _prose(text: str, pictures: tuple[Picture, ...], run: str) -> tuple[SafeString, tuple[tuple[str, Picture], ...]]:
    """Safe HTML, with the pictures that the text names by their numbers, `![a loss](1)`; and those that it doesn't."""
    addresses = [(picture_address(run, picture), picture) for picture in pictures]
    html, placed = prose_with(text, tuple(address for address, _picture in addresses))
    return html, tuple(one for number, one in enumerate(addresses, 1) if number not in placed)


def picture_address(run: str, picture: Picture) -> str:
    """Where a picture is."""
    return reverse("questions:picture", args=[run, picture.uid])


def _evidence(question: Question, subject: Subject, reader: Reader) -> Evidence | None:
    if not subject.of_own_work:
        return None
    inside = reader.is_staff or question.author_id == reader.user
    address = page_of(question.submission) if inside and question.submission else ""
    if question.removed_at is not None and not inside:
        return None
    if not (inside or question.shows_work):
        return Evidence(withheld=True)
    if subject.about == About.TEST:
        return Evidence(test=subject.evidence, address=address)
    language = "python" if subject.evidence.get("kind") == "code" else "text"
    source = str(subject.evidence.get("source", ""))
    html = mark_safe(highlighted(source, language, Colours()))  # noqa: S308  # escaped by the highlighter
    return Evidence(cell=html, address=address)
