"""Let campaigns that are under way have a line for every village, also for one that is opened meanwhile."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from dossiers.models import SweepCampaign, SweepVillage
from dossiers.queries.sweeps import lines_missing, open_campaigns, registered_by_village
from registry.audit import on_event
from registry.models import AuditEvent
from villages.models import Village

OPENED: Final = "villages.open"


def add_lines(campaign: SweepCampaign, villages: Sequence[Village]) -> list[SweepVillage]:
    """Write a line for each village that has none: nothing is counted in it yet."""
    registered = registered_by_village()
    return SweepVillage.objects.bulk_create(
        SweepVillage(
            scope_code=village.code,
            campaign=campaign,
            village=village,
            registered_count=registered.get(village.code, 0),
        )
        for village in villages
    )


@on_event
def follow_villages(event: AuditEvent, _object_ids: Sequence[UUID]) -> None:
    """Give villages that were opened their lines in the campaigns under way; the verb that opened them audits it.

    Locks: the campaigns, against their closing.
    """
    if event.verb != OPENED:
        return
    for campaign in open_campaigns().select_for_update(of=("self",)):
        add_lines(campaign, lines_missing(campaign))
