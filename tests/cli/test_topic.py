"""``kafedra topic``: a new one is in order and proven; what isn't proven is said, with an exit code for scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.course.conftest import COURSE
from tests.course.topic_files import SEMINAR, write_topic

from kafedra.cli.course import course
from kafedra.cli.topic import topic


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("KAFEDRA_MATERIALS", raising=False)
    (tmp_path / "course.toml").write_text(COURSE, encoding="utf-8")
    return tmp_path


def says(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(topic, [*arguments, "--course", str(folder)])


def test_a_new_topic_has_everything_in_its_place_and_is_proven(folder: Path) -> None:
    made = says(folder, "new", "backprop")
    assert made.exit_code == 0, made.output
    [place] = (folder / "topics").iterdir()
    assert f"{place}: write lecture.md" in made.output.replace("\n", "")
    names = {one.name for one in place.iterdir()}
    assert names >= {"topic.toml", "lecture.md", "seminar.py", "blitz.toml", "exam.toml", "pictures.py"}
    checked = CliRunner().invoke(course, ["check", "--course", str(folder)])
    assert checked.exit_code == 0, checked.output
    proven = says(folder, "verify", "--all", "--seeds", "2", "--json")
    assert proven.exit_code == 0, proven.output
    told = json.loads(proven.stdout)
    assert told["proven"] is True
    [proof] = told["topics"]
    assert (proof["proven"], proof["seeds"], proof["figures"]) == (True, 2, {"answer": [42.0, 42.0]})
    assert [one["kind"] for one in proof["findings"]].count("blank") == 1
    again = says(folder, "new", "backprop")
    assert again.exit_code == 2
    assert place.name in again.output


def test_what_is_not_proven_is_said_and_a_cell_that_fails_is_not_tried_on_other_seeds(folder: Path) -> None:
    write_topic(folder, seminar_py=SEMINAR + "\n# %%\n1 / 0\n")
    found = says(folder, "verify", "backprop", "--seeds", "3", "--json")
    assert found.exit_code == 1
    [proof] = json.loads(found.stdout)["topics"]
    [problem] = [one for one in proof["findings"] if not one["proven"]]
    assert (problem["kind"], problem["name"], proof["seeds"]) == ("runs", "solved notebook", 0)
    assert problem["problem"].startswith("cell 6 fails: ZeroDivisionError: division by zero")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new", "no-such-topic"], "no-such-topic"),
        (["verify", "no-such-topic"], "There is no topic 'no-such-topic'"),
        (["verify"], "Name a topic or say --all. There are: backprop"),
    ],
)
def test_what_there_is_not_is_named_with_what_there_is(folder: Path, arguments: list[str], said: str) -> None:
    write_topic(folder)
    wrong = says(folder, *arguments)
    assert wrong.exit_code == 2
    assert said in wrong.output
