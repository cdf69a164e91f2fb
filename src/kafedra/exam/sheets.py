"""Sheets as PDF: a set of them for each student, the key for whoever marks, the seating list. Offline, with typst.

A page for each question, with room for the answer, and on each page who wrote it and a code that finds it again. Names
and texts reach typst as strings, so nothing in them is a command.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal

from kafedra.course import Language
from kafedra.exam.bank import Question
from kafedra.exam.codes import PageCode, qr
from kafedra.exam.drafting import Paper
from kafedra.exam.formulas import quoted
from kafedra.exam.prose import CannotPrint, pictures_in, typst_prose
from kafedra.exam.words import points_in_words, word

if TYPE_CHECKING:
    import typst

SPARE_PAGES: Final = 1  # at the end, for what found no room
_SHORTENED: Final = 120  # characters of a name: more don't fit on a line of any page
_LETTERS: Final = (range(0x20, 0x250), range(0x370, 0x530), range(0x2010, 0x2060))  # what the fonts are sure to have


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the top of everything: the course, the exam, when and where, in the language of the course."""

    course: str
    title: str
    when: str = ""
    place: str = ""
    minutes: int = 90
    language: Language = "ru"
    short: str = "E"
    key: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Whose sheets these are. `number` is that of the paper, from 1; `variant` is counted from 0."""

    number: int
    name: str
    login: str
    group: str = ""
    seat: str = ""
    variant: int = 0


Printed = Literal["papers", "key", "seats"]
Pictures = Mapping[tuple[int | None, str], bytes]  # SVG by the topic and the address in its texts, `pictures/name.svg`
_NONE: Final[Pictures] = {}


def print_pdf(
    what: Printed, heading: Heading, paper: Paper, sheets: Sequence[Sheet], pictures: Pictures = _NONE
) -> bytes:
    """One PDF of `what`. Raises CannotPrint, naming the question whose text a sheet can't show."""
    match what:
        case "papers":
            body = _papers(heading, paper, sheets, pictures)
        case "key":
            body = _key(heading, paper, pictures)
        case "seats":
            body = _seats(heading, sheets)
    return compiled("\n".join((_frame(heading), *body)))


def pictured(paper: Paper) -> set[tuple[int | None, str]]:
    """The pictures that the questions of a paper show and their answers, by topic and address."""
    return {
        (one.topic, address)
        for row in paper.rows
        for one in row
        for text in (one.text, one.answer, *(part.note for part in one.parts))
        for address in pictures_in(text)
    }


def compiled(source: str) -> bytes:
    """A PDF of a source of typst, with the fonts that it brings along first."""
    import typst

    return bytes(typst.compile(source.encode(), font_paths=_fonts()))


def pictures_of(source: str, ppi: float = 72) -> list[bytes]:
    """The same as PNG, a picture of each page."""
    import typst

    drawn: Any = typst.compile(source.encode(), format="png", ppi=ppi, font_paths=_fonts())
    return list(drawn) if isinstance(drawn, list) else [drawn]


def papers_source(heading: Heading, paper: Paper, sheets: Sequence[Sheet]) -> str:
    """What the papers are made from."""
    return "\n".join((_frame(heading), *_papers(heading, paper, sheets, _NONE)))


def unprintable(name: str) -> bool:
    """Whether a name has letters that the fonts may lack; then the login beside it says who it is."""
    return any(not any(ord(letter) in block for block in _LETTERS) for letter in name)


@functools.cache
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=True)


def _frame(heading: Heading) -> str:
    return f"""\
#set document(title: {quoted(heading.title)}, date: none)
#set text(font: ("Libertinus Serif", "New Computer Modern"), size: 11pt, lang: "{heading.language}", hyphenate: true)
#set par(justify: true)
#show table: set par(justify: false)
#show raw: set text(font: "DejaVu Sans Mono", size: 8.5pt)
#show math.equation: set text(font: "New Computer Modern Math")
#let room = tiling(size: (5mm, 5mm), place(dx: 2.3mm, dy: 2.3mm, circle(radius: 0.22mm, fill: luma(150), stroke: none)))
"""


