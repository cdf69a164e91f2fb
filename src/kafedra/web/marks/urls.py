"""Addresses of marks entered by hand."""

from django.urls import path

from kafedra.web.marks import views

app_name = "marks"
urlpatterns = [
    path("<slug:run>/marks/", views.marks, name="marks"),
    path("<slug:run>/marks/<str:name>/", views.mark, name="mark"),
    path("<slug:run>/marks/<str:name>/preview/", views.preview, name="preview"),
    path("<slug:run>/marks/<str:name>/apply/", views.apply, name="apply"),
]
