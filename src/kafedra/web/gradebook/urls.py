"""Addresses of grades."""

from django.urls import path

from kafedra.web.gradebook import views

app_name = "gradebook"
urlpatterns = [
    path("<slug:run>/grades/", views.grades, name="grades"),
    path("<slug:run>/gradebook/", views.gradebook, name="gradebook"),
    path("<slug:run>/gradebook/students/<str:login>/", views.student, name="student"),
    path("<slug:run>/gradebook/overview/", views.overview, name="overview"),
    path("<slug:run>/gradebook/export.csv", views.export_csv, name="export_csv"),
    path("<slug:run>/gradebook/export.xlsx", views.export_xlsx, name="export_xlsx"),
    path("<slug:run>/gradebook/moodle.csv", views.export_moodle, name="export_moodle"),
    path("<slug:run>/gradebook/canvas.csv", views.export_canvas, name="export_canvas"),
    path("<slug:run>/gradebook/pictures/", views.pictures, name="pictures"),
]
