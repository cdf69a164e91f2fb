"""Addresses of news and letters."""

from django.urls import path

from kafedra.web.notices import views
from kafedra.web.notices.outbox import views as outbox

app_name = "notices"
urlpatterns = [
    path("news/", views.news, name="news"),
    path("account/notices/", views.wishes, name="wishes"),
    path("<slug:run>/letters/", outbox.letters, name="letters"),
    path("<slug:run>/letters/<int:pk>/again/", outbox.send_again, name="send_again"),
]
