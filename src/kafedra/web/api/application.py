"""The API itself: its operations, its problems, and the document that describes both (OpenAPI 3.1)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import translation
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from kafedra.web.api import problems
from kafedra.web.api.bearer import scopes_of
from kafedra.web.api.operations import extensions, marks, me, staff, submissions

VERSION = "1"
PROBLEM = {
    "title": "Problem",
    "description": "What went wrong (RFC 9457). The part of `type` after # is what a program looks at.",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "scope": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}
REFUSALS = {
    401: "No token that works",
    403: "The token or the role is not for this",
    404: "No such thing, or none for this person",
    422: "Something that was sent can't be used",
    429: "Too many requests",
}
UNREADABLE = {400: "The body is no JSON"}


class Api(NinjaAPI):
    """Of ninja's document ours has more: every operation says how it refuses."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The document, in English whatever the visitor speaks: programs compare it."""
        with translation.override("en"):
            schema = super().get_openapi_schema(**options)
        schema["components"].setdefault("schemas", {})["Problem"] = PROBLEM
        scopes = self._scopes()
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["x-scopes"] = scopes[operation["operationId"]]
                _refuses(operation)
        return schema

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of its function, which is one word."""
        return str(operation.view_func.__name__)

    def _scopes(self) -> dict[str, list[str]]:
        """Which scopes open each operation: one of them is enough."""
        views = (view for router in self._get_bound_routers() for view in router.path_operations.values())
        return {
            self.get_openapi_operation_id(one): [str(scope) for auth in one.auth_callbacks for scope in scopes_of(auth)]
            for view in views
            for one in view.operations
        }


def _refuses(operation: dict[str, Any]) -> None:
    content = {problems.CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, words in (REFUSALS | (UNREADABLE if "requestBody" in operation else {})).items():
        operation["responses"].setdefault(status, {"description": words, "content": content})


api = Api(
    title="kafedra",
    version=VERSION,
    description="What programs read and write. Every request needs a token in the header Authorization.",
    urls_namespace="api:v1",
    docs_url=None,
)
for module in (me, submissions, staff, extensions, marks):
    api.add_router("", module.router)
problems.teach(api)


def document(request: HttpRequest) -> dict[str, Any]:
    """The OpenAPI document, for the page that shows it."""
    return api.get_openapi_schema(path_params=dict(request.resolver_match.kwargs) if request.resolver_match else {})
