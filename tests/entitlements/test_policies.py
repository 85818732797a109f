"""Every policy against a household that is due, one that receives, and one that is neither; and what all have alike."""

import re
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest

from entitlements.definitions import policies
from entitlements.definitions.policies import COMMON, facts
from entitlements.domain.figures import set_figure, version_of
from entitlements.domain.running import PolicyCount, run_policies
from entitlements.enums import EntitlementKind, EntitlementState, PolicyObject
from entitlements.models import EntitlementFinding
from entitlements.queries.policies import own_figures_of, policies_shown
from entitlements.queries.words import found_by, found_shown
from households.models import IncomeLine, PersonYear
from registry.lib.errors import DomainError, StaleVersion
from registry.models import RowVersion
from registry.tenancy.context import Actor
from tests.quality.cases import ON, written

pytestmark = pytest.mark.django_db
CHINESE = re.compile("[\u4e00-\u9fff]")
EXAMPLES: Final = tomllib.loads((Path(__file__).parent / "examples.toml").read_text(encoding="utf-8"))
BASE_TABLES = re.compile(r"\b(?:FROM|JOIN)\s+((?:households|assistance|registry)_\w+)\s+(\w+)")
DUE, RECEIVED = EntitlementKind.DUE_NOT_RECEIVED, EntitlementKind.RECEIVED_NOT_DUE


def found(policy_code: str) -> set[tuple[str, UUID]]:
    rows = EntitlementFinding.objects.filter(policy_code=policy_code)
    return set(rows.values_list("kind", "subject_id"))


def poor(**more: Any) -> Any:  # noqa: ANN401  (a case of the rules' examples)
    """Write a household below the line of the allowance that has none."""
    return written(EXAMPLES["low_allowance"]["due"] | more)


def test_every_policy_has_its_examples_when_they_are_read() -> None:
    assert sorted(EXAMPLES) == sorted(policies())


@pytest.mark.parametrize("code", sorted(policies()))
def test_policy_finds_who_is_due_and_who_receives_and_nobody_else(office: Actor, code: str) -> None:
    example = EXAMPLES[code]
    cases = {name: written(example[name], serial=serial) for serial, name in enumerate(("due", "received", "neither"))}
    of = example.get("of", "")
    subjects = {name: case.members[of].pk if of else case.household.pk for name, case in cases.items()}

    run_policies(actor=office, on=ON)

    assert found(code) == {(DUE, subjects["due"]), (RECEIVED, subjects["received"])}


@pytest.mark.parametrize("code", sorted(policies()))
def test_policy_says_what_it_found_and_asks_for_its_figures_alone_when_read(code: str) -> None:
    policy = policies()[code]
    figures = policy.defaults(ON.year)
    texts = [
        text.format(**figures)
        for text in (policy.zh, policy.due_zh, policy.received_zh, policy.en, policy.due_en, policy.received_en)
    ]

    assert [bool(CHINESE.search(text)) for text in texts] == [True] * 3 + [False] * 3
    assert policy.names() - COMMON <= set(policy.figures)
    assert BASE_TABLES.findall(policy.due + policy.receives + policy.not_due) == []
    assert policy.source != ""


@pytest.mark.parametrize("name", ["person", "household"])
def test_facts_name_the_tenant_of_every_table_when_read(name: str) -> None:
    text = facts(name)

    assert [alias for _table, alias in BASE_TABLES.findall(text) if f"{alias}.tenant_id = %(tenant)s" not in text] == []


def test_nobody_is_found_when_the_household_is_sound_or_nothing_is_known_of_it(office: Actor) -> None:
    written({}, serial=0)
    written({"visited": True, "collected": True}, serial=1)
    unknown = {"no_household_year": True, **{f"no_{name}_year": True for name in ("head", "spouse", "person")}}
    written(unknown, serial=2)
    written({"facts_year": 2022, "household_year": {"net_per_head_yuan": 100}}, serial=3)

    result = run_policies(actor=office, on=ON)

    assert (result.policies, result.cases, EntitlementFinding.objects.count()) == (len(policies()), 0, 0)


def test_nobody_is_said_to_receive_wrongly_when_a_member_is_unknown_or_it_has_ended(office: Actor) -> None:
    received = {code: example["received"] for code, example in EXAMPLES.items()}
    unknown: dict[str, Any] = {"health_codes": []}
    ended = {"ends_on": date(2024, 3, 1)}
    (measure,) = received["disability_hardship"]["measures"]
    present = {"division_code": "440300000000", "starts_on": date(2024, 6, 1), "transport_subsidy_yuan": 300}
    doubtful: list[dict[str, Any]] = [
        received["disability_hardship"] | {"head_year": unknown},
        received["disability_hardship"] | {"measures": [measure | ended]},
        received["disability_care"] | {"spouse_year": {"minimum_living_allowance_code": ""}},
        received["disability_care"]
        | {"person": {}, "person_year": {"health_codes": ["4"], "minimum_living_allowance_code": "0"}},
        received["yulu"] | {"head_year": {"education_code": ""}},
        received["low_allowance"] | {"head_year": unknown},
        received["low_allowance"]
        | {
            f"{name}_year": {"skill_code": "", "minimum_living_allowance_code": "1"}
            for name in ("head", "spouse", "person")
        },
        {"work": present},
        {"work": present | {"division_code": ""}},
    ]
    for serial, example in enumerate(doubtful):
        written(example, serial=serial)

    run_policies(actor=office, on=ON)

    assert list(EntitlementFinding.objects.filter(kind=RECEIVED).values_list("policy_code", "household__number")) == []


