"""The process in which the author's code runs: ``python -m kafedra.grading.inspection.workshop``.

A line of JSON names an assignment's folder and what to do with it; the answer is a line with its problems.
"""

from __future__ import annotations

import base64
import json
import os
import select
import sys
import threading
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from kafedra.course import Assignment, CourseError, Problem, load_assignment
from kafedra.course.problems import ProblemLog, shown

_NICENESS: Final = 10


def main() -> None:
    """Answer until the asker hangs up. What the author's code prints goes nowhere."""
    if "gently" in sys.argv and hasattr(os, "nice"):
        os.nice(_NICENESS)
    threading.Thread(target=_leave_with_the_asker, daemon=True).start()
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    for line in sys.stdin:
        request = json.loads(line)
        found = [_plain(problem) for problem in _problems(Path(request["root"]), request["tasks"])]
        answers.write(json.dumps(found) + "\n")
        answers.flush()


def _leave_with_the_asker() -> None:
    """One that is killed waits for no answer: nobody looks at the rest of the assignment."""
    if hasattr(select, "poll"):
        hung_up = select.poll()
        hung_up.register(0, 0)  # of no event but the one that is always told: the other end is gone
        hung_up.poll()
        os._exit(0)


def _problems(root: Path, tasks: list[str]) -> list[Problem]:
    log = ProblemLog()
    modules, path, folder = set(sys.modules), list(sys.path), Path.cwd()
    try:
        assignment = load_assignment(root)
        if "build" in tasks:
            log.problems += _built(assignment)
        if "collect" in tasks:
            from kafedra.grading.inspection.collecting import collected

            log.problems += collected(assignment)
    except CourseError as error:
        log.problems += error.problems
    except Exception as error:  # noqa: BLE001 - an author is told of everything as a problem
        where = traceback.extract_tb(error.__traceback__)[-1]
        message = f"can't be looked at: {type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
        log.problems.append(Problem(Path("assignment.toml"), None, "", None, message))
    finally:
        _forget(root, modules)
        sys.path[:] = path
        os.chdir(folder)
    return log.by_place()


def _built(assignment: Assignment) -> list[Problem]:
    from kafedra.notebooks.inspection import build_problems

    return build_problems(assignment, draw=_drawn)


def _drawn(root: Path) -> Mapping[str, bytes]:
    """The pictures, drawn here: matplotlib is loaded once for all assignments."""
    from kafedra.notebooks.pictures import kept_or_drawn

    return kept_or_drawn(root, _by_itself) if (root / "pictures.py").is_file() else {}


def _by_itself(source: Path) -> Mapping[str, bytes]:
    from kafedra.notebooks.percent import BuildError
    from kafedra.notebooks.pictures import undrawn

    try:
        from kafedra.notebooks.drawing import draw

        return {name: base64.b64decode(data) for name, data in draw(source).items()}
    except (Exception, SystemExit):  # noqa: BLE001 - as above
        raise BuildError([undrawn(traceback.format_exc())]) from None
    finally:
        if (pyplot := sys.modules.get("matplotlib.pyplot")) is not None:
            pyplot.close("all")


def _forget(root: Path, kept: set[str]) -> None:
    """The next assignment has a module `probes` of its own, and another `answers`."""
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if name not in kept and file and Path(file).is_relative_to(root):
            del sys.modules[name]


def _plain(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file.as_posix(),
        "line": problem.line,
        "key": problem.key,
        "value": None if problem.value is None else shown(problem.value),
        "message": problem.message,
    }


if __name__ == "__main__":
    main()
