"""A course with one small topic, and somewhere to keep what is executed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.course.conftest import COURSE
from tests.course.topic_files import write_topic

from kafedra.course.topics import TopicMaterials, load_topic
from kafedra.materials import Store


@pytest.fixture
def course_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "course.toml").write_text(COURSE, encoding="utf-8")
    return folder


@pytest.fixture
def topic(course_folder: Path) -> Callable[..., TopicMaterials]:
    """Write the topic, with other texts for some of its files, and read it."""

    def write(**changed: str) -> TopicMaterials:
        return load_topic(write_topic(course_folder, **changed))

    return write


@pytest.fixture
def store(course_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.delenv("KAFEDRA_MATERIALS", raising=False)
    return Store.of(course_folder)
