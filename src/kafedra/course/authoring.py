"""What only the course's authors need to hear: a server can teach with a broken link, an author shouldn't."""

from collections.abc import Iterator
from pathlib import Path

from kafedra.course.assignment import load_assignment
from kafedra.course.links import broken_links
from kafedra.course.mutant import read_mutant
from kafedra.course.phrases import translation_problems
from kafedra.course.problems import CourseError, Problem, ProblemLog
from kafedra.course.python import read_python
from kafedra.course.review_page import FILE_NAME as REVIEW_PAGE
from kafedra.course.review_page import ReviewPage, parse_review_page
from kafedra.course.source import read_text
from kafedra.course.values import AssignedWork, Course, Run


def authoring_problems(root: Path) -> tuple[Problem, ...]:
    """Mutants without a proper header, review pages whose comments come to nothing, tests that are translated in part,
    links that lead nowhere.

    It doesn't need a course that loads, so that an author sees these problems together with the others.
    """
    log = ProblemLog()
    for path in sorted(root.glob("homework/*/mutants/[!_]*.py")):
        if log.attempt(read_python, path, path.relative_to(root)) is not None:
            log.attempt(read_mutant, path, shown_from=root)
    for path in sorted(root.glob(f"homework/[!._]*/{REVIEW_PAGE}")):
        log.problems += log.attempt(_review_problems, path, root) or ()
    for folder in sorted({path.parents[1] for path in root.glob("homework/[!._]*/tests/*.toml")}):
        log.problems += _language_problems(folder, root)
    return (*log.problems, *broken_links(root))


def _review_problems(path: Path, root: Path) -> tuple[Problem, ...]:
    shown = path.relative_to(root)
    page = parse_review_page(read_text(path, shown))
    slips = tuple(Problem(shown, one.line, "", one.value, one.message) for one in page.slips)
    return (*slips, *_out_of_range(page, shown, path.parent), *_said_twice(page, shown))


def _language_problems(folder: Path, root: Path) -> tuple[Problem, ...]:
    try:
        problems = translation_problems(load_assignment(folder))
    except CourseError:
        return ()  # told of elsewhere
    return tuple(problem.below(folder.relative_to(root)) for problem in problems)


def _out_of_range(page: ReviewPage, shown: Path, folder: Path) -> Iterator[Problem]:
    try:
        most = load_assignment(folder).points
    except CourseError:
        return  # told of elsewhere
    for entry in page.entries:
        if entry.taken_off > most:
            message = f"must be at most {most}, which is all that the assignment is worth"
            yield Problem(shown, entry.line, "points off", entry.taken_off, message)


def _said_twice(page: ReviewPage, shown: Path) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for entry in page.entries:
        if entry.text in first:
            message = f"must come once in the bank, it is also on line {first[entry.text]}"
            yield Problem(shown, entry.line, "comment", entry.text, message)
        first.setdefault(entry.text, entry.line)


def announced(course: Course, run: Run) -> tuple[AssignedWork, ...]:
    """The assignments that `run` gives out and nobody has written yet."""
    works = run.works
    return tuple(work for work in works if work.slug not in course.assignments)


def unused(course: Course) -> tuple[str, ...]:
    """The assignments that are written and that no run gives out."""
    given = {terms.slug for run in course.runs.values() for terms in run.terms()}
    return tuple(slug for slug in course.assignments if slug not in given)
