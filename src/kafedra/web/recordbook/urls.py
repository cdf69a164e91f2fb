"""Addresses of the record book."""

from django.urls import path

from kafedra.web.recordbook import views

app_name = "recordbook"
urlpatterns = [
    path("<slug:run>/record-book/", views.sheets, name="sheets"),
    path("<slug:run>/record-book/freeze/", views.freeze, name="freeze"),
    path("<slug:run>/record-book/decide/", views.decide, name="decide"),
    path("<slug:run>/record-book/export.csv", views.export_csv, name="export_csv"),
    path("<slug:run>/record-book/export.xlsx", views.export_xlsx, name="export_xlsx"),
]
