"""How Django knows this app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts, roles, invitations, access tokens."""

    name = "kafedra.web.people"
    label = "people"
