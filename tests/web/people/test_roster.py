"""The roster as a file: read in any encoding, shown before anything is written, exported without formulas."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import datetime

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
from tests.web.reading import text

from kafedra.web.frame.tables import UnreadableTable
from kafedra.web.people.models import Invitation, InvitationRequest, Membership, Role, User
from kafedra.web.people.roster.reading import RosterRow, read
from kafedra.web.runs.models import Run

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
    assert rows[0] == RosterRow(2, name="Марина Цветаева", email="marina@example.org", group="231")
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
    with pytest.raises(UnreadableTable):
        read(content)
    response = upload(page, content)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    try:
        read(content)
    except UnreadableTable:
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


@pytest.fixture
def invited(page: Client, run: Run) -> InvitationRequest:
    """Marina, invited by a list into group 231."""
    apply(page, upload(page, as_text(TABLE[:2])))
    mail.outbox.clear()
    return InvitationRequest.objects.get()


@pytest.mark.parametrize("change", [{"revoked_at": factories.NOW}, {"expires_at": factories.NOW}])
def test_whose_invitation_lets_nobody_in_any_more_is_invited_again(
    page: Client, invited: InvitationRequest, change: dict[str, datetime], client: Client
) -> None:
    Invitation.objects.update(**change)
    preview = upload(page, as_text(TABLE[:2]))
    assert "1 letter with an invitation." in text(preview)
    apply(page, preview)
    (letter,) = mail.outbox
    assert client.get(f"/invite/{Invitation.objects.first().token}/").status_code == 200
    assert Invitation.objects.first().token in letter.body


def came(client: Client) -> Membership:
    """Marina opens her newest link."""
    link = InvitationRequest.objects.filter(invitation__isnull=False).last().invitation
    form = {"display_name": "Марина Цветаева", "username": "marina", "password": factories.PASSWORD}
    assert client.post(f"/invite/{link.token}/", form).status_code == 302
    return Membership.objects.get(user__username="marina")


def test_the_list_counts_and_not_what_was_asked_with(page: Client, run: Run, client: Client) -> None:
    form = {"name": "Марина Ц.", "group": "232", "email": "Marina@example.org", "github": "old-name"}
    client.post("/join/2023/", form)
    rows = [["ФИО", "Почта", "Группа", "GitHub"], ["Марина Цветаева", "marina@example.org", "239", "@new-name"]]
    preview = upload(page, as_text(rows))
    words = text(preview)
    assert "the request is approved: letter with a link" in words
    assert "Марина Ц. → Марина Цветаева" in words
    assert "232 → 239" in words
    assert "old-name → new-name" in words
    apply(page, preview)
    member = came(client)
    assert (member.group, member.user.github) == ("239", "new-name")
    assert len(mail.outbox) == 1


def test_what_the_list_leaves_out_stays_as_it_was_asked(page: Client, run: Run, client: Client) -> None:
    client.post("/join/2023/", {"name": "Марина", "group": "232", "email": "marina@example.org", "github": "m-c"})
    preview = upload(page, "name;email\nМарина;marina@example.org")
    assert "232 m-c" in text(preview)
    apply(page, preview)
    assert came(client).group == "232"


def test_a_corrected_group_reaches_who_was_invited_without_another_letter(
    page: Client, invited: InvitationRequest, client: Client
) -> None:
    preview = upload(page, as_text([*TABLE[:1], ["Марина Цветаева", "marina@example.org", "239"]]))
    assert "1 invitation is corrected, without another letter." in text(preview)
    assert "231 → 239" in text(preview)
    response = apply(page, preview)
    assert "1 invitation is corrected." in text(page.get(response["Location"]))
    assert mail.outbox == []
    assert came(client).group == "239"


@pytest.mark.parametrize("github", ["https://github.com/good-name", "github.com/good-name/", "@good-name", "good-name"])
def test_a_name_at_github_may_be_written_as_in_the_form(page: Client, run: Run, github: str) -> None:
    preview = upload(page, f"name;email;github\nМарина;m@example.org;{github}")
    assert re.search(r"m@example\.org good-name", text(preview))
    apply(page, preview)
    assert InvitationRequest.objects.get().github == "good-name"


def test_what_can_be_no_name_at_github_is_an_error(page: Client, run: Run) -> None:
    preview = upload(page, "name;email;github\nМарина;m@example.org;bad name!!")
    assert "“bad name!!” can't be a name at GitHub." in text(preview)
    apply(page, preview)
    assert not InvitationRequest.objects.exists()


def test_what_the_list_says_otherwise_than_an_account_is_shown_and_left_alone(
    page: Client, run: Run, student: User
) -> None:
    User.objects.filter(pk=student.pk).update(email="anna@example.org", github="anna-a")
    preview = upload(page, "login;name;email;github\nanna;Горенко Анна;new@example.org;other")
    words = text(preview)
    assert "1 row with a remark." in words
    assert "Is it the same person? The account is of Анна Ахматова." in words
    assert "The address stays anna@example.org" in words
    assert "stays as in the account: anna-a" in words
    apply(page, preview)
    student.refresh_from_db()
    assert (student.email, student.github) == ("anna@example.org", "anna-a")


@pytest.mark.parametrize("name", ["Ахматова Анна Андреевна", "АННА АХМАТОВА", "Ахматова"])
def test_the_same_person_in_another_order_is_no_remark(page: Client, run: Run, student: User, name: str) -> None:
    assert "remark" not in text(upload(page, f"login;name\nanna;{name}"))


def test_who_is_not_in_the_file_is_told_and_left_alone(
    page: Client, run: Run, student: User, other_student: User
) -> None:
    preview = upload(page, "login;group\nanna;231")
    assert "1 student of the run is not in the file; nothing happens to them Борис Пастернак" in text(preview)
    apply(page, preview)
    assert other_student.memberships.exists()


def test_rows_with_errors_can_be_taken_away_corrected_and_imported(page: Client, run: Run) -> None:
    preview = upload(page, "name;email;group\nМарина;m@example.org;231\nОсип;osip;232")
    response = page.post("/2023/people/import/errors/", {"rows": preview.context["rows"]})
    (row,) = read(response.content)
    assert (row.name, row.email, row.group) == ("Осип", "osip", "232")
    assert "is not an e-mail address" in response.content.decode()
    corrected = response.content.decode().replace(",osip,", ",osip@example.org,")
    assert "1 letter with an invitation." in text(upload(page, corrected))


def test_an_import_that_changes_nothing_says_so(page: Client, run: Run, student: User) -> None:
    preview = upload(page, as_text(TABLE))
    first, second = (text(page.get(apply(page, preview)["Location"])) for _ in range(2))
    assert "2 people are invited by letter." in first
    assert "0" not in first.split("People")[0]
    assert "Nothing has changed." in second


def test_a_file_of_old_excel_is_told_what_to_do(page: Client, run: Run) -> None:
    response = upload(page, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "list.xls")
    assert response.status_code == 422
    assert "save it as XLSX" in text(response)


@pytest.mark.parametrize(("language", "titles"), [("ru", "логин;имя и фамилия;почта;"), ("en", "login,name,e-mail,")])
def test_the_export_speaks_the_language_of_the_page_and_is_read_again(
    instructor: User, student: User, language: str, titles: str
) -> None:
    User.objects.filter(pk=student.pk).update(email="anna@example.org", github="anna-a")
    Membership.objects.filter(user=student).update(group="231; вечер")
    page = Client(headers={"accept-language": language})
    page.force_login(instructor)
    exports = [page.get(f"/2023/people/export.{kind}").content for kind in ("csv", "xlsx")]
    assert exports[0].decode().startswith("\ufeff" + titles)
    for content in exports:
        row = next(row for row in read(content) if row.login == "anna")
        assert (row.name, row.email, row.group, row.github) == (
            "Анна Ахматова", "anna@example.org", "231; вечер", "anna-a",
        )  # fmt: skip
        preview = upload(page, content)
        assert {one.step.value for one in preview.context["planned"]} == {"nothing"}


def test_one_member_gets_another_group_and_role(page: Client, run: Run, student: User, instructor: User) -> None:
    mine, theirs = instructor.memberships.get(), student.memberships.get()
    page.post(f"/2023/people/members/{theirs.pk}/", {"role": "assistant", "group": "231"})
    page.post(f"/2023/people/members/{mine.pk}/", {"role": "student", "group": ""})
    theirs.refresh_from_db()
    mine.refresh_from_db()
    assert (theirs.role, theirs.group) == (Role.ASSISTANT, "231")
    assert mine.role == Role.INSTRUCTOR


def test_a_group_is_of_one_run(page: Client, run: Run, student: User, instructor: User) -> None:
    from kafedra.web.people.members.services import belonging
    from kafedra.web.people.students import students_of

    other = Run.objects.create(slug="2022")
    belonging.join(user=student, run=other, role=Role.STUDENT, group="old")
    belonging.change_group(membership=student.memberships.get(run=run), group="new", by=instructor)
    assert [one.group for one in students_of(run)] == ["new"]  # type: ignore[attr-defined]  # annotated


def test_an_address_longer_than_an_account_can_have_is_an_error(page: Client, run: Run) -> None:
    long = "a" * 60 + "@" + ".".join(["b" * 60] * 5) + ".org"
    assert "is not an e-mail address" in upload(page, as_text([["name", "e-mail"], ["Анна", long]])).content.decode()


def test_a_spreadsheet_that_swells_is_not_opened() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<a>" * (5 * 2**20))
    with pytest.raises(UnreadableTable, match="too large"):
        read(packed.getvalue())
