"""Addresses of the record."""

from django.urls import path

from kafedra.web.pages.record import views

app_name = "record"
urlpatterns = [
    path("account/record/", views.about_me, name="mine"),
    path("<slug:run>/record/", views.of_run, name="run"),
]
