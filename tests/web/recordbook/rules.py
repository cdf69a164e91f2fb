"""Who gets what of the addresses of the record book."""

from tests.web.cases import INSTRUCTORS, INSTRUCTORS_ERR, STAFF, Rule

RULES = {
    "recordbook:sheets": (Rule("GET", STAFF, ("run",)),),
    "recordbook:freeze": (Rule("POST", INSTRUCTORS, ("run",)),),
    "recordbook:decide": (Rule("POST", INSTRUCTORS_ERR, ("run",)),),
    "recordbook:export_csv": (Rule("GET", STAFF, ("run",)),),
    "recordbook:export_xlsx": (Rule("GET", STAFF, ("run",)),),
}
