from django.urls import path
from tests.web.colloquium.app import views

app_name = "colloquium"
urlpatterns = [path("<slug:run>/talks/", views.talks, name="talks")]
