"""What is recorded about regrades."""

from django.utils.translation import gettext_lazy as _

from kafedra.web.record.verbs import fields, verb

REGRADE_BEGUN = verb("regrade.begun", _("regrade begun"))
REGRADE_APPLIED = verb("regrade.applied", _("regrade applied"))
REGRADE_UNDONE = verb("regrade.undone", _("regrade undone"))
REGRADE_DISCARDED = verb("regrade.discarded", _("regrade discarded"))
REGRADED = verb("submission.regraded", _("graded by the changed tests"), shown=True, moves_points=True)
REGRADE_TAKEN_BACK = verb(
    "submission.regrade-undone", _("verdict of the changed tests taken back"), shown=True, moves_points=True
)

fields(
    tests_digest=_("version of the tests"),
    gain=_("gain"),
    lose=_("lose"),
    same=_("as before"),
    seed_only=_("differ by the seed only"),
    not_graded=_("not graded"),
    superseded=_("graded again meanwhile"),
)
