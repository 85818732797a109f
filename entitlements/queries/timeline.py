"""What is told in a household's timeline of what was due or received, and what people answered."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from entitlements.enums import EntitlementState
from entitlements.queries.findings import entitlements_visible_to
from entitlements.queries.policies import known_policies
from entitlements.queries.words import policy_name
from households.models import Household
from households.queries.timeline_lines import Entry, Topic, tell
from registry.access import role_may
from registry.tenancy.context import Actor

VIEW: Final = "entitlements.view"


@tell
def entitlements_of(household: Household, actor: Actor) -> Iterator[Entry]:
    """Tell what did not agree, the last answer, and that it was settled, to who may see them."""
    if not role_may(actor, VIEW):
        return
    rows = list(entitlements_visible_to(actor).filter(household=household).select_related("person"))
    known = known_policies() if rows else {}
    for row in rows:
        name = row.person.name if row.person else ""
        what = f"{row.get_kind_display()}: {policy_name(row.policy_code, known)}"
        text = f"{what} ({name})" if name else what
        yield Entry(f"entitlement-{row.id}", Topic.ASSISTANCE, "entitlement", None, row.first_seen_on, text,
                    code=row.policy_code, code_label=what, name=name)  # fmt: skip
        if row.answered_on:
            label = str(row.get_answer_display())
            text = _("Answered (%(answer)s): %(what)s") % {"answer": label, "what": what}
            yield Entry(f"entitlement-answer-{row.id}", Topic.ASSISTANCE, "entitlement_answered", None,
                        row.answered_on, text, code=row.answer, code_label=label, name=name,
                        reason=row.note)  # fmt: skip
        if row.state == EntitlementState.CLOSED:
            text = _("Settled: %(what)s") % {"what": what}
            yield Entry(f"entitlement-closed-{row.id}", Topic.ASSISTANCE, "entitlement_closed", None, row.closed_on,
                        text, code=row.policy_code, code_label=what, name=name)  # fmt: skip
