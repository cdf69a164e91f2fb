"""The course that this server teaches, loaded once from its files."""

from functools import cache

from django.conf import settings

from kafedra.course import Course, load_course


@cache
def current() -> Course:
    """The course named by KAFEDRA_COURSE; raises CourseError. Read once: a changed course needs a restart."""
    extra = sorted((settings.DATA_DIR / "runs").glob("*.toml"))
    return load_course(settings.COURSE_DIR, extra_runs=extra)


def needs_gpu(slug: str) -> bool:
    """Whether the assignment can be graded on a machine with a GPU only; False for one that the course has not."""
    found = current().assignments.get(slug)
    return found is not None and found.environment.gpu
