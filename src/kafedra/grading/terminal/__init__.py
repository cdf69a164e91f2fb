"""A report as plain text for a terminal: the same words for a push, ``kafedra grade`` and ``kafedra check``."""

from kafedra.grading.terminal.tests import in_short, lines_of_tests, nothing_ran, points_text

__all__ = ["in_short", "lines_of_tests", "nothing_ran", "points_text"]
