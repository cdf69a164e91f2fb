"""The table of a statement's sentences: who holds each, and how many mutants say so."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from kafedra.course import Assignment, CourseError
from kafedra.grading.holding import Statement


def print_sentences(console: Console, assignment: Assignment) -> None:
    """Every rule of the statement with its tests and the number of mutants that break one of them."""
    try:
        held = Statement(assignment).held
    except CourseError:
        return  # a gap of the proof tells it
    if not held:
        return
    table = Table("line", "the statement says", "held by", "mutants", title=f"{assignment.slug}: sentence by sentence")
    table.title_justify = "left"
    table.columns[3].justify = "right"
    for one in held:
        table.add_row(
            str(one.rule.line),
            one.rule.text,
            ", ".join(one.rule.held_by) or "—",
            str(one.mutants) if one.rule.tests else "",
        )
    console.print(table)
