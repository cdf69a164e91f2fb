"""What is printed: every formula of the bank whole, on each page who and where it belongs, whatever a name is."""

from __future__ import annotations

import io
import unicodedata
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from kafedra.course import load_course
from kafedra.exam.bank import Part, Question, bank_of
from kafedra.exam.codes import PageCode, read_code
from kafedra.exam.drafting import Paper
from kafedra.exam.formulas import letters_of, typst_formula
from kafedra.exam.prose import CannotPrint, formulas_in, typst_prose
from kafedra.exam.sheets import Heading, Sheet, compiled, pictured, print_pdf
from kafedra.exam.words import points_in_words
from kafedra.notebooks.tex import FormulaError

COURSE = Path(__file__).parents[2] / "course"
ROOTS = "√"  # a page draws the sign of a root itself, the print has it as a letter
SAME = str.maketrans({"ˆ": "\u0302", "→": "\u20d7", "\u0305": "\u0304", "¯": "\u0304", "ϵ": "ε", "∣": "|"})
HARDER = (
    r"\left(\frac{a}{b}\right)^2", r"\bigl( x \bigr)", r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", r"\sqrt[3]{x}",
    r"\begin{cases}x & x>0\\0 & \text{иначе}\end{cases}", r"\underbrace{a+b}_{n}", r"\binom{n}{k}", r"f''(x)",
    r"\operatorname{softmax}(z)_i", r"\begin{aligned}a&=b\\&=c+d\end{aligned}", r"\|x\|_2", r"\vec a", r"\dot x",
    r"\sum\limits_{i=1}^n x_i", r"\arg\max_x f", r"\mathbf{x}^\top\mathcal{L}", r"\overline{ab}", r"x \ne 0",
    r"\{a; b\}", r'\text{let "x" ]}',
)  # fmt: skip


def _seen(text: str) -> Counter[str]:
    """Letters that a reader sees; an accent counts apart from its letter, as a page has it."""
    whole = unicodedata.normalize("NFKD", text.translate(SAME)).translate(SAME)
    return Counter(one for one in whole if not one.isspace() and one not in ROOTS and not 0xFE00 <= ord(one) < 0xFE10)


def _pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_every_formula_of_the_bank_is_printed_with_every_sign_that_the_page_has() -> None:
    texts = [
        text
        for one in bank_of(load_course(COURSE)).values()
        for text in (one.text, one.answer, *(part.note for part in one.parts))
    ]
    found = list(
        dict.fromkeys([*(one for text in texts for one in formulas_in(text)), *((one, False) for one in HARDER)])
    )
    assert len(found) > 300
    pages = "".join(f"#page[{typst_formula(source, display=display)}]\n" for source, display in found)
    printed = _pages(compiled(f"#set page(width: 22cm, height: 7cm)\n{pages}"))
    assert len(printed) == len(found)
    for (source, _display), text in zip(found, printed, strict=True):
        assert _seen(text) == _seen(letters_of(source)), source


@pytest.mark.parametrize("source", [r"\color{red} x", r"\begin{array}{|c|}1\end{array}", r"\nosuch"])
def test_a_formula_that_paper_can_not_show_is_refused(source: str) -> None:
    with pytest.raises(FormulaError):
        typst_formula(source)


@pytest.mark.parametrize(("text", "what"), [("![a](b.png)", "b.png"), ("# A", "a heading"), ("[a](b)", "a link")])
def test_a_text_that_paper_can_not_show_is_refused_by_name(text: str, what: str) -> None:
    with pytest.raises(CannotPrint, match=what):
        typst_prose(text)


def _question(slug: str, text: str) -> Question:
    parts = (Part(Decimal("1.5"), "`softmax` с $p_k$"), Part(Decimal("0.5"), "вывод"))
    return Question(slug, "theory", 2, slug, 2, text, "Ответ: $x^2$, **так**.", parts)


PAPER = Paper(
    (
        (
            _question("a", "Что *выдаст*\n\n```python\nx = '\\n'  # $x$ \"#let\"\n```\n\n1. раз\n2. два"),
            _question("b", "Почему?"),
        ),
        (_question("c", "Выведите $$\\sum_i x_i$$ дословно."), _question("d", "Зачем?")),
    )
)
HEADING = Heading("Глубинное обучение", "Экзамен", "20 марта", "405", 90, "ru", "2023-E1", "secret")
NAMES = ("Ёлкина Юлия", '#panic("x") \\ $a$ *b* "', "Ким\u202e\n\tЛи", "王小明 😀", "Х" * 300)


def test_each_page_says_whose_it_is_and_its_code_is_read_back() -> None:
    sheets = [Sheet(number, name, f"login{number}", "201", "А-1", number % 2) for number, name in enumerate(NAMES, 1)]
    pages = _pages(print_pdf("papers", HEADING, PAPER, sheets))
    assert len(pages) == len(NAMES) * 4
    for number, sheet in enumerate(sheets):
        for page, text in enumerate(pages[number * 4 : number * 4 + 4], 1):
            code = PageCode("2023-E1", sheet.number, page)
            assert code.text("secret") in text
            assert read_code(code.text("secret").lower(), "secret") == code
            assert read_code(code.text("another"), "secret") is None
    assert "Ёлкина Юлия" in pages[0]
    assert '#panic("x") \\ $a$ *b* "' in pages[4]
    assert "login4" in pages[12], "a name that the fonts lack has the login beside it"
    assert "Почему?" in pages[1]
    assert "x = '\\n'  # $x$ \"#let\"" in pages[5]
    assert "1,5 балла" not in pages[1]
    assert "2 балла" in pages[1]


def test_the_key_has_answers_and_what_earns_points_and_the_papers_do_not() -> None:
    sheets = [Sheet(1, "А", "a")]
    key, papers = ("\n".join(_pages(print_pdf(what, HEADING, PAPER, sheets))) for what in ("key", "papers"))
    for words in ("softmax", "вывод", "1,5", "Вариант 2", "Зачем?"):
        assert words in key
    assert "вывод" not in papers
    assert "Ёлкина" in _pages(print_pdf("seats", HEADING, PAPER, [Sheet(7, NAMES[0], "y", "201", "Б-2")]))[0]


DRAWN = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><rect width="90" height="60" fill="#f00"/></svg>'
)


def test_a_picture_of_the_topic_is_printed_on_the_sheet_and_in_the_key() -> None:
    shown = _question("drawn", 'Что это?\n\n![прямоугольник](pictures/red.svg "Рис. «1» #let")')
    paper, sheets, red = Paper(((shown,),)), [Sheet(1, "А", "a")], (2, "pictures/red.svg")
    assert pictured(paper) == {red}
    for what in ("papers", "key"):
        printed = print_pdf(what, HEADING, paper, sheets, {red: DRAWN})
        assert "Рис. «1» #let" in "".join(_pages(printed))
        page = pypdfium2.PdfDocument(printed)[1 if what == "papers" else 0].render().to_pil().convert("RGB")
        assert {color: count for count, color in page.getcolors(1 << 24)}[
            255, 0, 0
        ] > 3000  # 90 × 60 pixels of 3/4 of a point
    with pytest.raises(CannotPrint, match=r"question drawn: the picture pictures/red\.svg"):
        print_pdf("papers", HEADING, paper, sheets, {(1, "pictures/red.svg"): DRAWN})


def test_points_agree_in_russian() -> None:
    shown = [points_in_words(Decimal(one), "ru") for one in ("1", "2", "5", "11", "21", "2.5")]
    assert shown == ["1 балл", "2 балла", "5 баллов", "11 баллов", "21 балл", "2,5 балла"]
