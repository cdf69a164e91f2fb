"""A sheet of ours, printed, photographed askew and upside down, is found by its code; what is no sheet is refused."""

from __future__ import annotations

import io
import random
from decimal import Decimal

import pypdf
import pytest
from PIL import Image, ImageFilter

from kafedra.exam.bank import Part, Question
from kafedra.exam.codes import PageCode
from kafedra.exam.drafting import Paper
from kafedra.exam.scans import MOST_PIXELS, CannotScan, count_pages, read_pages
from kafedra.exam.sheets import Heading, Sheet, papers_source, pictures_of, print_pdf

QUESTION = Question("a", "theory", 1, "a", 1, "Почему?", "Потому.", (Part(Decimal(1), "связно"),))
PAPER = Paper(((QUESTION,), (QUESTION,)))
HEADING = Heading("Глубинное обучение", "Экзамен", short="2023-1", key="secret")
SHEETS = [Sheet(1, "Анна Ахматова", "anna"), Sheet(17, "Борис Пастернак", "boris")]
CODE = PageCode("2023-1", 17, 2).text("secret")


@pytest.fixture(scope="module")
def sheet() -> Image.Image:
    """The second page of paper 17."""
    drawn = pictures_of(papers_source(HEADING, PAPER, SHEETS), ppi=150)[5]
    return Image.open(io.BytesIO(drawn)).convert("RGB")


def saved(picture: Image.Image, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def photographed(sheet: Image.Image, angle: float) -> Image.Image:
    """On a grey table, turned, a little out of focus, in bad light."""
    turned = sheet.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=(120, 110, 100))
    noise = Image.frombytes("L", turned.size, random.Random(1).randbytes(turned.width * turned.height))
    blurred = turned.filter(ImageFilter.GaussianBlur(1))
    return Image.blend(blurred, noise.convert("RGB"), 0.2)


def test_pages_of_a_print_are_read_in_their_order() -> None:
    pdf = print_pdf("papers", HEADING, PAPER, SHEETS)
    assert count_pages(pdf) == 8
    read = read_pages(pdf, 2, 4)
    assert [one.codes for one in read] == [
        (PageCode("2023-1", number, page).text("secret"),) for number, page in ((1, 3), (1, 4), (17, 1), (17, 2))
    ]


@pytest.mark.parametrize("angle", [0, 180, 90, 266, 4])
def test_a_photograph_is_turned_by_its_code_and_the_name_is_apart(sheet: Image.Image, angle: float) -> None:
    (page,) = read_pages(saved(photographed(sheet, angle)), 0, 1)
    assert page.codes == (CODE,)
    body, head = (Image.open(io.BytesIO(one)) for one in (page.body, page.head))
    assert body.size == (page.width, page.height)
    assert body.height > body.width > head.height, "it stands upright, whichever way it lay"
    again = read_pages(saved(stacked(head, body)), 0, 1)[0]
    assert again.codes == (CODE,), "both parts together are the sheet"
    assert read_pages(page.body, 0, 1)[0].codes == (), "the code, and the name beside it, are in the upper part alone"


def stacked(head: Image.Image, body: Image.Image) -> Image.Image:
    whole = Image.new("RGB", (body.width, head.height + body.height))
    whole.paste(head, (0, 0))
    whole.paste(body, (0, head.height))
    return whole


def test_the_camera_says_how_it_was_held_and_a_page_without_a_code_follows_it(sheet: Image.Image) -> None:
    plain, told = Image.new("RGB", (400, 300), "white"), Image.Exif()
    told[0x0112] = 6  # held on its side
    out = io.BytesIO()
    plain.save(out, "JPEG", exif=told)
    (page,) = read_pages(out.getvalue(), 0, 1)
    assert (page.codes, page.head, page.width, page.height) == ((), b"", 300, 400)


def _locked() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _blank(pages: int, side: float) -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(side, side)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _huge() -> bytes:
    """A PNG that says it has a hundred million pixels."""
    small = bytearray(saved(Image.new("1", (1, 1)), "PNG"))
    small[16:24] = (10_000).to_bytes(4, "big") * 2
    import zlib

    small[29:33] = zlib.crc32(bytes(small[12:29])).to_bytes(4, "big")
    assert MOST_PIXELS < 10_000 * 10_000
    return bytes(small)


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"", "empty"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic"),
        (b"not a picture", "kind"),
        (b"%PDF-1.7\n nothing of a PDF follows", "broken"),
        (_locked(), "password"),
        (_blank(501, 10), "pages"),
        (_huge(), "pixels"),
    ],
)
def test_what_is_no_sheet_is_refused_with_the_reason(data: bytes, trouble: str) -> None:
    with pytest.raises(CannotScan) as refused:
        count_pages(data)
    assert refused.value.trouble == trouble


def test_a_page_as_large_as_a_wall_is_not_drawn() -> None:
    data = _blank(1, 14_000)
    assert count_pages(data) == 1
    with pytest.raises(CannotScan):
        read_pages(data, 0, 1)


def test_a_photograph_that_breaks_off_is_refused(sheet: Image.Image) -> None:
    with pytest.raises(CannotScan):
        read_pages(saved(sheet)[:5000], 0, 1)
