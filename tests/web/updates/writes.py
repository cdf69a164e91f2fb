"""The writes of new versions of assignments."""

from __future__ import annotations

from tests.web.cases import Act, World, writes

from kafedra.web import clock
from kafedra.web.runs import course
from kafedra.web.submissions import editions
from kafedra.web.submissions.services.handing_in import accept_assignment
from kafedra.web.updates import services


@writes(services.publish)
def publishing(w: World) -> Act:
    accept_assignment(student=w.student, run=w.run, assignment="activations")
    other = editions.draft(w.run, course.current().assignments["activations"])
    other.contents, other.published_at = editions.packed({"tests/test_old.py": b""}), clock.now()
    other.save()
    return lambda: services.publish(run=w.run, assignment="activations", note="mended", by=w.instructor)
