"""Notebooks in and out: what a student handed in, what a student is given, what a page shows.

Reading needs nothing but Python. Building and rendering import jupytext and the like on first use.
"""

from kafedra.notebooks.building import (
    build_solution_notebook,
    build_student_version,
    claims_of,
    rules_of,
    solution_notebook,
    student_files,
    unheld_figures,
)
from kafedra.notebooks.extraction import ExtractedModule, extract
from kafedra.notebooks.figures import Claim
from kafedra.notebooks.messages import Note, UnusableSubmission
from kafedra.notebooks.percent import BuildError
from kafedra.notebooks.reading import CodeCell, SubmittedSource, read_submission
from kafedra.notebooks.readme import ReadmeContext
from kafedra.notebooks.rules import Rule
from kafedra.notebooks.statement import render_solution, render_statement

__all__ = [
    "BuildError",
    "Claim",
    "CodeCell",
    "ExtractedModule",
    "Note",
    "ReadmeContext",
    "Rule",
    "SubmittedSource",
    "UnusableSubmission",
    "build_solution_notebook",
    "build_student_version",
    "claims_of",
    "extract",
    "read_submission",
    "render_solution",
    "render_statement",
    "rules_of",
    "solution_notebook",
    "student_files",
    "unheld_figures",
]
