"""Filled sheets come back as scans: each page is found by its code or sorted by hand, and seen by whom it concerns."""

from __future__ import annotations

import asyncio
import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import F
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from pypdf import PdfWriter
from pypdfium2 import PdfDocument
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.exam.scans import ScannedPage, read_pages
from kafedra.web.exams.given import Given
from kafedra.web.exams.models import Exam, Scan, ScanFile
from kafedra.web.exams.places import stays
from kafedra.web.exams.printing import printed
from kafedra.web.exams.scanning import services as scanning
from kafedra.web.exams.scanning.services import read_on
from kafedra.web.exams.services import marking, seating, setting
from kafedra.web.frame.apart import TooCostly
from kafedra.web.frame.doors import Message, Receive, Scope, Send
from kafedra.web.people.models import Membership, User
from kafedra.web.runs.models import Run
from kafedra.web.serving.bodies import Bounded


@pytest.fixture
def exam(run: Run, instructor: User, student: User, other_student: User) -> Exam:
    """Of two questions: a print of four pages each."""
    found = setting.draw_up(run=run, mark="exam", seed=3, held=setting.Held(), by=instructor)
    found.asked = found.asked[:2]
    found.save()
    seating.seat(exam=found, by=instructor)
    return found


@pytest.fixture
def staff(assistant: User, signed_in: SignIn) -> Client:
    return signed_in(assistant)


def upload(client: Client, exam: Exam, *files: tuple[str, bytes]) -> HttpResponse:
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    answer = client.post(f"/2023/exams/{exam.pk}/scans/", {"files": sent}, follow=True)
    while ScanFile.objects.filter(done__lt=F("pages")).exists():
        read_on()
    return answer


def picture(words: str = "") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 400), (200, 200, len(words))).save(out, "PNG")
    return out.getvalue()


def own(exam: Exam, student: User) -> list[int | None]:
    return list(exam.papers.get(student=student).scans.order_by("page").values_list("page", flat=True))


def test_a_whole_print_comes_back_and_each_page_is_where_it_belongs(
    exam: Exam, staff: Client, student: User, other_student: User
) -> None:
    pdf = printed(exam, "papers")
    pages = list(range(1, len(exam.asked) + 3))
    assert "1 file is here" in text(upload(staff, exam, ("all.pdf", pdf)))
    assert (own(exam, student), own(exam, other_student)) == (pages, pages)
    file = ScanFile.objects.get()
    assert (file.done, file.unread, bytes(file.data)) == (len(pages) * 2, [], b""), "then the file itself is not kept"
    assert "here already" in text(upload(staff, exam, ("again.pdf", pdf)))
    upload(staff, exam, ("again.pdf", pdf + b"\n% another time"))
    assert Scan.objects.count() == len(pages) * 2, "the same page twice is there once"
    photograph = io.BytesIO()
    PdfDocument(pdf)[len(pages) + 1].render(scale=2).to_pil().rotate(180).save(photograph, "JPEG")
    upload(staff, exam, ("phone.jpg", photograph.getvalue()))
    upside_down = Scan.objects.latest("pk")
    assert (upside_down.paper, upside_down.page) == (exam.papers.get(number=2), 2)
    page = staff.get(f"/2023/exams/{exam.pk}/scans/")
    assert "Of 2 papers every question is here" in text(page)
    assert "were here already" in text(page)
    marking = staff.get(f"/2023/exams/{exam.pk}/marking/?question=1").content.decode()
    assert "/body.jpg" in marking
    assert "/head.jpg" not in marking, "by question no names are seen"
    whole = staff.get(f"/2023/exams/{exam.pk}/marking/?paper=1").content.decode()
    assert whole.count("/head.jpg") == len(pages)


def test_what_has_no_code_is_sorted_by_hand_and_can_be_moved(exam: Exam, staff: Client, student: User) -> None:
    upload(staff, exam, ("a.png", picture("a")), ("b.png", picture("bb")))
    address = f"/2023/exams/{exam.pk}/scans/"
    assert "2 pages have to be sorted by hand" in text(staff.get(address))
    first, second = Scan.objects.order_by("pk")
    assert "no paper with this number" in text(place(staff, first, paper="77", page="2"))
    assert "no such page" in text(place(staff, first, paper="1", page="99"))
    assert "page 2 of paper 1" in text(place(staff, first, paper="1", page="2"))
    place(staff, second, paper="1", page="2")
    first.refresh_from_db()
    assert (first.paper, first.aside) == (None, True), "the newer picture of a page takes its place"
    assert "1 page is put aside" in text(staff.get(address))
    further = len(exam.asked) + 3
    assert f"page {further} of paper 1" in text(place(staff, first, paper="1", page=""))
    marking = staff.get(f"/2023/exams/{exam.pk}/marking/?question=1").content.decode()
    assert f"/scans/{second.pk}/body.jpg" in marking
    assert f"/scans/{first.pk}/body.jpg" in marking, "an answer may go on there"
    place(staff, first, aside="yes")
    assert not exam.papers.get(student=student).scans.filter(pk=first.pk).exists()


