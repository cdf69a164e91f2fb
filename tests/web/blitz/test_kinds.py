"""Questions answered by several choices, by words, by what code prints: on the phone and on the wall."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from tests.web.blitz.played import moved, posts
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.course.topics import BlitzFile
from kafedra.web.blitz.models import Blitz
from kafedra.web.blitz.services.playing import start
from kafedra.web.blitz.steps import Move, current_question
from kafedra.web.people.models import User
from kafedra.web.runs import course
from kafedra.web.runs.models import Run

QUESTIONS = [
    {
        "slug": "which", "kind": "multiple", "text": "Which of $x^2$, `x`, $|x|$ are even?", "explanation": "By sign.",
        "options": [
            {"text": "$x^2$", "correct": True, "explanation": "yes"}, {"text": "`x`", "explanation": "no"},
            {"text": "$|x|$", "correct": True, "explanation": "yes"},
        ],
    },
    {
        "slug": "who", "kind": "text", "text": "Whose layer is it?", "explanation": "A name.", "answers": ["Hinton"],
        "mistakes": [{"answers": ["LeCun"], "explanation": "He drew convolutions."}],
    },
    {
        "slug": "prints", "kind": "code", "text": "What is printed?", "explanation": "Two lines.",
        "code": "print(1)\nprint(2)", "output": "1\n2",
    },
]  # fmt: skip


@pytest.fixture
def blitz(run: Run, instructor: User) -> Blitz:
    topic = replace(course.current().materials[1], blitz=BlitzFile.model_validate({"questions": QUESTIONS}).questions)
    return start(run=run, topic=topic, by=instructor)


def test_each_is_asked_answered_and_explained(blitz: Blitz, instructor: User, signed_in: SignIn) -> None:
    phone, wall = Client(headers={"accept-language": "en"}), signed_in(instructor)
    phone.post(f"/b/{blitz.code}/join/", {"name": "Ada"})
    address = f"/2023/blitz/{blitz.pk}/"

    options = {option.text.ru: option.key for option in current_question(moved(blitz, Move.ASK)).options}
    page = phone.get(f"/b/{blitz.code}/").content.decode()
    assert page.count('type="checkbox"') == 3
    assert "<math" in page
    assert "Written." in posts(phone, blitz, [options["$x^2$"], options["`x`"]])
    assert phone.get(f"/b/{blitz.code}/").content.decode().count(" checked") == 2
    assert "Written." in posts(phone, blitz, [options["$x^2$"], options["$|x|$"]])
    moved(blitz, Move.SHOW)
    assert "Right" in text(phone.get(f"/b/{blitz.code}/"))
    assert "By sign." in text(wall.get(address))

    moved(blitz, Move.ASK)
    assert "LeCun" not in text(wall.get(address)), "a known mistake has no name while the vote goes on"
    assert "Written." in posts(phone, blitz, ["lecun"])
    moved(blitz, Move.SHOW)
    assert "He drew convolutions." in text(phone.get(f"/b/{blitz.code}/"))
    assert "He drew convolutions." in text(wall.get(address))

    moved(blitz, Move.ASK)
    assert "<textarea" in phone.get(f"/b/{blitz.code}/").content.decode()
    assert "Written." in posts(phone, blitz, ["1\r\n2 "])
    moved(blitz, Move.SHOW)
    assert "Right" in text(phone.get(f"/b/{blitz.code}/"))
    assert "100 %" in text(wall.get(f"{address}results/"))
