"""Texts of the bank on pages."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kafedra.exam.bank import Question
from kafedra.materials import text_html
from kafedra.web.exams.pictures import in_the_page
from kafedra.web.frame.numbers import written

register = template.Library()


@register.simple_tag
def bank_text(text: str, topic: int | None = None) -> SafeString:
    """A text as blocks of HTML; its pictures are those of the topic."""
    if "](pictures/" in text:  # not kept: one that isn't drawn yet stands there in its words until it is
        return mark_safe(text_html(text, in_the_page(topic)))  # noqa: S308  # safe by `materials`
    return _kept(text, inline=False)


@register.simple_tag
def bank_line(text: str) -> SafeString:
    """A text inside a line."""
    return _kept(text, inline=True)


@lru_cache(maxsize=2048)
def _kept(text: str, *, inline: bool) -> SafeString:
    return mark_safe(text_html(text, inline=inline))  # noqa: S308  # safe by `materials`


@register.filter
def question_head(question: Question) -> str:
    """What all variants of a place have in common: «theory, topic 2, difficulty 1, 3 points»."""
    kind = _("theory") if question.kind == "theory" else _("problem")
    topic = _("topic %(n)d") % {"n": question.topic} if question.topic else _("the whole course")
    points = ngettext("%(n)s point", "%(n)s points", int(question.points)) % {"n": written(question.points)}
    difficulty = _("difficulty %(n)d") % {"n": question.difficulty}
    return f"{kind}, {topic}, {difficulty}, {points}"
