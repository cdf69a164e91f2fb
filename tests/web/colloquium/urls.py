"""Every address of the server, and those of the new app."""

from django.urls import include, path

from kafedra.web.config.urls import handler400, handler403, handler404, handler500
from kafedra.web.config.urls import urlpatterns as all_others

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
urlpatterns = [path("", include("tests.web.colloquium.app.urls")), *all_others]
