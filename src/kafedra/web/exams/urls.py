"""Addresses of exams."""

from django.urls import path

from kafedra.web.exams.views import marking, oral, scans, second, setting, students

app_name = "exams"
urlpatterns = [
    path("<slug:run>/exams/", students.exams, name="exams"),
    path("<slug:run>/exams/create/", setting.create, name="create"),
    path("<slug:run>/exams/tickets/<slug:name>/", oral.tickets, name="tickets"),
    path("<slug:run>/exams/tickets/<slug:name>/cards/", oral.cards, name="cards"),
    path("<slug:run>/exams/<int:pk>/", setting.exam, name="exam"),
    path("<slug:run>/exams/<int:pk>/change/", setting.change, name="change"),
    path("<slug:run>/exams/<int:pk>/redraw/", setting.redraw, name="redraw"),
    path("<slug:run>/exams/<int:pk>/replace/", setting.replace, name="replace"),
    path("<slug:run>/exams/<int:pk>/papers/", setting.papers, name="papers"),
    path("<slug:run>/exams/<int:pk>/<slug:what>.pdf", setting.pdf, name="pdf"),
    path("<slug:run>/exams/<int:pk>/marking/", marking.marking, name="marking"),
    path("<slug:run>/exams/<int:pk>/import/", marking.import_marks, name="import"),
    path("<slug:run>/exams/<int:pk>/differences/", second.differences, name="differences"),
    path("<slug:run>/exams/<int:pk>/marks.csv", second.export, name="export"),
    path("<slug:run>/exams/<int:pk>/publish/", marking.publish, name="publish"),
    path("<slug:run>/exams/<int:pk>/scans/", scans.sheets, name="scans"),
    path("<slug:run>/exams/scans/<int:pk>/<slug:half>.jpg", scans.scan, name="scan"),
    path("<slug:run>/exams/scans/<int:pk>/place/", scans.place, name="place"),
    path("<slug:run>/exams/scans/files/<int:pk>/remove/", scans.remove, name="remove_scans"),
    path("<slug:run>/exams/<int:pk>/choose/", students.choose, name="choose"),
    path("<slug:run>/exams/<int:pk>/appeal/", students.appeal, name="appeal"),
    path("<slug:run>/exams/appeals/<int:pk>/answer/", students.answer, name="answer"),
    path("<slug:run>/exams/<int:pk>/result/", students.result, name="result"),
]
