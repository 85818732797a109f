"""Pictures of an invented county, written row by row: what a freeze leaves behind."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from households.enums import STOCK_OF_STATUS
from households.models import Household, Membership
from periods.enums import PeriodKind, PeriodState, SnapshotPurpose, SnapshotState
from periods.models import FrozenHousehold, FrozenPerson, FrozenVillage, Period, Snapshot
from registry import jobs
from registry.models import Job
from registry.tenancy.context import Actor
from reports.domain.asking import ReportDraft, start_report
from reports.models import ReportRun
from villages.models import Village

AS_OF = date(2020, 12, 31)


def frozen_period(actor: Actor, *, state: PeriodState = PeriodState.FROZEN) -> Period:
    """Give a frozen December with an empty picture; `freeze_household` and `freeze_village` fill it."""
    period = Period.objects.create(
        kind=PeriodKind.MONTH, name="2020-12", first_day=date(2020, 12, 1), last_day=AS_OF,
        scope_code=actor.tenant_code,
    )  # fmt: skip
    picture = Snapshot.objects.create(
        purpose=SnapshotPurpose.PERIOD,
        period=period,
        as_of=AS_OF,
        state=SnapshotState.MADE,
        made_at=timezone.now(),
        checksum="0" * 64,
        scope_code=actor.tenant_code,
    )
    period.snapshot, period.state, period.frozen_at = picture, state, timezone.now()
    period.save()
    return period


def freeze_household(
    period: Period, household: Household, *, persons: Iterable[dict[str, Any]] = (), **facts: Any
) -> FrozenHousehold:
    """Write a household with its members into the picture; `persons` are facts of the members, the head first."""
    members = list(Membership.objects.filter(household=household).select_related("person").order_by("relation_code"))
    stock = STOCK_OF_STATUS.get(household.status)
    row = FrozenHousehold(
        snapshot_id=period.snapshot_id,
        household_id=household.pk,
        village_code=household.scope_code,
        scope_code=household.scope_code,
        head_person_id=members[0].person_id,
        person_count=len(members),
        **{
            "status": household.status,
            "stock": "" if stock is None else stock.value,
            "monitoring_state": household.monitoring_state,
            "monitoring_code": household.monitoring_code,
            "number": household.number,
            "group_name": household.group_name,
            "main_cause_code": household.main_cause_code,
            "other_cause_codes": household.other_cause_codes,
            **facts,
        },
    )
    row.save()
    given = [*persons, *({} for _ in members)]
    for member, extra in zip(members, given, strict=False):
        _freeze_person(period, member, extra)
    return row


def _freeze_person(period: Period, member: Membership, facts: dict[str, Any]) -> None:
    FrozenPerson(
        snapshot_id=period.snapshot_id,
        person_id=member.person_id,
        household_id=member.household_id,
        village_code=member.scope_code,
        scope_code=member.scope_code,
        relation_code=member.relation_code,
        number=member.person.number,
        sex_code=member.person.sex_code,
        birth_on=member.person.birth_on,
        birth_precision=member.person.birth_precision,
        document_code=member.person.document_code,
        **facts,
    ).save()


def freeze_village(period: Period, code: str, **facts: Any) -> FrozenVillage:
    """Write a village into the picture."""
    village = Village.objects.get(code=code)
    row = FrozenVillage(
        snapshot_id=period.snapshot_id,
        village_id=village.pk,
        village_code=code,
        scope_code=code,
        name=village.name,
        **facts,
    )
    row.save()
    return row


def made(draft: ReportDraft, *, actor: Actor) -> ReportRun:
    """Ask for a report, let a worker make it, and give the run as it is then."""
    run = start_report(draft, actor=actor)
    job = Job.objects.get(key=str(run.pk))
    jobs.run(actor.tenant_id, job.pk)
    return ReportRun.objects.get(pk=run.pk)


def person_of(household: Household, relation: str = "01") -> UUID:
    """Give the member of a relation."""
    return Membership.objects.get(household=household, relation_code=relation).person_id
