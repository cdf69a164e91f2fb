"""What a student has after `git clone`."""

from __future__ import annotations

import shutil

import pytest
from tests.student.checking import ASSIGNMENT, PLAIN


@pytest.fixture
def clone(tmp_path):
    """A student's clone."""
    return shutil.copytree(ASSIGNMENT, tmp_path / "clone", ignore=shutil.ignore_patterns("__pycache__"))


@pytest.fixture
def plain(tmp_path):
    """The same without tensors."""
    return shutil.copytree(PLAIN, tmp_path / "clone", ignore=shutil.ignore_patterns("__pycache__"))
