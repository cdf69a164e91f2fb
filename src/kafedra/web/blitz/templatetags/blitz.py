"""How questions, answers and distributions are written on pages."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString

from kafedra.course import Localized
from kafedra.course.topics import Question
from kafedra.web.blitz.shown import code_html, html_of
from kafedra.web.blitz.tally import Bar, right_answer
from kafedra.web.frame.language import spoken

register = template.Library()


@register.simple_tag
def course_text(text: Localized | None, base: str = "") -> SafeString | str:
    """A text of the course as blocks of HTML; its pictures are below `base`."""
    return html_of(text.in_(spoken()), base) if text else ""


@register.simple_tag
def course_line(text: Localized | None, base: str = "") -> SafeString | str:
    """A text of the course inside a line."""
    return html_of(text.in_(spoken()), base, inline=True) if text else ""


@register.simple_tag
def course_title(text: Localized) -> SafeString:
    """What a question asks, in a line: its first paragraph, which has no picture."""
    return html_of(text.in_(spoken()).split("\n\n", 1)[0], "", inline=True)


@register.filter
def as_code(code: str) -> SafeString:
    """A program, highlighted."""
    return code_html(code)


@register.filter
def of_all(bar: Bar, answers: int) -> int:
    """How many per cent of the answers, for the length of a bar."""
    return round(100 * bar.count / answers) if answers else 0


@register.filter
def place_of(places: Mapping[str, int], key: str) -> int | None:
    """Which place an item was given."""
    return places.get(key) if places else None


@register.filter
def is_right(question: Question, key: str) -> bool:
    """Whether the option with this key is right."""
    return question.option(key).correct


@register.filter
def right_typed(question: Question) -> str:
    """The right answer where it is typed."""
    return right_answer(question)


@register.filter
def is_hidden_key(key: str) -> bool:
    """Whether the words of this bar would tell the right answer, or a known mistake, while a vote goes on."""
    return key == "right" or (key.startswith("m") and key[1:].isdigit())
