"""What every topic of the course has: the standard of `docs/develop/topics.md`, as far as it can be counted."""

import re

import pytest
from tests.course_content.reports import HOMEWORK

from kafedra.course.topics import TopicMaterials, load_topic, topic_folders

TOPICS = {folder.name: load_topic(folder) for folder in topic_folders(HOMEWORK.parent)}
#: The assignments of each topic: where a student meets them, and which topic their statements send back to.
ASSIGNMENTS = {
    "01-backprop": ("activations", "backprop"),
    "02-training-loop": ("activations", "weight-init"),
    "03-optimization": ("dropout", "optimization"),
    "04-cnn": ("batchnorm", "pytorch-basics"),
}
every_topic = pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)


@every_topic
def test_a_chapter_is_a_chapter(topic: TopicMaterials) -> None:
    text = topic.lecture.read_text("utf-8")
    assert 3000 <= len(text.split()) <= 5000
    assert len(re.findall(r"^::: answer ", text, re.MULTILINE)) == 10
    assert re.search(r"^::: frames ", text, re.MULTILINE), "no picture to play with"
    assert "[^" in text, "no source"
    assert re.search(r"^::: example ", text, re.MULTILINE), "no numbers to redo by hand"
    for heading in ("## История", "## Коротко", "## Проверьте себя"):
        assert heading in text


@every_topic
def test_a_chapter_names_misconceptions_that_the_blitz_meets(topic: TopicMaterials) -> None:
    text = topic.lecture.read_text("utf-8")
    named = set(re.findall(r"^::: misconception «(.+)»", text, re.MULTILINE))
    known = {one.text.ru for one in topic.about.misconceptions}  # load_topic has seen that each is met
    assert len(named) >= 3
    assert named <= known


@every_topic
def test_every_wrong_option_is_a_named_misconception(topic: TopicMaterials) -> None:
    assert 8 <= len(topic.blitz) <= 10
    assert sum(question.code is not None or "](pictures/" in question.text.ru for question in topic.blitz) >= 2
    for question in topic.blitz:
        for wrong in [option for option in question.options if not option.correct] + list(question.mistakes):
            assert wrong.misconception, f"{question.slug}: {wrong}"


@every_topic
def test_a_topic_has_its_bank_its_harder_problems_and_its_reading(topic: TopicMaterials) -> None:
    assert len(topic.exam.theory) >= 12
    assert len(topic.exam.practice) >= 4
    assert len(topic.harder) == 3
    assert 6 <= len(topic.reading) <= 10
    assert {entry.language for entry in topic.reading} == {"ru", "en"}
    assert topic.about.seminar.seeds >= 5


@every_topic
def test_the_minutes_of_a_seminar_add_up(topic: TopicMaterials) -> None:
    text = topic.seminar.read_text("utf-8")
    assert 60 <= topic.about.seminar.minutes <= 80
    assert sum(map(int, re.findall(r"^# ## .*\((\d+) минут", text, re.MULTILINE))) == topic.about.seminar.minutes


@every_topic
def test_a_seminar_begins_with_mistakes_and_five_questions_and_ends_with_homework(topic: TopicMaterials) -> None:
    headings = re.findall(r"^# ## (.*) \(\d+ минут", topic.seminar.read_text("utf-8"), re.MULTILINE)
    assert headings[0] == "Работа над ошибками"
    assert headings[-1].endswith("Блиц и домашка")
    first = topic.seminar.read_text("utf-8").split("# %%")[2]
    assert re.findall(r"^# (\d)\. ", first, re.MULTILINE) == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(("topic", "name"), [(topic, one) for topic, names in ASSIGNMENTS.items() for one in names])
def test_an_assignment_is_linked_where_it_is_needed_and_sends_back(topic: str, name: str) -> None:
    link = f"](../../homework/{name}/notebook.py)"
    assert link in TOPICS[topic].lecture.read_text("utf-8")
    assert link in TOPICS[topic].seminar.read_text("utf-8")
    statement = (HOMEWORK / name / "notebook.py").read_text("utf-8").partition("\n# %%\n")[0]
    assert re.search(rf"тем\w+ {int(topic[:2])}\b", statement), "the statement sends nobody to its topic"
