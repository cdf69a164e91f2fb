"""``python -m benchmarks.siege.hall FOLDER STUDENTS``: a server with a class in it, in a process of its own.

Its first line on stdout tells where everything is; it ends with its standard input.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kafedra.web.demo import calendar
from kafedra.web.demo.people import PASSWORD, Person
from kafedra.web.demo.scenario import Move, Story, Turn, Work
from kafedra.web.serving.starting import Options, assembled

ASSIGNMENT = "activations"
_LOOKING_SECONDS = 600  # the first look at an assignment loads its libraries
HOSTILE = Person("hostile", "Недруг")
_SLEEPS = "class MyReLU:\n    def __init__(self):\n        import time\n        time.sleep(60)\n"


def main(folder: Path, students: int) -> None:
    """Serve until nobody listens any more."""
    course, data = Path("course"), folder / "data"
    data.mkdir()
    calendar.write_run(course, data, datetime.now(UTC).date())
    people = [Person(f"student-{number:03d}", f"Студент {number}") for number in range(students)]
    with assembled(Options(course=course, data=data, run=calendar.SLUG, port=0), loud=False) as kafedra:
        # Django is configured from here on.
        from kafedra.web.demo.stage import serving

        with serving(kafedra):
            print(json.dumps(_told(kafedra.base_url, folder, people)), flush=True)
            sys.stdin.read()


def _told(base: str, folder: Path, people: list[Person]) -> dict[str, Any]:
    """Everybody's clone with two commits that are not pushed yet; the hostile one's last two only sleep."""
    from kafedra.web.demo.cast import bring_in
    from kafedra.web.demo.homework import Workplace
    from kafedra.web.runs import course as current
    from kafedra.web.runs.models import Run
    from kafedra.web.runs.soundness import require_sound

    require_sound(ASSIGNMENT, _LOOKING_SECONDS)
    run = Run.objects.get(slug=calendar.SLUG)
    everybody = [*people, HOSTILE]
    cast = bring_in(run, {person: {ASSIGNMENT: Story()} for person in everybody}, folder / "clones")
    assignment = current.current().assignments[ASSIGNMENT]
    blank = (cast.clones[HOSTILE.login, ASSIGNMENT].folder / assignment.notebook).read_bytes()
    desk = Workplace(assignment, blank)
    for number, person in enumerate(people):
        clone = cast.clones[person.login, ASSIGNMENT]
        for phase in range(2):
            turn = Turn(person, ASSIGNMENT, Move(Work.RIGHT, timedelta()), 2 * number + phase)
            clone.commit(desk.write(turn, clone.folder))
    hostile = cast.clones[HOSTILE.login, ASSIGNMENT]
    _numbers_and_sleepers(hostile.folder / assignment.notebook, hostile)
    return {
        "base": base,
        "run": calendar.SLUG,
        "password": PASSWORD,
        "students": {person.login: str(cast.clones[person.login, ASSIGNMENT].folder) for person in people},
        "hostile": str(hostile.folder),
    }


def _numbers_and_sleepers(notebook: Path, clone: Any) -> None:
    """Three commits: a notebook of millions of numbers, and two that sleep."""
    numbers = b'{"cells": [], "metadata": {"x": [' + b"1," * 8_000_000 + b"1]}}"
    notebook.write_bytes(numbers)
    clone.commit("numbers")
    for number in range(2):
        cell = {"cell_type": "code", "source": f"{_SLEEPS}# {number}", "metadata": {}, "outputs": []}
        document = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        notebook.write_text(json.dumps(document), encoding="utf-8")
        clone.commit("sleeper")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
