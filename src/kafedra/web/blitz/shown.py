"""Questions as HTML: formulas, code and pictures inside, in the visitor's language."""

from __future__ import annotations

from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from kafedra.course.topics import TopicMaterials
from kafedra.materials import Addresses, Store, picture, text_html
from kafedra.materials.pictures import picture_name
from kafedra.web.runs import course

_PICTURES = "](pictures/"


def html_of(text: str, base: str, *, inline: bool = False) -> SafeString:
    """A text of the course. `base` is the address below which its pictures are; they are in both themes."""
    return _with_pictures(text, base, inline) if _PICTURES in text else _kept(text, inline)


@lru_cache(maxsize=2048)
def _kept(text: str, inline: bool) -> SafeString:  # a roomful of phones asks for it at once
    return mark_safe(text_html(text, inline=inline))  # noqa: S308  # safe by `materials`


def _with_pictures(text: str, base: str, inline: bool) -> SafeString:
    """Not kept: a picture that isn't drawn yet stands there in its words until it is."""

    def picture_at(named: str) -> tuple[str, str] | None:
        name = picture_name(named)
        drawn = name and _drawn(name)
        return (f"{base}pictures/{name}-light.svg", f"{base}pictures/{name}-dark.svg") if drawn else None

    return mark_safe(text_html(text, Addresses(picture=picture_at), inline=inline))  # noqa: S308  # safe by `materials`


_known_to_be = set[str]()


def _drawn(name: str) -> bool:
    if name not in _known_to_be and any(
        picture_file(topic, name, dark=False) for topic in course.current().materials.values()
    ):
        _known_to_be.add(name)
    return name in _known_to_be


def code_html(code: str) -> SafeString:
    """A program as its own block, highlighted."""
    fence = "`" * 8
    return html_of(f"{fence}python\n{code.strip(chr(10))}\n{fence}", "")


def picture_file(topic: TopicMaterials, name: str, *, dark: bool) -> bytes | None:
    """A picture that a question of this topic shows; None for any other, or one that isn't drawn yet."""
    address = f"pictures/{name}.svg"
    texts = [one.text for one in topic.blitz] + [option.text for one in topic.blitz for option in one.options]
    texts += [one.explanation for one in topic.blitz]
    if not any(address in text.ru or address in text.en for text in texts):
        return None
    return picture(topic, Store.of(course.current().root), address, dark=dark)
