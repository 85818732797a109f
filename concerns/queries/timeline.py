"""What this app tells in a household's timeline; of a grievance only that it was filed, to whoever may see it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from concerns.enums import KIND_SCHEME, MATTER_SCHEME, RequestState
from concerns.models import HelpRequest
from concerns.queries.grievances import grievances_visible_to
from concerns.queries.requests import requests_visible_to
from households.models import Household
from households.queries.timeline_lines import Entry, Topic, tell
from registry.access import role_may
from registry.domain.readable import label_of
from registry.tenancy.context import Actor


@tell
def concerns_of(household: Household, actor: Actor) -> Iterator[Entry]:
    """Tell requests and grievances to who may see them."""
    if role_may(actor, "concerns.view_requests"):
        for row in requests_visible_to(actor).filter(household=household):
            yield from _request(row)
    if role_may(actor, "concerns.view_grievances"):
        for grievance in grievances_visible_to(actor).filter(household=household):
            label = label_of(grievance.matter_code, MATTER_SCHEME)
            text = _("A grievance was filed: %(matter)s (%(state)s)") % {
                "matter": label,
                "state": grievance.get_state_display(),
            }
            yield Entry(f"grievance-{grievance.pk}", Topic.ASSISTANCE, "grievance", None, grievance.filed_on, text,
                        code=grievance.matter_code, code_label=label)  # fmt: skip


def _request(row: HelpRequest) -> Iterator[Entry]:
    if row.state == RequestState.WITHDRAWN:
        return
    label, key = label_of(row.kind_code, KIND_SCHEME), f"request-{row.pk}"
    text = _("Asked for help: %(kind)s (%(state)s)") % {"kind": label, "state": row.get_state_display()}
    yield Entry(key, Topic.ASSISTANCE, "help_asked", None, row.told_on, text, code=row.kind_code, code_label=label)
    if row.confirmed_on is not None:
        text = _("Confirmed as solved: %(kind)s") % {"kind": label}
        yield Entry(f"{key}-end", Topic.ASSISTANCE, "help_confirmed", None, row.confirmed_on, text,
                    code=row.kind_code, code_label=label)  # fmt: skip
