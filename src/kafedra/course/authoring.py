"""What only the course's authors need to hear: a server can teach with a broken link, an author shouldn't."""

from pathlib import Path

from kafedra.course.links import broken_links
from kafedra.course.mutant import read_mutant
from kafedra.course.problems import Problem, ProblemLog
from kafedra.course.values import AssignedWork, Course, Run


def authoring_problems(root: Path) -> tuple[Problem, ...]:
    """Mutants without a proper header, links and figures that lead nowhere, in the course's folder `root`.

    It doesn't need a course that loads, so that an author sees these problems together with the others.
    """
    log = ProblemLog()
    for path in sorted(root.glob("homework/*/mutants/[!_]*.py")):
        log.attempt(read_mutant, path, shown_from=root)
    return (*log.problems, *broken_links(root))


def announced(course: Course, run: Run) -> tuple[AssignedWork, ...]:
    """The assignments that `run` gives out and nobody has written yet."""
    works = (work for homework in run.homework for work in homework.assignments)
    return tuple(work for work in works if work.slug not in course.assignments)


def unused(course: Course) -> tuple[str, ...]:
    """The assignments that are written and that no run gives out."""
    given = {terms.slug for run in course.runs.values() for terms in run.terms()}
    return tuple(slug for slug in course.assignments if slug not in given)
