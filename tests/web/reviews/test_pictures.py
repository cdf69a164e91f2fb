"""Pictures of a notebook: from inside it and from the repository, as data and as nothing else."""

from __future__ import annotations

import base64
import re

import pytest
from tests.web.conftest import SignIn
from tests.web.reviews import works
from tests.web.reviews.conftest import Reviewer

from kafedra.web.people.models import User
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Submission


def test_a_picture_is_served_as_what_it_is_and_can_do_nothing(reviewer: Reviewer) -> None:
    page = reviewer.client.get(reviewer.desk).content.decode()
    (address,) = re.findall(r'<img src="(/2023/submissions/[^"]+)"', page)
    answer = reviewer.client.get(address)
    assert answer.content == base64.b64decode(works.PNG)
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_files_of_the_repository_are_pictures_by_content_only(
    student: User, run: Run, other_student: User, signed_in: SignIn
) -> None:
    cells = [works.markdown("![a](pictures/a.png) ![b](b.png)")]
    files = {"pictures/a.png": base64.b64decode(works.PNG), "b.png": b"<svg onload=alert(1)>"}
    submission = works.handed_in(works.work(student, run), cells, files=files)
    anna, base = signed_in(student), f"/2023/submissions/{submission.pk}/pictures/"
    assert anna.get(f"{base}pictures/a.png").status_code == 200
    assert anna.get(f"{base}b.png").status_code == 404
    assert anna.get(f"{base}../../../../etc/passwd").status_code == 404
    assert anna.get(f"{base}activations.ipynb").status_code == 404
    assert signed_in(other_student).get(f"{base}pictures/a.png").status_code == 404


@pytest.mark.parametrize("name", ["", "\t", "<>", " ", "./", "%0A"])
def test_a_picture_with_no_name_leaves_the_pages_whole(
    name: str, student: User, run: Run, assistant: User, signed_in: SignIn
) -> None:
    submission = works.handed_in(works.work(student, run), [works.markdown(f"![words]({name})")])
    assert "words" in signed_in(assistant).get(f"/2023/reviews/{submission.pk}/").content.decode()
    assert "words" in signed_in(student).get(f"/2023/submissions/{submission.pk}/notebook/").content.decode()


def test_without_a_notebook_the_page_says_so(student: User, run: Run, assistant: User, signed_in: SignIn) -> None:
    from tests.web import factories

    unread = factories.graded(factories.repository(student, run))
    for client, address in [
        (signed_in(assistant), f"/2023/reviews/{unread.pk}/"),
        (signed_in(student), f"/2023/submissions/{unread.pk}/notebook/"),
    ]:
        assert "There is no activations.ipynb in this submission." in client.get(address).content.decode()


def test_no_other_file_takes_the_place_of_a_deleted_notebook(student: User, run: Run, signed_in: SignIn) -> None:
    deleted = works.handed_in(works.work(student, run), (), files={"probes.py": b"def forward(): pass\n"})
    page = signed_in(student).get(f"/2023/submissions/{deleted.pk}/notebook/").content.decode()
    assert "There is no activations.ipynb in this submission." in page
    assert "def forward" not in page


def test_the_only_notebook_under_another_name_is_shown_as_it_is_graded(
    student: User, run: Run, signed_in: SignIn
) -> None:
    files = {"work.ipynb": works.notebook(works.SOLVED), "probes.py": b"0"}
    renamed = works.handed_in(works.work(student, run), (), files=files)
    page = signed_in(student).get(f"/2023/submissions/{renamed.pk}/notebook/").content.decode()
    assert "x * (x &gt; 0)" in re.sub(r"<[^>]+>", "", page)


def test_the_student_reads_the_notebook_with_the_comments_in_it(
    reviewer: Reviewer, student: User, submission: Submission, signed_in: SignIn
) -> None:
    reviewer.comment("Медленно")
    address = f"/2023/submissions/{submission.pk}/notebook/"
    assert "Медленно" not in signed_in(student).get(address).content.decode()
    reviewer.publish()
    page = signed_in(student).get(address).content.decode()
    assert page.index('id="cell-3"') < page.index("Медленно")