def _shown(name: str) -> str:
    """A name on one line: whatever breaks lines is a space, and what no page has room for is cut."""
    line = " ".join("".join(one if one.isprintable() else " " for one in name).split())
    return line if len(line) <= _SHORTENED else f"{line[: _SHORTENED - 1]}…"


def _papers(heading: Heading, paper: Paper, sheets: Sequence[Sheet], pictures: Pictures) -> Iterator[str]:
    language = heading.language
    for variant in range(paper.variants):
        for place, question in enumerate(paper.variant(variant)):
            yield f"#let q{variant}x{place} = [{_printed(question, question.text, pictures)}]"
    yield _sheet_function(heading, paper)
    for sheet in sheets:
        name = _shown(sheet.name)
        who = f"{name} ({sheet.login})" if unprintable(name) else name
        codes = (PageCode(heading.short, sheet.number, page).text(heading.key) for page in _pages(paper))
        drawn = ", ".join(f"({quoted(code)}, bytes({quoted(qr(code))}))" for code in codes)
        questions = ", ".join(f"q{sheet.variant}x{place}" for place in range(len(paper.rows)))
        line = " · ".join(filter(None, (
            f"{word('group', language)} {_shown(sheet.group)}" if sheet.group else "",
            f"{word('variant', language)} {sheet.variant + 1}" if paper.variants > 1 else "",
            f"{word('place', language)} {_shown(sheet.seat)}" if sheet.seat else "",
            f"{word('paper', language)} {sheet.number}",
        )))  # fmt: skip
        yield f"#sheets({quoted(who)}, {quoted(line)}, ({drawn},), ({questions},))"


def _pages(paper: Paper) -> range:
    """The numbers of the pages of a paper: the first, one for each question, the spare ones."""
    return range(1, 2 + len(paper.rows) + SPARE_PAGES)


def _sheet_function(heading: Heading, paper: Paper) -> str:
    language = heading.language
    titles = ", ".join(
        quoted(f"{place}. {word(row[0].kind, language)} · {points_in_words(row[0].points, language)}")
        for place, row in enumerate(paper.rows, 1)
    )
    about = " · ".join(filter(None, (heading.when, heading.place, f"{heading.minutes} {word('minutes', language)}")))
    boxes = ", ".join(f"[{place}]" for place in range(1, len(paper.rows) + 1))
    most = ", ".join(f"[{_number(row[0].points, language)}]" for row in paper.rows)
    blank = "[], " * (len(paper.rows) + 1)
    return f"""\
#let titles = ({titles},)
#let fitting(who) = if who.len() > 110 {{ 7pt }} else if who.len() > 70 {{ 9pt }} else {{ 11pt }}
#let name(who) = text(weight: "bold", size: fitting(who), who)
#let top(who, whose, code, page, pages) = grid(columns: (1fr, auto), column-gutter: 4mm,
  [#text(size: 9pt)[#{quoted(heading.course)} · #{quoted(heading.title)}] \\
   #name(who) \\
   #text(size: 9pt)[#whose #h(1fr) {word("page", language)} #page {word("of", language)} #pages]],
  align(center)[#image(code.at(1), format: "svg", width: 15mm) #v(-2.6mm) #text(size: 6pt, code.at(0))])
#let ruled = block(width: 100%, height: 1fr, fill: room, stroke: 0.3pt + luma(170))
#let sheets(who, whose, codes, questions) = {{
  let pages = codes.len()
  let one(number, body) = page(paper: "a4", margin: (x: 15mm, top: 36mm, bottom: 12mm), header-ascent: 5mm,
    header: top(who, whose, codes.at(number - 1), number, pages), body)
  one(1, [
    #text(size: 16pt, weight: "bold", {quoted(heading.title)}) \\
    #{quoted(about)}
    #v(4mm)
    #{quoted(word("rules", language))}
    #v(4mm)
    #table(columns: {len(paper.rows) + 2}, align: center + horizon, stroke: 0.5pt, inset: 2.4mm,
      [#{quoted(word("question", language))}], {boxes}, [#{quoted(word("sum", language))}],
      [#{quoted(word("most", language))}], {most}, [{_number(paper.points, language)}],
      [#{quoted(word("mark", language))}], {blank})
  ])
  for (place, question) in questions.enumerate() {{
    one(place + 2, [#text(weight: "bold", titles.at(place)) #v(1mm) #question #v(3mm) #ruled])
  }}
  for spare in range({SPARE_PAGES}) {{
    let blank = box(width: 18mm, line(length: 100%, stroke: 0.4pt))
    one(pages - spare, [#{quoted(word("more", language))} #blank #v(3mm) #ruled])
  }}
}}"""


