"""Addresses of news."""

from django.urls import path

from kafedra.web.notices import views

app_name = "notices"
urlpatterns = [
    path("news/", views.news, name="news"),
    path("account/notices/", views.wishes, name="wishes"),
]
