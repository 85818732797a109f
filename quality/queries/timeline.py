"""What the rules tell in a household's timeline: what was doubted, and what became of it."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from households.models import Household
from households.queries.timeline_lines import Entry, Topic, tell
from quality.queries.findings import findings_visible_to
from quality.queries.shown import wrong_shown
from registry.access import role_may
from registry.tenancy.context import Actor

VIEW: Final = "quality.view"


@tell
def findings_of(household: Household, actor: Actor) -> Iterator[Entry]:
    """Tell the findings on the household and its persons to who may see them."""
    if not role_may(actor, VIEW):
        return
    for row in findings_visible_to(actor).filter(household=household).select_related("person", "suspicion_list"):
        what = wrong_shown(row) if row.rule_code else row.suspicion_list.title if row.suspicion_list else ""
        name = row.person.name if row.person else ""
        values = {"what": what, "name": name}
        text = _("Doubt about %(name)s: %(what)s") % values if name else _("Doubt: %(what)s") % values
        yield Entry(f"finding-{row.id}", Topic.QUALITY, "finding", None, row.first_seen_on, text, code=row.rule_code,
                    code_label=what, name=name)  # fmt: skip
        if row.closed_on:
            state = str(row.get_state_display())
            text = _("Doubt settled (%(state)s): %(what)s") % {"state": state, "what": what}
            yield Entry(f"finding-closed-{row.id}", Topic.QUALITY, "finding_closed", None, row.closed_on, text,
                        code=row.state, code_label=state, name=name, reason=row.note)  # fmt: skip
