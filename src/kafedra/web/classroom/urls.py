"""Addresses of the classroom's pages."""

from django.urls import path

from kafedra.web.classroom import views

app_name = "classroom"
urlpatterns = [
    path("", views.root, name="root"),
    path("<slug:run>/", views.home, name="home"),
    path("<slug:run>/assignments/<slug:slug>/", views.assignment, name="assignment"),
    path("<slug:run>/submissions/<int:pk>/", views.submission, name="submission"),
]
