"""The judge's end of the link to the keeper: starts and ends the student's process in the sandbox."""

from __future__ import annotations

import socket
from typing import Any, Final

from kafedra.grading import packets
from kafedra.grading.channel import Channel
from kafedra.grading.faults import GradingFault
from kafedra.grading.judge.exchange import Death

_PATIENCE: Final = 10.0  # seconds; the keeper answers in milliseconds, or something is wrong with us


class KeeperHost:
    """A :class:`~kafedra.grading.judge.exchange.Host` behind a packet socket."""

    def __init__(self, link: socket.socket) -> None:
        self._link = link
        self._death: Death | None = None
        link.settimeout(_PATIENCE)

    def start(self) -> Channel:
        self._send("start")
        answer, channel = self._receive()
        if not answer.get("started"):
            raise GradingFault(f"the sandbox did not start: {answer.get('failure')}")
        return Channel(socket.socket(fileno=channel[0]))

    def end(self, *, dying: bool) -> Death:
        if self._death is None:
            self._send("bury" if dying else "kill")
            self._take(self._receive()[0])  # exactly one per start: how it died by itself, or that it was killed now
        assert self._death is not None
        death, self._death = self._death, None
        return death

    def leave(self) -> None:
        """The keeper tells the worker when it is gone, and the verdict waits for that."""
        if self._death is None:
            self._send("kill")

    def waited(self) -> float:
        self._send("waited")
        while "waited" not in (answer := self._receive()[0]):
            self._take(answer)
        return float(answer["waited"])

    def _take(self, answer: dict[str, Any]) -> None:
        cause, status = answer["died"], answer["status"]
        if cause == "exited" and status < 0:  # pid 1 takes no signal from inside its namespace
            raise GradingFault(f"the sandbox was ended from outside: signal {-status}")
        self._death = Death(cause, status)

    def _send(self, request: str) -> None:
        try:
            packets.send(self._link, request)
        except OSError as error:
            raise GradingFault(f"the sandbox's keeper is gone: {error}") from None

    def _receive(self) -> tuple[dict[str, Any], list[int]]:
        try:
            return packets.receive(self._link)
        except (OSError, EOFError) as error:
            raise GradingFault(f"the sandbox's keeper does not answer: {error}") from None
