"""Whether the formula of a run means something there: its names, units, ranges; and whether the automat can be had."""

from collections.abc import Iterator
from decimal import Decimal

from kafedra.course.files import CourseFile, RunFile
from kafedra.course.problems import Problem
from kafedra.course.source import Source
from kafedra.policy import AssignmentTerms
from kafedra.policy.scheme import Scheme, SchemeError, Trouble

FORMULA = "formula"


def formula_problems(source: Source, run: RunFile, course: CourseFile) -> Iterator[Problem]:
    """The mistakes of the run's formula; those of the course's are told once, and say in which run they show."""
    terms = [
        AssignmentTerms(work.slug, work.points, work.bonus, None)
        for entry in run.homework
        for work in entry.assignments
    ]
    if not terms or len({one.slug for one in terms}) < len(terms):
        return  # nothing to count yet, or told already
    topics = [topic.number for topic in course.topics]
    formula = (run.formula or course.formula).policy()
    own = run.formula is not None
    try:
        scheme = Scheme(formula, terms, topics)
    except SchemeError as error:
        for trouble in error.troubles:
            yield _problem(source, trouble, own=own)
        return
    if message := _out_of_reach(scheme, terms):
        key = (FORMULA, "automat", "when") if own else ("homework",)
        yield source.problem(key, formula.automat.when if own and formula.automat else None, message)


def _problem(source: Source, trouble: Trouble, *, own: bool) -> Problem:
    if own:
        return source.problem((FORMULA, *trouble.key), trouble.text, trouble.explanation)
    where = ".".join((FORMULA, *map(str, trouble.key)))
    message = f"the course's {where} doesn't fit this run: {trouble.explanation}; give the run a [formula] of its own"
    return source.problem((), trouble.text, message)


def _out_of_reach(scheme: Scheme, terms: list[AssignmentTerms]) -> str | None:
    """What is wrong if not even all counted points and full marks make the automat."""
    formula = scheme.formula
    if formula.automat is None:
        return None
    full = {one.slug: one.max_points for one in terms if not one.bonus}
    marks = {one.name: one.most for one in formula.marks} | {f"blitz_{topic}": Decimal(100) for topic in scheme.topics}
    if scheme.grade(full, marks).automat:
        return None
    counted = sum(full.values(), Decimal(0))
    return (
        f"nobody could get the automat: with all {counted} counted points formula.automat.when, "
        f"'{formula.automat.when}', isn't met"
    )
