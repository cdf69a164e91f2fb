"""How a lower room asks what only higher rooms know, without importing them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec, TypeVar

from django.core.exceptions import ImproperlyConfigured

P = ParamSpec("P")
R = TypeVar("R")


class Hook(Generic[P, R]):
    """A question that a lower room asks and higher ones answer. Answers are added in `AppConfig.ready`, each once.

    Unlike a signal it is typed, the answers come back, and an exception in one ends the transaction of whoever asked.
    """

    def __init__(self, what: str) -> None:
        self._what, self._answers = what, dict[str, Callable[P, R]]()

    def add(self, name: str, answer: Callable[P, R]) -> None:
        """Let `answer` be asked, too. Raises ImproperlyConfigured if something is called `name` already."""
        if name in self._answers:
            raise ImproperlyConfigured(f"{self._what}: {name} answers twice")
        self._answers[name] = answer

    def remove(self, name: str) -> None:
        """Ask it no more; for tests that bring an app of their own."""
        del self._answers[name]

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> dict[str, R]:
        """Every answer by its name, in the order of INSTALLED_APPS."""
        return {name: answer(*args, **kwargs) for name, answer in self._answers.items()}
