"""A word is found in whatever form it is asked for, on the server and in the index of a static site."""

import json
from collections.abc import Iterator
from contextlib import closing

import pytest

from kafedra.course import Localized, load_course
from kafedra.materials import Index, Passage, as_json, course_passages
from kafedra.materials.lemmas import lemmas, words

TEXTS = {
    "backprop": "Обратное распространение ошибки считает градиент функции потерь по весам сети за один проход назад.",
    "graph": "Вычисления записывают графом: вершины — операции, рёбра — числа, которые по ним текут.",
    "zero": "Перед следующим шагом градиенты обнуляют вызовом zero_grad, иначе они накапливаются.",
    "check": "Градиент проверяют конечными разностями: ошибка зависит от шага, и график похож на букву U.",
    "dropout": "Дропаут выключает случайные нейроны, и сеть меньше переобучается.",
    "glass": "Свет прошёл сквозь стекло и рассеялся.",
    "attention": "Механизм внимания взвешивает скрытые состояния кодировщика.",
    "conv": "Свёрточная сеть применяет одно и то же ядро ко всем местам картинки.",
}
QUERIES = {
    "обратного распространения": "backprop", "градиентами весов": "backprop", "потеря": "backprop", "графы": "graph",
    "вершина графа": "graph", "ребро": "graph", "обнулить градиент": "zero", "накопление": "zero", "zero_grad": "zero",
    "ZERO_GRAD": "zero", "разностью": "check", "проверка градиента": "check", "буквы": "check", "дропаутом": "dropout",
    "нейроном": "dropout", "переобучение": "dropout", "стекла": "glass", "стёклами": "glass", "света": "glass",
    "вниманию": "attention", "состоянием": "attention", "свёртка": "conv", "картинкам": "conv", "ядра": "conv",
    "рассеяться": "glass", "кодировщиками": "attention", "операция": "graph", "dropout": "dropout", "шага": "zero",
    "attention": "attention", "обучать": None, "квантование": None,
}  # fmt: skip


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    with closing(Index()) as found:
        found.replace(Passage("lecture", name, "", name, text) for name, text in TEXTS.items())
        yield found


@pytest.fixture
def found() -> Iterator[Index]:
    with closing(Index()) as empty:
        yield empty


@pytest.mark.parametrize(("query", "expected"), QUERIES.items())
def test_any_form_finds_any_other(index: Index, query: str, expected: str | None) -> None:
    names = [one.passage.where for one in index.find(query + " ")]
    assert (expected in names) if expected else names == []


def test_all_words_must_be_there_and_the_last_may_be_half_typed(index: Index) -> None:
    assert [one.passage.where for one in index.find("механизм скры")] == ["attention"]
    assert index.find("механизм скры ") == []
    assert index.find("механизм дропаут") == []


@pytest.mark.parametrize(
    "query", ["", "   ", '"', "(", "a OR", "NEAR(", "*", "'; DROP TABLE passages", "ы" * 5000, "-" * 50]
)
def test_whatever_is_typed_is_only_looked_for(index: Index, query: str) -> None:
    index.find(query)
    assert index.find("градиент")


def test_found_words_are_marked_and_nothing_else_acts(found: Index) -> None:
    found.replace([Passage("lecture", "a", "", "т", "<script>alert(1)</script> Градиентами <b>полнится</b> сеть")])
    (one,) = found.find("градиент")
    assert (
        one.snippet == "&lt;script&gt;alert(1)&lt;/script&gt; <mark>Градиентами</mark> &lt;b&gt;полнится&lt;/b&gt; сеть"
    )


def test_the_index_of_a_static_site_finds_the_same(index: Index) -> None:
    """The few lines that a browser has to do, done here."""
    content = json.loads(as_json([Passage("lecture", name, "", name, text) for name, text in TEXTS.items()]))
    for query, expected in QUERIES.items():
        if expected is None:
            continue
        found = set(range(len(TEXTS)))
        for word, _, _ in words(query):
            numbers = content["forms"].get(word) or [
                number for one in lemmas(word) for number in content["forms"].get(one, ())
            ]
            found &= {place for number in numbers for place, _ in content["postings"][number]}
        assert expected in {content["passages"][place][1] for place in found}, query


