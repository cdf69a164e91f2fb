"""Addresses of reviews."""

from django.urls import path

from kafedra.web.reviews.views import bank, desk, drafts, published, publishing, queue, repeating

app_name = "reviews"
urlpatterns = [
    path("<slug:run>/reviews/", queue.queue, name="queue"),
    path("<slug:run>/reviews/next/", queue.take_next, name="next"),
    path("<slug:run>/reviews/share/", queue.share, name="share"),
    path("<slug:run>/reviews/names/", queue.names, name="names"),
    path("<slug:run>/reviews/bank/<slug:slug>/", bank.bank, name="bank"),
    path("<slug:run>/reviews/bank/entries/<int:pk>/", bank.entry, name="bank_entry"),
    path("<slug:run>/reviews/<int:pk>/", desk.desk, name="desk"),
    path("<slug:run>/reviews/<int:pk>/claim/", desk.claim, name="claim"),
    path("<slug:run>/reviews/<int:pk>/publish/", publishing.publish, name="publish"),
    path("<slug:run>/reviews/<int:pk>/comments/<uuid:uid>/", drafts.comment, name="comment"),
    path("<slug:run>/reviews/<int:pk>/comments/<uuid:uid>/remove/", drafts.remove, name="remove"),
    path("<slug:run>/reviews/<int:pk>/repeat/<uuid:uid>/", repeating.repeat, name="repeat"),
    path("<slug:run>/reviews/<int:pk>/carry/", repeating.carry, name="carry"),
    path("<slug:run>/submissions/<int:pk>/notebook/", published.notebook, name="notebook"),
    path("<slug:run>/submissions/<int:pk>/messages/", published.message, name="message"),
    path("<slug:run>/submissions/<int:pk>/pictures/<path:name>", published.picture, name="picture"),
]
