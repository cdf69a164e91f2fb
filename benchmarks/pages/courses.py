"""The shipped course with more assignments in its run than anybody has written."""

from __future__ import annotations

import shutil
from pathlib import Path

WORK = """
[[homework]]
number = {number}
title = "Homework {number}"

[[homework.assignments]]
slug = "more-{number}"
title = "Assignment {number}"
points = 0.1
bonus = true
"""


def wider(course: Path, target: Path, assignments: int) -> Path:
    """A copy of `course` at `target` whose run of 2023 has so many assignments: more are titles with points."""
    shutil.copytree(course, target)
    run = target / "runs" / "2023.toml"
    text = run.read_text("utf-8")
    missing = assignments - text.count("[[homework.assignments]]")
    first = text.count("[[homework]]") + 1
    more = "".join(WORK.format(number=number) for number in range(first, first + max(0, missing)))
    run.write_text(text + more, "utf-8")
    return target