def test_a_course_is_indexed_by_headings(found: Index, topic, course_folder) -> None:
    topic(
        lecture_md="# Глава\n\nначало\n\n## Почему граф\n\nПути складываются: {{ best_h }}\n\n"
        "```python\n# не заголовок\n```\n"
    )
    passages = list(course_passages(load_course(course_folder)))
    assert ("lecture", "topic:1:lecture", "pochemu-graf", "Почему граф") in {
        (one.kind, one.where, one.anchor, one.title) for one in passages
    }
    assert found.replace(passages) == len(passages)
    assert [one.passage.anchor for one in found.find("складывать путь")] == ["pochemu-graf"]
    assert {one.kind for one in passages} == {"topic", "lecture", "seminar", "reading"}


STEP, WHICH = Localized(ru="Шаг", en="Step"), Localized(ru="какой шаг `h` взять", en="which step")


@pytest.mark.parametrize(
    ("query", "language", "title", "snippet"),
    [
        ("шагом", "ru", "Шаг", "какой <mark>шаг</mark> h взять"),
        ("which", "ru", "Шаг", "<mark>which</mark> step"),  # what was found is shown, whatever the reader's language
        ("step", "en", "Step", "which <mark>step</mark>"),
        ("взял", "en", "Step", "какой шаг h <mark>взять</mark>"),
    ],
)
def test_what_is_there_in_two_languages_is_found_in_either_and_shown_in_one(
    found: Index, query: str, language: str, title: str, snippet: str
) -> None:
    found.replace([Passage.of("blitz", "a", "", STEP, WHICH)])
    (one,) = found.find(query, language=language)
    assert (one.passage.title, one.snippet) == (title, snippet)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("| a | $b$ |\n|---|:-:|\n| 1 | |\n| 2 | `x * y` |", "a · b; 1; 2 · x * y"),
        ("до\n\n```python\nfor x in a * b:  # шаг\n    pass\n```\n\nпосле", "до for x in a * b: # шаг pass после"),
        ("~~~\n# не заголовок\n~~~", "# не заголовок"),
        ("при $x^2$, а $$\\sigma(x)$$ и $\\frac{a}{b}$.", "при x^2, а σ(x) и …."),
        ("![Две *луны*](a.svg \"подпись\")", "Две луны"),
        ("[о шаге](#step), [сюда][1] и <https://a.b/c>\n\n[1]: http://x.y", "о шаге, сюда и https://a.b/c"),
        ("раз[^1] и два\n\nещё\n\n[^1]: Сноска с `кодом`.", "раз и два ещё Сноска с кодом."),
        ("- раз\n- **два**\n\n1. _три_\n\n---\n\n> четыре\\\nпять", "раз два три четыре пять"),
        ("<b>5 &lt; 6</b> ~~нет~~ \\*звезда\\*", "<b>5 < 6</b> нет *звезда*"),
        ("::: answer Почему $x$?\nПотому.\n:::", "Почему x? Потому."),
        ("с {{ before:.0% }} до ${{ after }}$", "с … до ..."),
    ],
)  # fmt: skip
def test_what_is_found_is_shown_as_plain_words(text: str, words: str) -> None:
    assert Passage.of("blitz", "a", "", STEP, Localized.same(text)).text == words


def test_a_footnote_is_found_where_it_is_referred_to(topic, course_folder) -> None:
    topic(lecture_md="# Глава\n\n## Шаг\n\nраз[^1]\n\n## Шаг\n\nдва\n\n[^1]: Сноска.\n")
    passages = course_passages(load_course(course_folder))
    texts = {one.anchor: one.text for one in passages if one.kind == "lecture" and one.title == "Шаг"}
    assert texts == {"shag": "раз Сноска.", "shag-2": "два"}
