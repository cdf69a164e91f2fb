"""How Django knows this app, and what it answers when the rooms below ask."""

from django.apps import AppConfig


class BlitzConfig(AppConfig):
    """Blitzes, live and at one's own pace."""

    name = "kafedra.web.blitz"
    label = "blitz"

    def ready(self) -> None:
        from kafedra.web.blitz import door
        from kafedra.web.blitz.places import home, kept, places, topic
        from kafedra.web.frame.doors import DOORS, Door
        from kafedra.web.people.hooks import HOME, KEEPS, PLACES, TOPIC

        DOORS.add(self.label, lambda: Door(door.PREFIX, door.door))
        PLACES.add(self.label, places)
        HOME.add(self.label, home)
        KEEPS.add(self.label, kept)
        TOPIC.add(self.label, topic)
