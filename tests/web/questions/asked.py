"""Questions for tests."""

from __future__ import annotations

import io
import re
from itertools import count

from django.test import Client
from PIL import Image
from tests.web.reading import text

from kafedra.web.people.models import User
from kafedra.web.questions.models import Audience, Question
from kafedra.web.questions.services import asking
from kafedra.web.questions.services.asking import Words
from kafedra.web.questions.subjects import Subject
from kafedra.web.runs.models import Run

ASK = "/2023/questions/ask/"
WORDS = {"about": "topic:1", "title": "Почему градиент складывается?", "text": "По всем путям?", "audience": "named"}
_numbers = count(1)


def asked(
    run: Run,
    author: User,
    title: str = "",
    text: str = "…",
    *,
    audience: Audience = Audience.NAMED,
    subject: Subject | None = None,
) -> Question:
    """A student's question, in general unless `subject` says otherwise."""
    words = Words(title or f"Вопрос {next(_numbers)}", text, audience)
    return asking.ask(run=run, author=author, by_staff=False, subject=subject or Subject(), words=words)


def drawn(picture: Image.Image) -> bytes:
    """A PNG file."""
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def ask(page: Client, **changes: object) -> Question:
    """Sends the form until it is through: a second time if there is something to be seen first."""
    form = {**WORDS, "send": "1", **changes}
    response = page.post(ASK, form)
    if response.status_code == 200:
        checked = re.search(r'name="checked" value="(\w+)"', response.content.decode())
        assert checked, text(response)
        response = page.post(ASK, {**form, "checked": checked[1]})
    assert response.status_code == 302, text(response)
    return Question.objects.latest("pk")


def at(question: Question) -> str:
    return f"/2023/questions/{question.pk}/"
