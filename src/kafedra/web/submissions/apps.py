"""How Django knows this app."""

from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    """Repositories, submissions, reports."""

    name = "kafedra.web.submissions"
    label = "submissions"

    def ready(self) -> None:
        """What was handed in stays when somebody leaves."""
        from kafedra.web.people.hooks import KEEPS
        from kafedra.web.submissions.members import works_of

        KEEPS.add(self.label, works_of)
