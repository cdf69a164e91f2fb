"""The writes of exams."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal

from PIL import Image
from tests.web.cases import Act, World, exempt, writes

from kafedra.exam.bank import bank_of
from kafedra.web import clock
from kafedra.web.exams.given import Given
from kafedra.web.exams.models import Exam, Paper, Scan, ScanFile
from kafedra.web.exams.oral import services as oral
from kafedra.web.exams.scanning import services as scanning
from kafedra.web.exams.second import services as second
from kafedra.web.exams.second.selectors import differences
from kafedra.web.exams.services import appeals, marking, seating, setting
from kafedra.web.runs import course

exempt("reads on with the files that wait; the line is that of each file", scanning.read_on)


def _exam(w: World, **held: object) -> Exam:
    told = setting.Held(**held)  # type: ignore[arg-type]  # its fields
    return setting.draw_up(run=w.run, mark="exam", seed=1, held=told, by=w.instructor)


def _paper(exam: Exam, w: World) -> Paper:
    seating.seat(exam=exam, by=w.instructor)
    return exam.papers.get(student=w.student)


@writes(setting.draw_up)
def drawing(w: World) -> Act:
    return lambda: _exam(w)


@writes(setting.change)
def another_day(w: World) -> Act:
    exam = _exam(w)
    return lambda: setting.change(exam=exam, held=setting.Held(place="405"), by=w.instructor)


@writes(setting.redraw)
def another_seed(w: World) -> Act:
    exam = _exam(w)
    return lambda: setting.redraw(exam=exam, seed=2, by=w.instructor)


@writes(setting.replace_question)
def another_question(w: World) -> Act:
    exam, bank = _exam(w), bank_of(course.current())
    place = next(n for n in range(len(exam.questions.rows)) if exam.questions.alternatives(n, 0, bank))
    other = exam.questions.alternatives(place, 0, bank)[0]
    return lambda: setting.replace_question(exam=exam, place=place, variant=0, question=other, by=w.instructor)


@writes(seating.seat)
def handing_papers_out(w: World) -> Act:
    exam = _exam(w)
    return lambda: seating.seat(exam=exam, by=w.instructor)


@writes(seating.choose)
def choosing(w: World) -> Act:
    exam = _exam(w, choose_until=clock.now() + timedelta(days=1))
    return lambda: seating.choose(exam=exam, student=w.student, sits=True)


@writes(marking.mark)
def giving_marks(w: World) -> Act:
    exam = _exam(w)
    given = Given(_paper(exam, w), 0, 0, Decimal(1), "formula")
    return lambda: marking.mark(exam=exam, given=[given], by=w.instructor)


@writes(marking.publish)
def publishing(w: World) -> Act:
    exam = _exam(w)
    given = Given(_paper(exam, w), 0, 0, Decimal(1), "formula")
    marking.mark(exam=exam, given=[given], by=w.instructor)
    return lambda: marking.publish(exam=exam, by=w.instructor)


@writes(appeals.appeal)
def asking_again(w: World) -> Act:
    paper = _paper(_exam(w), w)
    return lambda: appeals.appeal(paper=paper, place=0, part=0, message="why?")


@writes(appeals.answer)
def answering(w: World) -> Act:
    asked = appeals.appeal(paper=_paper(_exam(w), w), place=0, part=0, message="why?")
    return lambda: appeals.answer(request=asked, text="because", by=w.instructor)


def _file(w: World) -> ScanFile:
    out = io.BytesIO()
    Image.new("RGB", (30, 40)).save(out, "PNG")
    return scanning.take(exam=_exam(w), name="a.png", data=out.getvalue(), by=w.instructor)


def _scan(w: World) -> Scan:
    scanning.read_some(file=_file(w))
    return Scan.objects.get()


@writes(scanning.take)
def uploading(w: World) -> Act:
    return lambda: _file(w)


@writes(scanning.read_some)
def reading(w: World) -> Act:
    file = _file(w)
    return lambda: scanning.read_some(file=file)


@writes(scanning.place)
def assigning(w: World) -> Act:
    scan = _scan(w)
    paper = _paper(scan.exam, w)
    return lambda: scanning.place(scan=scan, paper=paper, page=2, by=w.instructor)


@writes(scanning.put_aside)
def putting_aside(w: World) -> Act:
    scan = _scan(w)
    return lambda: scanning.put_aside(scan=scan, by=w.instructor)


@writes(scanning.remove_file)
def removing(w: World) -> Act:
    file = _scan(w).file
    return lambda: scanning.remove_file(file=file, by=w.instructor)


@writes(second.give)
def one_of_two(w: World) -> Act:
    exam = _exam(w)
    given = Given(_paper(exam, w), 0, 0, Decimal(1), "formula")
    return lambda: second.give(exam=exam, given=[given], by=w.instructor)


@writes(second.decide)
def deciding(w: World) -> Act:
    exam = _exam(w)
    paper = _paper(exam, w)
    for points, by in (("1", w.instructor), ("0", w.student)):
        second.give(exam=exam, given=[Given(paper, 0, 0, Decimal(points), "")], by=by)
    (found,) = differences(exam)
    told = {"points": Decimal(1), "reason": "it is there", "by": w.instructor, "instructor": True}
    return lambda: second.decide(exam=exam, difference=found, **told)


@writes(oral.draw)
def drawing_a_card(w: World) -> Act:
    tickets = course.current().tickets["module-1"]
    return lambda: oral.draw(run=w.run, name="module-1", tickets=tickets, student=w.student, by=w.instructor)
