"""What is recorded about exams."""

from django.utils.translation import gettext_lazy as _

from kafedra.web.record.verbs import fields, verb

CREATED = verb("exam.created", _("exam drafted"))
CHANGED = verb("exam.changed", _("exam changed"))
REPLACED = verb("exam.question", _("question of the exam replaced"))
SEATED = verb("exam.seated", _("papers of the exam handed out"))
MARKED = verb("exam.marked", _("part of the exam marked"))
OPINED = verb("exam.opined", _("part of the exam marked by one of two"))
DECIDED = verb("exam.decided", _("decided between two markers"))
PUBLISHED = verb("exam.published", _("marks of the exam published"))
REMARKED = verb("exam.remarked", _("mark of the exam changed"), shown=True, moves_points=True)
CHOSEN = verb("exam.chosen", _("exam or automat chosen"), shown=True)
APPEALED = verb("exam.appealed", _("asked to look at a part of the exam again"), shown=True)
ANSWERED = verb("exam.answered", _("answered about a part of the exam"), shown=True)
SCANNED = verb("exam.scanned", _("scans of the exam uploaded"))
READ = verb("exam.scans_read", _("scans of the exam read"))
PLACED = verb("exam.scan_placed", _("scanned page assigned by hand"))
UNSCANNED = verb("exam.unscanned", _("scans of the exam removed"))
DRAWN = verb("exam.drawn", _("card of the oral part drawn"), shown=True)

fields(
    exam_seed=_("seed"),
    held_at=_("date of the exam"),
    held_where=_("place of the exam"),
    exam_choice_until=_("choice until"),
    exam_question=_("question of the exam"),
    exam_papers=_("papers"),
    exam_part=_("part of the exam"),
    scanned_pages=_("scanned pages"),
    scan_place=_("paper and page"),
    ticket_card=_("card of the oral part"),
    sits_exam=_("sits the exam"),
)
