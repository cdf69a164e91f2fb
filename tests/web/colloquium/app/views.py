from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import access_run_as_staff


@signed_in
@require_safe
def talks(request: SignedInRequest, run: str) -> HttpResponse:
    access_run_as_staff(request.user, run)
    return HttpResponse("talks")
