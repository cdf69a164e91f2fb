"""The roster as a file: read in any encoding, shown before anything is written, exported without formulas."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.pages import text

from kafedra.web.classroom.models import Run
from kafedra.web.people.models import InvitationRequest, Membership, Role, User
from kafedra.web.people.roster.reading import Row, UnreadableRoster, read

TABLE = [
    ["ФИО", "Почта", "Группа", "Комментарий"],
    ["Марина Цветаева", "marina@example.org", "231", "x"],
    ["Осип Брик", "osip@example.org", "232", ""],
]


@pytest.fixture
def page(instructor: User, signed_in: SignIn) -> Client:
    return signed_in(instructor)


def as_text(rows: list[list[str]], delimiter: str = ";") -> str:
    return "\r\n".join(delimiter.join(row) for row in rows)


def as_xlsx(rows: list[list[str]]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def upload(page: Client, content: bytes | str, name: str = "list.csv"):  # type: ignore[no-untyped-def]  # a test response
    data = content.encode() if isinstance(content, str) else content
    return page.post("/2023/people/import/", {"file": SimpleUploadedFile(name, data)})


def apply(page: Client, preview):  # type: ignore[no-untyped-def]  # test responses
    with TestCase.captureOnCommitCallbacks(execute=True):
        return page.post("/2023/people/import/apply/", {"rows": preview.context["rows"]})


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_every_usual_csv_is_understood(delimiter: str, encoding: str) -> None:
    rows = read(as_text(TABLE, delimiter).encode(encoding))
    assert rows[0] == Row(2, name="Марина Цветаева", email="marina@example.org", group="231")
    assert len(rows) == 2


@pytest.mark.parametrize(
    "lines",
    [
        ["sep=;", "ФИО;Почта;Группа", "Марина Цветаева;marina@example.org;231"],
        ["Группа 231;;", "", "ФИО студента;Адрес эл. почты;Учебная группа", "Марина Цветаева;marina@example.org;231"],
        ["№;Фамилия;Имя;Отчество;Корпоративная почта;Группа", "1;Цветаева;Марина;Ивановна;marina@example.org;231"],
        ["Surname;Name;E-mail;Group", "Цветаева;Марина;\u200bmarina@example.org;231"],
        ["ФИО;Почта, личная;Группа", "Марина Цветаева;marina@example.org;231"],
    ],
    ids=["sep", "title", "surname", "surname-en", "comma"],
)  # fmt: skip
def test_lists_as_offices_keep_them_are_understood(lines: list[str]) -> None:
    (row,) = read("\r\n".join(lines).encode())
    assert (row.name, row.email, row.group) == ("Марина Цветаева", "marina@example.org", "231")


def test_a_file_that_names_no_columns_is_told_what_it_says(page: Client) -> None:
    response = upload(page, "Цветаева;marina@example.org\nБрик;osip@example.org")
    assert "The first row says: Цветаева; marina@example.org" in text(response)


def test_a_spreadsheet_is_understood() -> None:
    assert read(as_xlsx(TABLE)) == read(as_text(TABLE).encode())


@pytest.mark.parametrize("content", [b"", b"\n\n", b"PK\x03\x04 broken", b"a,b\n1,2", b"name\nAnna", b"\0\0\0"])
def test_what_is_no_roster_is_refused_with_a_reason(page: Client, content: bytes) -> None:
    with pytest.raises(UnreadableRoster):
        read(content)
    response = upload(page, content)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    try:
        read(content)
    except UnreadableRoster:
        return


def test_nothing_is_written_before_it_is_confirmed(page: Client, run: Run) -> None:
    preview = upload(page, as_text(TABLE))
    assert "2 letters with invitations." in text(preview)
    assert not InvitationRequest.objects.exists()
    assert mail.outbox == []
    assert apply(page, preview)["Location"] == "/2023/people/"
    assert [letter.to[0] for letter in mail.outbox] == ["marina@example.org", "osip@example.org"]
    assert InvitationRequest.objects.get(email="marina@example.org").group == "231"


def test_importing_twice_invites_once(page: Client, run: Run) -> None:
    preview = upload(page, as_text(TABLE))
    apply(page, preview)
    apply(page, preview)
    assert len(mail.outbox) == 2
    assert "invited already" in text(upload(page, as_text(TABLE)))


def test_members_change_groups_and_accounts_join(page: Client, run: Run, student: User) -> None:
    guest = factories.person("guest", "Гость")
    rows = [["login", "group"], ["anna", "231"], ["Guest", "232"]]
    preview = upload(page, as_text(rows, ","))
    assert "1 account joins. 1 person changes the group." in text(preview)
    apply(page, preview)
    groups = dict(Membership.objects.values_list("user__username", "group"))
    assert (groups["anna"], groups["guest"]) == ("231", "232")
    assert guest.memberships.get().role == Role.STUDENT


def test_every_wrong_row_says_what_is_wrong_and_stays_out(page: Client, run: Run) -> None:
    rows = [
        ["name", "e-mail", "login"],
        ["Нет Почты", "", ""],
        ["Плохая Почта", "plohaya", ""],
        ["Марина", "m@example.org", ""],
        ["Ещё раз", "M@example.org", ""],
        ["", "noname@example.org", ""],
        ["Неизвестный", "", "nobody"],
        ["Невид\u202eимый", "n@example.org", ""],
    ]
    preview = upload(page, as_text(rows))
    words = text(preview)
    for row, problem in (
        (2, "Neither an e-mail nor a login."),
        (3, "“plohaya” is not an e-mail address."),
        (5, "The same person as in row 4."),
        (6, "The name is missing."),
        (7, "There is no account with this login"),
        (8, "invisible characters"),
    ):
        assert re.search(rf"\b{row} {problem}|\b{row} .*{problem}", words), problem
    assert "6 rows with errors stay out." in words
    apply(page, preview)
    assert [letter.to[0] for letter in mail.outbox] == ["m@example.org"]


def test_the_preview_cannot_be_forged(page: Client, run: Run) -> None:
    assert page.post("/2023/people/import/apply/", {"rows": "forged"}).status_code == 422


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(page: Client, run: Run) -> None:
    counts = []
    for size in (2, 40):
        rows = [["name", "email"], *([f"P{n}", f"p{n}@example.org"] for n in range(size))]
        with CaptureQueriesContext(connection) as queries:
            upload(page, as_text(rows))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_exports_hold_no_formulas_and_can_be_imported_again(page: Client, run: Run, student: User) -> None:
    User.objects.filter(pk=student.pk).update(display_name="=HYPERLINK(1)", email="anna@example.org")
    table = list(csv.reader(io.StringIO(page.get("/2023/people/export.csv").content.decode("utf-8-sig"))))
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in table for cell in row)
    book = page.get("/2023/people/export.xlsx").content
    cells = [cell for row in load_workbook(io.BytesIO(book)).active.iter_rows() for cell in row]
    assert "=HYPERLINK(1)" in [cell.value for cell in cells]
    assert all(cell.data_type != "f" for cell in cells)
    for content in (page.get("/2023/people/export.csv").content, book):
        assert any(row.name == "=HYPERLINK(1)" for row in read(content))


def test_hostile_cells_stay_text(page: Client, run: Run) -> None:
    rows = [["name", "email"], ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>"]]
    assert "<script>alert" not in upload(page, as_text(rows)).content.decode()


def test_one_member_gets_another_group_and_role(page: Client, run: Run, student: User, instructor: User) -> None:
    mine, theirs = instructor.memberships.get(), student.memberships.get()
    page.post(f"/2023/people/members/{theirs.pk}/", {"role": "assistant", "group": "231"})
    page.post(f"/2023/people/members/{mine.pk}/", {"role": "student", "group": ""})
    theirs.refresh_from_db()
    mine.refresh_from_db()
    assert (theirs.role, theirs.group) == (Role.ASSISTANT, "231")
    assert mine.role == Role.INSTRUCTOR


def test_a_group_is_of_one_run(page: Client, run: Run, student: User, instructor: User) -> None:
    from kafedra.web.gradebook.selectors import students_of
    from kafedra.web.people import services

    other = Run.objects.create(slug="2022")
    services.join(user=student, run=other, role=Role.STUDENT, group="old")
    services.change_group(membership=student.memberships.get(run=run), group="new", by=instructor)
    assert [one.group for one in students_of(run)] == ["new"]  # type: ignore[attr-defined]  # annotated
