"""From a free port to a server that grades: what `kafedra serve` and `kafedra demo` have in common."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kafedra.web.serving.preparation import configure, prepare, sole_owner
from kafedra.web.serving.server import Server, listen

if TYPE_CHECKING:
    from kafedra.web.executor import Executor


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says; None leaves the choice to ``KAFEDRA_…`` variables."""

    course: Path | None = None
    data: Path | None = None
    run: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000


@dataclass(frozen=True, slots=True)
class Assembled:
    """A server that has everything but has not begun: clients that connect already simply wait.

    `new_terms` are the runs whose files say what nobody has applied yet.
    """

    server: Server
    executor: Executor
    listening: socket.socket
    base_url: str
    new_terms: tuple[str, ...]

    def serve(self) -> None:
        """Answer until told to stop. Returns when nothing is in flight any more."""
        self.server.run(sockets=[self.listening])


@contextmanager
def assembled(options: Options, *, loud: bool = True) -> Iterator[Assembled]:
    """Take the port, the settings and the data folder, in this order, and put the server together.

    That nothing can be graded here, if so, is among the executor's problems and, if `loud`, in the log.
    Raises PortBusy, ImproperlyConfigured, DataInUse or CourseError, each with a text for the operator.
    """
    with closing(listen(options.host, options.port)) as listening:
        base_url = os.environ.get("KAFEDRA_BASE_URL") or _address(options.host, listening)
        configure({"course": options.course, "data": options.data, "run": options.run, "base_url": base_url})
        from django.conf import settings

        with sole_owner(settings.DATA_DIR, settings.BASE_URL):
            prepare()
            executor = _executor(loud)
            yield Assembled(_server(executor), executor, listening, settings.BASE_URL, _new_terms())


def _address(host: str, listening: socket.socket) -> str:
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104  # named here, not bound
    shown = everywhere.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{listening.getsockname()[1]}"


def _new_terms() -> tuple[str, ...]:
    from kafedra.web.runs.models import Run
    from kafedra.web.runs.terms.selectors import runs_that_wait

    return tuple(run.slug for run in runs_that_wait(Run.objects.order_by("slug")))


# Django has to be set up before what these import can be imported.
def _executor(loud: bool) -> Executor:
    from kafedra.web.executor.making import make_dispatcher

    return make_dispatcher(loud=loud)


def _server(executor: Executor) -> Server:
    from django.conf import settings
    from django.core.asgi import get_asgi_application

    from kafedra.web.frame.doors import ASGI
    from kafedra.web.outbox.postman import CHORES, Postman
    from kafedra.web.serving.application import Application

    postman = Postman(list(CHORES().values()))
    return Server(Application(cast("ASGI", get_asgi_application()), executor, postman, Path(settings.DATA_DIR)))
