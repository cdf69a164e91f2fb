"""Topics of a course: read whole, and one mistake is one problem with its place and its remedy."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from tests.course.topic_files import BLITZ, EXAM, HARDER, READING, SURVEY, TOPIC, write_topic

from kafedra.course import CourseError, load_course
from kafedra.course.topics import answered, load_topic
from kafedra.course.topics.answering import number_of

OPTION = 'explanation = "Второй путь забыт."'
MISTAKES = {
    "a folder without a number": (
        {"name": "backprop"}, "topics/backprop: 'backprop' — must be called by the topic's number in two digits and "
        "its slug, such as '01-backprop'",
    ),
    "a folder of no topic": (
        {"name": "01-optimization"}, "topics/01-optimization: '01-optimization' — must be called as a topic of "
        "course.toml: 01-backprop, 02-activations",
    ),
    "no chapter": ({"lecture_md": ""}, "topics/01-backprop/lecture.md: there is no such file: the chapter"),
    "no blitz": ({"blitz_toml": ""}, "topics/01-backprop/blitz.toml: there is no such file"),
    "no goals": (
        {"topic_toml": TOPIC.replace('goals = ["Считать градиент"]', "goals = []")},
        "topics/01-backprop/topic.toml:2: goals: '[]' — must not be empty",
    ),
    "a range upside down": (
        {"topic_toml": TOPIC.replace("low = 1e-7", "low = 1")},
        "topics/01-backprop/topic.toml:16: figures[0].high: '0.0001' — must not be less than low, 1",
    ),
    "a range that is text": (
        {"topic_toml": TOPIC.replace("low = 1e-7", 'low = "1e-7"')},
        "topics/01-backprop/topic.toml:15: figures[0].low: '1e-7' — must be a number, such as 0.25 or 1e-5",
    ),
    "a prerequisite that comes later": (
        {"topic_toml": TOPIC.replace('address = "https://example.org/derivative"', "topic = 2")},
        "topics/01-backprop/topic.toml:6: prerequisites[0].topic: '2' — must be a topic before this one, which is 1",
    ),
    "no address": (
        {"topic_toml": TOPIC.replace("https://example.org/derivative", "javascript:alert(1)")},
        "topics/01-backprop/topic.toml:6: prerequisites[0].address: 'javascript:alert(1)' — must be an address on the "
        "web, such as 'https://example.org/page'",
    ),
    "a misconception that no question meets": (
        {"topic_toml": TOPIC + '\n[[misconceptions]]\nslug = "other"\ntext = "Другое"\n'},
        "topics/01-backprop/topic.toml:19: misconceptions[1].slug: 'other' — must be met by the blitz: an option or a "
        "mistake names it as its misconception",
    ),
    "a misconception that is not named": (
        {"blitz_toml": BLITZ + BLITZ.split("\n\n[[questions]]")[0].replace("diamond", "d2").replace("sum-f", "f")},
        "topics/01-backprop/blitz.toml:72: questions[6].options[1].misconception: 'forgotten' — must be the slug of "
        "one of the [[misconceptions]] in topic.toml: sum-forgotten",
    ),
    "an option without an explanation": (
        {"blitz_toml": BLITZ.replace(OPTION + "\n", "")},
        "topics/01-backprop/blitz.toml:12: questions[0].options[1].explanation: is required: whoever chooses this "
        "option learns why it is right or wrong",
    ),
    "two right options of one": (
        {"blitz_toml": BLITZ.replace('text = "1"\n', 'text = "1"\ncorrect = true\n')},
        "topics/01-backprop/blitz.toml:7: questions[0].options: one option must be correct = true, here 2 are",
    ),
    "nothing right": (
        {"blitz_toml": BLITZ.replace(", correct = true", "")},
        "topics/01-backprop/blitz.toml:22: questions[1].options: at least one option must be correct = true",
    ),
    "a numeric question with options": (
        {"blitz_toml": BLITZ.replace('answers = ["zero_grad", ', 'answer = 1\nanswers = ["zero_grad", ')},
        "topics/01-backprop/blitz.toml:42: questions[3].answer: doesn't belong to a question of kind 'text'",
    ),
    "an order of two": (
        {"blitz_toml": BLITZ.replace(', "шаг"]', "]")},
        "topics/01-backprop/blitz.toml:49: questions[4].items: must be at least three, in their right order",
    ),
    "an unknown kind": (
        {"blitz_toml": BLITZ.replace('"order"', '"sort"')},
        "topics/01-backprop/blitz.toml:46: questions[4].kind: 'sort' — must be 'single', 'multiple', 'numeric', "
        "'text', 'order' or 'code'",
    ),
    "two questions of one name": (
        {"blitz_toml": BLITZ.replace('"steps"', '"slope"')},
        "topics/01-backprop/blitz.toml:45: questions[4].slug: 'slope' — must come once, it is also that of "
        "questions[2]",
    ),
    "an exam without marks": (
        {"exam_toml": EXAM.replace('marks = [{ points = 1, note = "сумма по путям" }]', "marks = []")},
        "topics/01-backprop/exam.toml:7: theory[0].marks: '[]' — must not be empty",
    ),
    "two entries of the bank with one name": (
        {"exam_toml": EXAM.replace('"by-hand"', '"chain-rule"')},
        "topics/01-backprop/exam.toml:10: practice[0].slug: 'chain-rule' — must come once, it is also that of "
        "theory[0]",
    ),
    "difficulty out of range": (
        {"exam_toml": EXAM.replace("difficulty = 2", "difficulty = 5")},
        "topics/01-backprop/exam.toml:12: practice[0].difficulty: '5' — must be a whole number from 1 to 3",
    ),
    "reading of an unknown kind": (
        {"reading_toml": READING.replace('"book"', '"blog"')},
        "topics/01-backprop/reading.toml:6: entries[0].kind: 'blog' — must be 'book', 'chapter', 'paper', 'notes', "
        "'video', 'code', 'course' or 'page'",
    ),
    "a harder problem without a hint": (
        {"harder_toml": HARDER.replace('hint = "Ещё раз."\n', "")},
        "topics/01-backprop/harder.toml:1: problems[0].hint: is required: where to begin",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_one_mistake_is_one_problem(root: Path, name: str) -> None:
    changed, expected = MISTAKES[name]
    write_topic(root, **changed)
    with pytest.raises(CourseError) as caught:
        load_course(root)
    assert [str(problem) for problem in caught.value.problems] == [expected]


def test_a_topic_is_read_whole(root: Path) -> None:
    write_topic(root)
    (root / "reading.toml").write_text(READING + "foundation = true\n", encoding="utf-8")
    (root / "survey.toml").write_text(
        '[[scales]]\nslug = "clear"\ntext = "Понятно?"\nlow = "нет"\nhigh = "да"\n', encoding="utf-8"
    )
    course = load_course(root)
    topic = course.materials[1]
    assert topic.question("slope").answer == Decimal("0.25")
    assert topic.exam.practice[0].points == 2
    assert topic.figures[0].holds(1e-5)
    assert not topic.figures[0].holds(float("nan"))
    assert course.reading[0].foundation
    survey = course.survey_of(1)
    assert [one.slug for one in (*survey.scales, *survey.open)] == ["clear", "graph"]
    assert course.survey_of(2).open == ()
    assert load_topic(topic.root).about == topic.about


def test_a_survey_never_shows_fewer_than_five_answers(root: Path) -> None:
    write_topic(root, survey_toml="fewest_answers = 2\n" + SURVEY)
    assert load_course(root).survey_of(1).fewest_answers == 5


def test_answers_are_judged(root: Path) -> None:
    topic = load_topic(write_topic(root))
    diamond, which = topic.question("diamond"), topic.question("which")
    right, wrong = (option.key for option in diamond.options)
    assert answered(diamond, right).correct
    assert answered(diamond, wrong).misconceptions == ("sum-forgotten",)
    assert answered(diamond, wrong).explanations[0].ru == "Второй путь забыт."
    assert not answered(diamond, [right, wrong]).correct
    assert not answered(diamond, "nonsense").correct
    keys = [option.key for option in which.options]
    assert answered(which, keys[:2]).correct
    assert answered(which, keys[:1]).share == Decimal(2) / 3
    assert answered(which, []).share == 0
    assert answered(topic.question("steps"), ["0", "1", "2"]).correct
    assert not answered(topic.question("steps"), ["1", "0", "2"]).correct
    assert answered(topic.question("method"), " Optimizer.Zero_grad() ").correct
    assert answered(topic.question("prints"), "2\n").correct
    assert not answered(topic.question("prints"), "3").correct


@pytest.mark.parametrize("typed", ["0,25", " .25", "1/4", "25 %", "2,5e-1", "0.2549", "−1/−4"])
def test_numbers_are_taken_as_people_type_them(root: Path, typed: str) -> None:
    assert answered(load_topic(write_topic(root)).question("slope"), typed).correct


def test_a_wrong_number_that_is_known_is_explained(root: Path) -> None:
    slope = load_topic(write_topic(root)).question("slope")
    assert answered(slope, "0,5").explanations[0].ru == "Это значение, а не наклон."
    assert not answered(slope, "7").explanations
    assert not answered(slope, "ничего").correct


@pytest.mark.parametrize("typed", ["", "1/0", "nan", "inf", "1e9999", "1" * 500, "1/2/3", "--1", "1,2,3"])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert number_of(typed) is None


def test_materials_open_with_the_first_class_of_a_topic(root: Path) -> None:
    path = root / "runs/2023.toml"
    both = '[[plan]]\ntopic = [1, 2]\ndate = 2023-01-20\nsolved = "none"\ncall = "https://call.example/1"\n\n'
    plan = both + "[[plan]]\ntopic = 2\n"
    path.write_text(path.read_text("utf-8").replace("[[plan]]\ntopic = 2\n", plan), encoding="utf-8")
    run = load_course(root).runs["2023"]
    before, between, after = (datetime(2023, 1, day, 12, tzinfo=UTC) for day in (10, 18, 25))
    assert not run.opens(1, "materials", before)
    assert run.opens(1, "materials", between)
    assert not run.opens(1, "solved", between)
    assert run.opens(1, "solved", after)
    assert run.opens(2, "materials", before), "its second class has no date, so nothing is held back"
    assert run.plan[1].links.call == "https://call.example/1"
