"""Python files of a course, read so that a mistake in one is a problem with a place, never a traceback."""

import ast
import warnings
from pathlib import Path

from kafedra.course.problems import CourseError, Problem
from kafedra.course.source import read_text


def read_python(path: Path, shown: Path) -> str:
    """The text of a Python file. Raises CourseError if it can't be read or isn't Python."""
    text = read_text(path, shown)
    parse_python(text, shown)
    return text


def parse_python(text: str, shown: Path) -> ast.Module:
    """The syntax tree of `text`. Raises CourseError with the line that isn't Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an invalid escape is no mistake of grammar
            return ast.parse(text)
    except SyntaxError as error:
        raise CourseError([syntax_problem(error, text, shown)]) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise CourseError([Problem(shown, None, "", None, f"can't be read as Python: {error}")]) from None


def syntax_problem(error: SyntaxError, text: str, shown: Path) -> Problem:
    """Where `text` stops being Python, and why."""
    lines = text.split("\n")
    line = min(error.lineno or 1, len(lines))
    return Problem(shown, line, "", lines[line - 1].strip() or None, f"not Python: {error.msg}")