def _printed(question: Question, text: str, pictures: Pictures) -> str:
    try:
        return typst_prose(text, lambda address: pictures.get((question.topic, address)))
    except CannotPrint as error:
        raise CannotPrint(f"question {question.slug}: {error}") from None


def _number(points: Decimal, language: Language) -> str:
    shown = f"{points.normalize():f}"
    return shown.replace(".", ",") if language == "ru" else shown


def _key(heading: Heading, paper: Paper, pictures: Pictures) -> Iterator[str]:
    language = heading.language
    named = word("variant", language)
    yield '#set page(paper: "a4", margin: 18mm, numbering: "1")'
    yield _title(f"{heading.title}. {word('key', language)}") + " \\ "
    yield f"#{quoted(' · '.join(filter(None, (heading.course, heading.when, heading.place))))}"
    for variant in range(paper.variants):
        if paper.variants > 1:
            yield f"\n#v(4mm){_title(f'{named} {variant + 1}', 13)}"
        for place, question in enumerate(paper.variant(variant), 1):
            yield from _key_of(question, place, language, pictures)


def _title(words: str, size: int = 16) -> str:
    return f'#text(size: {size}pt, weight: "bold", {quoted(words)})'


def _key_of(question: Question, place: int, language: Language, pictures: Pictures) -> Iterator[str]:
    topic = f" · {word('topic', language)} {question.topic}" if question.topic else ""
    title = (
        f"{place}. {word(question.kind, language)}{topic} · {word('difficulty', language)} {question.difficulty} · "
        f"{points_in_words(question.points, language)} · {question.slug}"
    )
    yield f"\n#v(3mm)#block(sticky: true, strong({quoted(title)}))"
    yield _printed(question, question.text, pictures)
    yield f"#block(inset: (left: 4mm), stroke: (left: 1pt + luma(150)))[#emph({quoted(word('answer', language))}). "
    yield f"{_printed(question, question.answer, pictures)}]"
    rows = "".join(
        f"[{_number(part.points, language)}], [{_printed(question, part.note, pictures)}], " for part in question.parts
    )
    yield f"#table(columns: (auto, 1fr), stroke: 0.3pt + luma(150), {rows})"


def _seats(heading: Heading, sheets: Sequence[Sheet]) -> Iterator[str]:
    language = heading.language
    yield '#set page(paper: "a4", margin: 15mm, numbering: "1")'
    yield _title(f"{heading.title}. {word('seats', language)}") + " \\ "
    yield f"#{quoted(' · '.join(filter(None, (heading.course, heading.when, heading.place))))}"
    head = ("paper", "name", "group", "place", "variant", "signature")
    titles = ", ".join(f"strong({quoted(word(one, language))})" for one in head)
    rows = []
    for sheet in sheets:
        name = _shown(sheet.name)
        who = f"{name} ({sheet.login})" if unprintable(name) else name
        cells = (str(sheet.number), who, _shown(sheet.group), _shown(sheet.seat), str(sheet.variant + 1), "")
        rows.append(", ".join(f"[#{quoted(cell)}]" for cell in cells))
    columns = "(auto, 1fr, auto, auto, auto, 32mm)"
    yield f"#table(columns: {columns}, stroke: 0.4pt, table.header({titles}), {', '.join(rows)})"
