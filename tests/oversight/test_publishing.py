"""What a county publishes of a month, against counts that the test makes in SQL of its own."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from dossiers.domain.cases import confirm_lead
from households.domain.move import move_household
from oversight.definitions.figures import total_of
from oversight.domain.publishing import publish_aggregates
from oversight.queries.changes import changes_of
from periods.domain.periods import publish_period
from periods.models import Period
from quality.models import Finding
from registry.enums import Role
from registry.lib.errors import Conflict, NotAllowed
from registry.models import AuditEvent, PublishedDivision, PublishedEdition
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.assistance import paired
from tests.factories.cases import confirmed, raised
from tests.factories.households import registered
from tests.factories.tenants import COUNTY_CODE, OTHER_COUNTY_CODE, actor_of, county_office
from tests.oversight.ground import (
    APRIL,
    FAR_TOWNSHIP,
    MARCH,
    OTHER_VILLAGES,
    TOWNSHIP,
    VILLAGES,
    county_publishes,
    figures_of,
    newest,
    publish,
    publish_again,
    settle,
)
from tests.periods.making import frozen
from tests.support.database import Database

# The same figures by base tables, not by the frozen ones: status and members on the last day.
STOCKS = """
SELECT s.village_code, count(*), sum((
    SELECT count(*) FROM households_membership m
    WHERE m.tenant_id = s.tenant_id AND m.household_id = s.household_id
      AND (m.starts_on IS NULL OR m.starts_on <= %(last)s) AND (m.ends_on IS NULL OR m.ends_on > %(last)s)
))::int
FROM households_householdspell s
WHERE s.status = %(status)s
  AND (s.starts_on IS NULL OR s.starts_on <= %(last)s) AND (s.ends_on IS NULL OR s.ends_on > %(last)s)
