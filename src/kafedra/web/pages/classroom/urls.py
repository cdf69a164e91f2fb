"""Addresses of the run, of an assignment, of a submission."""

from django.urls import path

from kafedra.web.pages.classroom import submission, views

app_name = "classroom"
urlpatterns = [
    path("", views.root, name="root"),
    path("<slug:run>/", views.home, name="home"),
    path("<slug:run>/assignments/<slug:slug>/", views.assignment, name="assignment"),
    path("<slug:run>/submissions/<int:pk>/", submission.submission, name="submission"),
    path("<slug:run>/assignments/<slug:slug>/compare/", submission.compare, name="compare"),
]
