"""Addresses of the site. A topic is called by its slug; its number leads there, too."""

from django.urls import path, register_converter

from kafedra.web.materials.views import files, library, practice, reading, topics


class VariantConverter:
    """Which of the two notebooks."""

    regex = "student|solved"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(VariantConverter, "variant")

app_name = "materials"
urlpatterns = [
    path("<slug:run>/topics/", topics.plan, name="plan"),
    path("<slug:run>/reading/", library.reading, name="reading"),
    path("<slug:run>/homework/", library.homework, name="homework"),
    path("<slug:run>/homework/<slug:slug>/", library.statement, name="statement"),
    path("<slug:run>/runs/", library.runs, name="runs"),
    path("<slug:run>/search/", library.search, name="search"),
    path("<slug:run>/eyes/", library.eyes, name="eyes"),
    path("<slug:run>/topics/<slug:topic>/", topics.topic, name="topic"),
    path("<slug:run>/topics/<slug:topic>/lecture/", reading.lecture, name="lecture"),
    path("<slug:run>/topics/<slug:topic>/seminar/", reading.seminar, {"variant": "student"}, name="seminar"),
    path("<slug:run>/topics/<slug:topic>/seminar/solved/", reading.seminar, {"variant": "solved"}, name="solved"),
    path("<slug:run>/topics/<slug:topic>/harder/", topics.harder, name="harder"),
    path("<slug:run>/topics/<slug:topic>/blitz/", practice.practice, name="practice"),
    path("<slug:run>/topics/<slug:topic>/blitz/pictures/<slug:name>-<slug:theme>.svg", practice.picture,
         name="practice_picture"),
    path("<slug:run>/topics/<slug:topic>/pictures/<slug:name>.<slug:theme>.svg", files.picture, name="picture"),
    path("<slug:run>/topics/<slug:topic>/outputs/<variant:variant>/<slug:digest>", files.output, name="output"),
    path("<slug:run>/topics/<slug:topic>/<variant:variant>.ipynb", files.notebook, name="notebook"),
]  # fmt: skip
