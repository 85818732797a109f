"""The OpenAPI document: what every view has in common, said once."""

from typing import Any, Final

import django_filters
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
# What a change left to be told; a schema beside that of the row, since any row may have it.
WARNED: Final = {
    "type": "object",
    "properties": {
        "warnings": {
            "type": "array",
            "description": "What to look at after a change that was done; absent where there is nothing.",
            "items": {
                "type": "object",
                "required": ["code", "message"],
                "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}
TOKEN: Final = {"type": "http", "scheme": "bearer", "description": "A token of the security administrator's page."}
ANSWERS: Final = {
    "401": "No token, or one that does not hold",
    "403": "The role does not allow it",
    "404": "Unknown, or outside the token's area",
    "406": "The answer is not to be had in the form that Accept names",
    "422": "Refused; `detail` says what to do",
    "429": "Too many unknown tokens from this address; Retry-After says when to try again",
    "503": "The register is busy; Retry-After says when to try again",
}
CHANGE_ANSWERS: Final = {
    "409": "The present state does not admit it",
    "413": "The request is too large",
    "415": "The body is not of the kind that the address takes",
}
VERSION_ANSWERS: Final = {"412": "The record was changed meanwhile", "428": "If-Match is missing"}
BAD_REQUEST: Final = {"400": "The request does not have the right form"}
CHANGES: Final = frozenset({"PUT", "PATCH", "DELETE"})
PAGING: Final[dict[str, dict[str, Any]]] = {
    "limit": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
    "cursor": {"type": "string"},
}
NEXT: Final = {
    "type": ["string", "null"],
    "format": "uri",
    "description": "Address of the next page; null on the last one.",
}
# Kinds of filters and what they take; a choice comes before the text that it is built on.
KINDS: Final[tuple[tuple[type[django_filters.Filter], dict[str, Any]], ...]] = (
    (django_filters.UUIDFilter, {"type": "string", "format": "uuid"}),
    (django_filters.IsoDateTimeFilter, {"type": "string", "format": "date-time"}),
    (django_filters.DateFilter, {"type": "string", "format": "date"}),
)


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
        versioned = self._takes_version()
        answers = {
            **ANSWERS, **BAD_REQUEST, **(CHANGE_ANSWERS if self.method != "GET" else {}),
            **(VERSION_ANSWERS if versioned else {}),
        }  # fmt: skip
        for response in operation["responses"].values():
            _wrap_list(response)
            if self.method != "GET":
                _add_warnings(response)
        for status, description in answers.items():
            operation["responses"].setdefault(status, _problem(description))
        parameters = [*([_if_match()] if versioned else []), *(self._asked() if self.method == "GET" else [])]
        if parameters:
            operation.setdefault("parameters", []).extend(parameters)
        return operation

    def _takes_version(self) -> bool:
        """Say whether the operation changes a record that is there: all but what makes one or only shows it."""
        return self.method in CHANGES or (self.method == "POST" and "{" in self.path and self._told("versioned"))

    def _told(self, name: str) -> Any:  # noqa: ANN401  (what `TenantAPIView` says of itself)
        """Give what the view says of itself; every view with this schema is a `TenantAPIView`."""
        return getattr(self.view, name)

    def _asked(self) -> list[dict[str, Any]]:
        """Describe what the query may hold: the same that the view does not refuse."""
        filters = getattr(self._told("filters"), "base_filters", {})
        # The public `label` asks for a model; only a text of ours is wanted.
        described: dict[str, tuple[dict[str, Any], str]] = {
            name: (_kind_of(one), str(one._label or ""))  # noqa: SLF001  (see above)
            for name, one in filters.items()
        }
        described |= {name: ({"type": "string"}, meaning) for name, meaning in self._told("parameters").items()}
        described |= {name: (kind, "") for name, kind in PAGING.items() if self._told("paged")}
        return [
            {"in": "query", "name": name, "schema": kind, **({"description": meaning} if meaning else {})}
            for name, (kind, meaning) in described.items()
        ]


def _kind_of(one: django_filters.Filter) -> dict[str, Any]:
    if "choices" in one.extra:
        codes = {"type": "string", "enum": [str(code) for code, _label in one.extra["choices"]]}
        return {"type": "array", "items": codes} if isinstance(one, django_filters.MultipleChoiceFilter) else codes
    return next((schema for kind, schema in KINDS if isinstance(one, kind)), {"type": "string"})


def _wrap_list(response: dict[str, Any]) -> None:
    """Describe a list as it goes out: one page of rows and the address of the next."""
    for content in response.get("content", {}).values():
        rows = content["schema"]
        if rows.get("type") == "array":
            content["schema"] = {
                "type": "object",
                "required": ["next", "results"],
                "properties": {"next": NEXT, "results": rows},
            }


def _add_warnings(response: dict[str, Any]) -> None:
    """Describe the answer to a change: its row, and what the change left to be told."""
    content = response.get("content", {}).get("application/json")
    if content is not None:
        content["schema"] = {"allOf": [content["schema"], {"$ref": "#/components/schemas/Warned"}]}


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
        components["schemas"]["Warned"] = WARNED
        components.setdefault("securitySchemes", {})["token"] = TOKEN
        return schema
