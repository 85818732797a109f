"""Every verb that a domain writes into the audit trail has its name on the audit page."""

import ast

from households.workflow import MONITORING_TRANSITIONS, STATUS_TRANSITIONS
from registry.domain.audit_labels import VERBS, object_label
from tests.architecture.sources import APPS, sources

WRITERS = {"record", "_note", "_write", "_set_password"}


def test_every_verb_of_the_trail_has_a_name_when_the_source_is_read() -> None:
    calls = [node for path in sources() for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    firsts = [
        call.args[0]
        for call in calls
        if call.args and getattr(call.func, "id", getattr(call.func, "attr", "")) in WRITERS
    ]
    texts = {first.value for first in firsts if isinstance(first, ast.Constant) and isinstance(first.value, str)}
    verbs = {text for text in texts if text.split(".")[0] in APPS and "." in text}
    lines = {f"households.{line.name}" for line in (*STATUS_TRANSITIONS, *MONITORING_TRANSITIONS)}

    assert len(verbs) > 40
    assert (verbs | lines) - VERBS.keys() == set()


def test_object_is_named_when_its_model_is_known_and_shown_as_it_is_otherwise() -> None:
    named = [object_label(label) for label in ("households.household", "registry.user", "", "gone.model")]

    assert named == ["household", "user", "", "gone.model"]
