"""Everything by which the app is known to the rest."""

from django.apps import AppConfig


class ColloquiumConfig(AppConfig):
    name = "tests.web.colloquium.app"
    label = "colloquium"

    def ready(self) -> None:
        from tests.web.colloquium.app import answers

        from kafedra.web.frame.doctor import CHECKS
        from kafedra.web.frame.doors import DOORS, Door
        from kafedra.web.outbox.postman import CHORES, Chore
        from kafedra.web.people.hooks import HOME, KEEPS, LEAVES, PLACES, STEPS_DOWN
        from kafedra.web.standings.sources import SOURCES

        CHECKS.add(self.label, answers.examined)
        DOORS.add(self.label, lambda: Door("/colloquium-live/", answers.until_the_end))
        CHORES.add(self.label, lambda: Chore("talks", 3600, answers.look))
        HOME.add(self.label, answers.section)
        KEEPS.add(self.label, answers.kept)
        LEAVES.add(self.label, answers.leaves)
        STEPS_DOWN.add(self.label, answers.leaves)
        PLACES.add(self.label, answers.places)
        SOURCES.add(self.label, answers.marks, components=["exam"])
