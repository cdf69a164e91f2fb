"""Which assignments may be given out: those that were built and collected without a problem.

An assignment with a mistake of its author's in it is *held back*: nobody can accept it until it is mended and the
server started again. All others go on, and so do the pushes of those who have accepted it before.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator

from kafedra.course import Assignment, Problem
from kafedra.grading.inspection import Memory, inspect
from kafedra.web.runs import course

log = logging.getLogger(__name__)
PATIENCE_SECONDS = 20  # longer nobody looks at an empty page

Tell = Callable[[Assignment, tuple[Problem, ...]], None]


class HeldBack(Exception):
    """The assignment can't be given out; ``problems`` is empty while it is still being looked at."""

    def __init__(self, slug: str, problems: tuple[Problem, ...]) -> None:
        self.slug, self.problems = slug, problems
        super().__init__("\n".join(str(one) for one in problems) or f"{slug} is still being looked at")


class _Soundness:
    """What is known of each assignment. One is looked at at a time; who waits for one has it looked at next."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._found: dict[str, tuple[Problem, ...]] = {}
        self._waiting: list[str] | None = None  # None: nobody is at it

    def known(self, slug: str) -> tuple[Problem, ...] | None:
        return self._found.get(slug)

    def problems(self, slug: str, patience: float) -> tuple[Problem, ...]:
        """Looks now if nobody is at it. Raises HeldBack if that takes more than `patience` seconds."""
        with self._changed:
            if self._waiting is not None and slug not in self._found:
                self._waiting.insert(0, slug)
                self._changed.wait_for(lambda: slug in self._found or self._waiting is None, patience)
                if slug not in self._found and self._waiting is not None:
                    raise HeldBack(slug, ())
            if slug not in self._found:
                self._look([slug], lambda *_: None, gently=False)
            return self._found[slug]

    def look_at_all(self, tell: Tell) -> None:
        with self._changed:
            self._waiting = list(course.current().assignments)
        try:
            self._look(self._next(), tell, gently=True)
        except Exception:
            log.exception("looking at the assignments failed; each is looked at when it is first accepted")
        finally:
            with self._changed:
                self._waiting = None
                self._changed.notify_all()

    def _next(self) -> Iterator[str]:
        while True:
            with self._changed:
                left = [slug for slug in self._waiting or () if slug not in self._found]
            if not left:
                return
            yield left[0]

    def _look(self, slugs: Iterable[str], tell: Tell, *, gently: bool) -> None:
        known = course.current().assignments
        for assignment, problems in inspect((known[slug] for slug in slugs), memory=Memory(), gently=gently):
            with self._changed:
                self._found[assignment.slug] = problems
                self._changed.notify_all()
            tell(assignment, problems)


_soundness = _Soundness()


def problems_of(slug: str) -> tuple[Problem, ...]:
    """What is known to be wrong with the assignment; nothing while nobody has looked."""
    return _soundness.known(slug) or ()


def require_sound(slug: str, patience: float = PATIENCE_SECONDS) -> None:
    """Raises HeldBack if the assignment must not be given out, or nobody knows after `patience` seconds."""
    if problems := _soundness.problems(slug, patience):
        raise HeldBack(slug, problems)


def look_at_all(tell: Tell) -> None:
    """Look at every assignment of the course, in a thread of its own; `tell` hears what was found of each."""
    threading.Thread(target=_soundness.look_at_all, args=[tell], name="soundness", daemon=True).start()
