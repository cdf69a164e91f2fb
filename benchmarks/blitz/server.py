"""`kafedra serve` in a process of its own, which can be killed, and the database beside it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from benchmarks.blitz.room import Asked, Phone

RUN = "2023"


class Server:
    """Starts on the same port and the same data as often as asked."""

    def __init__(self, course: Path, folder: Path, database: str = "") -> None:
        self._course, self._data, self.port = _without_warming(course, folder), folder / "data", 0
        self._database = {"KAFEDRA_DATABASE_URL": database} if database else {}
        self._data.mkdir()
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Returns when it listens."""
        kafedra = Path(sys.executable).with_name("kafedra")
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("KAFEDRA_", "DJANGO_"))
        }
        environment |= {"KAFEDRA_COURSE": str(self._course), "KAFEDRA_DATA": str(self._data), "KAFEDRA_WORKERS": "1"}
        environment |= {"KAFEDRA_BUILD_TOPICS": "false", **self._database}
        command = [str(kafedra), "serve", "--port", str(self.port)]
        self._process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
        assert self._process.stderr is not None
        said = list[str]()
        for line in self._process.stderr:
            said.append(line)
            if "listens on" in line:
                self.port = int(line.split("listens on ")[1].split()[0].rsplit(":", 1)[1])
                break
        else:
            raise RuntimeError("the server did not start:\n" + "".join(said))
        threading.Thread(target=self._process.stderr.read, daemon=True).start()

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process:
            self._process.send_signal(how)
            self._process.wait()

    def connect(self) -> None:
        """Let this process read the same database."""
        from kafedra.web.serving.preparation import configure

        os.environ |= self._database
        base = f"http://127.0.0.1:{self.port}"
        configure({"course": self._course, "data": self._data, "run": RUN, "base_url": base})


def opened(number: int) -> tuple[int, str, str, list[Asked]]:
    """A blitz on the topic `number`: its id, its code, the presenter's session, what is asked."""
    from django.test import Client

    from kafedra.web.blitz.asked import choices
    from kafedra.web.blitz.models import Blitz
    from kafedra.web.blitz.services.playing import start
    from kafedra.web.blitz.steps import questions_of
    from kafedra.web.people.models import User
    from kafedra.web.runs import course
    from kafedra.web.runs.models import Run

    lecturer, _new = User.objects.get_or_create(username="lecturer", defaults={"is_staff": True, "is_active": True})
    made = start(run=Run.objects.get(slug=RUN), topic=course.current().materials[number], by=lecturer)
    blitz = Blitz.objects.get(pk=made.pk)
    client = Client()
    client.force_login(lecturer)
    asked = [
        Asked(one.slug, _forms([choice.key for choice in choices(one, "")], one.kind)) for one in questions_of(blitz)
    ]
    return blitz.pk, blitz.code, client.cookies["sessionid"].value, asked


def _forms(keys: Sequence[str], kind: str) -> list[dict[str, str]]:
    if kind == "order":
        turned = [list(keys[turn:]) + list(keys[:turn]) for turn in range(len(keys))]
        return [{f"place-{key}": str(place) for place, key in enumerate(order, 1)} for order in turned]
    return [{"given": key} for key in keys] or [{"given": str(number)} for number in (-9, -3, 9, 49, 36, 17)]


def audited(blitz: int, phones: Sequence[Phone]) -> tuple[int, int]:
    """How many acknowledged answers the database lacks or has otherwise, and how many it has twice."""
    from kafedra.web.blitz.models import Answer

    rows = dict[tuple[str, str], list[list[str]]]()
    found = Answer.objects.filter(participant__blitz=blitz).values_list("participant__name", "question", "given")
    for name, question, given in found:
        rows.setdefault((name, question), []).append(given)
    lost = sum(
        _given(form) not in rows.get((f"Phone {phone.number}", slug), [])
        for phone in phones
        for slug, form in phone.given.items()
    )
    return lost, sum(len(those) - 1 for those in rows.values())


def _given(form: dict[str, str]) -> list[str]:
    places = {name.removeprefix("place-"): int(place) for name, place in form.items() if name.startswith("place-")}
    return sorted(places, key=lambda key: places[key]) if places else [form["given"]]


def _without_warming(course: Path, folder: Path) -> Path:
    """The course in `folder`, with nothing that graders load: they are not measured here."""
    copy = shutil.copytree(course, folder / "course", ignore=shutil.ignore_patterns("__pycache__", "mutants"))
    for description in copy.glob("homework/*/assignment.toml"):
        text = re.sub(r"^preload = .*\n", "", description.read_text("utf-8"), flags=re.MULTILINE)
        description.write_text(text, "utf-8")
    return copy
