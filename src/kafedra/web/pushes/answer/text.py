"""The verdict in words and columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from kafedra.course import Language
from kafedra.grading import Report, TestReport
from kafedra.grading.terminal import in_short, lines_of_tests, nothing_ran, points_text
from kafedra.grading.terminal.layout import WIDTH, between, pairs, paragraph
from kafedra.web.executor.interface import Stage
from kafedra.web.frame.numbers import shown
from kafedra.web.frame.templatetags.kafedra import day, distance, percent, points
from kafedra.web.pushes.answer.facts import AnswerFacts
from kafedra.web.runs import course

_EXACT = 6  # decimals: who does the sums again must get the same
_NO_BREAK = "\u00a0"  # a date stays on one line


def refusal(text: str) -> str:
    """Why a push is not taken."""
    return _text(["", *paragraph(text, indent=2), ""])


def received(commit: str, remarks: Sequence[str]) -> str:
    """The first words of a push: it is stored, grading goes on."""
    lines = ["", "  " + _("{commit} is stored. Grading …").format(commit=commit[:7])]
    for remark in remarks:
        lines += paragraph(remark, indent=2)
    return _text(lines)


def stored_beside(text: str) -> str:
    """What is said of branches that nobody grades."""
    return _text(["", *paragraph(text, indent=2), ""])


def so_far(news: Sequence[TestReport], passed: int, lost: int, seconds: int) -> str:
    """Which tests were lost since the last words, in short, and how many have ended. Ends with a carriage return: git
    writes the next words over it."""
    text = _("{seconds} s, tests passed: {passed}")
    if lost:
        text = _("{seconds} s, tests passed: {passed}, not: {lost}")
    counted = f"  {text.format(seconds=seconds, passed=passed, lost=lost)} …\r"
    lines = [line for test in news for line in in_short(test, _language())]
    return _text(lines) + counted if lines else counted


def stored_only(facts: AnswerFacts, stage: Stage, *, refuses: bool) -> str:
    """Why there is no verdict now, and where it will be."""
    if stage is Stage.FAULT:
        reason = _("Grading failed, and the fault is ours. No points are lost: we see it and will repeat it.")
    elif refuses and stage is not Stage.NO_GPU:
        reason = _("The server can't grade at the moment; that is our fault. Your submission will be graded.")
    elif stage is Stage.NO_GPU:
        reason = _("The tests need a machine with a GPU, and there is none at present. The submission waits for one.")
    elif stage is Stage.POSTPONED:
        reason = _("The server is restarting. Your submission will be graded as soon as it is back.")
    else:
        reason = _("Grading takes more than a minute. The terminal need not wait: the verdict will be here.")
    return _text(["", *paragraph(reason, indent=2), "", f"  {facts.link}", ""])


def verdict(facts: AnswerFacts) -> str:
    """The whole verdict: the notebook, tests, what went wrong, points with their arithmetic, the standing, the link."""
    assert facts.report is not None, "called for graded submissions only"
    lines = ["", between(f"  {facts.title}", facts.commit[:7]), "  " + "─" * (WIDTH - 2)]
    for note in _about_notebook(facts):  # first: what is wrong with the notebook is why tests fail
        lines += [*paragraph(note, indent=2, most=6, hanging=2), ""]
    lines += _tests(facts.report)
    lines += ["  " + "─" * (WIDTH - 2), *pairs(_sums(facts)), ""]
    for note in _notes(facts):
        lines += [*paragraph(note, indent=2, most=6, hanging=2), ""]
    return _text([*lines, f"  {facts.link}", ""])


def _tests(report: Report) -> Iterator[str]:
    """The table; of a submission that could not be read at all only the reason, once."""
    if not report.tests:
        yield from paragraph(_("There are no tests here: a person reads the work and gives the points."), indent=2)
    elif reason := nothing_ran(report.tests):
        yield from paragraph(reason, indent=2)
    else:
        yield from lines_of_tests(report.tests, _language(), whole=pgettext("terminal", "by the link below"))


def _language() -> Language:
    return "en" if get_language() == "en" else "ru"


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _sums(facts: AnswerFacts) -> Iterator[tuple[str, str]]:
    report, score = facts.report, facts.score
    assert report is not None, "called for graded submissions only"
    assert score is not None, "a graded submission has one"
    if report.tests:
        yield pgettext("terminal", "Tests"), points_text(report.points, report.max_points, _language())
    elif not score.points:
        yield pgettext("terminal", "Review"), _("to come")
    if score.taken_off:
        yield pgettext("terminal", "Review"), f"−{points(score.taken_off)}"
    if score.penalty and facts.max_points:
        yield pgettext("terminal", "Penalty"), _penalty(facts)
    if facts.max_points and (score.penalty or facts.scale != 1):
        yield pgettext("terminal", "Points"), _arithmetic(facts)
    yield pgettext("terminal", "Counted"), _counted(facts)
    yield pgettext("terminal", "Homework"), _standing(facts)


def _penalty(facts: AnswerFacts) -> str:
    assert facts.score is not None, "called for graded submissions only"
    assert facts.deadline is not None, "there is no penalty without a deadline"
    deadline = timezone.localtime(facts.deadline, course.current().timezone)
    most = facts.score.penalty * 100 >= facts.late.max_percent
    text = (
        _("{percent}, the most there is: day {number} after the deadline, {deadline}")
        if most
        else _("{percent}: day {number} after the deadline, {deadline}")
    )
    return text.format(
        percent=percent(facts.score.penalty),
        number=facts.score.days_late,
        deadline=f"{day(deadline.date())}, {deadline:%H:%M}".replace(" ", _NO_BREAK),
    )


def _arithmetic(facts: AnswerFacts) -> str:
    assert facts.score is not None, "called for graded submissions only"
    score = facts.score
    assert facts.report is not None, "called for graded submissions only"
    sums = points(score.automatic, _EXACT)
    if facts.scale != 1:
        sums = f"{points(facts.report.points, _EXACT)} × {points(facts.scale, _EXACT)}"
    if score.taken_off:
        sums = f"({sums} − {points(score.taken_off, _EXACT)})"
    if score.penalty:
        sums += f" × (1 − {points(score.penalty)})"
    return f"{sums} = {points(score.points, _EXACT)}"


def _counted(facts: AnswerFacts) -> str:
    if facts.zeroed:
        return _("nothing, by the decision in an integrity case")
    if facts.counted is None or facts.counted.score is None:
        return _("nothing so far")
    if not facts.max_points:
        return _("for practice: this run gives no points for it")
    sum_ = points_text(facts.counted.score.points, facts.max_points, _language())
    if facts.counts:
        return _("this submission, {points}").format(points=sum_)
    return _("an earlier one ({commit}), {points}").format(commit=facts.counted.short_commit, points=sum_)


def _standing(facts: AnswerFacts) -> str:
    standing = facts.standing
    sum_ = f"O_hw = {points_text(shown(standing.homework, _EXACT), standing.counted_max, _language())}"
    if standing.zeroed:
        return sum_
    if standing.automat:
        return _("{sum}, enough for the automat").format(sum=sum_)
    if not standing.missing_for_automat:  # no automat in this run, or not by O_hw alone
        return sum_
    missing = points(standing.missing_for_automat, _EXACT)
    return _("{sum}; {missing} more for the automat").format(sum=sum_, missing=missing)


def _about_notebook(facts: AnswerFacts) -> Iterator[str]:
    """Whether it is the right one, and what no test says already."""
    assert facts.report is not None, "called for graded submissions only"
    yield from facts.files
    yield from facts.report.notes_apart


def _notes(facts: AnswerFacts) -> Iterator[str]:
    if facts.spent:
        yield _("You have opened the solution of this assignment: this submission is graded, but doesn't count.")
    if facts.taken_from:
        same = _("The code is the same as in {commit}, so the verdict is taken from there; nothing was run again.")
        yield same.format(commit=facts.taken_from)
    if facts.updated is not None:
        words = _("The course updated this assignment {when}, and your clone has the old one. Take it: {command}")
        yield words.format(when=distance(facts.updated), command="git pull --no-rebase --no-edit")
    if facts.protected_changes:
        yield _(
            "You changed protected files: {files}. Grading used its own copies, and the reviewer will see the change."
        ).format(files=", ".join(facts.protected_changes))
