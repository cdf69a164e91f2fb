"""Every address of the server. Fixed words come first: `<run>/` at the end takes what is left."""

from django.urls import include, path

urlpatterns = [
    path("", include("kafedra.web.pages.urls")),
    path("", include("kafedra.web.downloads.urls")),
    path("", include("kafedra.web.pages.record.urls")),
    path("", include("kafedra.web.notices.urls")),
    path("", include("kafedra.web.api.urls")),
    path("", include("kafedra.web.webhooks.urls")),
    path("", include("kafedra.web.people.urls")),
    path("", include("kafedra.web.blitz.urls")),
    path("", include("kafedra.web.reviews.urls")),
    path("", include("kafedra.web.solutions.urls")),
    path("", include("kafedra.web.appeals.urls")),
    path("", include("kafedra.web.questions.urls")),
    path("", include("kafedra.web.pages.inbox.urls")),
    path("", include("kafedra.web.regrading.urls")),
    path("", include("kafedra.web.adjustments.urls")),
    path("", include("kafedra.web.marks.urls")),
    path("", include("kafedra.web.recordbook.urls")),
    path("", include("kafedra.web.integrity.urls")),
    path("", include("kafedra.web.terms.urls")),
    path("", include("kafedra.web.exams.urls")),
    path("", include("kafedra.web.updates.urls")),
    path("", include("kafedra.web.pages.grading.urls")),
    path("", include("kafedra.web.gradebook.urls")),
    path("", include("kafedra.web.materials.urls")),
    path("", include("kafedra.web.surveys.urls")),
    path("", include("kafedra.web.pages.classroom.urls")),
]

handler400 = "kafedra.web.pages.errors.bad_request"
handler403 = "kafedra.web.pages.errors.forbidden"
handler404 = "kafedra.web.pages.errors.not_found"
handler500 = "kafedra.web.pages.errors.server_error"
