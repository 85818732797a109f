"""Making, closing and publishing periods."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from periods.domain.periods import (
    PeriodDraft,
    StageDraft,
    amend_campaign,
    close_period,
    keep_open,
    month_of,
    open_period,
    open_year,
    publish_period,
)
from periods.enums import PeriodKind, PeriodState, StageKind
from periods.models import Period
from periods.queries.periods import campaigns_on, periods_of_year, years
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, StaleVersion
from registry.lib.periods import Month, today
from registry.models import AuditEvent
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import OTHER_COUNTY_CODE, TOWNSHIP_CODE, actor_of, county, county_office
from tests.periods.making import CAMPAIGN, campaign, frozen

DECEMBER = Month(2020, 12)


def refused(draft: PeriodDraft, actor: Actor) -> DomainError:
    """Give the refusal of a period."""
    with pytest.raises(DomainError) as error:
        open_period(draft, actor=actor)
    return error.value


def test_year_gives_its_whole_calendar_once_when_asked_twice(office: Actor) -> None:
    made = open_year(2020, actor=office)

    again = open_year(2020, actor=office)

    spans = [(row.name, row.first_day, row.last_day) for row in periods_of_year(2020)]
    assert (len(made), again, years()) == (19, [], [2020])
    assert {
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020-Q4", date(2020, 10, 1), date(2020, 12, 31)),
        ("2020-H2", date(2020, 7, 1), date(2020, 12, 31)),
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
    } <= set(spans)


def test_overlap_is_refused_with_the_other_period_named_when_days_are_shared(office: Actor) -> None:
    campaign(office)
    shifted = replace(CAMPAIGN, name="另一次", first_day=date(2020, 12, 31), last_day=date(2021, 1, 31), stages=())

    error = refused(shifted, office)

    assert (error.code, error.field) == ("period.overlaps", "first_day")
    assert "2020年动态管理 lasts from 2020-10-01 to 2020-12-31" in str(error)
    assert open_period(replace(shifted, first_day=date(2021, 1, 1)), actor=office).state == PeriodState.OPEN


def test_overlap_is_refused_by_the_database_when_written_past_the_verb(office: Actor) -> None:
    row = month_of(DECEMBER, actor=office)

    with pytest.raises(IntegrityError, match="period_one_of_a_kind_a_day"), transaction.atomic():
        Period.objects.create(
            kind=row.kind, name="x", first_day=row.last_day, last_day=row.last_day, scope_code=office.tenant_code
        )


def test_month_is_refused_when_its_days_are_not_those_of_the_calendar(office: Actor) -> None:
    error = refused(PeriodDraft(PeriodKind.MONTH, date(2020, 12, 1), date(2020, 12, 30)), office)

    assert error.code == "period.days_of_kind"
    assert "from 2020-12-01 to 2020-12-31" in str(error)


@pytest.mark.parametrize(
    ("stages", "code", "says"),
    [
        ([(StageKind.VISIT, date(2020, 9, 30), date(2020, 10, 5))], "period.stage_outside", "from 2020-10-01"),
        ([(StageKind.VISIT, date(2020, 10, 5), date(2020, 10, 4))], "period.stage_days", "Household visits"),
        (
            [
                (StageKind.ENTRY, date(2020, 10, 1), date(2020, 10, 30)),
                (StageKind.VISIT, date(2020, 10, 2), date(2020, 10, 31)),
            ],
            "period.stage_order",
            "Data entry comes after Household visits",
        ),
        ([(StageKind.VISIT, date(2020, 10, 1), date(2020, 10, 2))] * 2, "period.stage_twice", "Household visits"),
        ([("party", date(2020, 10, 1), date(2020, 10, 2))], "period.stage_kind", "list"),
    ],
)
def test_campaign_is_refused_when_its_stages_do_not_fit(
    office: Actor, stages: list[tuple[str, date, date]], code: str, says: str
) -> None:
    draft = replace(CAMPAIGN, stages=tuple(StageDraft(*stage) for stage in stages))

    error = refused(draft, office)

    assert (error.code, error.field, says in str(error)) == (code, "stages", True)


def test_stage_of_a_day_is_told_with_its_days_left_when_the_campaign_runs(office: Actor) -> None:
    row = campaign(office)

    (early,) = campaigns_on(date(2020, 10, 30))
    (late,) = campaigns_on(date(2020, 11, 21))

    assert (early.stage and early.stage.kind, early.days_left, early.entry_open) == (StageKind.VISIT, 2, True)
    assert (late.stage and late.stage.kind, late.days_left, late.entry_open) == (StageKind.SELF_CLEAN, 3, False)
    assert (early.period, campaigns_on(date(2021, 1, 1))) == (row, [])


def test_campaign_takes_new_days_and_stages_when_it_is_open(office: Actor) -> None:
    row = campaign(office)
    draft = replace(CAMPAIGN, first_day=date(2020, 9, 30), stages=CAMPAIGN.stages[:1])

    amended = amend_campaign(row.pk, draft, actor=office, version=row.version)

    assert (amended.first_day, [stage.kind for stage in amended.stages.all()]) == (date(2020, 9, 30), ["visit"])
    with pytest.raises(StaleVersion):
        amend_campaign(row.pk, draft, actor=office, version=row.version)


def test_campaign_is_not_amended_when_it_is_closed(office: Actor) -> None:
    row = campaign(office)
    close_period(row.pk, actor=office)

    with pytest.raises(Conflict) as error:
        amend_campaign(row.pk, CAMPAIGN, actor=office)

    assert error.value.code == "period.not_open"


def test_period_closes_and_opens_again_by_one_person_when_it_is_not_frozen(office: Actor) -> None:
    row = month_of(DECEMBER, actor=office)

    states = [close_period(row.pk, actor=office).state, keep_open(row.pk, actor=office).state]

    assert states == [PeriodState.CLOSING, PeriodState.OPEN]


def test_period_is_not_closed_when_it_has_not_begun(office: Actor) -> None:
    row = month_of(Month.of(today()).next, actor=office)

    with pytest.raises(DomainError) as error:
        close_period(row.pk, actor=office)

    assert error.value.code == "period.not_begun"


def test_period_is_published_when_it_is_frozen_and_not_before(office: Actor) -> None:
    row = month_of(DECEMBER, actor=office)
    with pytest.raises(Conflict) as error:
        publish_period(row.pk, actor=office)

    published = publish_period(frozen(DECEMBER, actor=office).pk, actor=office)

    assert error.value.code == "period.not_frozen"
    assert (published.state, published.published_at is not None) == (PeriodState.PUBLISHED, True)


@pytest.mark.parametrize("role", [Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM, Role.HELPER, Role.SYSTEM_ADMINISTRATOR])
def test_period_is_not_made_when_the_role_may_not(office: Actor, role: Role) -> None:
    campaign(office)

    with pytest.raises(NotAllowed):
        open_year(2020, actor=actor_of(role))


def test_period_is_not_made_when_the_actor_covers_a_township_only(office: Actor) -> None:
    partly = actor_of(Role.COUNTY_OFFICE, area=TOWNSHIP_CODE)

    with tenant_scope(partly), pytest.raises(NotAllowed) as error:
        open_year(2020, actor=partly)

    assert (error.value.code, Period.objects.count()) == ("period.not_whole_county", 0)


def test_periods_are_those_of_the_own_county_when_two_counties_have_the_same(office: Actor) -> None:
    open_year(2020, actor=office)
    with tenant_scope(county_office(county(OTHER_COUNTY_CODE))) as other:
        row = month_of(DECEMBER, actor=other)
        there = list(Period.objects.values_list("pk", flat=True))

    assert (there, Period.objects.filter(pk=row.pk).exists(), Period.objects.count()) == ([row.pk], False, 19)


def test_each_verb_leaves_one_event_when_a_period_lives_through_its_states(db: None) -> None:
    with tenant_scope(county_office()) as office:
        row = month_of(DECEMBER, actor=office)
        close_period(row.pk, actor=office)
        frozen(DECEMBER, actor=office)
        publish_period(row.pk, actor=office)

    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        events = AuditEvent.objects.filter(object_id=row.pk).order_by("seq").values_list("verb", flat=True)
        assert sorted(event for event in events if event.startswith("periods.")) == [
            "periods.close",
            "periods.freeze",
            "periods.open",
            "periods.publish",
            "periods.start_freeze",
        ]
