"""How light the pages are: the visitor's choice, kept in a cookie."""

from __future__ import annotations

from django.http import HttpRequest

THEME_COOKIE = "kafedra_theme"
THEMES = ("auto", "light", "dark")


def chosen_theme(request: HttpRequest) -> str:
    """`auto`, `light` or `dark`."""
    wanted = request.COOKIES.get(THEME_COOKIE, "auto")
    return wanted if wanted in THEMES else "auto"
