"""Who gets what of the addresses of pages."""

from tests.web.cases import DOOR, EVERYBODY_SIGNED_IN, INSTRUCTORS, MEMBERS, OWNER_AND_STAFF, STAFF, STAFF_ACTS, Rule

RULES = {
    "pages:install": (Rule("GET", (200,) * 6),),
    "pages:language": (Rule("POST", (302,) * 6), Rule("GET", (405,) * 6)),
    "pages:theme": (Rule("POST", (302,) * 6), Rule("GET", (405,) * 6)),
    "classroom:root": (Rule("GET", (302, 302, 302, 302, 302, 200)),),
    "classroom:home": (Rule("GET", MEMBERS, ("run",)),),
    "classroom:assignment": (
        Rule("GET", MEMBERS, ("run", "slug")),
        Rule("POST", (DOOR, 409, 409, 409, 409, 404), ("run", "only_announced")),
    ),
    "classroom:submission": (Rule("GET", OWNER_AND_STAFF, ("run", "submission")),),
    "classroom:compare": (
        Rule("GET", (DOOR, 200, 404, 404, 404, 404), ("run", "slug")),
        Rule("GET", OWNER_AND_STAFF, ("run", "slug"), "?new={submission}"),
    ),
    "grading:grading": (Rule("GET", STAFF, ("run",)),),
    "grading:again": (Rule("POST", STAFF_ACTS, ("run", "submission")),),
    "inbox:inbox": (Rule("GET", STAFF, ("run",)), Rule("GET", STAFF, ("run",), "?done&kind=test")),
    "record:mine": (Rule("GET", EVERYBODY_SIGNED_IN),),
    "record:run": (Rule("GET", INSTRUCTORS, ("run",)),),
}
