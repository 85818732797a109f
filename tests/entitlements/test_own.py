"""A policy of the county's own: made out of a choice of facts, asked by the next run, amended, and refused."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from entitlements.definitions.own import Condition
from entitlements.domain.figures import set_figure
from entitlements.domain.own import PolicyDraft, add_policy, amend_policy
from entitlements.domain.running import run_policies
from entitlements.enums import EntitlementKind
from entitlements.models import EntitlementFinding
from entitlements.queries.words import found_shown, policy_name
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, StaleVersion
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import TOWNSHIP_CODE, actor_of, county_office
from tests.households.test_api import client, household, post
from tests.quality.cases import ON, written
from tests.registry.people import client_of, person

pytestmark = pytest.mark.django_db
DRAFT = PolicyDraft(
    name="本县燃料补贴",
    object="household",
    due_words="人均纯收入低于标准，没有领取燃料补贴 {x}。",
    received_words="领取燃料补贴，人均纯收入不低于标准。",
    source="示例县文件",
    from_year=2020,
    due=[Condition("net_per_head_yuan", "below", "8000"), Condition("is_filed", "yes")],
    receives=[Condition("measure", "yes", "4801")],
    not_due=[Condition("net_per_head_yuan", "at_least", "20000")],
)
POOR = {"household_year": {"net_per_head_yuan": 7900}}


def found(code: str) -> list[tuple[str, int]]:
    rows = EntitlementFinding.objects.filter(policy_code=code).exclude(state="closed").order_by("kind")
    return list(rows.values_list("kind", "policy_version"))


def test_own_policy_finds_who_is_due_until_its_number_changes(office: Actor) -> None:
    case = written(POOR)
    row = add_policy(DRAFT, actor=office)

    run_policies(actor=office, on=ON)
    (finding,) = EntitlementFinding.objects.filter(policy_code=row.code)
    opened = found(row.code)
    figure = "due_net_per_head_yuan_below"
    set_figure(row.code, figure, from_year=2020, value=Decimal(7000), source="示例县新文件", actor=office)
    run_policies(actor=office, on=ON)

    assert (finding.household_id, finding.kind) == (case.household.pk, EntitlementKind.DUE_NOT_RECEIVED)
    assert (opened, found(row.code)) == ([("due_not_received", 1)], [])
    assert (policy_name(row.code), found_shown(finding)) == (DRAFT.name, DRAFT.due_words)


def test_amended_policy_is_asked_as_it_is_now_and_not_after_its_years(office: Actor) -> None:
    written(POOR)
    row = add_policy(DRAFT, actor=office)

    amend_policy(row.pk, replace(DRAFT, due=[Condition("member_count", "at_least", "1")]), actor=office, version=1)
    run_policies(actor=office, on=ON)
    amended = found(row.code)
    with pytest.raises(StaleVersion):
        amend_policy(row.pk, DRAFT, actor=office, version=1)
    amend_policy(row.pk, replace(DRAFT, until_year=2020), actor=office, version=2)
    run_policies(actor=office, on=ON)

    assert (amended, found(row.code)) == ([("due_not_received", 2)], [])


def test_figure_by_year_stays_with_its_condition(office: Actor) -> None:
    written(POOR)
    row = add_policy(DRAFT, actor=office)
    set_figure(row.code, "due_net_per_head_yuan_below", from_year=2020, value=Decimal(0), source="文", actor=office)

    other = [Condition("net_per_head_yuan", "below", "9000")]
    with pytest.raises(DomainError) as refused:
        amend_policy(row.pk, replace(DRAFT, due=other), actor=office, version=1)
    amend_policy(row.pk, replace(DRAFT, due=[Condition("member_count", "at_least", "1")]), actor=office, version=1)
    run_policies(actor=office, on=ON)

    assert (refused.value.code, refused.value.field) == ("policy.set_by_year", "due")
    assert found(row.code) == [("due_not_received", 2)]


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"name": " "}, "policy.incomplete", "name"),
        ({"due": []}, "policy.no_condition", "due"),
        ({"due": [Condition("p.age", "below", "5")]}, "policy.fact", "due"),
        ({"due": [Condition("age", "below", "5")]}, "policy.fact", "due"),
        ({"due": [Condition("is_filed", "below", "5")]}, "policy.comparison", "due"),
        ({"due": [Condition("member_count", "below", "x")]}, "policy.value", "due"),
        ({"receives": [Condition("measure", "yes", "1' OR true --")]}, "policy.measure", "receives"),
        ({"receives": [Condition("measure", "yes", "1")]}, "policy.measure", "receives"),
        ({"due": [Condition("member_count", "below", "5")] * 2}, "policy.twice", "due"),
        ({"due": [Condition("measure", "yes", "4801")] * 4}, "policy.conditions", "due"),
        ({"until_year": 2019}, "policy.years", "from_year"),
    ],
)
def test_policy_is_refused_with_its_field(office: Actor, wrong: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        add_policy(replace(DRAFT, **wrong), actor=office)

    assert (refused.value.code, refused.value.field) == (code, field)


def test_policy_is_made_by_the_county_alone_and_once(office: Actor) -> None:
    add_policy(DRAFT, actor=office)
    clerk = actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)

    with pytest.raises(Conflict):
        add_policy(DRAFT, actor=office)
    with tenant_scope(clerk), pytest.raises(NotAllowed):
        add_policy(replace(DRAFT, name="另一项"), actor=clerk)


def test_policy_is_made_on_the_site_and_read_by_rest() -> None:
    household()
    site = client_of(person(Role.COUNTY_OFFICE))
    form = {
        "name": DRAFT.name, "object": "household", "due_words": "没有领取。", "received_words": "不应领取。",
        "source": "示例县文件", "from_year": "2020", "due_1_fact": "member_count", "due_1_comparison": "at_least",
        "due_1_value": "zwei", "receives_1_fact": "measure", "receives_1_comparison": "yes", "receives_1_value": "4801",
    }  # fmt: skip

    wrong = site.post("/admin/entitlements/policies/own/add/", form).content.decode()
    shown = site.post("/admin/entitlements/policies/own/add/", form | {"due_1_value": "2"}, follow=True)
    caller = client()
    (row,) = caller.get("/api/v1/county-policies/").json()["results"]
    page = site.get(f"/admin/entitlements/policies/own/{row['id']}/").content.decode()
    body = {name: row[name] for name in ("name", "object", "due_words", "received_words", "source", "from_year")}
    again = post(caller, "county-policies/", {**body, **row["conditions"]})

    assert "Enter a number that is not negative" in wrong
    assert (DRAFT.name in shown.content.decode(), DRAFT.name in page, again.status_code) == (True, True, 409)
    assert row["conditions"]["due"] == [{"fact": "member_count", "comparison": "at_least", "value": "2"}]
    with tenant_scope(county_office()) as actor:
        assert add_policy(replace(DRAFT, name="另一项"), actor=actor).code.startswith("own_")
