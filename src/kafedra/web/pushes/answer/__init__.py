"""What a push is answered with, in the student's terminal and language.

Plain text: colours would have to survive git, which newer clients don't let through. A line is at most 72
columns wide, so that with ``remote: `` before it it fits into 80.
"""

from __future__ import annotations

from kafedra.web.executor.interface import Stage
from kafedra.web.pushes.answer.facts import facts_of
from kafedra.web.pushes.answer.text import received, refusal, so_far, stored_beside, stored_only, verdict

__all__ = ["outcome", "received", "refusal", "so_far", "stored_beside"]


def outcome(submission_id: int, stage: Stage, *, refuses: bool) -> str:
    """The last words of a push: the verdict, or why there is none yet. `refuses`: nothing is graded here at all."""
    facts = facts_of(submission_id)
    if facts.report is not None and stage is not Stage.FAULT:
        return verdict(facts)
    return stored_only(facts, stage, refuses=refuses)
