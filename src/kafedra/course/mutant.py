"""The header of a mutant: what is wrong in it, and which test must notice."""

import re
from dataclasses import dataclass
from pathlib import Path

from kafedra.course.problems import CourseError, Problem

HEADER_LINE = re.compile(r"#\s*(what|caught_by|phrase)\s*:\s*(.*?)\s*")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A plausible wrong solution. At least one of the tests `caught_by` must fail on it.

    `what` is one line about the mistake; `phrase`, if given, is part of what the failed test says.
    """

    path: Path
    what: str
    caught_by: tuple[str, ...]
    phrase: str | None = None


def read_mutant(path: Path, *, shown_from: Path | None = None) -> Mutant:
    """The mutant at `path`. Raises CourseError if its header lacks something or can't be read.

    The header is the comment lines at the top: `# what: …`, `# caught_by: test_one, test_two`, `# phrase: …`.
    """
    shown = path.relative_to(shown_from) if shown_from else path
    try:
        header = _header(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise CourseError([Problem(shown, None, "", None, "must be a Python file in UTF-8")]) from None
    what = header.get("what", "")
    caught_by = tuple(name for name in re.split(r"[,\s]+", header.get("caught_by", "")) if name)
    problems = []
    if not what:
        problems.append(Problem(shown, 1, "what", None, "is required at the top: '# what: the mistake made'"))
    if not caught_by:
        message = "is required at the top: '# caught_by: test_name', several with commas"
        problems.append(Problem(shown, 1, "caught_by", None, message))
    if problems:
        raise CourseError(problems)
    return Mutant(path, what, caught_by, header.get("phrase") or None)


def _header(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if match := HEADER_LINE.fullmatch(line):
            found.setdefault(match[1], match[2])
    return found
