"""What staff see: nothing until the box is opened, then everything at once; what they make of it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import TestCase
from PIL import Image
from tests.web.conftest import SignIn
from tests.web.reading import text
from tests.web.surveys.answering import FORM, RESULTS, answer, at, everybody_answers, open_boxes, students

from kafedra.web.people.models import User
from kafedra.web.record.models import Entry
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.surveys.models import Answer


def test_the_box_shows_nothing_until_it_is_opened_and_then_all(run: Run, instructor: User, signed_in: SignIn) -> None:
    written = everybody_answers(students(run, 6))
    page = signed_in(instructor)
    before = text(page.get(RESULTS))
    assert "6 answers so far" in before
    assert not any(words in before for words in written)
    with TestCase.captureOnCommitCallbacks(execute=True):
        open_boxes()
    after = text(page.get(RESULTS))
    assert all(words in after for words in written)
    assert "6 answers of 6 students" in after
    assert "6 answers about" in text(page.get("/news/"))


def test_too_few_answers_are_destroyed_unread(run: Run, instructor: User, signed_in: SignIn) -> None:
    written = everybody_answers(students(run, 4))
    open_boxes()
    shown = text(signed_in(instructor).get(RESULTS))
    assert "4 answers: too few to be read" in shown
    assert not any(words in shown for words in written)
    assert not Answer.objects.exists()


def test_a_distribution_and_its_mean(run: Run, instructor: User, signed_in: SignIn) -> None:
    for student, place in zip(students(run, 5), (1, 4, 4, 5, 5), strict=True):
        answer(student, clear=place)
    open_boxes()
    for address in (RESULTS, "/2023/feedback/"):
        page = signed_in(instructor).get(address).content.decode()
        assert "1: 1, 2: 0, 3: 0, 4: 2, 5: 2" in page
        assert "<strong>3.8</strong>" in page


def test_a_line_over_the_topics(run: Run, instructor: User, signed_in: SignIn) -> None:
    people = students(run, 5)
    for topic, day, place in ((2, 24, 2), (3, 32, 5)):
        with at(datetime(2023, 1, 1, tzinfo=UTC) + timedelta(days=day - 1)):
            for student in people:
                answer(student, clear=place, topic=topic)
    open_boxes()
    assert 'aria-label="2: 2.0; 3: 5.0"' in signed_in(instructor).get("/2023/feedback/").content.decode()


def test_what_was_heard_stands_on_the_next_topics_page(
    run: Run, student: User, instructor: User, signed_in: SignIn
) -> None:
    everybody_answers(students(run, 5))
    open_boxes()
    staff, first = signed_in(instructor), Answer.objects.first()
    assert first is not None
    address = f"/2023/feedback/answers/{first.pk}/"
    refused = text(staff.post(address, {"state": "seminar"}, follow=True))
    assert "in your own words" in refused
    taken = {"state": "answered", "said": "Dropout came too fast", "done": "We begin with it again"}
    staff.post(address, taken)
    assert "4 new answers" in text(staff.get("/2023/"))
    page = text(signed_in(student).get("/2023/topics/cnn/"))
    assert "Dropout came too fast" in page
    assert "We begin with it again" in page
    assert first.text not in page
    assert "Dropout came too fast" not in text(signed_in(student).get("/2023/topics/optimization/"))
    assert "Dropout came too fast" in text(signed_in(student).get("/2023/feedback/"))


def test_several_answers_are_taken_up_by_one_remark(run: Run, instructor: User, signed_in: SignIn) -> None:
    everybody_answers(students(run, 5))
    open_boxes()
    staff, (first, second, *_others) = signed_in(instructor), Answer.objects.all()
    staff.post(f"/2023/feedback/answers/{first.pk}/", {"state": "seminar", "said": "Too fast"})
    first.refresh_from_db()
    staff.post(f"/2023/feedback/answers/{second.pk}/", {"state": "seminar", "remark": first.remark_id})
    second.refresh_from_db()
    assert second.remark_id == first.remark_id
    staff.post(f"/2023/feedback/remarks/{first.remark_id}/", {"remove": "1"})
    assert Answer.objects.filter(state="new").count() == 5


def test_signs_that_turn_words_around_are_shown(run: Run, instructor: User, signed_in: SignIn) -> None:
    for student in students(run, 5):
        answer(student, unclear="<script>alert(1)</script> \u202egnihton")
    open_boxes()
    shown = signed_in(instructor).get(RESULTS).content.decode()
    assert "<script>alert" not in shown
    assert "⟨U+202E⟩gnihton" in shown


def test_the_record_knows_how_many_and_nothing_else(run: Run, instructor: User) -> None:
    people = students(run, 5)
    before = Entry.objects.count()
    written = everybody_answers(people)
    assert Entry.objects.count() == before
    open_boxes()
    (entry,) = Entry.objects.all()[: Entry.objects.count() - before]
    assert entry.after == {"forms": 5}
    assert not any(words in str(list(Entry.objects.values())) for words in written)


def test_staff_add_a_meme_which_a_student_gets_and_take_it_out(
    run: Run, instructor: User, student: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = replace(course.current(), memes=())
    monkeypatch.setattr(course, "current", lambda: without)
    drawn = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(drawn, "PNG")
    drawn.seek(0)
    drawn.name = "meme.png"
    page = signed_in(instructor)
    added = page.post("/2023/memes/", {"picture": drawn, "alt": "Gradient descends the stairs\u202e"}, follow=True)
    assert "Gradient descends the stairs" in text(added)
    assert "\u202e" not in added.content.decode()  # what turns words around is shown by number
    reader = answer(student, clear=3)
    shown = re.search(r'<img src="(/2023/memes/[0-9a-f-]{36})"', reader.get(FORM).content.decode())
    assert shown, "the next one of the pool, with whom it is shown to"
    picture = reader.get(shown[1])
    assert picture["Content-Type"] in ("image/png", "image/webp", "image/jpeg")
    assert Image.open(io.BytesIO(picture.content)).size == (30, 20)
    page.post(f"{shown[1]}/out/")
    assert "This meme was taken out" in text(reader.get(FORM))
    assert reader.get(shown[1]).status_code == 404
    drawing = io.BytesIO(b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    drawing.name = "meme.svg"
    assert page.post("/2023/memes/", {"picture": drawing, "alt": "…"}).status_code == 422


def test_a_box_whose_half_is_lost_says_so(run: Run, instructor: User, signed_in: SignIn, settings) -> None:  # type: ignore[no-untyped-def]
    everybody_answers(students(run, 5))
    for half in (settings.DATA_DIR / "feedback" / "2023" / "3").iterdir():
        half.unlink()
    open_boxes()
    assert "lost" in text(signed_in(instructor).get(RESULTS))
