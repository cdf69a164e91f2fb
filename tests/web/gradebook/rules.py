"""Who gets what of the addresses of gradebook."""

from tests.web.cases import MEMBERS, STAFF, Arguments, Rule, World

from kafedra.web.submissions.models import Submission

RULES = {
    "gradebook:grades": (Rule("GET", MEMBERS, ("run",)),),
    "gradebook:gradebook": (Rule("GET", STAFF, ("run",)),),
    "gradebook:student": (Rule("GET", STAFF, ("run", "login")),),
    "gradebook:overview": (Rule("GET", STAFF, ("run",)),),
    "gradebook:export_moodle": (Rule("GET", STAFF, ("run",)),),
    "gradebook:export_canvas": (Rule("GET", STAFF, ("run",)),),
    "gradebook:pictures": (Rule("GET", STAFF, ("run",)),),
    "gradebook:export_csv": (Rule("GET", STAFF, ("run",)),),
    "gradebook:export_xlsx": (Rule("GET", STAFF, ("run",)),),
}


def arguments(w: World, _submission: Submission) -> Arguments:
    return {"login": w.student.username}
