"""Where the sandbox can't be: one cause, one remedy. Told apart by what fails, never by a distribution's name.

What each place does, and from where that is known: docs/use/operator.md.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from kafedra.walls import apparmor
from kafedra.walls.facts import Facts
from kafedra.walls.refusal import Refusal
from kafedra.walls.signs import SIGNS, UNKNOWN


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Two clauses: why, and what to do or to have done."""

    cause: str
    remedy: str


def diagnose(refusal: Refusal, facts: Facts) -> Diagnosis:
    """Why the sandbox can't be made: the first sign that fits, or the refusal itself."""
    found = next((sign for sign in SIGNS if sign.fits(refusal, facts)), UNKNOWN)
    words = _words(refusal, facts)
    remedy = found.inside.get(facts.container or "none") or (found.inside.get("any") if facts.container else None)
    return Diagnosis(found.cause.format_map(words), (remedy or found.remedy).format_map(words))


def elsewhere(facts: Facts) -> Diagnosis | None:
    """What is true before anything is tried: a system that is not Linux has no namespaces at all."""
    if facts.system == "Linux":
        return None
    name = {"Darwin": "macOS"}.get(facts.system, facts.system)
    linux = {"Windows": "in WSL 2 or in a container", "Darwin": "in a container or another Linux virtual machine"}
    place = linux.get(facts.system, "on Linux")
    cause = f"the sandbox is made of Linux's namespaces, and this is {name}"
    return Diagnosis(cause, f"run the server {place}; students need no sandbox, kafedra check works here")


def _words(refusal: Refusal, facts: Facts) -> dict[str, object]:
    file = shlex.quote(str(apparmor.profile_file(apparmor.PROGRAM.resolve())))
    return {
        "kernel": facts.kernel,
        "label": refusal.label.partition(" ")[0],
        "limit": "no" if facts.process_limit < 0 else facts.process_limit,
        "load": f"kafedra doctor --apparmor | sudo tee {file} && sudo apparmor_parser -r {file}",
        "message": refusal.message,
        "most": facts.switch("user/max_user_namespaces"),
        "step": refusal.step,
        "user": facts.user,
    }
