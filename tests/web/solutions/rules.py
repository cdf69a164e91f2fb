"""Who gets what of solutions before their date; afterwards see test_solutions.py."""

from tests.web.cases import DOOR, Rule

RULES = {
    "solutions:solution": (
        Rule("GET", (DOOR, 404, 404, 200, 200, 404), ("run", "slug")),
        Rule("POST", (DOOR, 404, 404, 302, 302, 404), ("run", "slug")),
    ),
    "solutions:notebook": (Rule("GET", (DOOR, 404, 404, 200, 200, 404), ("run", "slug")),),
}
