"""Questions that were asked already: found by the words they share, in whatever forms these are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from kafedra.materials.lemmas import lemmas, words
from kafedra.web.questions.models import Question

SHOWN: Final = 5
ALIKE: Final = 0.34  # of the weight of the words that are looked for
_MOST_WORDS: Final = 60
_MOST_KEPT: Final = 400
_IN_TEXT: Final = 0.6  # a word in the text says less of what a question is about than one in its title
# Words that questions are made of, whatever they are about.
_COMMON: Final = frozenset(
    "зачем сколько а без бы был быть в во вот вы где да для до его если есть еще же за и из или именно их "
    "к как какой когда который кто ли либо лучше мне мой можно мочь мы на надо нам нас не нет ни но ну о "
    "об он она они от по почему под получаться понять понимать пожалуйста при про просто с свой сделать "
    "делать себя со спасибо так такой там то тот только тут ты у уже хотеть чем через что чтобы это этот "
    "я вопрос подсказать помочь объяснить никак работать нужно нужный a an and are as at be but by can do "
    "does for from get have how i if in is it me my not of on or please question should so that the this "
    "to was we what when where which why with you".split()
)


def indexed(title: str, text: str, answers: str = "") -> list[list[str]]:
    """The lemmas by which a question is found: of its title, of its text, of what was answered."""
    parts = [_content(part, _MOST_KEPT) for part in (title, text, answers)]
    return [sorted({lemma for word in part for lemma in word}) for part in parts]


def similar(title: str, text: str, known: Iterable[Question], *, value: str = "", limit: int = SHOWN) -> list[Question]:
    """The questions among `known` that ask the same as far as words can tell, the likeliest first.

    `value` names what the new one is about: a question about the same is a little likelier.
    """
    rows = [(question, *_lemmas_of(question)) for question in known]
    asked = Counter[frozenset[str]]()
    for weight, part in ((2, title), (1, text)):
        for word in _content(part):
            asked[word] += weight
    if not asked or not rows:
        return []
    rarity = {
        word: math.log(1 + len(rows) / (1 + sum(bool(word & (heading | body)) for _, heading, body in rows)))
        for word in asked
    }
    most = sum(weight * rarity[word] for word, weight in asked.items())
    scored = [(_score(asked, rarity, heading, body) / most, question) for question, heading, body in rows]
    near = [(score + 0.08 * _same(question, value), question) for score, question in scored if score >= ALIKE]
    return [question for _score_of, question in sorted(near, key=lambda one: (-one[0], -one[1].pk))[:limit]]


def _lemmas_of(question: Question) -> tuple[frozenset[str], frozenset[str]]:
    heading, body = question.words[:2] or ([], [])
    return frozenset(heading), frozenset(body)


def _score(
    asked: Counter[frozenset[str]], rarity: dict[frozenset[str], float], heading: frozenset[str], body: frozenset[str]
) -> float:
    found, common = 0.0, 0
    for word, weight in asked.items():
        share = 1.0 if word & heading else _IN_TEXT if word & body else 0.0
        found += share * weight * rarity[word]
        common += share > 0
    return found if common >= min(2, len(asked)) else 0.0


def _same(question: Question, value: str) -> bool:
    named = (f"topic:{question.topic}", f"assignment:{question.assignment}")
    return bool(value) and value in named


def _content(text: str, most: int = _MOST_WORDS) -> Sequence[frozenset[str]]:
    """The lemmas of each word that says what a text is about."""
    found = [lemmas(word) for word, _start, _end in list(words(text))[: most * 3] if len(word) > 1]
    return [one for one in found if not one & _COMMON][:most]


def matching(search: str, known: Iterable[Question]) -> list[Question]:
    """The questions with every word of a search in any of its forms, those with more of them in the title first.

    What was answered counts, too.
    """
    asked = _content(search) or [lemmas(word) for word, _start, _end in words(search)]
    found = []
    for question in known:
        heading, all_of_it = frozenset(question.words[0]), frozenset().union(*question.words)
        if asked and all(word & all_of_it for word in asked):
            found.append((sum(bool(word & heading) for word in asked), question))
    return [question for _number, question in sorted(found, key=lambda one: -one[0])]
