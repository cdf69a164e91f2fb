"""A small course of its own, with a run of any kind, as the course that the server teaches."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.course.conftest import COURSE
from tests.course.topic_files import write_topic

from kafedra.course import Course, RunSite, load_course
from kafedra.web.runs import course

RUN = """\
slug = "2023"
title = { ru = "2023 год", en = "The year 2023" }
starts = 2023-01-16

[[plan]]
topic = 1
date = 2023-01-30

[[plan]]
topic = 2
date = 2023-02-06
"""
Teach = Callable[..., Course]


@pytest.fixture
def teach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Teach:
    """Write a course with one topic, other texts for some of its files, and let the server teach it."""
    monkeypatch.delenv("KAFEDRA_MATERIALS", raising=False)

    def taught(*, run: str = RUN, **changed: str) -> Course:
        folder = tmp_path / "course"
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "runs").mkdir(parents=True, exist_ok=True)
        (folder / "course.toml").write_text(COURSE, encoding="utf-8")
        (folder / "runs" / "2023.toml").write_text(run, encoding="utf-8")
        write_topic(folder, **changed)
        found = load_course(folder)
        monkeypatch.setattr(course, "current", lambda: found)
        return found

    return taught


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real run of 2023, with a site that everybody may read."""
    known = course.current()
    site = RunSite(public=True, colab="https://colab.example.org/{path}")
    shown = replace(known, runs={**known.runs, "2023": replace(known.runs["2023"], site=site)})
    monkeypatch.setattr(course, "current", lambda: shown)
