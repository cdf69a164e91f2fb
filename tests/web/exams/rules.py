"""Who gets what of the addresses of exams."""

from __future__ import annotations

from tests.web.cases import DOOR, INSTRUCTORS, INSTRUCTORS_ACT, MEMBERS, STAFF, STAFF_ACTS, Arguments, Rule, World

from kafedra.web.exams.models import Exam, Scan, ScanFile
from kafedra.web.exams.services import appeals, seating, setting
from kafedra.web.submissions.models import Submission

INSTRUCTORS_ERR = (DOOR, 403, 403, 403, 422, 404)  # an empty form
RULES = {
    "exams:exams": (Rule("GET", MEMBERS, ("run",)),),
    "exams:create": (Rule("POST", INSTRUCTORS_ERR, ("run",)),),
    "exams:exam": (Rule("GET", STAFF, ("run", "exam")),),
    "exams:change": (Rule("POST", INSTRUCTORS_ACT, ("run", "exam")),),
    "exams:redraw": (Rule("POST", INSTRUCTORS_ERR, ("run", "exam")),),
    "exams:replace": (Rule("POST", INSTRUCTORS_ERR, ("run", "exam")),),
    "exams:papers": (Rule("POST", INSTRUCTORS_ACT, ("run", "exam")),),
    "exams:pdf": (Rule("GET", STAFF, ("run", "exam", "what")),),
    "exams:marking": (Rule("GET", STAFF, ("run", "exam")),),
    "exams:import": (Rule("POST", (DOOR, 403, 403, 302, 302, 404), ("run", "exam")),),
    "exams:publish": (Rule("GET", INSTRUCTORS, ("run", "exam")),),
    "exams:choose": (Rule("POST", (DOOR, 302, 302, 403, 403, 404), ("run", "exam")),),
    "exams:appeal": (Rule("POST", (DOOR, 404, 404, 404, 404, 404), ("run", "exam")),),
    "exams:answer": (Rule("POST", STAFF_ACTS, ("run", "exam_appeal")),),
    "exams:tickets": (
        Rule("GET", STAFF, ("run", "tickets")),
        Rule("POST", (DOOR, 403, 403, 422, 422, 404), ("run", "tickets")),
    ),
    "exams:cards": (Rule("GET", STAFF, ("run", "tickets")),),
    "exams:differences": (Rule("GET", STAFF, ("run", "exam")), Rule("POST", STAFF_ACTS, ("run", "exam"))),
    "exams:export": (Rule("GET", STAFF, ("run", "exam")),),
    "exams:scans": (
        Rule("GET", STAFF, ("run", "exam")),
        Rule("POST", (DOOR, 403, 403, 422, 422, 404), ("run", "exam")),
    ),
    "exams:scan": (Rule("GET", (DOOR, 404, 404, 200, 200, 404), ("run", "scan", "half")),),
    "exams:place": (Rule("POST", STAFF_ACTS, ("run", "scan")),),
    "exams:remove_scans": (Rule("POST", INSTRUCTORS_ACT, ("run", "scan_file")),),
    "exams:result": (Rule("GET", (DOOR, 404, 404, 404, 404, 404), ("run", "exam")),),
}


def arguments(w: World, submission: Submission) -> Arguments:
    exam = Exam.objects.filter(run=w.run).first() or setting.draw_up(
        run=w.run, mark="exam", seed=1, held=setting.Held(), by=w.instructor
    )
    seating.seat(exam=exam, by=w.instructor)
    paper = exam.papers.get(student=w.student)
    asked = appeals.appeal(paper=paper, place=0, part=0, message="why?")
    file = ScanFile.objects.create(exam=exam, name="a.png", digest="a", data=b"", pages=1, done=1, by=w.instructor)
    scan = Scan.objects.create(exam=exam, file=file, number=1, digest="a", head=b"", body=b"a", width=1, height=1)
    return {
        "exam": exam.pk, "what": "seats", "exam_appeal": asked.pk, "scan": scan.pk, "half": "body",
        "scan_file": file.pk, "tickets": "module-1",
    }  # fmt: skip
