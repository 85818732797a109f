"""Ways in which the code itself would let a person's data out, or go round the scope."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import APPS, ROOT, modules_with, name_of, sources

ERRORS = {"DomainError", "NotAllowed", "NotFound", "StaleVersion", "Conflict"}
LOG_FIELDS = {
    "tenant", "job", "kind", "code", "where", "state", "delivery", "smtp_code", "document", "letter", "sender",
    "receiver", "attempts", "count", "seconds", "exc_info", "setting", "sha256", "key", "status", "method", "route",
    "user", "post", "ranges",
}  # fmt: skip


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Give every call as (where, node)."""
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield f"{name_of(path)}:{node.lineno}", node


def test_log_lines_hold_ids_and_kinds_alone_when_the_source_is_read() -> None:
    lines = [
        (where, keyword.arg)
        for where, node in calls()
        if isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") in {"log", "logger"}
        for keyword in node.keywords
    ]

    assert lines != []
    assert [line for line in lines if line[1] not in LOG_FIELDS] == []


def test_errors_have_sentences_that_are_not_built_from_values_when_the_source_is_read() -> None:
    built = [
        where
        for where, node in calls()
        if getattr(node.func, "id", "") in ERRORS and any(isinstance(part, ast.JoinedStr) for part in node.args[1:])
    ]

    assert built == []


def test_no_template_writes_unescaped_when_it_is_read() -> None:
    files = [path for app in APPS for path in (ROOT / app).rglob("templates/**/*.*")]
    unescaped = [name_of(path) for path in files if re.search(r"\|\s*safe\b|autoescape off", path.read_text("utf-8"))]

    assert files != []
    assert [name for name in unescaped if not name.endswith(".txt")] == []


def test_text_is_marked_safe_nowhere_when_the_source_is_read() -> None:
    # The page of changes looks up models by their label; E001 holds that each manager of a county asks for the scope.
    assert modules_with(r"\bmark_safe\(|\.extra\(|_base_manager|_default_manager") == ["registry/domain/readable.py"]
