"""How Django knows this app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts, roles, invitations, access tokens."""

    name = "kafedra.web.people"
    label = "people"

    def ready(self) -> None:
        """Their link in the header, a word to whom no letter reaches, marks for browsers in which somebody signs in."""
        from kafedra.web.people.devices import watch_for_sign_ins
        from kafedra.web.people.hooks import HOME, PLACES
        from kafedra.web.people.places import places
        from kafedra.web.people.sections import without_address

        PLACES.add(self.label, places)
        HOME.add(self.label, without_address)
        watch_for_sign_ins()
