"""Downloads."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kafedra.web.downloads import wheel


@require_safe
def light_wheel(_request: HttpRequest, name: str) -> HttpResponse:
    """The wheel for students. Open to everybody: pip brings no session, and there is nothing secret in it."""
    packed = wheel.named(name)
    if packed is None:
        raise Http404
    response = HttpResponse(packed, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
