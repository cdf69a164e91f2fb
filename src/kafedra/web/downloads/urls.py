"""Addresses of downloads."""

from django.urls import path

from kafedra.web.downloads import views

app_name = "downloads"
urlpatterns = [path("download/<str:name>", views.light_wheel, name="wheel")]
