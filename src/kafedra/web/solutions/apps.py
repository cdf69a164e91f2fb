"""How Django knows this app."""

from django.apps import AppConfig


class SolutionsConfig(AppConfig):
    """Who has opened which solution."""

    name = "kafedra.web.solutions"
    label = "solutions"
