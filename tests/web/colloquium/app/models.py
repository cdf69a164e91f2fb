from django.conf import settings
from django.db import models

from kafedra.web.runs.models import Run


class Talk(models.Model):
    record_name = "talk"

    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    mark = models.DecimalField(max_digits=4, decimal_places=2)
