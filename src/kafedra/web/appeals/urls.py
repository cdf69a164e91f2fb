"""Addresses of requests to look at a test again."""

from django.urls import path

from kafedra.web.appeals import views

app_name = "appeals"
urlpatterns = [
    path("<slug:run>/submissions/<int:pk>/regrade/", views.ask, name="ask"),
    path("<slug:run>/requests/<int:pk>/answer/", views.answer, name="answer"),
]
