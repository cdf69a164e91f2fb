"""Addresses of the classroom's pages."""

from django.urls import path

from kafedra.web.classroom import submission_views as submissions
from kafedra.web.classroom import views
from kafedra.web.classroom.adjustments import views as adjustments
from kafedra.web.classroom.regrades import views as regrades
from kafedra.web.classroom.regrading import views as regrading
from kafedra.web.classroom.solutions import views as solutions
from kafedra.web.classroom.terms import views as terms
from kafedra.web.classroom.waiting import views as waiting

app_name = "classroom"
urlpatterns = [
    path("", views.root, name="root"),
    path("<slug:run>/", views.home, name="home"),
    path("<slug:run>/assignments/<slug:slug>/", views.assignment, name="assignment"),
    path("<slug:run>/submissions/<int:pk>/", submissions.submission, name="submission"),
    path("<slug:run>/assignments/<slug:slug>/compare/", submissions.compare, name="compare"),
    path("<slug:run>/assignments/<slug:slug>/solution/", solutions.solution, name="solution"),
    path("<slug:run>/assignments/<slug:slug>/solution/notebook/", solutions.notebook, name="solution_notebook"),
    path("<slug:run>/submissions/<int:pk>/regrade/", regrades.ask, name="ask_regrade"),
    path("<slug:run>/requests/", regrades.requests, name="regrades"),
    path("<slug:run>/requests/<int:pk>/answer/", regrades.answer, name="answer_regrade"),
    path("<slug:run>/submissions/<int:pk>/grade-again/", waiting.grade_again, name="grade_again"),
    path("<slug:run>/grading/", waiting.grading, name="grading"),
    path("<slug:run>/regrades/", regrading.regrades, name="regradings"),
    path("<slug:run>/regrades/<int:pk>/", regrading.regrade, name="regrading"),
    path("<slug:run>/regrades/<int:pk>/apply/", regrading.apply, name="apply_regrading"),
    path("<slug:run>/regrades/<int:pk>/discard/", regrading.discard, name="discard_regrading"),
    path("<slug:run>/regrades/<int:pk>/undo/", regrading.undo, name="undo_regrading"),
    path("<slug:run>/adjustments/", adjustments.adjustments, name="adjustments"),
    path("<slug:run>/adjustments/extend/", adjustments.extend, name="extend"),
    path("<slug:run>/adjustments/points/", adjustments.set_points, name="set_points"),
    path("<slug:run>/adjustments/extensions/<int:pk>/undo/", adjustments.undo_extension, name="undo_extension"),
    path("<slug:run>/adjustments/points/<int:pk>/undo/", adjustments.undo_points, name="undo_points"),
    path("<slug:run>/terms/", terms.changed_terms, name="changed_terms"),
]
