"""Every rule against its pair of examples, and what all rules have in common."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import RFC_4122, UUID

import pytest
from django.db import transaction
from django.utils import translation
from pytest_django import DjangoDbBlocker

from quality.definitions import Rule, rules
from quality.definitions.rules import COMMON, facts
from quality.domain.running import run_rules
from quality.enums import FindingState
from quality.models import Finding, RuleParameter
from quality.queries.parameters import rules_with_values
from quality.queries.sentences import remedy_of, wrong_of
from quality.queries.shown import remedy_shown, wrong_shown
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import county_office
from tests.quality.cases import ON, Case, Example, examples, written

CHINESE = re.compile("[\u4e00-\u9fff]")
CODES = sorted(rules())
BASE_TABLES = re.compile(r"\b(?:FROM|JOIN)\s+((?:households|villages|assistance|dossiers|quality)_\w+)\s+(\w+)")


@contextmanager
def undone() -> Iterator[None]:
    """Do something in the database, and undo it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


Broken = dict[str, tuple[set[UUID], set[UUID], set[UUID]]]


@pytest.fixture(scope="module")
def broken(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Broken:
    """Write both examples of every rule beside each other, run the rules once, and undo it all.

    Gives for each rule what its two examples are about, and what the rule found among both.
    """
    with django_db_blocker.unblock(), undone(), tenant_scope(county_office()) as actor:
        return _run_over_all(actor)


def _run_over_all(actor: Actor) -> Broken:
    cases = {}
    for place, code in enumerate(CODES):
        pair = examples()[code]
        cases[code] = [written(example, serial=2 * place + side) for side, example in enumerate(pair)]
    run_rules(actor=actor, on=ON)
    rows = set(Finding.objects.values_list("rule_code", "scope_code", "subject_id"))
    return {code: _of_one(rules()[code], pair, rows) for code, pair in cases.items()}


def _of_one(rule: Rule, pair: list[Case], rows: set[tuple[str, str, UUID]]) -> tuple[set[UUID], set[UUID], set[UUID]]:
    wanted = {pair[0].subject(rule, name) for name in examples()[rule.code][0].get("of", ["person"])}
    kept, found = (
        {subject for code, village, subject in rows if code == rule.code and village == case.village.code}
        for case in (pair[1], pair[0])
    )
    return wanted, found, kept


def found(rule: Rule, actor: Actor) -> set[Any]:
    """Run all rules as of the day of the examples, and give what breaks this one."""
    run_rules(actor=actor, on=ON)
    return set(Finding.objects.filter(rule_code=rule.code).values_list("subject_id", flat=True))


def test_every_rule_has_its_pair_when_the_examples_are_read() -> None:
    assert sorted(examples()) == CODES


@pytest.mark.parametrize("code", CODES)
def test_rule_finds_its_object_alone_when_the_example_breaks_it(broken: Broken, code: str) -> None:
    wanted, found_there, _kept = broken[code]

    assert found_there == wanted


@pytest.mark.parametrize("code", CODES)
def test_rule_finds_nothing_when_the_example_keeps_it(broken: Broken, code: str) -> None:
    assert broken[code][2] == set()


@pytest.mark.parametrize("example", [{}, {"visited": True, "collected": True}], ids=["roster", "visited"])
@pytest.mark.django_db
def test_no_rule_is_broken_when_the_household_is_sound(office: Actor, example: Example) -> None:
    written(example)

    result = run_rules(actor=office, on=ON)

    assert (result.rules, sorted(Finding.objects.values_list("rule_code", flat=True))) == (len(CODES), [])


@pytest.mark.parametrize("code", CODES)
def test_rule_says_what_is_wrong_and_what_to_do_when_read_in_either_language(code: str) -> None:
    rule = rules()[code]
    figures = rule.defaults(ON.year)
    texts = [text.format(**figures) for text in (rule.zh, rule.remedy_zh, rule.en, rule.remedy_en)]

    assert [bool(CHINESE.search(text)) for text in texts] == [True, True, False, False]
    assert all(text.endswith(("。", ".")) for text in texts)
    assert (bool(rule.source), 0 < rule.group < 60) == (True, True)


@pytest.mark.parametrize("code", CODES)
def test_rule_asks_for_its_parameters_alone_when_its_condition_is_read(code: str) -> None:
    rule = rules()[code]

    assert rule.names() - COMMON == set(rule.parameters)
    assert BASE_TABLES.findall(rule.where) == []


@pytest.mark.parametrize("name", ["person", "household", "village"])
def test_facts_name_the_tenant_of_every_table_when_read(name: str) -> None:
    text = facts(name)
    tables = BASE_TABLES.findall(text)

    assert tables != []
    assert [alias for _table, alias in tables if f"{alias}.tenant_id = %(tenant)s" not in text] == []


@pytest.mark.django_db
def test_figure_of_the_county_counts_when_it_has_set_one(office: Actor) -> None:
    written({"household_year": {"cropland_mu": 300}})
    for year, value in ((2020, 250), (2023, 400), (2025, 1)):
        RuleParameter.objects.create(
            scope_code=office.tenant_code, rule_code="R58-01", name="most", from_year=year, value=value
        )

    _active, values = rules_with_values(ON)

    assert (values["R58_01_most"], found(rules()["R58-01"], office)) == (400, set())


@pytest.mark.django_db
def test_rule_is_not_asked_when_the_county_switched_it_off(office: Actor) -> None:
    written({"household_year": {"cropland_mu": 300}})
    RuleParameter.objects.create(
        scope_code=office.tenant_code, rule_code="R58-01", name="enabled", from_year=2020, value=0
    )

    result = run_rules(actor=office, on=ON)

    assert (result.rules, result.offences) == (len(CODES) - 1, 0)


def test_sentence_shows_the_figure_when_it_has_one() -> None:
    rule = rules()["R58-01"]

    with translation.override("zh-hans"):
        shown = (wrong_of(rule, rule.defaults(2024)), remedy_of(rule, rule.defaults(2024)))

    assert shown == ("耕地面积超过100亩。", "请核对单位是否为亩；本县标准不同的，请调整参数。")


@pytest.mark.django_db
def test_findings_are_closed_and_opened_again_when_the_data_changes(office: Actor) -> None:
    case = written({"household_year": {"cropland_mu": 300}})
    year = case.household.years.get()
    seen = []
    for area in (300, 5, 300):
        year.cropland_mu = area
        year.save()
        run_rules(actor=office, on=ON)
        row = Finding.objects.get()
        seen.append((row.state, row.closed_on, row.reopened_count, row.version))

    assert seen == [
        (FindingState.NEW, None, 0, 1),
        (FindingState.FIXED, ON, 0, 2),
        (FindingState.NEW, None, 1, 3),
    ]


@pytest.mark.django_db
def test_findings_of_a_run_lie_together_when_they_are_written(office: Actor) -> None:
    for serial in range(3):
        written({"household_year": {"cropland_mu": 300, "safe_water": False}}, serial=serial)
    run_rules(actor=office, on=ON)
    first = list(Finding.objects.values_list("id", flat=True))
    written({"household_year": {"cropland_mu": 300}}, serial=3)
    run_rules(actor=office, on=ON)

    later = set(Finding.objects.values_list("id", flat=True)) - set(first)
    assert len(later) > 0
    assert {(one.version, one.variant) for one in {*first, *later}} == {(7, RFC_4122)}
    assert len({str(one)[:23] for one in first}) == 1
    assert max(first) < min(later)


@pytest.mark.django_db
def test_finding_names_the_county_figure_when_the_county_has_set_one(office: Actor) -> None:
    written({"household_year": {"cropland_mu": 300}})
    RuleParameter.objects.create(
        scope_code=office.tenant_code, rule_code="R58-01", name="most", from_year=2020, value=250
    )
    run_rules(actor=office, on=ON)

    finding = Finding.objects.get()

    assert (wrong_shown(finding), remedy_shown(finding)[:5]) == ("The cropland is larger than 250 mu.", "Check")
