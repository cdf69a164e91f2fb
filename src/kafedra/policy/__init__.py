"""What a submission is worth, and what grade follows. Pure functions of facts; every number is exact.

Read in this order: `late` (the penalty), `scoring` (one submission, then the best of several), `terms` (what an
assignment counts for), `scheme` (the formula of the grade), `standing` (the grade), `exact` (rounding, for people to
look at); and `integrity` (what a case of copied work may end in).
"""

from kafedra.policy.exact import Exact, exact_arithmetic, quantize, record_grade
from kafedra.policy.integrity import Ground, IntegrityRule, Ruling
from kafedra.policy.late import LatePolicy, days_late, days_to_most, late_penalty
from kafedra.policy.scheme import HOMEWORK, Formula, Grade, Node, Scheme, SchemeError, Values
from kafedra.policy.scoring import Attempt, Merit, Score, best, leading, score, score_of
from kafedra.policy.standing import Standing, best_reachable, earned, max_reachable, standing
from kafedra.policy.terms import AssignmentTerms, scale_of

__all__ = [
    "HOMEWORK",
    "AssignmentTerms",
    "Attempt",
    "Exact",
    "Formula",
    "Grade",
    "Ground",
    "IntegrityRule",
    "LatePolicy",
    "Merit",
    "Node",
    "Ruling",
    "Scheme",
    "SchemeError",
    "Score",
    "Standing",
    "Values",
    "best",
    "best_reachable",
    "days_late",
    "days_to_most",
    "earned",
    "exact_arithmetic",
    "late_penalty",
    "leading",
    "max_reachable",
    "quantize",
    "record_grade",
    "scale_of",
    "score",
    "score_of",
    "standing",
]
