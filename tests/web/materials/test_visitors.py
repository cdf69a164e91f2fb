"""A run that shows its site to everybody: what visitors read, and what stays behind the door."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from tests.web import factories
from tests.web.blitz.played import a_blitz, moved, right, sent, wrong
from tests.web.conftest import SignIn
from tests.web.materials.conftest import RUN, Teach
from tests.web.reading import text

from kafedra.web.blitz.models import Attempt
from kafedra.web.blitz.steps import Move
from kafedra.web.people.models import User
from kafedra.web.runs import course
from kafedra.web.runs.models import Run

OPEN = ("topics/", "topics/backprop/", "topics/backprop/lecture/", "topics/backprop/seminar/",
        "topics/backprop/student.ipynb", "topics/backprop/harder/", "reading/", "homework/", "runs/",
        "search/?q=граф")  # fmt: skip
CLOSED = ("grades/", "gradebook/", "people/", "record/", "assignments/activations/")


@pytest.mark.usefixtures("public")
def test_visitors_read_the_site_and_nothing_else(run: Run, client: Client) -> None:
    assert {path: client.get(f"/{run.slug}/{path}").status_code for path in OPEN} == dict.fromkeys(OPEN, 200)
    assert {client.get(f"/{run.slug}/{path}")["Location"].split("?")[0] for path in CLOSED} == {"/sign-in/"}


@pytest.mark.usefixtures("public")
def test_visitors_begin_at_the_site(run: Run, client: Client) -> None:
    assert client.get("/")["Location"] == client.get("/2023/")["Location"] == "/2023/topics/"
    page = client.get("/2023/topics/").content.decode()
    assert 'href="/sign-in/?next=/2023/topics/"' in page
    assert run.slug == "2023"


@pytest.mark.usefixtures("public", "run")
def test_visitors_see_no_people(client: Client) -> None:
    factories.person("anna", "Анна Ахматова", run=Run.objects.get(slug="2023"))
    shown = "".join(client.get(f"/2023/{path}").content.decode() for path in OPEN)
    assert "Ахматова" not in shown
    assert "csrfmiddlewaretoken" in shown  # the forms of language and theme, and no other
    assert 'action="/2023/eyes/"' not in shown


@pytest.mark.usefixtures("public")
def test_statements_are_open_once_they_are_issued(run: Run, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kafedra.web.materials.views.library.rendered_statement", lambda slug, _language: f"of {slug}")
    page = client.get("/2023/homework/").content.decode()
    assert f'href="/{run.slug}/homework/activations/"' in page
    assert "/homework/batchnorm/" not in page  # from 5 February on
    statement = client.get("/2023/homework/activations/")
    assert "of activations" in text(statement)
    assert 'href="/2023/topics/training-loop/"' in statement.content.decode()
    assert client.get("/2023/homework/batchnorm/").status_code == 404


@pytest.mark.usefixtures("public")
def test_a_member_of_another_run_reads_it_as_a_visitor(run: Run, signed_in: SignIn) -> None:
    outsider = factories.person("outsider", run=Run.objects.create(slug="2022"))
    page = signed_in(outsider).get(f"/{run.slug}/topics/backprop/")
    assert page.status_code == 200
    assert page.context["access"] is None
    assert signed_in(outsider).get(f"/{run.slug}/grades/").status_code == 404


@pytest.mark.usefixtures("public")
def test_visitors_practise_a_public_topic_and_nothing_is_kept(
    run: Run, instructor: User, student: User, client: Client, signed_in: SignIn
) -> None:
    page = client.get("/2023/topics/backprop/").content.decode()
    assert 'href="/2023/topics/backprop/blitz/"' in page
    questions, address = course.current().materials[1].blitz, "/2023/topics/backprop/blitz/"
    assert client.post(address, {}).status_code == 422
    for number, question in enumerate(questions, 1):
        assert f"Question {number} of {len(questions)}" in text(client.get(address))
        give = wrong if number == 1 else right
        answer = client.post(address, sent(question, give(question))).content.decode()
        assert 'class="explained' in answer
        assert f"verdict-word {'wrong' if number == 1 else 'right'}" in answer
        following = re.search(r'class="button wide tap" href="([^"]+)"', answer)
        assert following
        address = unescape(following[1])
    assert f"Right: {len(questions) - 1} of {len(questions)}" in text(client.get(address))
    assert not Attempt.objects.exists()
    assert signed_in(student).get("/2023/topics/backprop/blitz/")["Location"] == "/2023/topics/backprop/#blitz"
    blitz = a_blitz(run, instructor)
    client.post(f"/b/{blitz.code}/join/", {"name": "Ada"})
    moved(blitz, Move.FINISH)
    assert 'href="/2023/topics/backprop/blitz/"' in client.get(f"/b/{blitz.code}/").content.decode(), "a guest goes on"


NOTEBOOK = "backprop/backprop-student.ipynb"
COLAB = "https://colab.research.google.com/github/you/course/blob/main/{path}"
PULLED = (
    "https://hub.example.org/hub/user-redirect/git-pull"
    "?repo=https%3A%2F%2Fgithub.com%2Fyou%2Fcourse&branch=main&urlpath=lab%2Ftree%2Fcourse%2F{path}"
)
PLAIN = "https://hub.example.org/hub/user-redirect/lab/tree/course/{path}"


def link_named(page: str, words: str) -> str | None:
    """Where a link of these words leads, as a browser reads the address."""
    found = re.search(rf'href="([^"]*)"[^>]*>{words}</a>', page)
    return unescape(found[1]) if found else None


@pytest.mark.usefixtures("run")
@pytest.mark.parametrize("part", ["", "seminar/"])
@pytest.mark.parametrize(
    ("lines", "colab", "hub"),
    [
        ("", None, None),
        (f'colab = "{COLAB}"', COLAB, None),
        (f'jupyterhub = "{PLAIN}"', None, PLAIN),
        (f'colab = "{COLAB}"\njupyterhub = "{PULLED}"', COLAB, PULLED),
    ],
)
def test_notebooks_open_where_the_run_says(
    client: Client, teach: Teach, part: str, lines: str, colab: str | None, hub: str | None
) -> None:
    teach(run=f"{RUN}\n[site]\npublic = true\n{lines}\n")
    page = client.get(f"/2023/topics/backprop/{part}").content.decode()
    expected = [address and address.replace("{path}", NOTEBOOK) for address in (colab, hub)]
    assert [link_named(page, words) for words in ("Open in Colab", "Open in JupyterHub")] == expected


def test_dates_hold_for_students_and_not_for_staff(
    run: Run, student: User, assistant: User, signed_in: SignIn, teach: Teach
) -> None:
    teach(run=RUN.replace("2023-01-30", "2023-02-05"))  # now it is 1 February
    reader, staff = signed_in(student), signed_in(assistant)
    closed = [f"/{run.slug}/topics/backprop/{part}" for part in ("lecture/", "seminar/", "student.ipynb", "harder/")]
    assert [reader.get(path).status_code for path in closed] == [404] * 4
    assert [staff.get(path).status_code for path in closed] == [200] * 4
    for path in ("/2023/topics/backprop/", "/2023/topics/"):  # the topic's own page, and the next class of the week
        assert "Lecture and seminar will be here on 5 February" in text(reader.get(path))
    assert "Students will see this on 5 February" in text(staff.get("/2023/topics/backprop/"))
    assert "Как найти" not in text(reader.get("/2023/topics/")) + text(reader.get("/2023/search/?q=градиент"))


def test_the_solved_seminar_waits_for_its_day(
    run: Run, student: User, assistant: User, signed_in: SignIn, teach: Teach
) -> None:
    teach()  # the class was on 30 January; solved a week later
    reader, staff = signed_in(student), signed_in(assistant)
    for path in ("seminar/solved/", "solved.ipynb"):
        assert reader.get(f"/{run.slug}/topics/backprop/{path}").status_code == 404
        assert staff.get(f"/{run.slug}/topics/backprop/{path}").status_code == 200
    assert "The solved seminar will be here on 6 February" in text(reader.get("/2023/topics/backprop/"))
    assert "The solved seminar , to download" in text(staff.get("/2023/topics/backprop/seminar/"))
    assert "The seminar with its blanks , this one" in text(staff.get("/2023/topics/backprop/seminar/solved/"))


def test_staff_looks_through_a_students_eyes(run: Run, assistant: User, signed_in: SignIn, teach: Teach) -> None:
    teach(run=RUN.replace("2023-01-30", "2023-02-05"))
    staff = signed_in(assistant)
    lecture = f"/{run.slug}/topics/backprop/lecture/"
    assert staff.post("/2023/eyes/", {"as": "student", "next": "/2023/topics/"})["Location"] == "/2023/topics/"
    assert "You see what students see" in text(staff.get("/2023/topics/"))
    assert staff.get(lecture).status_code == 404
    staff.post("/2023/eyes/", {"as": "staff", "next": "/2023/topics/"})
    assert staff.get(lecture).status_code == 200


def test_sketches_of_solutions_are_for_staff(student: User, assistant: User, signed_in: SignIn, teach: Teach) -> None:
    teach()
    assert "Дважды." not in text(signed_in(student).get("/2023/topics/backprop/harder/"))
    assert "Дважды." in text(signed_in(assistant).get("/2023/topics/backprop/harder/"))


HOSTILE = """# Глава <script>alert(1)</script>

<img src=x onerror=alert(1)> [ссылка](javascript:alert(1)) ![картинка](https://evil.example/x.svg)

## Заголовок <b onclick=alert(1)>

::: answer <script>alert(2)</script>
<iframe src="https://evil.example">
:::
"""


def test_what_a_stranger_wrote_does_nothing(student: User, signed_in: SignIn, teach: Teach) -> None:
    teach(lecture_md=HOSTILE)
    reader = signed_in(student)
    for path in ("topics/backprop/lecture/", "topics/backprop/", "search/?q=заголовок"):
        page = reader.get(f"/2023/{path}").content.decode()
        for bad in ("<script>alert", "<img src=x", "<iframe", "<b onclick", 'href="javascript', 'src="https://evil'):
            assert bad not in page, (path, bad)
