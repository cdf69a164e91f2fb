"""Addresses of grades."""

from django.urls import path

from kafedra.web.gradebook import views

app_name = "gradebook"
urlpatterns = [
    path("<slug:run>/grades/", views.grades, name="grades"),
    path("<slug:run>/gradebook/", views.gradebook, name="gradebook"),
    path("<slug:run>/gradebook/overview/", views.overview, name="overview"),
    path("<slug:run>/gradebook/export.csv", views.export_csv, name="export_csv"),
    path("<slug:run>/gradebook/export.xlsx", views.export_xlsx, name="export_xlsx"),
]
