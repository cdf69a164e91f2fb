"""Templates whose pages leave no garbage behind."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.template.backends.django import DjangoTemplates, Template, reraise
from django.template.context import make_context
from django.utils.safestring import SafeString


class PlainTemplate(Template):
    """Lets go of everything that a page was made of once it is made.

    Django's context and what is pushed on it name each other, so that all that a page showed, a hundred thousand
    objects of a gradebook, would wait for the collector of garbage.
    """

    def render(self, context: dict[str, Any] | None = None, request: HttpRequest | None = None) -> SafeString:
        made = make_context(context, request, autoescape=self.backend.engine.autoescape)
        try:
            return self.template.render(made)
        except TemplateDoesNotExist as error:
            reraise(error, self.backend)
        finally:
            made.dicts.clear()


class Templates(DjangoTemplates):
    """Django's own engine with such templates."""

    def from_string(self, template_code: str) -> PlainTemplate:
        return PlainTemplate(self.engine.from_string(template_code), self)

    def get_template(self, template_name: str) -> PlainTemplate:
        return PlainTemplate(super().get_template(template_name).template, self)
