"""The dispatcher that the installation's settings ask for."""

from __future__ import annotations

from django.conf import settings

from kafedra.web.executor.dispatcher import Dispatcher
from kafedra.web.executor.slots import local_slots
from kafedra.web.executor.work import settle


def make_dispatcher() -> Dispatcher:
    """Of `KAFEDRA_EXECUTOR`: `local`, the slots of this machine, is all there is; settings refuse other words."""
    return Dispatcher(local_slots(settings.GRADING_WORKERS), settle)
