"""Addresses of integrity cases."""

from django.urls import path

from kafedra.web.integrity import views
from kafedra.web.integrity.deciding import decide, reverse

app_name = "integrity"
urlpatterns = [
    path("<slug:run>/integrity/", views.cases, name="cases"),
    path("<slug:run>/integrity/open/<int:pk>/", views.open_case, name="open"),
    path("<slug:run>/integrity/<int:pk>/", views.case, name="case"),
    path("<slug:run>/integrity/<int:pk>/mark/", views.mark, name="mark"),
    path("<slug:run>/integrity/fragments/<int:pk>/remove/", views.unmark, name="unmark"),
    path("<slug:run>/integrity/sides/<int:pk>/ask/", views.ask, name="ask"),
    path("<slug:run>/integrity/sides/<int:pk>/answer/", views.answer, name="answer"),
    path("<slug:run>/integrity/sides/<int:pk>/decide/", decide, name="decide"),
    path("<slug:run>/integrity/decisions/<int:pk>/reverse/", reverse, name="reverse"),
]
