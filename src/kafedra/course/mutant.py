"""A mutant: a plausible wrong solution, what is wrong in it, and which test must notice."""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kafedra.course.patching import patched, replaced
from kafedra.course.problems import CourseError, Problem
from kafedra.course.python import read_python
from kafedra.course.works import read_work

HEADER_LINE = re.compile(r"#\s*(what|caught_by|phrase|base|replace)\s*:\s*(.*?)\s*")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A plausible wrong solution. Each of the tests `caught_by` must fail on it.

    `what` is one line about the mistake; `phrase`, if given, is part of what the failed test says. `code` is the whole
    module: the file's own text, or, where its header names a `base`, that solution with the file's changes in it. Where
    the base is a folder, `files` are all that is handed in, and there is no `code`.
    """

    path: Path
    what: str
    caught_by: tuple[str, ...]
    code: str
    phrase: str | None = None
    files: Mapping[str, bytes] | None = None


def read_mutant(path: Path, *, shown_from: Path | None = None) -> Mutant:
    """The mutant at `path`. Raises CourseError if its header lacks something or can't be read.

    The header is the comment lines at the top: `# what: …`, `# caught_by: test_one, test_two`, `# phrase: …`,
    `# base: …`, the name of a correct solution of which the file changes a part: by the definitions below, and by any
    number of lines `# replace: old text -> new text`.
    """
    shown = path.relative_to(shown_from) if shown_from else path
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise CourseError([Problem(shown, None, "", None, "must be a Python file in UTF-8")]) from None
    entries, body = _parted(text)
    header = {key: value for _, key, value in reversed(entries)}  # the first of two counts
    what = header.get("what", "")
    caught_by = _names(header.get("caught_by", ""))
    problems = []
    if not what:
        problems.append(Problem(shown, 1, "what", None, "is required at the top: '# what: the mistake made'"))
    if not caught_by:
        message = "is required at the top: '# caught_by: test_name', several with commas"
        problems.append(Problem(shown, 1, "caught_by", None, message))
    if "replace" in header and "base" not in header:
        problems.append(Problem(shown, 1, "base", None, "is required where something is replaced: '# base: solution'"))
    if problems:
        raise CourseError(problems)
    phrase = header.get("phrase") or None
    if "base" in header and (folder := path.parents[1] / "solutions" / header["base"]).is_dir():
        files = _on_folder(folder, body, entries, shown)
        return Mutant(path, what, caught_by, "", phrase, files)
    code = _on_base(body, header["base"], entries, path, shown) if "base" in header else text
    return Mutant(path, what, caught_by, code, phrase)


def names_caught_by(path: Path) -> tuple[int, tuple[str, ...]]:
    """The line of `# caught_by:` in a mutant's header and the tests that it names; nothing if it has none."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return 1, ()
    for number, line in enumerate(itertools.takewhile(lambda one: one.startswith("#"), lines), start=1):
        if (match := HEADER_LINE.fullmatch(line)) and match[1] == "caught_by":
            return number, _names(match[2])
    return 1, ()


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in re.split(r"[,\s]+", text) if name)


def _on_base(body: str, name: str, entries: Sequence[tuple[int, str, str]], path: Path, shown: Path) -> str:
    solutions = {other.stem: other for other in sorted(path.parents[1].glob("solutions/[!_]*.py"))}
    if name not in solutions:
        folders = (other.name for other in path.parents[1].glob("solutions/[!_.]*") if other.is_dir())
        known = ", ".join(sorted((*solutions, *folders)))
        message = f"must be one of the solutions: {known or 'there are none'}"
        raise CourseError([Problem(shown, 1, "base", name, message)])
    its_place = shown.parent.parent / "solutions" / solutions[name].name
    base = read_python(solutions[name], its_place)  # its mistake is told once, in its place, not for each mutant of it
    for line, key, change in entries:
        if key == "replace":
            try:
                base = replaced(base, change)
            except ValueError as error:
                raise CourseError([Problem(shown, line, "replace", change, str(error))]) from None
    try:
        return patched(base, body)
    except SyntaxError as error:
        message = f"must be Python without mistakes, as its base must: {error.msg}"
        raise CourseError([Problem(shown, 1, "base", name, message)]) from None


def _on_folder(folder: Path, body: str, entries: Sequence[tuple[int, str, str]], shown: Path) -> Mapping[str, bytes]:
    """The files of a solution with each replacement made in the one of them where its old text stands."""
    if body.strip():
        message = "is a folder, which is changed by '# replace:' lines alone: nothing may stand below the header"
        raise CourseError([Problem(shown, 1, "base", folder.name, message)])
    files = read_work(folder, Path("solutions", folder.name))
    for line, key, change in entries:
        if key == "replace":
            old = f"{change} ".partition(" -> ")[0].encode()
            holders = [name for name, data in files.items() if old in data]
            try:
                if len(holders) > 1:
                    raise ValueError(f"must stand in one file of its base, and it stands in {', '.join(holders)}")
                name = holders[0] if holders else next(iter(files))
                files[name] = replaced(files[name].decode(errors="surrogateescape"), change).encode(
                    errors="surrogateescape"
                )
            except ValueError as error:
                raise CourseError([Problem(shown, line, "replace", change, str(error))]) from None
    return files


def _parted(text: str) -> tuple[list[tuple[int, str, str]], str]:
    """The header's entries, each with its line, and the text below the header."""
    found: list[tuple[int, str, str]] = []
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines, start=1):
        if not line.startswith("#"):
            return found, "".join(lines[number - 1 :])
        if match := HEADER_LINE.fullmatch(line.rstrip("\n")):
            found.append((number, match[1], match[2]))
    return found, ""
