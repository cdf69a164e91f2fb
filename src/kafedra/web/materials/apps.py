"""How Django knows this app."""

from django.apps import AppConfig

_LOOK_SECONDS = 20


class MaterialsConfig(AppConfig):
    """The course's site. No tables of its own: what there is to read is in the course's files."""

    name = "kafedra.web.materials"
    label = "materials"

    def ready(self) -> None:
        """Its link in the header, its parts of a run's first page, and what the server makes ahead of readers."""
        from kafedra.web.materials.making import keep_made
        from kafedra.web.materials.sections import places, plan, this_week
        from kafedra.web.outbox.postman import CHORES, Chore
        from kafedra.web.people.hooks import HOME, PLACES

        PLACES.add(self.label, places)
        HOME.add("materials: week", this_week)
        HOME.add("materials: plan", plan)
        CHORES.add(self.label, lambda: Chore("materials", _LOOK_SECONDS, keep_made))
