"""Questions for tests."""

from __future__ import annotations

import io
from itertools import count

from PIL import Image

from kafedra.web.people.models import User
from kafedra.web.questions.models import Audience, Question
from kafedra.web.questions.services import asking
from kafedra.web.questions.services.asking import Words
from kafedra.web.questions.subjects import Subject
from kafedra.web.runs.models import Run

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
