"""Addresses of downloads."""

from django.urls import path

from kafedra.web.serving import views

app_name = "serving"
urlpatterns = [path("download/<str:name>", views.light_wheel, name="wheel")]
