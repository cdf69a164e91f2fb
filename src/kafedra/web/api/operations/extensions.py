"""Extensions: read, given and undone by the same form and the same services as on their page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Header, Router, Status

from kafedra.web.adjustments import services
from kafedra.web.adjustments.access import access_extension
from kafedra.web.adjustments.forms import ExtensionForm
from kafedra.web.adjustments.models import Extension
from kafedra.web.api import selectors
from kafedra.web.api.bearer import Bearer, TokenRequest
from kafedra.web.api.paging import Cursor, Limit, after, linked, page_of
from kafedra.web.api.presenting import extension_out
from kafedra.web.api.problems import Unusable
from kafedra.web.api.schemas.extensions import ExtensionIn, ExtensionOut, ExtensionsOut, GivenOut
from kafedra.web.api.scopes import Scope
from kafedra.web.people.models import User
from kafedra.web.people.runs import RunAccess, access_run_as_instructor
from kafedra.web.people.students import students_of

router = Router(tags=["extensions"])
writes = Bearer(Scope.EXTENSIONS_WRITE)
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        max_length=200,
        description=gettext_noop("the same once more changes nothing: send it again when no answer came"),
    ),
]


@router.get(
    "/runs/{slug:run}/extensions", response=ExtensionsOut, url_name="extensions", auth=Bearer(Scope.EXTENSIONS_READ),
    summary=gettext_noop("The extensions of the run, for instructors"),
)  # fmt: skip
def extensions(
    request: TokenRequest, response: HttpResponse, run: str, cursor: Cursor = "", limit: Limit = 100
) -> ExtensionsOut:
    """Undone ones too, so that a program sees what it missed."""
    access = access_run_as_instructor(request.user, run)
    found = selectors.extensions_before(access.run, after(cursor, int), limit + 1)
    page = page_of(found, limit, lambda row: row.pk)
    linked(request, response, page)
    return ExtensionsOut(items=[extension_out(row) for row in page.items], next=page.next)


@router.post(
    "/runs/{slug:run}/extensions", response={201: GivenOut}, auth=writes,
    summary=gettext_noop("Give students a later deadline, for instructors"),
)  # fmt: skip
def extend(request: TokenRequest, run: str, data: ExtensionIn, key: Key = "") -> Status[GivenOut]:
    """All of it or nothing. Students are told as if it were given on the page."""
    access = access_run_as_instructor(request.user, run)
    form = _form(access, data, _batch(request, access, key))
    batch, people, grant = form.cleaned_data["batch"], form.people(), form.grant()
    _check_key(access, batch, people, grant)
    services.extend(run=access.run, students=people, grant=grant, by=request.user, batch=batch)
    rows = selectors.given_together(access.run, str(batch))
    return Status(201, GivenOut(batch=str(batch), items=[extension_out(row) for row in rows]))


@router.get(
    "/runs/{slug:run}/extensions/{int:pk}", response=ExtensionOut, url_name="extension",
    auth=Bearer(Scope.EXTENSIONS_READ), summary=gettext_noop("One extension, for instructors"),
)  # fmt: skip
def extension(request: TokenRequest, run: str, pk: int) -> ExtensionOut:
    """As it stands now."""
    return extension_out(_found(request, run, pk))


@router.api_operation(
    ["DELETE"], "/runs/{slug:run}/extensions/{int:pk}", response=ExtensionOut, auth=writes,
    summary=gettext_noop("Undo an extension, for instructors"),
)  # fmt: skip
def undo(request: TokenRequest, run: str, pk: int) -> ExtensionOut:
    """Repeating changes nothing. It stays in the list, as undone."""
    services.undo_extensions(extensions=[_found(request, run, pk)], by=request.user)
    return extension_out(_found(request, run, pk))


def _found(request: TokenRequest, run: str, pk: int) -> Extension:
    if pk >= 2**63:  # more than any database counts to
        raise Http404
    _access, row = access_extension(request.user, run, pk)
    return row


def _batch(request: TokenRequest, access: RunAccess, key: str) -> UUID:
    """The same for the same key of the same person in the same run: what one form of the page is."""
    return uuid5(NAMESPACE_URL, f"kafedra:{request.user.pk}:{access.run.slug}:{key}") if key else uuid4()


def _check_key(access: RunAccess, batch: UUID, people: Sequence[User], grant: services.Grant) -> None:
    """Raises Unusable if the key was used for something else: it would be answered as if that had been done now."""
    asked = {(one.pk, slug) for one in people for slug in grant.assignments}
    terms = {(grant.deadline, grant.days, grant.reason)}
    given = selectors.given_together(access.run, str(batch))
    same = {(row.student_id, row.assignment) for row in given} == asked
    if given and not (same and {(row.deadline, row.days, row.reason) for row in given} == terms):
        words = _("This key was used for another extension already. Take a new one for each.")
        raise Unusable([{"field": "Idempotency-Key", "message": words}])


def _form(access: RunAccess, data: ExtensionIn, batch: UUID) -> ExtensionForm:
    sent = {**data.dict(), "batch": str(batch)}
    form = ExtensionForm(access.facts, students_of(access.run), sent)
    if not form.is_valid():
        raise Unusable(
            [
                {"field": "" if name == "__all__" else name, "message": str(message)}
                for name, messages in form.errors.items()
                for message in messages
            ]
        )
    return form
