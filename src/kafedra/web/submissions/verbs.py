"""What is recorded about what is handed in and graded."""

from django.utils.translation import gettext_lazy as _

from kafedra.web.record.verbs import fields, verb

ACCEPTED = verb("assignment.accepted", _("assignment accepted"), shown=True)
PUSHED = verb("submission.pushed", _("pushed"), shown=True)
GRADING_STARTED = verb("submission.started", _("grading started"))
WAITS_AGAIN = verb("submission.again", _("put back into the queue"))
GRADE_AGAIN = verb("submission.grade-again", _("put up for grading again"))
TAKEN_UP = verb("submission.taken-up", _("unfinished submissions taken up"))
GRADED = verb("submission.graded", _("graded"), shown=True, moves_points=True)
FAULT = verb("submission.fault", _("could not be graded"), shown=True)

fields(
    submissions=_("submissions"),
    protected_changes=_("changed files of the course"),
    edition=_("version of the assignment"),
)
