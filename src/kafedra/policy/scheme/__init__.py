"""The grade scheme: formulas as people write them, checked, computed exactly, and shown again.

Read in this order: `formula` (what is written), `reading` (text to tree), `checking` (what may be meant), `evaluating`
(what comes out), `scheme` (all of it for one run), `showing` (the formula in names and in somebody's numbers).
"""

from kafedra.policy.scheme.checking import written
from kafedra.policy.scheme.evaluating import Values
from kafedra.policy.scheme.formula import HOMEWORK, Automat, Formula, Letter, Marked, Requirement, Rounding
from kafedra.policy.scheme.grade import Grade
from kafedra.policy.scheme.names import blitz_of
from kafedra.policy.scheme.nodes import Node
from kafedra.policy.scheme.reading import read_formula
from kafedra.policy.scheme.scheme import Scheme
from kafedra.policy.scheme.showing import Wording, in_names, in_numbers
from kafedra.policy.scheme.trouble import FormulaError, SchemeError, Trouble

__all__ = [
    "HOMEWORK",
    "Automat",
    "Formula",
    "FormulaError",
    "Grade",
    "Letter",
    "Marked",
    "Node",
    "Requirement",
    "Rounding",
    "Scheme",
    "SchemeError",
    "Trouble",
    "Values",
    "Wording",
    "blitz_of",
    "in_names",
    "in_numbers",
    "read_formula",
    "written",
]