def place(client: Client, scan: Scan, **form: str) -> HttpResponse:
    answer: HttpResponse = client.post(f"/2023/exams/scans/{scan.pk}/place/", form, follow=True)
    return answer


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "Most Compatible"),
        ("a.docx", b"PK\3\4", "Neither a PDF nor a JPEG"),
        ("a.pdf", b"%PDF-1.7\nbroken", "broken"),
    ],
)
def test_what_can_not_be_read_is_refused_with_advice_and_the_others_are_taken(
    exam: Exam, staff: Client, name: str, data: bytes, words: str
) -> None:
    answer = text(upload(staff, exam, (name, data), ("good.png", picture())))
    assert words in answer
    assert name in answer
    assert ScanFile.objects.get().name == "good.png"


def test_a_student_sees_own_pages_after_publishing_and_nobody_elses_ever(
    exam: Exam, staff: Client, signed_in: SignIn, instructor: User, student: User, other_student: User
) -> None:
    upload(staff, exam, ("a.png", picture()))
    scan = Scan.objects.get()
    place(staff, scan, paper=str(exam.papers.get(student=student).number), page="2")
    address, page = f"/2023/exams/scans/{scan.pk}/body.jpg", signed_in(student)
    assert staff.get(address)["Content-Type"] == "image/jpeg"
    assert staff.get(address.replace("body", "head")).status_code == 404, "it has no upper part"
    assert page.get(address).status_code == 404
    marking.mark(exam=exam, given=[Given(exam.papers.get(student=student), 0, 0, Decimal(1), "")], by=instructor)
    marking.publish(exam=exam, by=instructor)
    assert page.get(address).status_code == 200
    assert signed_in(other_student).get(address).status_code == 404
    result = page.get(f"/2023/exams/{exam.pk}/result/")
    assert "My sheet" in text(result)
    assert address in result.content.decode()


def test_what_stopped_in_the_middle_goes_on_and_a_bad_page_keeps_no_other_from_being_read(
    exam: Exam, staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kafedra.exam.scans import CannotScan

    def one_is_bad(_seconds: int, _mb: int, function: object, data: bytes, first: int = 0, count: int = 0) -> object:
        if function is not read_pages:
            return 3
        if first <= 1 < first + count:
            raise CannotScan("broken")
        return read_pages(picture("x" * first), 0, 1)

    monkeypatch.setattr(scanning, "apart_within", one_is_bad)
    file = scanning.take(exam=exam, name="x.pdf", data=b"%PDF-", by=exam.papers.all()[0].student)
    assert (file.done, "0 of 3" in text(staff.get(f"/2023/exams/{exam.pk}/scans/"))) == (0, True)
    read_on()
    file.refresh_from_db()
    assert (file.done, file.unread, Scan.objects.count()) == (3, [2], 2)
    assert "can't be read: page 2" in text(staff.get(f"/2023/exams/{exam.pk}/scans/"))


def drawn_without_end() -> bytes:
    """A PDF of three kilobytes: each of its drawings draws the next one five times."""
    first = b"/F Do"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(first), first),
    ]
    kind = b"<</Type/XObject/Subtype/Form/BBox[0 0 1 1]"
    form = kind + b"/Resources<</XObject<</F %d 0 R>>>>/Length 30>>stream\n%b\nendstream"
    parts += [form % (number, b"/F Do " * 5) for number in range(6, 20)]
    parts.append(kind + b"/Length 1>>stream\n \nendstream")
    data, places = b"%PDF-1.7\n", list[int]()
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    return data + head + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, len(data))


def test_a_bomb_ends_its_own_process_and_no_other(exam: Exam, staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "_SECONDS", 2)
    monkeypatch.setattr(scanning, "_SECONDS_FOR_ONE", 1)
    assert "1 file is here" in text(upload(staff, exam, ("bomb.pdf", drawn_without_end())))
    monkeypatch.undo()
    upload(staff, exam, ("good.png", picture()))
    assert "can't be read: every page" in text(staff.get(f"/2023/exams/{exam.pk}/scans/"))
    assert [one.file.name for one in Scan.objects.all()] == ["good.png"], "others are read as before"


