"""Pictures in questions: written anew, kept for their author, bounded."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.web.questions.asked import ASK, WORDS, ask, at, drawn
from tests.web.reading import text

from kafedra.web.frame.pictures import Redrawn
from kafedra.web.people import throttle
from kafedra.web.questions import forms
from kafedra.web.questions.models import Picture, Question
from kafedra.web.questions.services import settling
from kafedra.web.questions.services.pictures import MOST, MOST_UNUSED
from kafedra.web.submissions.models import Submission


def test_pictures_are_written_anew_and_follow_who_reads(page: Client, classmate: Client) -> None:
    sent = SimpleUploadedFile("Анна Ахматова.png", drawn(Image.new("RGB", (40, 30), "red")) + b"<script>")
    question = ask(page, pictures=sent, text="Вот: ![график](1)")
    [picture] = Picture.objects.all()
    address = f"/2023/questions/pictures/{picture.uid}/"
    assert f'<img src="{address}" alt="график"' in classmate.get(at(question)).content.decode()
    answer = classmate.get(address)
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert Image.open(io.BytesIO(answer.content)).size == (40, 30)
    assert b"script" not in answer.content
    settling.take_back(written=question)
    assert classmate.get(address).status_code == 404


def test_what_is_no_picture_loses_nothing(page: Client, classmate: Client) -> None:
    svg = SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")
    refused = page.post(ASK, {**WORDS, "pictures": svg, "send": "1"})
    assert refused.status_code == 422
    assert "a.svg: This is no picture that can be read" in text(refused)
    assert "По всем путям?" in text(refused)
    assert not Picture.objects.exists()


def test_a_picture_waits_while_its_author_looks(page: Client, submission: Submission) -> None:
    form = {**WORDS, "about": f"test:{submission.pk}:2"}
    sent = SimpleUploadedFile("a.png", drawn(Image.new("RGB", (4, 3))))
    looked = page.post(ASK, {**form, "pictures": sent, "send": "1"}).content.decode()
    [picture] = Picture.objects.all()
    checked = re.search(r'name="checked" value="(\w+)"', looked)
    assert checked
    done = page.post(ASK, {**form, "kept": str(picture.uid), "checked": checked[1], "send": "1"})
    assert done.status_code == 302
    assert Question.objects.get().pictures.get() == picture


def test_pictures_that_are_never_sent_fill_no_disk(page: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "redrawn", lambda _data: Redrawn("image/png", b"x", 1, 1))
    for number in range(throttle.PICTURES.for_one):
        sent = [SimpleUploadedFile(f"{number}-{one}.png", b"x") for one in range(MOST)]
        assert page.post(ASK, {**WORDS, "pictures": sent}).status_code == 200
    assert Picture.objects.count() == MOST_UNUSED
    refused = page.post(ASK, {**WORDS, "pictures": SimpleUploadedFile("a.png", b"x")})
    assert refused.status_code == 422
    assert "a lot of pictures" in text(refused)
    assert page.post(ASK, WORDS).status_code == 200, "words alone are taken"
