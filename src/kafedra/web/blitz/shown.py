"""Questions as HTML: formulas, code and pictures inside, in the visitor's language."""

from __future__ import annotations

from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from kafedra.course.topics import TopicMaterials
from kafedra.materials import Addresses, Store, picture, text_html
from kafedra.materials.pictures import picture_name
from kafedra.web.runs import course


@lru_cache(maxsize=2048)
def html_of(text: str, base: str, *, inline: bool = False) -> SafeString:
    """A text of the course. `base` is the address below which its pictures are. Kept: a roomful asks at once."""

    def picture_at(named: str) -> tuple[str, str] | None:
        name = picture_name(named)
        return (f"{base}pictures/{name}-light.svg", f"{base}pictures/{name}-dark.svg") if name else None

    return mark_safe(text_html(text, Addresses(picture=picture_at), inline=inline))  # noqa: S308  # safe by `materials`


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
