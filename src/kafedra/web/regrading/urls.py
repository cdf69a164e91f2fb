"""Addresses of regrades."""

from django.urls import path

from kafedra.web.regrading import views

app_name = "regrading"
urlpatterns = [
    path("<slug:run>/regrades/", views.regrades, name="regrades"),
    path("<slug:run>/regrades/<int:pk>/", views.regrade, name="regrade"),
    path("<slug:run>/regrades/<int:pk>/apply/", views.apply, name="apply"),
    path("<slug:run>/regrades/<int:pk>/discard/", views.discard, name="discard"),
    path("<slug:run>/regrades/<int:pk>/undo/", views.undo, name="undo"),
]
