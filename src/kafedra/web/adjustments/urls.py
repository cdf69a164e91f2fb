"""Addresses of extensions and of points set by hand."""

from django.urls import path

from kafedra.web.adjustments import views

app_name = "adjustments"
urlpatterns = [
    path("<slug:run>/adjustments/", views.adjustments, name="adjustments"),
    path("<slug:run>/adjustments/extend/", views.extend, name="extend"),
    path("<slug:run>/adjustments/points/", views.set_points, name="set_points"),
    path("<slug:run>/adjustments/extensions/<int:pk>/undo/", views.undo_extension, name="undo_extension"),
    path("<slug:run>/adjustments/points/<int:pk>/undo/", views.undo_points, name="undo_points"),
]
