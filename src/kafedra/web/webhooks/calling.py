"""One call to one address: to the host that was looked up and checked, without redirects or proxies, within seconds."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from kafedra import __version__
from kafedra.web import clock
from kafedra.web.webhooks.models import Delivery, Webhook
from kafedra.web.webhooks.safety import Refused, Target, resolved, target
from kafedra.web.webhooks.signing import signatures

SECONDS = 5.0  # all of it together: a receiver answers first and works then


class Unanswered(Exception):
    """The address could not be called, or did not answer in time; the text says why."""


class _Plain(http.client.HTTPConnection):
    """Goes to `ip` and nowhere else, whatever the name would lead to by now."""

    def __init__(self, found: Target, ip: str, seconds: float) -> None:
        super().__init__(found.host, found.port, timeout=seconds)
        self.ip = ip

    def connect(self) -> None:
        self.sock = socket.create_connection((self.ip, self.port), self.timeout)


class _Secure(_Plain):
    """The same over TLS; the certificate has to be that of the name."""

    def connect(self) -> None:
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def call(delivery: Delivery) -> int:
    """The status that the address answers with. Raises Unanswered. What it says besides is not read."""
    webhook = delivery.webhook
    try:
        found = target(webhook.address)
        ip = resolved(found)
    except Refused as error:
        raise Unanswered(str(error)) from error
    except (OSError, UnicodeError) as error:
        raise Unanswered(_("the host can't be found: %(error)s") % {"error": error}) from error
    made = (_Secure if found.scheme == "https" else _Plain)(found, str(ip), SECONDS)
    body, seconds = delivery.body.encode(), int(time.time())  # the receiver's clock isn't shifted as ours may be
    headers = {
        "Host": found.header,
        "Content-Type": "application/json",
        "User-Agent": f"kafedra/{__version__}",
        "webhook-id": delivery.number,
        "webhook-timestamp": str(seconds),
        "webhook-signature": signatures(_secrets(webhook), delivery.number, seconds, body),
    }
    try:
        with _within(made, SECONDS):
            made.request("POST", found.path, body, headers)
            return made.getresponse().status
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unanswered(f"{type(error).__name__}: {error}") from error
    finally:
        made.close()


def _secrets(webhook: Webhook) -> list[str]:
    """The one in force, and the former one while receivers change over."""
    both = webhook.former_until is not None and clock.now() < webhook.former_until
    return [webhook.secret, webhook.former] if both else [webhook.secret]


@contextmanager
def _within(made: http.client.HTTPConnection, seconds: float) -> Iterator[None]:
    """Cut the line after so long: time-outs of sockets begin anew with every byte that drips."""

    def cut() -> None:
        if made.sock is not None:
            _shut(made.sock)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _shut(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:  # it is closed already
        return
