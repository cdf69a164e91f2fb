"""What is recorded about solutions."""

from django.utils.translation import gettext_lazy as _

from kafedra.web.record.verbs import verb

SOLUTION_OPENED = verb("assignment.solution", _("solution opened"), shown=True, moves_points=True)
