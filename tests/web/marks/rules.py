"""Who gets what of the addresses of marks."""

from tests.web.cases import STAFF, Rule

STAFF_ERR = (302, 403, 403, 422, 422, 404)  # an empty form

RULES = {
    "marks:marks": (Rule("GET", STAFF, ("run",)),),
    "marks:mark": (Rule("GET", STAFF, ("run", "name")),),
    "marks:preview": (Rule("POST", STAFF_ERR, ("run", "name")),),
    "marks:apply": (Rule("POST", STAFF_ERR, ("run", "name")),),
}


def arguments(_w: object, _submission: object) -> dict[str, str | int]:
    return {"name": "exam"}
