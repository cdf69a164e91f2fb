"""The writes of webhooks."""

from __future__ import annotations

from tests.web.cases import Act, World, exempt, writes

from kafedra.web.webhooks import services
from kafedra.web.webhooks.models import Event, Off, Webhook


def _webhook(w: World) -> Webhook:
    told = {"address": "https://bot.example.org/", "events": [Event.VERDICT], "everybody": False}
    return services.register(user=w.student, run=w.run, **told)


@writes(services.register)
def a_webhook(w: World) -> Act:
    return lambda: _webhook(w)


@writes(services.change_secret)
def another_secret(w: World) -> Act:
    row = _webhook(w)
    return lambda: services.change_secret(webhook=row)


@writes(services.remove)
def removing_it(w: World) -> Act:
    row = _webhook(w)
    return lambda: services.remove(webhook=row)


@writes(services.switch_off)
def switching_it_off(w: World) -> Act:
    row = _webhook(w)
    return lambda: services.switch_off(webhook=row, because=Off.FAILING)


@writes(services.switch_on)
def switching_it_on(w: World) -> Act:
    row = _webhook(w)
    services.switch_off(webhook=row, because=Off.FAILING)
    return lambda: services.switch_on(webhook=row)


exempt("reads only", services.shown)
exempt(
    "the list of deliveries is a record itself",
    services.send, services.send_again, services.take, services.release, services.arrived, services.failed,
)  # fmt: skip
exempt("what ended long ago", services.forget_old)
