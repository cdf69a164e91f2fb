"""`memes/NN-slug.svg`: the course's own memes, one a topic or several. A drawing says itself what it shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, XMLParser

from kafedra.course.problems import CourseError, Problem, ProblemLog

MEMES_DIR = "memes"
LARGEST_BYTES = 100_000
_NAMED = re.compile(r"(\d{2})-([a-z0-9]+(?:-[a-z0-9]+)*)")
_SVG = "{http://www.w3.org/2000/svg}"
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
# What a picture has no use for: it runs, or brings something else in.
_FOREIGN = frozenset({"script", "foreignObject", "image", "iframe", "a", "animate", "set"})


@dataclass(frozen=True, slots=True)
class Meme:
    """A drawing about the topic `topic`; `alt` is what it shows and says, in the language of the drawing."""

    slug: str
    topic: int
    title: str
    alt: str
    path: Path


def read_memes(root: Path) -> tuple[Meme, ...]:
    """The memes of the course in `root`, in the order of topics. Raises CourseError with every problem."""
    log = ProblemLog()
    found = [log.attempt(_read, path, root) for path in sorted((root / MEMES_DIR).glob("*.svg"))]
    log.raise_if_any()
    return tuple(meme for meme in found if meme is not None)


def _read(path: Path, root: Path) -> Meme:
    shown = path.relative_to(root)
    named = _NAMED.fullmatch(path.stem)
    if named is None:
        message = "must be called by the topic's number in two digits and a slug, such as '01-chain-rule.svg'"
        raise CourseError([Problem(shown, None, "", path.name, message)])
    drawing = _drawing(path, shown)
    title, alt = (" ".join((drawing.findtext(f"{_SVG}{name}") or "").split()) for name in ("title", "desc"))
    problems = list(_problems(drawing, shown))
    for name, value in (("title", title), ("desc", alt)):
        if not value:
            problems.append(Problem(shown, None, f"<{name}>", None, "must say in words what the drawing shows"))
    if problems:
        raise CourseError(problems)
    return Meme(path.stem, int(named[1]), title, alt, path)


def _drawing(path: Path, shown: Path) -> Element:
    data = path.read_bytes()
    if len(data) > LARGEST_BYTES:
        raise CourseError([Problem(shown, None, "", None, f"must be at most {LARGEST_BYTES} bytes")])
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise CourseError([Problem(shown, None, "", None, "must be a drawing without <!DOCTYPE and <!ENTITY")])
    try:
        parser = XMLParser()  # noqa: S314  # the author's own file, and without entities
        parser.feed(data)
        drawing: Element = parser.close()
    except ParseError as error:
        raise CourseError([Problem(shown, error.position[0], "", None, "is not well-formed XML")]) from None
    if drawing.tag != f"{_SVG}svg" or not drawing.get("viewBox"):
        message = 'must begin with <svg xmlns="http://www.w3.org/2000/svg" viewBox="…">'
        raise CourseError([Problem(shown, None, "", None, message)])
    return drawing


def _problems(drawing: Element, shown: Path) -> Iterator[Problem]:
    for element in drawing.iter():
        name = element.tag.removeprefix(_SVG)
        if name in _FOREIGN:
            yield Problem(shown, None, f"<{name}>", None, "has no place in a drawing")
        for key, value in element.items():
            if key.lower().startswith("on"):
                yield Problem(shown, None, key, value, "is a program, and a drawing has none")
            if key in _HREFS and not value.startswith("#"):
                yield Problem(shown, None, "href", value, "must point into the drawing itself: '#…'")
