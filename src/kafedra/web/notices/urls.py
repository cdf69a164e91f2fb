"""Addresses of news and letters."""

from django.urls import path

from kafedra.web.notices import letters_page, views

app_name = "notices"
urlpatterns = [
    path("news/", views.news, name="news"),
    path("account/notices/", views.wishes, name="wishes"),
    path("<slug:run>/letters/", letters_page.letters, name="letters"),
    path("<slug:run>/letters/<int:pk>/again/", letters_page.send_again, name="send_again"),
]
