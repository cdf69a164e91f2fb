"""How Django knows this app."""

from django.apps import AppConfig


class RunsConfig(AppConfig):
    """The course in force, its runs, and the terms that count in each."""

    name = "kafedra.web.runs"
    label = "runs"

    def ready(self) -> None:
        """The doctor looks at the course."""
        from kafedra.web.frame.doctor import CHECKS
        from kafedra.web.runs.doctor import readable_course

        CHECKS.add("course", readable_course)
