"""How Django knows this app."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Reviews of notebooks: drafts, publications, the comment bank, messages."""

    name = "kafedra.web.reviews"
    label = "reviews"
