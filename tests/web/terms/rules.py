"""Who gets what of the addresses of terms."""

from tests.web.cases import INSTRUCTORS, INSTRUCTORS_ACT, Rule

RULES = {
    "terms:changed": (
        Rule("GET", INSTRUCTORS, ("run",)),
        Rule("POST", INSTRUCTORS_ACT, ("run",)),
    ),
}
