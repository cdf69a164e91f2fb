"""How Django knows this app."""

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """Questions and answers."""

    name = "kafedra.web.questions"
    label = "questions"

    def ready(self) -> None:
        """Their link in the header, their parts of other pages, what stays of whoever leaves, unused pictures."""
        from kafedra.web.outbox.postman import CHORES, Chore
        from kafedra.web.people.hooks import FINDS, HOME, KEEPS, PLACES, TOPIC
        from kafedra.web.questions import places
        from kafedra.web.questions.services.pictures import forget_unused

        PLACES.add(self.label, places.places)
        HOME.add(self.label, places.on_first_page)
        TOPIC.add(self.label, places.on_topic)
        FINDS.add(self.label, places.found)
        KEEPS.add(self.label, places.said)
        CHORES.add(self.label, lambda: Chore("unused pictures", 6 * 3600, forget_unused))
