"""What a page was made of is gone when the page is."""

from __future__ import annotations

import gc
import weakref

from django.conf import settings
from django.template import engines
from django.test import RequestFactory

from kafedra.web.frame.rendering import Templates


class Shown:
    def __str__(self) -> str:
        return "a gradebook"


def test_what_a_page_showed_needs_no_collector() -> None:
    pages = Templates({"NAME": "pages", "DIRS": [], "APP_DIRS": False, "OPTIONS": {}})
    page, shown = pages.from_string("{% for one in all %}{{ one }}{% endfor %}"), Shown()
    gone = weakref.ref(shown)
    gc.disable()
    try:
        assert page.render({"all": [shown]}, RequestFactory().get("/")) == "a gradebook"
        del shown
        assert gone() is None
    finally:
        gc.enable()


def test_every_page_is_made_so() -> None:
    assert [one["NAME"] for one in settings.TEMPLATES] == ["django"]
    assert isinstance(engines["django"], Templates)
