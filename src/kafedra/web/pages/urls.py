"""Addresses of what frames every page."""

from django.urls import path

from kafedra.web.pages import preferences

app_name = "pages"
urlpatterns = [
    path("language/", preferences.language, name="language"),
    path("theme/", preferences.theme, name="theme"),
]
