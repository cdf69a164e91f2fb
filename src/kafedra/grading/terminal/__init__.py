"""A report as plain text for a terminal: the same words for a push, ``kafedra grade`` and ``kafedra check``."""

from kafedra.grading.terminal.tests import nothing_ran, points_text, test_lines

__all__ = ["nothing_ran", "points_text", "test_lines"]
