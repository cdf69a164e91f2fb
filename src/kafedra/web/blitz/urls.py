"""Addresses of blitzes. `/b/CODE/` is short: it is typed on a phone."""

from django.urls import path

from kafedra.web.blitz.views import phone, pictures, practice, presenter

app_name = "blitz"
urlpatterns = [
    path("b/", phone.by_code, name="by_code"),
    path("b/<slug:code>/", phone.phone, name="phone"),
    path("b/<slug:code>/join/", phone.join, name="join"),
    path("b/<slug:code>/screen/", phone.screen, name="screen"),
    path("b/<slug:code>/answer/", phone.answer, name="answer"),
    path("b/<slug:code>/pictures/<slug:name>-<slug:theme>.svg", pictures.of_blitz, name="picture"),
    path("<slug:run>/blitz/", practice.blitzes, name="blitzes"),
    path("<slug:run>/blitz/start/", presenter.start, name="start"),
    path("<slug:run>/blitz/topics/<int:number>/", practice.begin, name="topic"),
    path("<slug:run>/blitz/topics/<int:number>/pictures/<slug:name>-<slug:theme>.svg", pictures.of_topic,
         name="topic_picture"),
    path("<slug:run>/blitz/attempts/<int:pk>/", practice.attempt, name="attempt"),
    path("<slug:run>/blitz/attempts/<int:pk>/answer/", practice.answer, name="practise"),
    path("<slug:run>/blitz/<int:pk>/", presenter.stage, name="stage"),
    path("<slug:run>/blitz/<int:pk>/screen/", presenter.screen, name="stage_screen"),
    path("<slug:run>/blitz/<int:pk>/step/", presenter.step, name="step"),
    path("<slug:run>/blitz/<int:pk>/people/<int:seat>/hide/", presenter.hide, name="hide"),
    path("<slug:run>/blitz/<int:pk>/results/", presenter.results, name="results"),
]  # fmt: skip
