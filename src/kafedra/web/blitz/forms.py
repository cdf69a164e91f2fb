"""What a form of a question says, of a phone or of practice."""

from __future__ import annotations

from django.http import QueryDict

from kafedra.course.topics import Question
from kafedra.course.topics.answering import LONGEST_ANSWER
from kafedra.web.blitz.asked import item_key


def given_in(question: Question, sent: QueryDict) -> list[str] | None:
    """The keys that were chosen, the order of items, or what was typed; None when it is no answer."""
    if question.options:
        known = {option.key for option in question.options}
        chosen = [key for key in dict.fromkeys(sent.getlist("given")) if key in known]
        several = question.kind == "multiple"
        return chosen if chosen and (several or len(chosen) == 1) else None
    if question.kind == "order":
        return _order(question, sent)
    typed = sent.get("given", "").replace("\x00", "").replace("\r\n", "\n").strip()[:LONGEST_ANSWER]
    return [typed] if typed else None


def _order(question: Question, sent: QueryDict) -> list[str] | None:
    keys = [item_key(item) for item in question.items]
    places = {key: sent.get(f"place-{key}", "") for key in keys}
    if sorted(places.values()) != sorted(str(number) for number in range(1, len(keys) + 1)):
        return None
    return sorted(keys, key=lambda key: int(places[key]))
