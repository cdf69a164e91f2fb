"""An assignment looked at before any student meets it: its student version is built, its tests are collected.

The author's code (tests, probes, pictures) runs in a process of its own, so that whatever it does is a problem of the
assignment with a file and a line, and never an end of the one who looks.
"""

from kafedra.grading.inspection.inspecting import inspect
from kafedra.grading.inspection.memory import Memory

__all__ = ["Memory", "inspect"]
