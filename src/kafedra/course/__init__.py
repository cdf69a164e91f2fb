"""The course as code: reads and validates `course.toml`, runs and assignments into typed values."""

from kafedra.course.assignment import (
    Assignment,
    Environment,
    ForbiddenAPI,
    Limits,
    language_of,
    load_assignment,
    read_assignment,
)
from kafedra.course.authoring import announced, authoring_problems, unused
from kafedra.course.columns import distinct, shared_titles
from kafedra.course.loading import course_here, load_course
from kafedra.course.memes import Meme
from kafedra.course.mutant import Mutant, read_mutant
from kafedra.course.phrases import Translation, translate, translation_file, translation_of
from kafedra.course.problems import CourseError, Problem, ProblemLog
from kafedra.course.python import parse_python, read_python
from kafedra.course.runs import dump_run, rebase_run
from kafedra.course.source import Source, read_text
from kafedra.course.text import Language, Localized
from kafedra.course.topics import TopicMaterials, load_topic
from kafedra.course.values import (
    AssignedWork,
    ClassLinks,
    Course,
    Homework,
    PlannedTopic,
    Run,
    RunSite,
    SurveyTimes,
    Topic,
)
from kafedra.course.works import first_files, handed_in_as

__all__ = [
    "AssignedWork",
    "Assignment",
    "ClassLinks",
    "Course",
    "CourseError",
    "Environment",
    "ForbiddenAPI",
    "Homework",
    "Language",
    "Limits",
    "Localized",
    "Meme",
    "Mutant",
    "PlannedTopic",
    "Problem",
    "ProblemLog",
    "Run",
    "RunSite",
    "Source",
    "SurveyTimes",
    "Topic",
    "TopicMaterials",
    "Translation",
    "announced",
    "authoring_problems",
    "course_here",
    "distinct",
    "dump_run",
    "first_files",
    "handed_in_as",
    "language_of",
    "load_assignment",
    "load_course",
    "load_topic",
    "parse_python",
    "read_assignment",
    "read_mutant",
    "read_python",
    "read_text",
    "rebase_run",
    "shared_titles",
    "translate",
    "translation_file",
    "translation_of",
    "unused",
]
