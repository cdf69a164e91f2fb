"""Uvicorn, told how kafedra starts and stops."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

import uvicorn

from kafedra.web.serving.connections import Polite, most_connections

if TYPE_CHECKING:
    from kafedra.web.serving.application import Application

# Longer than the longest wait of a push: whoever waits for a verdict gets it before the server goes.
_PATIENCE_SECONDS = 70


class PortBusy(RuntimeError):
    """Somebody else listens there."""


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address, before anything expensive begins. Raises PortBusy or OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(1024)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise PortBusy(f"{host}:{port} is taken") from error
        raise
    return listening


class Server(uvicorn.Server):
    """Serves an Application on a bound socket; `serve` it in any thread, set `should_exit` to stop it."""

    def __init__(self, application: Application) -> None:
        super().__init__(
            uvicorn.Config(
                application,
                http=Polite,
                lifespan="on",
                log_level="warning",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=_PATIENCE_SECONDS,
            )
        )
        Polite.most = most_connections()
        self._application = application
        self.on_started: Callable[[], None] = lambda: None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.on_started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._application.close()
        await super().shutdown(sockets)
