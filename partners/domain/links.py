"""Say which households and villages a partner helps, and end it with a reason."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from households.domain.days import require_past
from households.domain.locking import lock_household, require_reason
from households.domain.news import household_closed
from households.enums import HouseholdStatus
from households.models import Household
from partners.domain.refusals import written
from partners.enums import FORM_SCHEME
from partners.models import Partner, PartnerLink
from partners.queries.partners import find_partner
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.periods import today
from registry.tenancy.context import Actor
from villages.domain.codes import require_code
from villages.queries.villages import find_village

_ACTION = "partners.link"


def help_household(
    partner_id: UUID,
    household_id: UUID,
    *,
    form_codes: Collection[str],
    on: date,
    actor: Actor,
    version: int | None = None,
) -> PartnerLink:
    """Say that a partner helps a household from a day on; `version` is that of the household, where somebody read it.

    Locks: the household row, then the partner. Raises: NotFound, NotAllowed, StaleVersion, Conflict for a pair that is
    linked that day, DomainError.
    """
    household = lock_household(household_id, _ACTION, actor=actor, version=version)
    if household.status == HouseholdStatus.CLOSED:
        raise Conflict("household.closed", _("The household is closed and cannot be changed any more."))
    link = PartnerLink(household=household, scope_code=household.scope_code)
    return _begin(link, partner_id, form_codes, on, actor)


def help_village(
    partner_id: UUID, village_id: UUID, *, form_codes: Collection[str], on: date, actor: Actor
) -> PartnerLink:
    """Say that a partner helps a whole village from a day on (百企帮百村).

    Locks: the partner. Raises: NotFound, NotAllowed, Conflict for a pair that is linked that day, DomainError.
    """
    village = find_village(village_id)
    require(actor, _ACTION, village)
    link = PartnerLink(village=village, scope_code=village.scope_code)
    return _begin(link, partner_id, form_codes, on, actor)


def end_link(link_id: UUID, *, on: date, reason: str, actor: Actor, version: int | None = None) -> PartnerLink:
    """End a link: `on` is the first day without it.

    Locks: the link. Raises: NotFound, NotAllowed, StaleVersion, Conflict for one that has ended, DomainError.
    """
    row = lock_version(PartnerLink.objects.all(), link_id, version)
    require(actor, _ACTION, row)
    reason = require_reason(reason)[:200]
    require_past(on)
    if row.ends_on is not None:
        raise Conflict("partnerlink.ended", _("This link has ended already. Load the page again."))
    if on < row.starts_on:
        message = _("The link began only on %(day)s. Enter that day or a later one.")
        raise DomainError("partnerlink.ends_before_start", message % {"day": row.starts_on.isoformat()}, field="on")
    _end(row, on, reason)
    record("partners.end_link", row, actor=actor, changes={"ends_on": (None, on)}, reason=reason)
    return row


def end_links_of_closed(*, household: Household, on: date, actor: Actor, reason: str, **_signal: Any) -> None:
    """End what is open when a household was closed; connected to `household_closed`."""
    rows = PartnerLink.objects.filter(household=household, ends_on__isnull=True)
    for row in rows.select_for_update(of=("self",)).order_by("id"):
        day = max(on, row.starts_on)
        _end(row, day, str(reason)[:200] or "–")
        record("partners.end_link", row, actor=actor, changes={"ends_on": (None, day)}, reason=str(reason))


def _begin(link: PartnerLink, partner_id: UUID, form_codes: Collection[str], on: date, actor: Actor) -> PartnerLink:
    # Locked, so that nobody ends it meanwhile: the link would go on without its partner.
    partner = lock_version(Partner.objects.all(), find_partner(partner_id).pk, None)
    require_past(on)
    forms = sorted(set(form_codes))
    if not forms:
        message = _("The form of the help is missing. Choose one at least.")
        raise DomainError("partnerlink.no_form", message, field="form_codes")
    for code in forms:
        require_code(FORM_SCHEME, code, on=today(), field="form_codes")
    if on < partner.starts_on or (partner.ends_on is not None and on >= partner.ends_on):
        message = _("The partner is not on file for that day: it began later, or has ended. Check the day.")
        raise DomainError("partnerlink.outside_partner", message, field="on")
    link.partner, link.form_codes, link.starts_on = partner, forms, on
    written(link.save)
    names = ("partner_id", "household_id", "village_id", "form_codes", "starts_on")
    changes = {name: (None, getattr(link, name)) for name in names if getattr(link, name) is not None}
    record("partners.link", link, actor=actor, changes=changes)
    return link


def _end(row: PartnerLink, on: date, reason: str) -> None:
    row.ends_on, row.end_reason = on, reason
    written(lambda: row.touch().save(update_fields=["ends_on", "end_reason", "version", "updated_at"]))


household_closed.connect(end_links_of_closed, dispatch_uid="partners.end_links_of_closed")
