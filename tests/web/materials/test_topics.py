"""Topics of a run: the plan, the page of a topic, the chapter and the seminar."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.web.conftest import SignIn
from tests.web.materials.conftest import Teach
from tests.web.reading import text

from kafedra.web.people.hooks import TOPIC, Section
from kafedra.web.people.models import User
from kafedra.web.people.runs import RunAccess
from kafedra.web.runs import course
from kafedra.web.runs.models import Run


def test_a_topic_leads_to_its_chapter_and_its_seminar(student: User, signed_in: SignIn) -> None:
    reader = signed_in(student)
    page = reader.get("/2023/topics/backprop/").content.decode()
    assert 'href="/2023/topics/backprop/lecture/"' in page
    assert "compute the gradient of an expression by hand" in page
    chapter = text(reader.get("/2023/topics/backprop/lecture/"))
    assert "Обратное распространение: какой вес виноват" in chapter
    assert "По разным путям складывают" in chapter
    assert "Свой autograd за час" in text(reader.get("/2023/topics/backprop/seminar/"))


def test_a_chapter_leads_to_its_homework_and_its_pictures_can_be_leafed_through(
    student: User, signed_in: SignIn
) -> None:
    reader = signed_in(student)
    chapter = reader.get("/2023/topics/backprop/lecture/").content.decode()
    assert 'href="/2023/homework/#activations"' in chapter
    assert '<li id="activations">' in reader.get("/2023/homework/").content.decode()
    frames = chapter.split('<figure class="frames" data-frames>')[1].split("</div>")[0]
    assert frames.count("<figcaption>") == 5


def test_the_number_of_a_topic_leads_to_it(student: User, signed_in: SignIn) -> None:
    assert signed_in(student).get("/2023/topics/1/")["Location"] == "/2023/topics/backprop/"


def test_a_topic_that_nobody_has_written_yet_has_a_page(student: User, signed_in: SignIn) -> None:
    page = signed_in(student).get("/2023/topics/transformer/")
    assert "There is nothing to read yet" in text(page)


def test_other_rooms_stand_on_the_page(student: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def answer(run: Run, number: int, access: RunAccess | None) -> Section | None:
        asked.append((run.slug, number, access and access.user))
        return Section("materials/_plan_section.html", 50, {"classes": [], "run": run})

    TOPIC.add("of this test", answer)
    try:
        page = signed_in(student).get("/2023/topics/backprop/")
    finally:
        TOPIC.remove("of this test")
    assert asked == [("2023", 1, student)]
    assert "The plan of this run is not published yet" in text(page)


def test_visitors_are_led_to_the_door(run: Run, client: Client) -> None:  # a fixture: the run is there
    assert client.get("/2023/topics/backprop/lecture/")["Location"].startswith("/sign-in/")


PLAN = """\
slug = "2023"
title = "2023"

[[plan]]
topic = 1
date = 2023-01-30
recording = "https://example.org/recording"

[[plan]]
topic = 2
date = 2023-02-06
call = "https://example.org/call"
chat = "https://example.org/chat"

[[plan]]
topic = [2, 1]
date = 2023-02-13
"""


@pytest.mark.usefixtures("run")
def test_this_week_is_the_last_class_and_the_next_with_their_links(
    student: User, signed_in: SignIn, teach: Teach
) -> None:
    teach(run=PLAN)
    reader = signed_in(student)
    for path in ("/2023/", "/2023/topics/"):
        shown = reader.get(path).content.decode().split('<div class="week">')[1].split("</div>")[0]
        last, following = shown.split("<section")[1:]
        assert "The last class · 30 January" in text(HttpResponse(last))
        assert 'href="/2023/topics/backprop/lecture/"' in last
        assert re.findall(r'href="(https://example.org/\w+)"', last) == ["https://example.org/recording"]
        assert "The next class · 6 February" in text(HttpResponse(following))
        assert re.findall(r'href="(https://example.org/\w+)"', following) == [
            "https://example.org/call", "https://example.org/chat",
        ]  # fmt: skip
    topic = reader.get("/2023/topics/backprop/").content.decode()
    assert 'href="https://example.org/recording"' in topic
    assert "30 January · 13 February" in text(HttpResponse(topic)), "a topic of two classes has the days of both"


def test_the_reading_list_says_what_each_is_for_and_how_long_it_takes(student: User, signed_in: SignIn) -> None:
    shown = signed_in(student).get("/2023/reading/")
    listed = text(shown)
    assert "What the course stands on" in listed
    for one in course.current().reading:
        assert one.purpose.en in unescape(shown.content.decode()), one.title
    assert "course · in Russian · 20 h" in listed
