"""The OpenAPI document: what every view has in common, said once."""

from typing import Any, Final

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from typing_extensions import override

PROBLEM: Final = {
    "type": "object",
    "description": "A problem (RFC 9457). `code` is stable; `detail` is a sentence in the request's language.",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "detail"],
                "properties": {"field": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
TOKEN: Final = {"type": "http", "scheme": "bearer", "description": "A token of the security administrator's page."}
ANSWERS: Final = {
    "401": "No token, or one that does not hold",
    "403": "The role does not allow it",
    "404": "Unknown, or outside the token's area",
}
CHANGE_ANSWERS: Final = {
    "409": "The present state does not admit it",
    "412": "The record was changed meanwhile",
    "422": "Refused; `detail` says what to do",
    "428": "If-Match is missing",
}
BAD_REQUEST: Final = {"400": "The request does not have the right form"}
CHANGES: Final = frozenset({"PUT", "PATCH", "DELETE"})


class RegistrySchema(AutoSchema):
    """Every operation: its token, its problems, and If-Match where something is changed."""

    @override
    def get_auth(self) -> list[dict[str, list[str]]]:
        """Name the one way to authenticate."""
        return [{"token": []}]

    @override
    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        """Add to an operation what every one answers."""
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        answers = {**ANSWERS, **BAD_REQUEST, **(CHANGE_ANSWERS if self.method != "GET" else {})}
        for status, description in answers.items():
            operation["responses"].setdefault(status, _problem(description))
        if self.method in CHANGES:
            operation.setdefault("parameters", []).append(_if_match())
        return operation


def _problem(description: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": description, "content": content}


def _if_match() -> dict[str, Any]:
    return {
        "in": "header",
        "name": "If-Match",
        "required": True,
        "schema": {"type": "string"},
        "description": "The ETag of the version that the change was made from.",
    }


class RegistryGenerator(SchemaGenerator):
    """The document with the components that all operations share."""

    @override
    def get_schema(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Give the document."""
        schema: dict[str, Any] = super().get_schema(*args, **kwargs)  # type: ignore[no-untyped-call]  # the library has no types
        components = schema.setdefault("components", {})
        components.setdefault("schemas", {})["Problem"] = PROBLEM
        components.setdefault("securitySchemes", {})["token"] = TOKEN
        return schema
