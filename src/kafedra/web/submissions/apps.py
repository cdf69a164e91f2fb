"""How Django knows this app."""

from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    """Repositories, submissions, reports."""

    name = "kafedra.web.submissions"
    label = "submissions"

    def ready(self) -> None:
        """What was handed in stays when somebody leaves; repositories are packed, their room is looked at."""
        from kafedra.web.frame.doctor import CHECKS
        from kafedra.web.outbox.postman import CHORES, Chore
        from kafedra.web.people.hooks import KEEPS
        from kafedra.web.submissions.doctor import room
        from kafedra.web.submissions.members import works_of
        from kafedra.web.submissions.tidying import EVERY_SECONDS, tidy

        KEEPS.add(self.label, works_of)
        CHECKS.add("repositories", room)
        CHORES.add("packing of repositories", lambda: Chore("packing of repositories", EVERY_SECONDS, tidy))
