"""Addresses of one's webhooks."""

from django.urls import path

from kafedra.web.webhooks import views

app_name = "webhooks"
urlpatterns = [
    path("account/webhooks/", views.webhooks, name="webhooks"),
    path("account/webhooks/new/", views.register, name="register"),
    path("account/webhooks/<int:pk>/", views.webhook, name="webhook"),
    path("account/webhooks/<int:pk>/test/", views.test, name="test"),
    path("account/webhooks/<int:pk>/on/", views.switch_on, name="switch_on"),
    path("account/webhooks/<int:pk>/secret/", views.change_secret, name="change_secret"),
    path("account/webhooks/<int:pk>/remove/", views.remove, name="remove"),
    path("account/webhooks/<int:pk>/deliveries/<int:delivery>/again/", views.again, name="again"),
]
