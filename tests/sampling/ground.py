"""A picture of the county to draw samples from."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils import timezone

from households.enums import AT_RISK, HEAD_RELATION, STOCK_OF_STATUS
from households.models import Household
from households.queries.history import present_members
from periods.enums import SnapshotPurpose, SnapshotState
from periods.models import FrozenHousehold, Snapshot
from registry.tenancy.context import Actor


def picture(
    households: Iterable[Household],
    *,
    actor: Actor,
    as_of: date = date(2021, 1, 31),
    facts: Mapping[str, Mapping[str, object]] | None = None,
    purpose: SnapshotPurpose = SnapshotPurpose.PERIOD,
) -> Snapshot:
    """Keep households as they stand now in a made picture of the whole county; `facts` are more of theirs by number."""
    snapshot = Snapshot(
        scope_code=actor.tenant_code,
        purpose=purpose,
        as_of=as_of,
    )
    snapshot.save()
    FrozenHousehold.objects.bulk_create(
        FrozenHousehold(
            scope_code=home.scope_code,
            snapshot=snapshot,
            household_id=home.pk,
            number=home.number,
            village_code=home.scope_code,
            status=home.status,
            stock=STOCK_OF_STATUS.get(home.status, ""),
            is_monitored=home.monitoring_state in AT_RISK,
            monitoring_state=home.monitoring_state,
            head_person_id=present_members(home).get(relation_code=HEAD_RELATION).person_id,
            **(facts or {}).get(home.number, {}),
        )
        for home in households
    )
    snapshot.state, snapshot.made_at, snapshot.checksum = SnapshotState.MADE, timezone.now(), "0" * 64
    snapshot.save(update_fields=["state", "made_at", "checksum"])
    return snapshot
