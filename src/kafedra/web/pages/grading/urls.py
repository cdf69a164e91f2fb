"""Addresses of what is being graded."""

from django.urls import path

from kafedra.web.pages.grading import views

app_name = "grading"
urlpatterns = [
    path("<slug:run>/submissions/<int:pk>/grade-again/", views.grade_again, name="again"),
    path("<slug:run>/grading/", views.grading, name="grading"),
]
