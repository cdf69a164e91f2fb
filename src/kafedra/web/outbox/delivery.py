"""From the outbox to the mail server, one letter after another."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend as ByServer

from kafedra.web.outbox import selectors, services
from kafedra.web.outbox.models import Letter

log = logging.getLogger(__name__)
LETTERS_PER_CONNECTION = 50  # politer than a connection for each, and servers limit how many one may carry


class Connection(Protocol):
    """What is used of one of Django's mail back ends."""

    def open(self) -> bool | None: ...
    def close(self) -> None: ...
    def send_messages(self, messages: list[EmailMessage]) -> int | None: ...


class Deliverer:
    """Sends what is due. Remembers what left but could not be marked so, because the database was away."""

    def __init__(self) -> None:
        self._left: set[int] = set()

    def deliver(self, stop: Callable[[], bool] = lambda: False) -> int:
        """Send until nothing is due, the server does not answer, or `stop`; returns how many letters left."""
        if not selectors.is_anything_on_the_way():
            return 0
        self._mark()
        services.release(but=self._left)
        services.expire()
        count = 0
        while not stop() and selectors.is_anything_due():
            try:
                connection = get_connection()
                connection.open()
            except Exception as error:  # noqa: BLE001  # whatever the back end raises: SMTP, sockets, the file system
                waiting = services.unreachable(error=_said(error))
                log.warning("the mail server does not answer, %s letters wait: %s", waiting, _said(error))
                break
            try:
                count += self._through(connection, stop)
            finally:
                _close(connection)
        return count

    def _through(self, connection: Connection, stop: Callable[[], bool]) -> int:
        """As much as one connection carries; it ends with the first letter that it can't carry."""
        most = LETTERS_PER_CONNECTION if isinstance(connection, ByServer) else 1
        for count in range(most):
            letter = None if stop() else services.take()
            if letter is None or not self._send(connection, letter):
                return count
        return most

    def _send(self, connection: Connection, letter: Letter) -> bool:
        try:
            connection.send_messages([_message(letter)])
        except Exception as error:  # noqa: BLE001  # likewise
            log.warning("a letter to %s could not be sent: %s", letter.address, _said(error))
            if _is_final(error):
                services.refuse(pk=letter.pk, error=_said(error))
            else:
                services.put_off(letter=letter, error=_said(error))
            return False
        self._left.add(letter.pk)
        self._mark()
        return True

    def _mark(self) -> None:
        for pk in sorted(self._left):
            services.sent(pk=pk)
            self._left.discard(pk)


def _message(letter: Letter) -> EmailMessage:
    headers = {"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"}
    return EmailMessage(letter.subject, letter.text, settings.DEFAULT_FROM_EMAIL, [letter.address], headers=headers)


def _is_final(error: Exception) -> bool:
    """True when no later attempt can end otherwise: the server knows no such address, or it is no address at all."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _text in error.recipients.values())
    return isinstance(error, ValueError)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _close(connection: Connection) -> None:
    try:
        connection.close()
    except Exception:  # noqa: BLE001  # what had to leave has left
        log.info("the connection to the mail server did not close cleanly")
