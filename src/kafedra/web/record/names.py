"""The words under which the record files objects."""

from django.db import models


def name_of(model: models.Model | type[models.Model]) -> str:
    """The model's own `record_name`, which outlives every move of its code; of a library's model its name."""
    name: str | None = getattr(model, "record_name", None) or model._meta.model_name
    assert name is not None
    return name
