"""What this app tells in a household's timeline: the partners who help it, and marks of demonstration."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from households.models import Household
from households.queries.timeline_lines import Entry, Topic, tell
from partners.enums import FORM_SCHEME
from partners.models import DemonstrationMark, PartnerLink
from registry.access import role_may
from registry.domain.readable import label_of
from registry.tenancy.context import Actor


@tell
def partners_of(household: Household, actor: Actor) -> Iterator[Entry]:
    """Tell links with partners and marks to who may see them."""
    if role_may(actor, "partners.view"):
        yield from _links(household)
        yield from _marks(household)


def _links(household: Household) -> Iterator[Entry]:
    for row in PartnerLink.objects.filter(household=household).select_related("partner"):
        name, key = row.partner.name, f"partner-{row.id}"
        forms = ", ".join(label_of(code, FORM_SCHEME) for code in row.form_codes)
        text = _("%(name)s helps the household: %(forms)s") % {"name": name, "forms": forms}
        yield Entry(key, Topic.ASSISTANCE, "partner_began", None, row.starts_on, text, name=name)
        if row.ends_on:
            text = _("%(name)s no longer helps the household") % {"name": name}
            yield Entry(f"{key}-end", Topic.ASSISTANCE, "partner_ended", None, row.ends_on, text, name=name,
                        reason=row.end_reason)  # fmt: skip


def _marks(household: Household) -> Iterator[Entry]:
    for row in DemonstrationMark.objects.filter(household=household):
        key = f"demonstration-{row.id}"
        text = _("Demonstration household by the result of %(year)s") % {"year": row.year}
        yield Entry(key, Topic.ASSISTANCE, "demonstration", None, row.marked_on, text)
        if row.withdrawn_on:
            text = _("No demonstration household any more")
            yield Entry(f"{key}-end", Topic.ASSISTANCE, "demonstration_withdrawn", None, row.withdrawn_on, text,
                        reason=row.withdrawal_reason)  # fmt: skip
