"""The address of the inbox."""

from django.urls import path

from kafedra.web.pages.inbox import views

app_name = "inbox"
urlpatterns = [path("<slug:run>/inbox/", views.inbox, name="inbox")]
