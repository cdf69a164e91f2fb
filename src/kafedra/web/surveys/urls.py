"""Addresses of feedback."""

from django.urls import path

from kafedra.web.surveys import views
from kafedra.web.surveys.working import views as working

app_name = "surveys"

urlpatterns = [
    path("<slug:run>/feedback/", views.feedback, name="feedback"),
    path("<slug:run>/feedback/<int:topic>/", views.form, name="form"),
    path("<slug:run>/feedback/<int:topic>/results/", working.results, name="results"),
    path("<slug:run>/feedback/<int:topic>/remarks/", working.new_remark, name="new_remark"),
    path("<slug:run>/feedback/answers/<uuid:key>/", working.look_through, name="look_through"),
    path("<slug:run>/feedback/remarks/<int:pk>/", working.remark, name="remark"),
    path("<slug:run>/memes/", working.memes_page, name="memes"),
    path("<slug:run>/memes/<uuid:key>/out/", working.take_out, name="take_out_meme"),
    path("<slug:run>/memes/<slug:key>", views.meme, name="meme"),
]
