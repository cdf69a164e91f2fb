"""How Django knows this app."""

from django.apps import AppConfig

_LOOK_SECONDS = 300


class SurveysConfig(AppConfig):
    """Feedback, its boxes, and memes."""

    name = "kafedra.web.surveys"
    label = "surveys"

    def ready(self) -> None:
        """In the header, on the first page, on topics' pages; boxes are opened and people reminded in time."""
        from kafedra.web.outbox.postman import CHORES, Chore
        from kafedra.web.people.hooks import HOME, PLACES, TOPIC
        from kafedra.web.surveys import places
        from kafedra.web.surveys.services import keep_time

        CHORES.add(self.label, lambda: Chore("feedback", _LOOK_SECONDS, keep_time))
        PLACES.add(self.label, places.places)
        HOME.add(self.label, places.home)
        TOPIC.add(self.label, places.topic)
