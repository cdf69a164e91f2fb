"""What counts in one run: points and deadlines of its assignments, the late penalty, the formula.

The files of the course propose it, an instructor of the run accepts it: what was accepted last is in force, whatever
the files have come to say since. So a change is seen, with all that it moves, before it moves anything.
"""

from kafedra.web.runs.terms.force import hold, in_force, written
from kafedra.web.runs.terms.values import Difference, Terms, as_json, differences, from_json

__all__ = ["Difference", "Terms", "as_json", "differences", "from_json", "hold", "in_force", "written"]
