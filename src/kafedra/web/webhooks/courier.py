"""Brings messages to their addresses. The postman calls it each time that he comes."""

from __future__ import annotations

import logging
import time

from kafedra.web.webhooks import selectors, services
from kafedra.web.webhooks.calling import Unanswered, call
from kafedra.web.webhooks.models import Delivery, Off

log = logging.getLogger(__name__)
BUDGET_SECONDS = 8.0  # letters wait meanwhile


def deliver(budget: float = BUDGET_SECONDS) -> int:
    """Send what is due; returns how many messages arrived. The rest of a long queue leaves the next time.

    An address that fails makes only its own messages wait, so a dead one costs one attempt and not the queue.
    """
    if not selectors.is_anything_on_the_way():
        return 0
    services.release()
    began, arrived = time.monotonic(), 0
    while time.monotonic() - began < budget and (due := selectors.next_due()) is not None:
        if services.take(delivery=due):
            arrived += _bring(due)
    return arrived


def _bring(delivery: Delivery) -> bool:
    if not selectors.may_hear(delivery.webhook):
        services.failed(delivery=delivery, status=None, error="")
        services.switch_off(webhook=delivery.webhook, because=Off.LEFT)
        return False
    try:
        status = call(delivery)
    except Unanswered as error:
        log.info("a webhook to %s failed: %s", services.shown(delivery.webhook), error)
        services.failed(delivery=delivery, status=None, error=str(error))
        return False
    if 200 <= status < 300:
        services.arrived(delivery=delivery, status=status)
        return True
    services.failed(delivery=delivery, status=status, error="")
    return False
