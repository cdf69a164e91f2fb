"""Who gets what of the addresses of gradebook."""

from tests.web.cases import MEMBERS, STAFF, Rule

RULES = {
    "gradebook:grades": (Rule("GET", MEMBERS, ("run",)),),
    "gradebook:gradebook": (Rule("GET", STAFF, ("run",)),),
    "gradebook:overview": (Rule("GET", STAFF, ("run",)),),
    "gradebook:export_csv": (Rule("GET", STAFF, ("run",)),),
    "gradebook:export_xlsx": (Rule("GET", STAFF, ("run",)),),
}
