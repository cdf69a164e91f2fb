"""How Django knows this app."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Pages that combine what other rooms know."""

    name = "kafedra.web.pages"
    label = "pages"

    def ready(self) -> None:
        """Their links in the header, and the parts of a run's first page."""
        from kafedra.web.pages.classroom import places as classroom
        from kafedra.web.pages.classroom import sections
        from kafedra.web.pages.grading import places as grading
        from kafedra.web.pages.inbox import places as inbox
        from kafedra.web.pages.record import places as record
        from kafedra.web.people.hooks import HOME, PLACES

        PLACES.add("classroom", classroom.places)
        PLACES.add("grading", grading.places)
        PLACES.add("inbox", inbox.places)
        PLACES.add("record", record.places)
        HOME.add("due", sections.due)
        HOME.add("homework", sections.homework)
