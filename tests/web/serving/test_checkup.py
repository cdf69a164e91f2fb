"""The doctor knows what the course's assignments load and let students' code start."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kafedra.grading.sandbox import gpu
from kafedra.web.frame.doctor import Finding, Health
from kafedra.web.runs import course
from kafedra.web.serving.checkup import examine

pytestmark = pytest.mark.django_db


def found_with(programs: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> list[tuple[Health, str]]:
    """What the doctor says of programs if one assignment names these."""
    teach_one(monkeypatch, programs=programs)
    return [(finding.health, finding.detail) for finding in examine() if finding.what == "programs"]


def teach_one(monkeypatch: pytest.MonkeyPatch, **environment: tuple[str, ...]) -> None:
    """Let the course have one assignment, with this environment."""
    known = course.current()
    one = known.assignments["activations"]
    asks = one.environment.model_copy(update=environment)
    changed = replace(known, assignments={"activations": one.model_copy(update={"environment": asks})})
    monkeypatch.setattr(course, "current", lambda: changed)


def test_a_program_that_is_declared_and_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    ((health, detail),) = found_with(("sh", "no-such-compiler"), monkeypatch)
    assert health is Health.BROKEN
    assert detail.startswith("no-such-compiler is not in /usr/local/sbin")
    assert detail.endswith("needed for: activations")


def test_programs_that_are_there_are_named_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found_with(("sh", "cat"), monkeypatch) == [(Health.OK, "cat, sh")]


def test_where_nothing_is_started_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found_with((), monkeypatch) == []


def packages_with(cards: tuple[int, ...], monkeypatch: pytest.MonkeyPatch) -> dict[str, Finding]:
    monkeypatch.setattr(gpu, "cards", lambda: cards)
    return {finding.what: finding for finding in examine() if finding.what in ("packages", "torch")}


def test_torch_for_cuda_is_too_much_where_there_is_no_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nvidia_cublas-13.0.dist-info").mkdir()
    (tmp_path / "nvidia_cublas-13.0.dist-info" / "METADATA").write_text("Name: nvidia-cublas\nVersion: 13.0\n")
    monkeypatch.syspath_prepend(tmp_path)
    teach_one(monkeypatch, preload=("no_such_module",))
    python = tmp_path / "an environment" / "python"
    monkeypatch.setattr(sys, "executable", str(python))
    found = packages_with((), monkeypatch)
    assert found["torch"].health is Health.WARN
    assert "the build for CUDA, and no GPU here: 4 GB of disk more than needed" in found["torch"].detail
    assert f"'{python}' -m pip uninstall torch && '{python}' -m pip install --no-deps torch" in found["torch"].remedy
    assert "no_such_module is not installed, and needed for: activations" in found["packages"].detail
    assert found["packages"].remedy == f"'{python}' -m pip install no_such_module"
    with_card = packages_with((0,), monkeypatch)["torch"]
    assert with_card.health is Health.OK
    assert with_card.detail.endswith("the build for CUDA")
