"""Addresses of what frames every page."""

from django.urls import path

from kafedra.web.pages import installing, preferences

app_name = "pages"
urlpatterns = [
    path("download/", installing.install, name="install"),
    path("language/", preferences.language, name="language"),
    path("theme/", preferences.theme, name="theme"),
]
