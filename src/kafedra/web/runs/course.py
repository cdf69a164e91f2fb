"""The course that this server teaches: what its files say, and what counts today."""

from functools import cache

from django.conf import settings

from kafedra.course import Course, load_course

_in_force: Course | None = None  # when it isn't what the files say


@cache
def written() -> Course:
    """The course named by KAFEDRA_COURSE; raises CourseError. Read once: a changed course needs a restart."""
    extra = sorted((settings.DATA_DIR / "runs").glob("*.toml"))
    return load_course(settings.COURSE_DIR, extra_runs=extra)


def current() -> Course:
    """The course with the deadlines and points that count: the files', until they change (see `terms`)."""
    return _in_force or written()


def put_in_force(course: Course | None) -> None:
    """Let `current` be this course; None: what the files say."""
    global _in_force  # one course, one server
    _in_force = course


def is_notebook(slug: str) -> bool:
    """Whether a notebook is handed in. Work of any other kind has parts where a notebook has cells."""
    known = current().assignments.get(slug)
    return known is None or known.notebook.endswith(".ipynb")


def needs_gpu(slug: str) -> bool:
    """Whether the assignment can be graded on a machine with a GPU only; False for one that the course has not."""
    found = current().assignments.get(slug)
    return found is not None and found.environment.gpu
