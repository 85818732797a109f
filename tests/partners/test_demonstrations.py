"""Demonstration households: on what a mark rests, and that nothing else reads it."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import DatabaseError

from households.domain.drafts import YearDraft
from households.domain.facts import record_household_year
from households.models import Household
from partners.domain.demonstrations import mark_demonstration, withdraw_demonstration
from partners.models import DemonstrationMark
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from tests.factories.households import registered
from tests.factories.tenants import actor_of

ROOT = Path(__file__).resolve().parents[2]
ON = date(2021, 6, 1)
# Whoever may name the mark: its own model, verbs, list and doors, the line of the timeline, and words for people.
OWN = re.compile(r"partners/(admin|api|apps|migrations|models|domain/demonstrations|queries/(demonstrations|timeline))")
MARK = re.compile(r"DemonstrationMark|demonstrationmark|mark_demonstration|\bdemonstrations\b")
WORDS = re.compile(
    r"(tests|docs|locale|bench)/|exchange/domain/demo_|registry/(domain/audit_labels|tenancy/history)\.py"
)


def declared(net: str) -> YearDraft:
    return YearDraft(year=2020, is_declared=True, net_per_head_yuan=Decimal(net), source="入户")


def with_net(actor: Actor, net: str = "15000") -> Household:
    home = registered()
    record_household_year(home.pk, declared(net), actor=actor)
    return home


def marked(home: Household, actor: Actor, **changed: object) -> DemonstrationMark:
    values = {"year": 2020, "result": "牦牛养殖增收", "on": ON, **changed}
    return mark_demonstration(home.pk, actor=actor, **values)  # type: ignore[arg-type]  # words of the verb


def test_mark_rests_on_the_figure_of_its_year(office: Actor) -> None:
    home = with_net(office)

    row = marked(home, office)
    record_household_year(home.pk, declared("1"), actor=office)

    row.refresh_from_db()
    assert (row.year, row.net_per_head_yuan, row.marked_on) == (2020, Decimal(15000), ON)


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"year": 2019}, "demonstration.no_income", "year"),
        ({"year": 2022}, "demonstration.year", "year"),
        ({"result": " "}, "demonstration.result_missing", "result"),
        ({"result": "17900000001"}, "words.number", "result"),
        ({"on": date(2999, 1, 1)}, "date.in_future", "on"),
    ],
)
def test_mark_is_refused_with_its_field_when_it_rests_on_nothing(
    office: Actor, changed: dict[str, object], code: str, field: str
) -> None:
    home = with_net(office)

    with pytest.raises(DomainError) as refused:
        marked(home, office, **changed)

    assert (refused.value.code, refused.value.field) == (code, field)


def test_mark_is_given_once_and_withdrawn_once(office: Actor) -> None:
    home = with_net(office)
    row = marked(home, office)

    with pytest.raises(Conflict, match="has the mark already"):
        marked(home, office)
    withdraw_demonstration(row.pk, reason="收入下降", actor=office, version=1)
    with pytest.raises(Conflict, match="withdrawn already"):
        withdraw_demonstration(row.pk, reason="收入下降", actor=office)
    with pytest.raises(DatabaseError, match="stays so"), savepoint():
        DemonstrationMark.objects.filter(pk=row.pk).update(withdrawn_on=None, withdrawal_reason="")

    assert marked(home, office).pk != row.pk


def test_team_marks_nobody(office: Actor) -> None:
    home = with_net(office)

    with pytest.raises(NotAllowed):
        marked(home, actor_of(Role.VILLAGE_TEAM))


def test_no_rule_worklist_or_order_reads_the_mark() -> None:
    files = [path.relative_to(ROOT).as_posix() for path in ROOT.glob("[a-z]*/**/*.py")]
    others = [name for name in files if not OWN.match(name) and not WORDS.match(name)]

    readers = [name for name in others if MARK.search((ROOT / name).read_text(encoding="utf-8"))]

    assert readers == ["partners/rules.py"]
    assert len(others) > 500
