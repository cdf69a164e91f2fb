"""Topics as what people read and run: chapters, notebooks with outputs, figures in two themes, search. No Django.

Pages never wait: what has not been executed or drawn yet is shown without it, and `kafedra topic build` makes it.
"""

from kafedra.materials.checking import materials_problems
from kafedra.materials.execution import CellFailed, Executed, execute, known, why_run
from kafedra.materials.fingerprint import stamp, stamps
from kafedra.materials.markdown import Addresses, Heading
from kafedra.materials.pages import (
    Chapter,
    SeminarCell,
    SeminarPage,
    chapter,
    notebook_file,
    picture,
    seminar_page,
    text_html,
)
from kafedra.materials.passages import Passage, course_passages, homework_passages, reading_passages, title_of
from kafedra.materials.pictures import draw_pictures, known_pictures, printed_pictures
from kafedra.materials.search import Found, Index, as_json, excerpt
from kafedra.materials.seminars import Variant
from kafedra.materials.starting import start_topic
from kafedra.materials.store import Store
from kafedra.materials.values import number
from kafedra.materials.verification import TopicFinding, TopicProof, verify_topic

__all__ = [
    "Addresses",
    "CellFailed",
    "Chapter",
    "Executed",
    "Found",
    "Heading",
    "Index",
    "Passage",
    "SeminarCell",
    "SeminarPage",
    "Store",
    "TopicFinding",
    "TopicProof",
    "Variant",
    "as_json",
    "chapter",
    "course_passages",
    "draw_pictures",
    "excerpt",
    "execute",
    "homework_passages",
    "known",
    "known_pictures",
    "materials_problems",
    "notebook_file",
    "number",
    "picture",
    "printed_pictures",
    "reading_passages",
    "seminar_page",
    "stamp",
    "stamps",
    "start_topic",
    "text_html",
    "title_of",
    "verify_topic",
    "why_run",
]
