"""Sheets as PDF, made in a process of their own: three hundred papers take ten seconds, and no page waits for them.

Nothing is kept of a print: it is made from what is stored, so that one that was broken off is simply asked for again.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from threading import Semaphore
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from kafedra.exam.prose import CannotPrint
from kafedra.exam.sheets import Heading, Pictures, Printed, Sheet, pictured
from kafedra.materials import Store, printed_pictures
from kafedra.notebooks.percent import BuildError
from kafedra.web.exams import selectors
from kafedra.web.exams.models import Exam
from kafedra.web.exams.rules import rule_of
from kafedra.web.runs import course

_LONGEST_SECONDS: Final = 300
_ONE_AT_A_TIME: Final = Semaphore(1)
_PROGRAM: Final = """
import pickle, sys
from kafedra.exam.prose import CannotPrint
from kafedra.exam.sheets import print_pdf
try:
    answer = b"ok" + print_pdf(*pickle.load(sys.stdin.buffer))
except CannotPrint as error:
    answer = b"no" + str(error).encode()
sys.stdout.buffer.write(answer)
"""


def printed(exam: Exam, what: Printed) -> bytes:
    """The PDF. Raises CannotPrint, with the reason."""
    told = pickle.dumps((what, _heading(exam), exam.questions, _sheets(exam), _pictures(exam)))
    with _ONE_AT_A_TIME:
        try:
            done = subprocess.run(
                [sys.executable, "-c", _PROGRAM], input=told, capture_output=True, timeout=_LONGEST_SECONDS, check=True
            )
        except subprocess.TimeoutExpired:
            raise CannotPrint(_("Printing took too long.")) from None
        except subprocess.CalledProcessError as error:
            reason = error.stderr.decode(errors="replace").strip().split("\n")[-1]
            raise CannotPrint(reason or _("Printing was broken off. Nothing is lost: ask for it again.")) from None
    if done.stdout[:2] != b"ok":
        raise CannotPrint(done.stdout[2:].decode())
    return done.stdout[2:]


def _heading(exam: Exam) -> Heading:
    taught = course.current()
    title = taught.runs[exam.run.slug].mark_titles.get(exam.mark)
    rule = rule_of(exam.run, exam.mark)
    at = timezone.localtime(exam.at, taught.timezone).strftime("%d.%m.%Y, %H:%M") if exam.at else ""
    return Heading(
        course=taught.title.in_(taught.language),
        title=title.in_(taught.language) if title else exam.mark,
        when=at,
        place=exam.place,
        minutes=rule.minutes if rule else 90,
        language=taught.language,
        short=f"{exam.run.slug}-{exam.pk}"[:30],
        key=exam.key,
    )


def _pictures(exam: Exam) -> Pictures:
    taught = course.current()
    try:
        return printed_pictures(taught.materials, Store.of(taught.root), pictured(exam.questions))
    except BuildError as error:
        raise CannotPrint(str(error)) from None


def _sheets(exam: Exam) -> list[Sheet]:
    groups = selectors.groups(exam)
    return [
        Sheet(
            paper.number, paper.student.get_full_name(), paper.student.username, groups.get(paper.student_id, ""),
            paper.seat, paper.variant,
        )
        for paper in selectors.papers_of(exam)
    ]  # fmt: skip