@pytest.mark.parametrize(("on", "expected"), [(date(2025, 1, 1), 0), (date(2025, 6, 30), 0), (date(2025, 7, 2), 1)])
def test_measure_of_last_year_counts_as_received_for_half_a_year(office: Actor, on: date, expected: int) -> None:
    (measure,) = EXAMPLES["yulu"]["neither"]["measures"]
    written(EXAMPLES["yulu"]["neither"] | {"measures": [measure | {"ends_on": date(2025, 1, 1)}]})

    run_policies(actor=office, on=on)

    assert EntitlementFinding.objects.filter(policy_code="yulu", kind=DUE).count() == expected


def test_finding_is_closed_and_opened_again_when_the_facts_change(office: Actor) -> None:
    case = poor()
    year = PersonYear.objects.get(person=case.members["person"])
    seen = []
    for code in ("0", "1", "0"):
        year.minimum_living_allowance_code = code
        year.save()
        run_policies(actor=office, on=ON)
        row = EntitlementFinding.objects.get()
        seen.append((row.state, row.closed_on, row.reopened_count, row.version))

    assert seen == [
        (EntitlementState.NEW, None, 0, 1),
        (EntitlementState.CLOSED, ON, 0, 2),
        (EntitlementState.NEW, None, 1, 3),
    ]


def test_run_counts_who_is_due_and_changes_no_fact(office: Actor) -> None:
    poor()
    versions, years = RowVersion.objects.count(), list(PersonYear.objects.order_by("id").values())

    result = run_policies(actor=office, on=ON)
    again = run_policies(actor=office, on=ON)

    assert (result.opened, again.opened, again.closed) == (1, 0, 0)
    assert PolicyCount("low_allowance", 1, 0) in result.counts
    assert (RowVersion.objects.count(), list(PersonYear.objects.order_by("id").values())) == (versions, years)


def test_income_line_shows_that_the_allowance_is_received_when_no_mark_is_on_file(office: Actor) -> None:
    case = written(EXAMPLES["disability_care"]["due"])
    run_policies(actor=office, on=ON)
    IncomeLine.objects.create(
        household=case.household, scope_code=case.village.code, year=2023, item_code="4096", amount_yuan=1200
    )

    result = run_policies(actor=office, on=ON)

    assert (result.closed, EntitlementFinding.objects.get().state) == (1, EntitlementState.CLOSED)


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2024, 4, 30), 0), (date(2024, 5, 1), 1), (date(2025, 4, 1), 1), (date(2025, 6, 1), 1)]
)
def test_months_of_work_are_those_of_the_last_twelve(office: Actor, on: date, expected: int) -> None:
    written({"work": {"division_code": "440300000000", "starts_on": date(2024, 2, 1)}})

    run_policies(actor=office, on=on)

    assert EntitlementFinding.objects.filter(policy_code="transport_subsidy").count() == expected


def test_figure_of_the_county_counts_from_its_year_when_it_is_set(office: Actor) -> None:
    poor()
    for year, value in ((2023, 4000), (2025, 9000)):
        set_figure(
            "low_allowance", "line_yuan", from_year=year, value=Decimal(value), source="县民政局文件", actor=office
        )

    result = run_policies(actor=office, on=ON)

    (shown,) = (one for one in policies_shown(2024) if one.policy.code == "low_allowance")
    assert (result.cases, shown.values["line_yuan"], shown.figures[0].source) == (
        0,
        Decimal(4000),
        "县民政局文件",
    )


def test_policy_is_not_asked_and_its_findings_close_when_the_county_switches_it_off(office: Actor) -> None:
    poor()
    run_policies(actor=office, on=ON)
    set_figure("low_allowance", "enabled", from_year=2024, value=Decimal(0), source="县里另行规定", actor=office)

    result = run_policies(actor=office, on=ON)

    assert (result.policies, result.closed) == (len(policies()) - 1, 1)


@pytest.mark.parametrize(
    ("name", "value", "source", "code"),
    [
        ("line_yuan", "5000", " ", "figure.no_source"),
        ("line_yuan", "-1", "文件", "figure.value"),
        ("enabled", "2", "文件", "figure.switch"),
        ("pending_days", "0", "文件", "figure.days"),
        ("until", "202413", "文件", "figure.unknown"),
    ],
)
def test_figure_is_refused_when_it_cannot_be(office: Actor, name: str, value: str, source: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        set_figure("low_allowance", name, from_year=2024, value=Decimal(value), source=source, actor=office)

    assert (refused.value.code, own_figures_of(policies()["low_allowance"])) == (code, [])


def test_month_of_a_window_is_refused_when_it_is_none(office: Actor) -> None:
    with pytest.raises(DomainError) as refused:
        set_figure("insurance_subsidy", "until", from_year=2024, value=Decimal(202413), source="文件", actor=office)

    assert refused.value.code == "figure.month"


def test_figure_is_not_set_when_the_figures_changed_meanwhile(office: Actor) -> None:
    value, source = Decimal(4800), "文件"
    set_figure("low_allowance", "line_yuan", from_year=2024, value=value, source=source, actor=office, version=0)

    with pytest.raises(StaleVersion):
        set_figure("low_allowance", "line_yuan", from_year=2024, value=value, source=source, actor=office, version=0)

    assert version_of(own_figures_of(policies()["low_allowance"])) == 1


def test_finding_names_the_figure_of_its_year_when_it_is_told(office: Actor) -> None:
    written(EXAMPLES["transport_subsidy"]["due"])
    set_figure("transport_subsidy", "months", from_year=2024, value=Decimal(4), source="文件", actor=office)
    run_policies(actor=office, on=ON)

    finding = EntitlementFinding.objects.get()

    assert found_shown(finding) == ("Worked away for 4 of the last twelve months, and no transport subsidy is on file.")
    assert found_by(policies()["yulu"], DUE, {}).startswith("A filed or monitored household")
    assert policies()["transport_subsidy"].object == PolicyObject.PERSON