def test_two_hundred_pages_come_a_few_at_a_time_and_each_is_kept_at_once(
    exam: Exam, staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(200):
        writer.add_blank_page(595, 842)
    writer.write(out)
    address = f"/2023/exams/{exam.pk}/scans/"
    staff.post(address, {"files": [SimpleUploadedFile("all.pdf", out.getvalue())]})
    file = ScanFile.objects.get()
    assert "0 of 200" in text(staff.get(address))
    scanning.read_some(file=file)
    assert "6 of 200" in text(staff.get(address))

    def quickly(_seconds: int, _mb: int, _function: object, _data: bytes, first: int, count: int) -> list[ScannedPage]:
        return [ScannedPage(b"", b"%d" % number, 10, 10, ()) for number in range(first, first + count)]

    monkeypatch.setattr(scanning, "apart_within", quickly)
    read_on()
    shown = text(staff.get(address))
    assert "195 pages have to be sorted by hand" in shown, "the six empty ones are one picture"
    assert sorted(Scan.objects.values_list("number", flat=True)) == [1, *range(7, 201)]


def test_a_file_that_is_no_scan_is_given_up(exam: Exam, staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def costly(_seconds: int, _mb: int, function: object, *asked: object) -> int:
        if function is not read_pages:
            return 500
        tried.append(asked)
        raise TooCostly

    monkeypatch.setattr(scanning, "apart_within", costly)
    file = scanning.take(exam=exam, name="bomb.pdf", data=b"%PDF-", by=exam.papers.all()[0].student)
    read_on()
    file.refresh_from_db()
    assert (file.finished, len(file.unread), len(tried) < 20) == (True, 500, True)
    assert "every page" in text(staff.get(f"/2023/exams/{exam.pk}/scans/"))


def test_a_file_of_something_else_goes_with_its_pages(exam: Exam, staff: Client, decides: Client) -> None:
    upload(staff, exam, ("a.png", picture()))
    assert "or scanned sheets" in text(decides.post(f"/2023/exams/{exam.pk}/redraw/", {"seed": "9"}))
    address = f"/2023/exams/scans/files/{ScanFile.objects.get().pk}/remove/"
    assert staff.post(address).status_code == 403
    assert "The file is gone" in text(decides.post(address, follow=True))
    assert not Scan.objects.exists()


@pytest.fixture
def decides(instructor: User, signed_in: SignIn) -> Client:
    return signed_in(instructor)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("known", "path", "taken"), [(True, "scans/", 200), (True, "import/", 413), (False, "scans/", 413)]
)
def test_more_may_be_sent_to_scans_by_who_is_signed_in(
    assistant: User, signed_in: SignIn, known: bool, path: str, taken: int
) -> None:
    told = []
    cookie = signed_in(assistant).cookies["sessionid"].value if known else "nobodys"

    async def pages(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200})

    async def send(message: Message) -> None:
        told.append(message)

    headers = [(b"content-length", str(60 * 2**20).encode()), (b"cookie", f"sessionid={cookie}".encode())]
    scope: Scope = {"type": "http", "path": f"/2023/exams/1/{path}", "headers": headers}
    asyncio.run(Bounded(pages)(scope, None, send))  # type: ignore[arg-type]  # nothing is read
    assert told[0]["status"] == taken


def test_queries_do_not_depend_on_the_number_of_students(exam: Exam, decides: Client, run: Run) -> None:
    addresses = [
        f"/2023/exams/{exam.pk}/scans/", f"/2023/exams/{exam.pk}/differences/", f"/2023/exams/{exam.pk}/marks.csv",
        "/2023/exams/tickets/module-1/",
    ]  # fmt: skip

    def queries() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as seen:
                assert decides.get(address).status_code == 200
            found.append(len(seen))
        return found

    upload(decides, exam, ("first.png", picture("a")))
    queries()  # what is cached from now on
    few = queries()
    for number in range(5):
        newcomer = factories.person(run=run)
        seating.seat(exam=exam, by=newcomer)
        upload(decides, exam, (f"{number}.png", picture("a" * (number + 2))))
        scan = Scan.objects.latest("pk")
        place(decides, scan, paper=str(exam.papers.get(student=newcomer).number), page="2")
        decides.post("/2023/exams/tickets/module-1/", {"student": newcomer.pk})
    assert queries() == few


def test_who_is_taken_out_leaves_a_paper_and_the_page_says_so(exam: Exam, decides: Client, student: User) -> None:
    membership = Membership.objects.get(user=student, run=exam.run)
    assert stays(membership).stays == ["1 paper of an exam, with its marks and sheets"]
