"""Addresses of new versions of assignments."""

from django.urls import path

from kafedra.web.updates import views

app_name = "updates"
urlpatterns = [
    path("<slug:run>/assignments/<slug:slug>/edition.json", views.newest, name="newest"),
    path("<slug:run>/assignments/<slug:slug>/update/", views.update, name="update"),
]
