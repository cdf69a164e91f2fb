"""The dispatcher that the installation's settings ask for."""

from __future__ import annotations

from django.conf import settings

from kafedra.web.executor.dispatcher import Dispatcher
from kafedra.web.executor.slots import local_slots
from kafedra.web.executor.work import settle


def make_dispatcher(*, loud: bool = True) -> Dispatcher:
    """Of `KAFEDRA_EXECUTOR`: `local`, the slots of this machine, is all there is; settings refuse other words.

    `loud`: the log hears of slots that don't work. Otherwise whoever asks looks at its `problems`.
    """
    return Dispatcher(local_slots(settings.GRADING_WORKERS), settle, loud=loud)
