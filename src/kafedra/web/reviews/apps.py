"""How Django knows this app."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Reviews of notebooks: drafts, publications, the comment bank, messages."""

    name = "kafedra.web.reviews"
    label = "reviews"

    def ready(self) -> None:
        """What reviews take off, their link in the header, and what becomes of them when somebody leaves."""
        from kafedra.web.people.hooks import KEEPS, LEAVES, PLACES, STEPS_DOWN
        from kafedra.web.reviews.deductions import taken_off
        from kafedra.web.reviews.members import reviews_no_longer, works_of
        from kafedra.web.reviews.places import places
        from kafedra.web.standings.sources import SOURCES

        SOURCES.add(self.label, taken_off, fills=("taken_off",))
        PLACES.add(self.label, places)
        LEAVES.add(self.label, reviews_no_longer)
        STEPS_DOWN.add(self.label, reviews_no_longer)
        KEEPS.add(self.label, works_of)
