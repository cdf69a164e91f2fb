"""The course as code: reads and validates `course.toml`, runs and assignments into typed values."""

from kafedra.course.assignment import Assignment, Environment, ForbiddenAPI, Limits, load_assignment
from kafedra.course.authoring import announced, authoring_problems, unused
from kafedra.course.loading import load_course
from kafedra.course.mutant import Mutant, read_mutant
from kafedra.course.problems import CourseError, Problem
from kafedra.course.runs import dump_run, rebase_run
from kafedra.course.text import Language, Localized
from kafedra.course.values import AssignedWork, Course, Homework, PlannedTopic, Run, Topic

__all__ = [
    "AssignedWork",
    "Assignment",
    "Course",
    "CourseError",
    "Environment",
    "ForbiddenAPI",
    "Homework",
    "Language",
    "Limits",
    "Localized",
    "Mutant",
    "PlannedTopic",
    "Problem",
    "Run",
    "Topic",
    "announced",
    "authoring_problems",
    "dump_run",
    "load_assignment",
    "load_course",
    "read_mutant",
    "rebase_run",
    "unused",
]
