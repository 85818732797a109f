"""Sweep campaigns: open one for the county, count its villages, close it."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from dossiers.domain.coverage import add_lines
from dossiers.enums import CampaignState
from dossiers.models import SweepCampaign, SweepVillage
from dossiers.queries.sweeps import lines_missing
from dossiers.workflow import CAMPAIGN_CHANGES, change
from households.domain.days import require_past
from households.domain.locking import require_reason
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.text import clean
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepCounts:
    """What a team counted in its village up to a day; a count replaces the former one."""

    counted_on: date
    to_visit_count: int
    visited_count: int
    nobody_home_count: int = 0
    working_away_count: int = 0
    refused_count: int = 0
    other_reason_count: int = 0
    is_done: bool = False

    @property
    def accounted_count(self) -> int:
        """Add up those who were visited and those who were not reached."""
        return (
            self.visited_count
            + self.nobody_home_count
            + self.working_away_count
            + self.refused_count
            + self.other_reason_count
        )


def open_campaign(name: str, *, starts_on: date, ends_on: date, actor: Actor) -> SweepCampaign:
    """Open a campaign with a line for every village of the county, none of which has begun.

    A village that is opened while the campaign is under way gets its line then (`dossiers.domain.coverage`).

    `ends_on` is the first day after it. Raises: NotAllowed, Conflict for a name that is taken, DomainError.
    """
    require(actor, "dossiers.manage_campaigns")
    name = clean(name)
    if not name:
        raise DomainError("campaign.no_name", _("Give the campaign a name."), field="name")
    if ends_on <= starts_on:
        raise DomainError("campaign.period", _("The campaign ends before it began. Check both days."), field="ends_on")
    campaign = SweepCampaign(scope_code=actor.tenant_code, name=name[:100], starts_on=starts_on, ends_on=ends_on)
    try:
        with savepoint():
            campaign.save()
    except IntegrityError as error:
        message = _("There is a campaign of this name already.")
        raise Conflict("campaign.name_taken", message, field="name") from error
    villages = add_lines(campaign, lines_missing(campaign))
    changes: dict[str, tuple[object, object]] = {"starts_on": (None, starts_on), "ends_on": (None, ends_on)}
    record("dossiers.open_campaign", campaign, actor=actor, changes=changes, count=len(villages))
    return campaign


def count_village(
    sweep_village_id: UUID, counts: SweepCounts, *, actor: Actor, version: int | None = None
) -> SweepVillage:
    """Write what was counted in a village. Who was visited without a lead is a number, and is named nowhere.

    Locks: the campaign, against its closing, and the village's line.
    Raises: NotFound, NotAllowed, StaleVersion, Conflict for a closed campaign, DomainError with the field at fault.
    """
    known = SweepVillage.objects.filter(pk=sweep_village_id).first()
    if known is None:
        raise _not_found()
    campaign = SweepCampaign.objects.select_for_update(of=("self",)).get(pk=known.campaign_id)
    row = lock_version(SweepVillage.objects.all(), sweep_village_id, version)
    require(actor, "dossiers.count_sweep", row)
    _require_open(campaign)
    _check(counts, campaign)
    values = asdict(counts)
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    for name, value in values.items():
        setattr(row, name, value)
    row.entered_by = actor.user_id
    row.touch().save(update_fields=[*values, "entered_by", "version", "updated_at"])
    record("dossiers.count_village", row, actor=actor, changes=changes)
    return row


def close_campaign(
    campaign_id: UUID, *, on: date, reason: str, actor: Actor, version: int | None = None
) -> SweepCampaign:
    """Close a campaign: its counts stay as they are. Villages that are not done stand on its page as such.

    Locks: the campaign. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    require(actor, "dossiers.manage_campaigns")
    campaign = lock_version(SweepCampaign.objects.all(), campaign_id, version)
    line = change(CAMPAIGN_CHANGES, "close", present=campaign.state)
    reason = require_reason(reason)
    require_past(on)
    if on < campaign.starts_on:
        message = _("The campaign began on %(day)s. Enter that day or a later one.")
        raise DomainError("campaign.closed_early", message % {"day": campaign.starts_on.isoformat()}, field="on")
    campaign.state, campaign.closed_on = line.target, on
    campaign.touch().save(update_fields=["state", "closed_on", "version", "updated_at"])
    changes: dict[str, tuple[object, object]] = {
        "state": (CampaignState.OPEN, campaign.state),
        "closed_on": (None, on),
    }
    record("dossiers.close_campaign", campaign, actor=actor, changes=changes, reason=reason)
    return campaign


def open_sweep_village(campaign_id: UUID, *, village_code: str) -> SweepVillage:
    """Give the line of an open campaign for the village in which a lead was found.

    Raises: NotFound; Conflict for a closed campaign; DomainError for a village that has no line in it.
    """
    campaign = SweepCampaign.objects.filter(pk=campaign_id).first()
    if campaign is None:
        raise _not_found()
    _require_open(campaign)
    row = SweepVillage.objects.select_related("campaign").filter(campaign=campaign, scope_code=village_code).first()
    if row is None:
        message = _("The household's village has no line in this campaign.")
        raise DomainError("campaign.other_village", message, field="campaign")
    return row


def _require_open(campaign: SweepCampaign) -> None:
    if campaign.state != CampaignState.OPEN:
        raise Conflict("campaign.closed", _("This campaign is closed, and its counts stay as they are."))


def _check(counts: SweepCounts, campaign: SweepCampaign) -> None:
    require_past(counts.counted_on, field="counted_on")
    if counts.counted_on < campaign.starts_on:
        message = _("The campaign began on %(day)s. Enter that day or a later one.")
        day = campaign.starts_on.isoformat()
        raise DomainError("campaign.counted_early", message % {"day": day}, field="counted_on")
    if counts.accounted_count > counts.to_visit_count:
        message = _("Visited and not reached are together more than the households to visit. Check the counts.")
        raise DomainError("campaign.too_many", message, field="visited_count")
    if counts.is_done and counts.accounted_count != counts.to_visit_count:
        message = _("Some households are neither visited nor counted as not reached. The village is not done yet.")
        raise DomainError("campaign.not_done", message, field="is_done")


def _not_found() -> NotFound:
    return NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
