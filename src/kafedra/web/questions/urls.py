"""Addresses of questions."""

from django.urls import path

from kafedra.web.questions.views import answering, asking, reading, settling

app_name = "questions"
urlpatterns = [
    path("<slug:run>/questions/", reading.questions, name="questions"),
    path("<slug:run>/questions/ask/", asking.ask, name="ask"),
    path("<slug:run>/questions/similar/", asking.similar_ones, name="similar"),
    path("<slug:run>/questions/pictures/<uuid:uid>/", reading.picture, name="picture"),
    path("<slug:run>/questions/<int:pk>/", reading.question, name="question"),
    path("<slug:run>/questions/<int:pk>/edit/", asking.edit, name="edit"),
    path("<slug:run>/questions/<int:pk>/take-back/", settling.take_back, name="take_back"),
    path("<slug:run>/questions/<int:pk>/same/", settling.join, name="join"),
    path("<slug:run>/questions/<int:pk>/resolve/", settling.resolve, name="resolve"),
    path("<slug:run>/questions/<int:pk>/pin/", settling.pin, name="pin"),
    path("<slug:run>/questions/<int:pk>/merge/", settling.merge, name="merge"),
    path("<slug:run>/questions/<int:pk>/hide/", settling.hide, name="hide"),
    path("<slug:run>/questions/<int:pk>/answer/", answering.answer, name="answer"),
    path("<slug:run>/answers/<int:pk>/edit/", answering.edit, name="edit_answer"),
    path("<slug:run>/answers/<int:pk>/take-back/", settling.take_answer_back, name="take_answer_back"),
    path("<slug:run>/answers/<int:pk>/hide/", settling.hide_answer, name="hide_answer"),
    path("<slug:run>/answers/<int:pk>/confirm/", answering.confirm, name="confirm"),
    path("<slug:run>/answers/<int:pk>/helped/", answering.helped, name="helped"),
]
