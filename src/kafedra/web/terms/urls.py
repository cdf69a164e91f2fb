"""The address of changed terms."""

from django.urls import path

from kafedra.web.terms import views

app_name = "terms"
urlpatterns = [
    path("<slug:run>/terms/", views.changed_terms, name="changed"),
]
