"""What a page of the site fetches or gives to take along: figures, pictures of outputs, notebooks."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kafedra.materials import Variant
from kafedra.notebooks import BuildError
from kafedra.web.materials import shelf
from kafedra.web.materials.access import access_notebook, access_written, for_readers

# A picture is data: opened by itself it may run nothing, frame nothing, ask for nothing.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@for_readers
@require_safe
def picture(request: HttpRequest, run: str, topic: str, name: str, theme: str) -> HttpResponse:
    """A figure of the chapter, for light pages or for dark ones."""
    _found, written = access_written(request, run, topic)
    data = shelf.picture_of(written, name, dark=theme == "dark") if theme in ("light", "dark") else None
    if data is None:
        raise Http404
    return _picture(data, "image/svg+xml")


@for_readers
@require_safe
def output(request: HttpRequest, run: str, topic: str, variant: str, digest: str) -> HttpResponse:
    """A picture that a cell of the seminar put out."""
    _found, written = access_notebook(request, run, topic, variant)
    try:
        found = shelf.seminar_of(run, written, cast("Variant", variant)).pictures.get(digest)
    except BuildError:
        found = None
    if found is None:
        raise Http404
    return _picture(found.data, found.mime)


@for_readers
@require_safe
def notebook(request: HttpRequest, run: str, topic: str, variant: str) -> HttpResponse:
    """The notebook to download."""
    found, written = access_notebook(request, run, topic, variant)
    try:
        data = shelf.notebook_of(written, cast("Variant", variant))
    except BuildError:
        raise Http404 from None
    response = HttpResponse(data, content_type="application/x-ipynb+json")
    name = found.topic.slug + ("-solved" if variant == "solved" else "")
    response["Content-Disposition"] = f'attachment; filename="{name}.ipynb"'
    return response


def _picture(data: bytes, mime: str) -> HttpResponse:
    response = HttpResponse(data, content_type=mime)
    response["Content-Security-Policy"] = PICTURE_POLICY
    response["Content-Disposition"] = "inline"
    return response
