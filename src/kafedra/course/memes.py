"""`memes/NN-slug.svg`: the course's own memes, one a topic or several. A drawing says itself what it shows.

One drawing may speak both languages as SVG has it: `<title lang="en">` and `<desc lang="en">` beside the Russian ones,
and in a `<switch>` one child for each, marked `systemLanguage`. What of it is shown is chosen here and not by the
browser: the page that it stands on has a language of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args
from xml.etree.ElementTree import Element, ParseError, XMLParser, register_namespace, tostring

from kafedra.course.problems import CourseError, Problem, ProblemLog
from kafedra.course.text import Language, Localized

MEMES_DIR = "memes"
LARGEST_BYTES = 100_000
_NAMED = re.compile(r"(\d{2})-([a-z0-9]+(?:-[a-z0-9]+)*)")
_SVG = "{http://www.w3.org/2000/svg}"
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_WORDS = ("title", "desc")
_MARK = "systemLanguage"
# What a picture has no use for: it runs, or brings something else in.
_FOREIGN = frozenset({"script", "foreignObject", "image", "iframe", "a", "animate", "set"})

register_namespace("", _SVG.strip("{}"))


@dataclass(frozen=True, slots=True)
class Meme:
    """A drawing about the topic `topic`; `alt` is what it shows and says. It speaks `languages`, the first best."""

    slug: str
    topic: int
    title: Localized
    alt: Localized
    languages: tuple[Language, ...]
    path: Path

    def spoken_to(self, language: Language) -> Language:
        """The language in which it is shown to who reads `language`."""
        return language if language in self.languages else self.languages[0]

    def drawn_in(self, language: Language) -> bytes:
        """The drawing, as SVG, with the words of one of its languages alone."""
        drawing = _drawing(self.path, self.path)
        drawing.set("lang", language)
        for parent in list(drawing.iter()):
            for child in list(parent):
                if _spoken(child, language) is False:
                    parent.remove(child)
                else:
                    child.attrib.pop(_MARK, None)
        written: bytes = tostring(drawing, encoding="utf-8")
        return written


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
    problems = list(_problems(drawing, shown))
    languages = _languages(drawing)
    problems += _unspoken(drawing, languages, shown)
    if problems:
        raise CourseError(problems)
    title, alt = (
        Localized(
            **{one: _words(drawing, name, one if one in languages else languages[0]) for one in get_args(Language)}
        )
        for name in _WORDS
    )
    return Meme(path.stem, int(named[1]), title, alt, languages, path)


def _languages(drawing: Element) -> tuple[Language, ...]:
    """Those of its titles; a title that says none has that of the drawing, and is Russian if that says none either."""
    own = drawing.get("lang")
    known: tuple[Language, ...] = get_args(Language)
    named = [title.get("lang") or own for title in drawing.findall(f"{_SVG}title")]
    return tuple(dict.fromkeys(one for one in known if one in named)) or ("ru",)


def _words(drawing: Element, name: str, language: str) -> str:
    """What `<title>` or `<desc>` says in `language`; empty if it says nothing."""
    found = [one for one in drawing.findall(f"{_SVG}{name}") if one.get("lang", language) == language]
    return " ".join((found[0].text or "").split()) if found else ""


def _spoken(element: Element, language: str) -> bool | None:
    """Whether `element` is for this language; None if it is for every one."""
    marked = element.get(_MARK) or (
        element.get("lang") if element.tag in {f"{_SVG}{name}" for name in _WORDS} else None
    )
    return None if marked is None else marked == language


def _unspoken(drawing: Element, languages: tuple[Language, ...], shown: Path) -> Iterator[Problem]:
    """Languages that the titles promise and the rest doesn't speak."""
    for language in languages:
        which = f" lang={language!r}" if len(languages) > 1 else ""
        for name in _WORDS:
            if not _words(drawing, name, language):
                yield Problem(shown, None, f"<{name}{which}>", None, "must say in words what the drawing shows")
        for place, switch in enumerate(drawing.iter(f"{_SVG}switch"), 1):
            if all(_spoken(child, language) is False for child in switch):
                message = f'must have a child with {_MARK}="{language}": the drawing has a title in that language'
                yield Problem(shown, None, f"<switch> {place}", None, message)


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
        marked = element.get(_MARK)
        if marked is not None and marked not in get_args(Language):
            message = f"must be one language: {', '.join(map(repr, get_args(Language)))}"
            yield Problem(shown, None, _MARK, marked, message)
        for key, value in element.items():
            if key.lower().startswith("on"):
                yield Problem(shown, None, key, value, "is a program, and a drawing has none")
            if key in _HREFS and not value.startswith("#"):
                yield Problem(shown, None, "href", value, "must point into the drawing itself: '#…'")
