"""What a submission is worth, and what grade follows. Pure functions of facts; every number is exact.

Read in this order: `late` (the penalty), `scoring` (one submission, then the best of several),
`standing` (the grade), `exact` (rounding, for people to look at).
"""

from kafedra.policy.exact import quantize, record_grade
from kafedra.policy.late import LatePolicy, days_late, days_to_most, late_penalty
from kafedra.policy.scoring import Attempt, Score, best, score
from kafedra.policy.standing import AssignmentTerms, Formula, Standing, max_reachable, scale_of, standing

__all__ = [
    "AssignmentTerms",
    "Attempt",
    "Formula",
    "LatePolicy",
    "Score",
    "Standing",
    "best",
    "days_late",
    "days_to_most",
    "late_penalty",
    "max_reachable",
    "quantize",
    "record_grade",
    "scale_of",
    "score",
    "standing",
]