GROUP BY s.village_code ORDER BY 1
"""
FLOWS = """
SELECT kind, sum(households_delta)::int FROM households_posting
WHERE stock = %(stock)s AND effective_on BETWEEN %(first)s AND %(last)s AND households_delta > 0 GROUP BY kind
"""


def asked(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def test_stocks_equal_a_count_of_the_register_when_a_month_is_published(office: Actor) -> None:
    settle(office, {VILLAGES[0]: ["01"] * 2, VILLAGES[2]: ["02"]})
    settle(office, {VILLAGES[1]: ["03"]}, status="filed")

    figures = figures_of(publish(MARCH, actor=office))

    lifted = {code: [count, persons] for code, count, persons in asked(STOCKS, status="lifted", last=MARCH.last_day)}
    of_villages = {
        code: [row["stocks"].get("lifted_households", 0), row["stocks"].get("lifted_persons", 0)]
        for code, row in figures.items()
        if code in VILLAGES
    }
    assert {code: pair for code, pair in of_villages.items() if pair != [0, 0]} == lifted
    assert figures[VILLAGES[1]]["stocks"]["not_lifted_households"] == 1
    assert figures[COUNTY_CODE]["stocks"]["filed_households"] == 4


def test_each_division_is_the_sum_of_what_lies_below_it(office: Actor) -> None:
    settle(office, {VILLAGES[0]: ["01"] * 6, VILLAGES[1]: ["02"] * 5, VILLAGES[2]: ["01"] * 5})

    figures = figures_of(publish(MARCH, actor=office))

    below = total_of([figures[TOWNSHIP], figures[FAR_TOWNSHIP]])
    added = ("stocks", "causes", "coverage", "quality", "monitoring", "work")
    assert {name: figures[COUNTY_CODE][name] for name in added} == {name: below[name] for name in added}
    assert figures[COUNTY_CODE]["stocks"]["lifted_households"] == 16


def test_flows_are_those_of_the_month_when_an_earlier_one_was_published(office: Actor) -> None:
    settle(office, {VILLAGES[0]: ["01"]})
    publish(MARCH, actor=office)
    settle(office, {VILLAGES[0]: ["02"], VILLAGES[2]: ["02"] * 2}, on=APRIL.first_day)

    figures = figures_of(publish(APRIL, actor=office))

    [(kind, count)] = asked(FLOWS, stock="lifted", first=APRIL.first_day, last=APRIL.last_day)
    county, village = figures[COUNTY_CODE], figures[VILLAGES[2]]
    assert county["flows"][f"lifted_{kind}_households_in"] == count == 3
    assert county["flows"]["lifted_households_in"] == 3
    assert village["flows"]["lifted_households_in"] == 2
    assert county["postings"] == {"booked": len(asked("SELECT 1 FROM households_posting WHERE effective_on > %(d)s",
                                                     d=MARCH.last_day)), "late": 0}  # fmt: skip


def test_late_postings_are_counted_as_such_when_recorded_after_their_month(office: Actor) -> None:
    settle(office, {VILLAGES[0]: ["01"]})
    publish(MARCH, actor=office)
    settle(office, {VILLAGES[0]: ["02"]}, on=date(2021, 2, 1))

    figures = figures_of(publish(APRIL, actor=office))[COUNTY_CODE]

    assert figures["postings"]["late"] == figures["postings"]["booked"] > 0
    assert figures["flows"]["lifted_households_in"] == figures["flows"]["lifted_late_households_in"] == 1


def test_a_move_cancels_in_the_township_when_it_stays_within(office: Actor) -> None:
    near, far = settle(office, {VILLAGES[0]: ["01"] * 2})
    registered(village_code=VILLAGES[1], status="filed")
    registered(village_code=VILLAGES[2], status="filed")
    publish(MARCH, actor=office)
    move_household(near.pk, VILLAGES[1], actor=office, on=APRIL.first_day, reason="搬迁")
    move_household(far.pk, VILLAGES[2], actor=office, on=APRIL.first_day, reason="搬迁")

    figures = figures_of(publish(APRIL, actor=office))

    moved = {
        code: [figures[code]["flows"].get(f"lifted_moved_households_{side}", 0) for side in ("in", "out")]
        for code in (COUNTY_CODE, TOWNSHIP, FAR_TOWNSHIP, *VILLAGES)
    }
    assert moved == {
        COUNTY_CODE: [0, 0],
        TOWNSHIP: [0, 1],
        FAR_TOWNSHIP: [1, 0],
        VILLAGES[0]: [0, 2],
        VILLAGES[1]: [1, 0],
        VILLAGES[2]: [1, 0],
    }


def test_coverage_is_told_by_village(office: Actor) -> None:
    home, _other = settle(office, {VILLAGES[0]: ["01"], VILLAGES[2]: ["01"]}, status="filed")
    paired(home)

    figures = figures_of(publish(MARCH, actor=office))

    assert figures[VILLAGES[0]]["coverage"]["helped"] == figures[VILLAGES[0]]["coverage"]["must"] == 1
    assert figures[VILLAGES[2]]["coverage"].get("helped", 0) == 0


def test_deadlines_and_findings_are_those_of_the_freeze_when_it_is_published_later(
    committed_database: Database,
) -> None:
    office = county_office()
    with tenant_scope(office):
        settle(office, {VILLAGES[1]: ["01"]})
        late, done = settle(office, {VILLAGES[2]: ["01"], VILLAGES[0]: ["01"]})
        case = raised(late, lead_on=date(2021, 3, 1))
        confirmed(done, on=date(2021, 3, 5), lead_on=date(2021, 3, 1))
    with tenant_scope(office):
        found = dict(asked("SELECT scope_code, count(*) FROM quality_finding WHERE state = 'new' GROUP BY 1"))
        period = frozen(MARCH, actor=office)
    with tenant_scope(office):
        confirm_lead(case.pk, on=date(2021, 3, 10), reason="县公告", actor=office)
        move_household(late.pk, VILLAGES[1], actor=office, on=APRIL.first_day, reason="搬迁")
        Finding.objects.update(state="as_recorded", closed_on=date(2021, 4, 2), last_seen_on=F("first_seen_on"))

    with tenant_scope(office):
        publish_period(period.pk, actor=office)
        figures = figures_of(newest(period))

    assert figures[VILLAGES[2]]["monitoring"] == {"decision_due": 1, "decision_open": 1}
    assert figures[VILLAGES[0]]["monitoring"] == {"decision_due": 1, "decision_met": 1}
    assert figures[COUNTY_CODE]["monitoring"] == {"decision_due": 2, "decision_open": 1, "decision_met": 1}
    assert found[VILLAGES[2]] > 0
    assert {code: figures[code]["quality"].get("open", 0) for code in VILLAGES} == found


def test_findings_of_after_the_freeze_are_left_out_when_there_was_none_at_it(committed_database: Database) -> None:
    office = county_office()
    with tenant_scope(office):
        period = frozen(MARCH, actor=office)
    with tenant_scope(office):
        settle(office, {VILLAGES[0]: ["01"] * 2})
        assert Finding.objects.exists()

    with tenant_scope(office):
        publish_period(period.pk, actor=office)
        figures = figures_of(newest(period))

    assert figures[COUNTY_CODE]["quality"].get("open", 0) == 0


def test_rules_are_told_of_a_village_when_none_tells_of_few_households(office: Actor) -> None:
    settle(office, {VILLAGES[0]: ["01"] * 6, VILLAGES[1]: ["01"] * 6, VILLAGES[2]: ["01"] * 6})

    figures = figures_of(publish(MARCH, actor=office))

    found = asked(
        "SELECT scope_code, 'rule_' || rule_code, severity, count(*), count(DISTINCT household_id) FROM quality_finding"
        " WHERE state = 'new' GROUP BY 1, 2, 3"
    )
    few = {(code, severity) for code, _rule, severity, _count, homes in found if 0 < homes < 5}
    for village in VILLAGES:
        told = {name: value for name, value in figures[village]["quality"].items() if name.startswith("rule_")}
        assert told == {
            rule: count
            for code, rule, severity, count, _homes in found
            if code == village and (code, severity) not in few
        }
    assert any(name.startswith("rule_") for name in figures[VILLAGES[0]]["quality"])


def test_rules_of_a_village_are_withheld_as_a_whole_when_one_household_could_be_told(office: Actor) -> None:
    settle(office, {VILLAGES[0]: ["01"] * 6, VILLAGES[1]: ["01"] * 2, VILLAGES[2]: ["01"] * 6})
    edition = publish(MARCH, actor=office)

    figures = figures_of(edition)

    rules = [[name for name in figures[code]["quality"] if name.startswith("rule_")] for code in VILLAGES]
    assert (rules[0], rules[1], rules[2] != []) == ([], [], True)
    assert figures[VILLAGES[1]]["quality"]["open"] > 0
    assert any(name.startswith("rule_") for name in figures[TOWNSHIP]["quality"])

    settle(office, {VILLAGES[1]: ["01"] * 4})
    later = figures_of(publish_again(MARCH, actor=office))
    assert [name for name in later[VILLAGES[1]]["quality"] if name.startswith("rule_")] == []


def test_causes_of_a_village_are_withheld_when_a_household_could_be_told(office: Actor) -> None:
    settle(office, {VILLAGES[0]: ["01"] * 6 + ["02"], VILLAGES[1]: ["01"] * 7, VILLAGES[2]: ["01"] * 5})

    figures = figures_of(publish(MARCH, actor=office))

    assert [figures[code]["causes"] is None for code in VILLAGES] == [True, True, False]
    assert figures[TOWNSHIP]["causes"]["main_02_households"] == 1


def test_causes_stay_withheld_in_later_editions_when_a_comparison_would_tell_them(office: Actor) -> None:
    settle(office, {VILLAGES[0]: ["01"] * 6 + ["02"] * 4, VILLAGES[1]: ["01"] * 7, VILLAGES[2]: ["01"] * 5})
    publish(MARCH, actor=office)
    settle(office, {VILLAGES[0]: ["02"]})

    figures = figures_of(publish_again(MARCH, actor=office))

    assert figures[COUNTY_CODE]["causes"]["main_02_households"] == 5
    assert [figures[code]["causes"] is None for code in VILLAGES] == [True, True, False]


def test_nothing_of_a_person_stands_in_what_is_published(office: Actor) -> None:
    [home] = settle(office, {VILLAGES[0]: ["01"]})

    edition = publish(MARCH, actor=office)

    rows = PublishedDivision.objects.filter(edition=edition)
    numbers = [value for row in rows for section in row.figures.values() for value in (section or {}).values()]
    assert all(isinstance(value, int) for value in numbers)
    assert not any(home.number in str(row.figures) or "示例人" in str(row.figures) for row in rows)


def test_an_edition_never_changes_when_somebody_tries(office: Actor) -> None:
    settle(office, {VILLAGES[0]: ["01"]})
    edition = publish(MARCH, actor=office)

    with pytest.raises(DatabaseError), transaction.atomic():
        PublishedEdition.objects.filter(pk=edition.pk).update(due_on=date(2030, 1, 1))
    with pytest.raises(DatabaseError), transaction.atomic():
        PublishedDivision.objects.filter(edition=edition).delete()


def test_a_county_cannot_publish_for_another_when_it_writes_its_number(here: Actor, there: Actor) -> None:
    edition = county_publishes(here, {VILLAGES[0]: ["01"]})
    row = PublishedDivision(tenant_id=edition.tenant_id, edition=edition, code="549901109000", name="x", figures={})
    with tenant_scope(there), pytest.raises(DatabaseError), transaction.atomic():
        PublishedDivision.objects.bulk_create([row])
    row.tenant_id = there.tenant_id
    with tenant_scope(there), pytest.raises(DatabaseError), transaction.atomic():
        PublishedDivision.objects.bulk_create([row])


def test_a_correction_is_a_new_edition_with_its_difference_and_the_old_one_stays(office: Actor) -> None:
    settle(office, {VILLAGES[0]: ["01"] * 2})
    first = publish(MARCH, actor=office)
    before = figures_of(first)
    settle(office, {VILLAGES[2]: ["01"]})

    second = publish_again(MARCH, actor=office)

    changes = {(one.code, one.section, one.name): one.difference for one in changes_of(second)}
    assert (first.edition, second.edition) == (1, 2)
    assert figures_of(first) == before
    assert changes[COUNTY_CODE, "stocks", "lifted_households"] == 1
    assert changes[VILLAGES[2], "stocks", "lifted_persons"] == 2
    assert (VILLAGES[0], "stocks", "lifted_households") not in changes
    assert changes_of(first) == []


def test_publishing_again_gives_the_same_edition_when_nothing_differs(office: Actor) -> None:
    settle(office, {VILLAGES[0]: ["01"]})
    edition = publish(MARCH, actor=office)
    period = Period.objects.select_related("snapshot").get(first_day=MARCH.first_day)

    assert publish_aggregates(period, actor=office).pk == edition.pk


def test_publishing_is_refused_when_the_period_is_not_published_or_the_role_may_not(office: Actor) -> None:
    settle(office, {VILLAGES[0]: ["01"]})
    period = frozen(MARCH, actor=office)

    with pytest.raises(Conflict) as refused:
        publish_aggregates(period, actor=office)
    with pytest.raises(NotAllowed):
        publish_aggregates(period, actor=actor_of(Role.TOWNSHIP_CLERK))
    assert refused.value.code == "oversight.not_published"
    publish_period(period.pk, actor=office)
    assert PublishedEdition.objects.count() == 1


def test_publication_is_in_the_trail_of_the_county(here: Actor) -> None:
    county_publishes(here, {VILLAGES[0]: ["01"]})

    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        events = AuditEvent.objects.filter(verb="oversight.publish")
        assert [event.object_count for event in events] == [3]


def test_two_counties_publish_apart(here: Actor, there: Actor) -> None:
    county_publishes(here, {VILLAGES[0]: ["01"] * 2})
    county_publishes(there, {OTHER_VILLAGES[0]: ["01"]})

    counts = dict(
        PublishedDivision.objects.filter(code__in=[COUNTY_CODE, OTHER_COUNTY_CODE]).values_list("code", "figures")
    )
    assert [counts[code]["stocks"]["lifted_households"] for code in sorted(counts)] == [2, 1]
