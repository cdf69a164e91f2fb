"""How Django knows this app."""

from django.apps import AppConfig


class MaterialsConfig(AppConfig):
    """The course's site. No tables of its own: what there is to read is in the course's files."""

    name = "kafedra.web.materials"
    label = "materials"

    def ready(self) -> None:
        """Its link in the header, and the plan on a run's first page."""
        from kafedra.web.materials.sections import places, plan
        from kafedra.web.people.hooks import HOME, PLACES

        PLACES.add(self.label, places)
        HOME.add(self.label, plan)
