"""Who gets what of the new app."""

from tests.web.cases import STAFF, Rule

RULES = {"colloquium:talks": (Rule("GET", STAFF, ("run",)),)}
