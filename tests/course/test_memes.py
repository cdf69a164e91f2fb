"""The course's own memes are drawings that say in words what they show, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kafedra.course import CourseError, load_course
from kafedra.course.memes import read_memes

COURSE = Path(__file__).resolve().parents[2] / "course"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>t</title><desc>d</desc>{}</svg>'


def written(root: Path, text: str, name: str = "01-one.svg") -> Path:
    (root / "memes").mkdir()
    (root / "memes" / name).write_text(text, encoding="utf-8")
    return root


def test_every_topic_has_its_meme() -> None:
    course = load_course(COURSE)
    assert {meme.topic for meme in course.memes} == {topic.number for topic in course.topics}
    assert all(len(meme.alt.in_(language)) > 40 for meme in course.memes for language in meme.languages)


def test_a_drawing_is_read_with_its_words(tmp_path: Path) -> None:
    (meme,) = read_memes(written(tmp_path, SVG.format('<circle r="4"/>')))
    assert (meme.slug, meme.topic, meme.title.ru, meme.alt.en) == ("01-one", 1, "t", "d")


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>alert(1)</script>", "<script>: has no place in a drawing"),
        ('<circle onclick="alert(1)"/>', "onclick: 'alert(1)' — is a program"),
        ('<use href="https://example.org/#a"/>', "must point into the drawing itself"),
        ("<foreignObject/>", "<foreignObject>: has no place"),
        ("<circle>", "is not well-formed XML"),
    ],
)
def test_what_is_no_drawing_is_named(inside: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(CourseError) as caught:
        read_memes(written(tmp_path, SVG.format(inside)))
    assert said in str(caught.value)
    assert "memes/01-one.svg" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (SVG.format("").replace("<desc>d</desc>", ""), "01-one.svg", "<desc>: must say in words"),
        (SVG.format(""), "one.svg", "must be called by the topic's number"),
        ("<!DOCTYPE svg>" + SVG.format(""), "01-one.svg", "without <!DOCTYPE"),
        (SVG.format("").replace(' viewBox="0 0 9 9"', ""), "01-one.svg", "must begin with <svg"),
    ],
)
def test_what_a_drawing_lacks_is_named(text: str, name: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(CourseError) as caught:
        read_memes(written(tmp_path, text, name))
    assert said in str(caught.value)


TWO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" lang="ru">
<title lang="ru">т</title><title lang="en">t</title><desc lang="ru">д</desc><desc lang="en">d</desc>
<circle r="4"/><switch><text systemLanguage="ru">слово</text><text systemLanguage="en">word</text></switch></svg>"""


def test_a_drawing_speaks_the_language_that_is_asked_for(tmp_path: Path) -> None:
    (meme,) = read_memes(written(tmp_path, TWO))
    assert meme.languages == ("ru", "en")
    assert (meme.title.ru, meme.title.en, meme.alt.ru, meme.alt.en) == ("т", "t", "д", "d")
    english = meme.drawn_in("en").decode()
    assert english.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert 'lang="en"' in english
    for words, shown in (("word", True), ("слово", False), (">t<", True), ("т", False), ("circle", True)):
        assert (words in english) is shown
    assert "слово" in meme.drawn_in("ru").decode()


def test_a_drawing_of_one_language_is_shown_as_it_is(tmp_path: Path) -> None:
    text = SVG.format("<text>word</text>").replace("viewBox", 'lang="en" viewBox')
    (meme,) = read_memes(written(tmp_path, text))
    assert meme.spoken_to("ru") == "en"
    assert "word" in meme.drawn_in("en").decode()


@pytest.mark.parametrize(
    ("there", "instead", "said"),
    [
        ('<desc lang="en">d</desc>', "", "<desc lang='en'>: must say in words"),
        ('systemLanguage="en"', 'systemLanguage="ru"', '<switch> 1: must have a child with systemLanguage="en"'),
        ('systemLanguage="en"', 'systemLanguage="de"', "systemLanguage: 'de' — must be one language: 'ru', 'en'"),
    ],
)
def test_a_language_that_is_promised_is_spoken(there: str, instead: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(CourseError) as caught:
        read_memes(written(tmp_path, TWO.replace(there, instead)))
    assert said in str(caught.value)


def test_the_courses_own_memes_speak_both_languages() -> None:
    for meme in read_memes(COURSE):
        assert meme.languages == ("ru", "en")
        assert not re.search("[а-яё]", meme.drawn_in("en").decode(), re.IGNORECASE), meme.slug
        assert not re.search("[а-яё]", meme.title.en + meme.alt.en, re.IGNORECASE), meme.slug
