"""Addresses of solutions."""

from django.urls import path

from kafedra.web.solutions import views

app_name = "solutions"
urlpatterns = [
    path("<slug:run>/assignments/<slug:slug>/solution/", views.solution, name="solution"),
    path("<slug:run>/assignments/<slug:slug>/solution/notebook/", views.notebook, name="notebook"),
]
