"""Addresses of the API, of the page about it, and of one's tokens."""

from django.urls import include, path, re_path

from kafedra.web.api import views
from kafedra.web.api.application import api
from kafedra.web.api.wrapping import wrapped

app_name = "api"
_patterns, _app, _namespace = api.urls
urlpatterns = [
    path("account/api/", views.tokens, name="tokens"),
    path("account/api/new/", views.create, name="create"),
    path("account/api/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("api/", views.reference, name="reference"),
    path("api/v1/", include((wrapped(_patterns), _app), namespace=_namespace)),
    re_path(r"^api/v1/[\s\S]+\Z", views.nothing_here, name="nothing_here"),
]
