"""Applying: what reaches the register, what is listed only, and what stays as it was."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from assistance.models import Pairing
from exchange.domain import kept_drafts
from exchange.domain.applying import apply_batch
from exchange.domain.decisions import approve_roster
from households.domain.amend import amend_household
from households.domain.members import end_membership
from households.models import Household, HouseholdYear, Membership, Person, PersonYear, Posting, Transfer
from registry.crypto import Purpose, generate_keyring, unseal
from registry.jobs import Progress
from registry.lib.errors import Conflict, DomainError
from registry.tenancy.context import Actor
from registry.tenancy.models import new_id
from tests.exchange.rosters import (
    Cells,
    applied,
    checked,
    csv_of,
    head,
    notes,
    other_household,
    problems,
    spouse,
)
from tests.factories.households import document_number
from tests.factories.tenants import (
    OTHER_COUNTY_CODE,
    VILLAGE_CODE,
)

FIRST, SECOND = "54990100000001", "54990100000002"


def first_roster(**changes: str) -> bytes:
    """Write the roster that most tests begin with; the changes hold for both members."""
    return csv_of(head(**changes), spouse(**changes))


def test_apply_writes_the_household_when_it_is_new(office: Actor) -> None:
    applied(first_roster(), office)

    household = Household.objects.get()
    assert household.number == FIRST
    assert (household.status, household.scope_code, household.group_name) == ("lifted", VILLAGE_CODE, "2组")
    assert (household.main_cause_code, household.other_cause_codes, household.attribute_code) == ("01", ["06"], "2")
    assert (household.identified_on, household.identified_precision) == (date(2017, 12, 1), "month")
    assert unseal(household.phone_sealed or b"", Purpose.PHONE, tenant_id=office.tenant_id) == "17910000000"


def test_apply_writes_the_members_when_the_household_is_new(office: Actor) -> None:
    applied(first_roster(), office)

    members = Membership.objects.order_by("relation_code").values_list(
        "person__name", "relation_code", "starts_on", "starts_precision", "person__birth_on", "person__sex_code"
    )
    assert list(members) == [
        ("央金罗布", "01", date(2017, 12, 1), "month", date(1966, 12, 23), "2"),
        ("普布曲珍", "02", date(2017, 12, 1), "month", date(1963, 5, 25), "1"),
    ]
    sealed = Person.objects.get(name="央金罗布").document_sealed or b""
    assert unseal(sealed, Purpose.DOCUMENT, tenant_id=office.tenant_id) == head()["document_number"]


def test_apply_writes_yearly_facts_and_pairing_when_the_household_is_new(office: Actor) -> None:
    applied(first_roster(), office)

    facts = HouseholdYear.objects.get()
    assert (facts.year, facts.person_count, facts.net_per_head_yuan) == (2020, 2, Decimal("6762.95"))
    assert (facts.is_declared, facts.safe_water, facts.dangerous_housing) == (True, True, False)
    assert PersonYear.objects.filter(year=2020, health_codes=["1"], has_basic_medical=True).count() == 2
    pairing = Pairing.objects.select_related("helper__unit").get()
    assert (pairing.helper.name, pairing.helper.unit.name) == ("示例干部025", "示例县单位25")


def test_apply_posts_the_takeover_on_the_data_date_when_it_is_the_first_roster(office: Actor) -> None:
    monitored = {"monitoring_category": "脱贫不稳定户", "risk_removed": "否"}

    applied(first_roster(**monitored), office)

    postings = Posting.objects.order_by("stock").values_list(
        "kind", "stock", "effective_on", "households_delta", "persons_delta"
    )
    assert list(postings) == [
        ("takeover", "lifted", date(2020, 12, 15), 1, 2),
        ("takeover", "monitored", date(2020, 12, 15), 1, 2),
    ]


def test_apply_posts_a_filing_when_a_household_comes_later(office: Actor) -> None:
    applied(first_roster(), office)

    applied(csv_of(other_household(data_date="2021-03-01", household_kind="贫困户")), office)

    later = Posting.objects.filter(effective_on="2021-03-01").values_list("kind", "stock")
    assert list(later) == [("filed", "not_lifted")]


def test_apply_posts_the_takeover_when_a_refused_household_of_the_first_roster_is_mended(office: Actor) -> None:
    applied(csv_of(head(), spouse(), other_household(name="")), office)

    applied(csv_of(other_household()), office)

    assert list(Posting.objects.values_list("kind", flat=True)) == ["takeover", "takeover"]


def test_apply_starts_the_membership_at_birth_when_the_month_is_that_of_the_birth(office: Actor) -> None:
    born = document_number(12, birth="20200515")
    child = spouse(relation="之女", sex="女", document_number=born, starts_on="2020-05")

    applied(csv_of(head(), child), office)

    started = Membership.objects.get(relation_code="04")
    assert (started.starts_on, started.starts_precision) == (date(2020, 5, 15), "day")


def test_apply_leaves_the_number_empty_when_the_person_has_a_placeholder(office: Actor) -> None:
    applied(csv_of(head(), spouse(document_number="999999196305250000")), office)

    person = Person.objects.get(name="普布曲珍")
    assert (person.is_placeholder, person.document_index, person.sex_code) == (True, None, "1")


def test_apply_leaves_refused_households_out_when_others_are_right(office: Actor) -> None:
    batch = applied(csv_of(head(), spouse(name=""), other_household()), office)

    assert list(Household.objects.values_list("number", flat=True)) == [SECOND]
    assert (batch.result["households"], batch.result["left_out"]) == (1, 1)


def test_apply_changes_nothing_when_the_same_file_comes_again(office: Actor) -> None:
    applied(first_roster(), office)
    before = [list(model.objects.order_by("id").values()) for model in (Household, Person, HouseholdYear, PersonYear)]

    batch = applied(first_roster(), office)

    after = [list(model.objects.order_by("id").values()) for model in (Household, Person, HouseholdYear, PersonYear)]
    assert after == before
    assert (batch.counts["same_households"], batch.counts["to_write"]) == (1, 0)
    assert (batch.result["households"], batch.result["updated"], batch.result["pairings"]) == (0, 0, 0)
    assert Posting.objects.count() == 1


def test_apply_knows_a_member_without_document_and_number_again_when_the_file_comes_again(office: Actor) -> None:
    nameless = {"document_number": "999999196305250000", "person_number": ""}
    twins = [spouse(name="曲珍", relation="之子", **nameless), spouse(name="曲珍", relation="之子", **nameless)]
    content = csv_of(head(), spouse(**nameless), *twins)
    applied(content, office)

    batch = checked(content, office)

    assert notes(batch) == [(FIRST, code) for code in ("member_added", "member_added", "member_absent")]
    assert batch.counts["absent_persons"] == 2


def test_apply_updates_contacts_and_yearly_facts_when_the_household_is_on_file(office: Actor) -> None:
    applied(first_roster(), office)

    batch = applied(first_roster(household_phone="17910000009", net_per_head="7000", skill="技能劳动力"), office)

    household, facts = Household.objects.get(), HouseholdYear.objects.get()
    assert unseal(household.phone_sealed or b"", Purpose.PHONE, tenant_id=office.tenant_id) == "17910000009"
    assert (household.version, facts.net_per_head_yuan) == (2, Decimal("7000.00"))
    assert PersonYear.objects.filter(skill_code="2").count() == 2
    assert batch.counts["changed_households"] == 1


def test_apply_adds_a_year_when_the_roster_is_of_the_next_one(office: Actor) -> None:
    applied(first_roster(), office)

    applied(first_roster(data_date="2021-12-15", net_per_head="8000"), office)

    years = HouseholdYear.objects.order_by("year").values_list("year", "net_per_head_yuan")
    assert list(years) == [(2020, Decimal("6762.95")), (2021, Decimal("8000.00"))]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([head(household_kind="贫困户"), spouse(household_kind="贫困户")], "status_differs"),
        ([head(monitoring_category="边缘户"), spouse(monitoring_category="边缘户")], "monitoring_differs"),
        ([head(village_code="549901100201"), spouse(village_code="549901100201")], "village_differs"),
        ([head(), spouse(relation="之子")], "relation_differs"),
        ([head(person_count="1")], "member_absent"),
        ([head(helper_name="示例干部026"), spouse(helper_name="示例干部026")], "helper_differs"),
    ],
)
def test_apply_lists_and_leaves_what_only_a_verb_may_change(rows: list[Cells], code: str, office: Actor) -> None:
    applied(first_roster(), office)
    before = [list(model.objects.order_by("id").values()) for model in (Membership, Posting, Pairing)]

    batch = applied(csv_of(*rows), office)

    assert notes(batch) == [(FIRST, code)]
    assert [list(model.objects.order_by("id").values()) for model in (Membership, Posting, Pairing)] == before
    assert (Household.objects.get().status, Household.objects.get().scope_code) == ("lifted", VILLAGE_CODE)


def test_apply_lists_a_new_member_and_adds_none_when_the_household_is_on_file(office: Actor) -> None:
    applied(first_roster(), office)
    child = spouse(relation="之女", person_number="", sex="女", document_number=document_number(12, birth="20100515"))

    batch = applied(csv_of(head(), spouse(), child), office)

    assert notes(batch) == [(FIRST, "member_added")]
    assert Membership.objects.count() == 2


def test_check_refuses_a_new_household_when_its_person_is_in_another_one_on_file(office: Actor) -> None:
    applied(first_roster(), office)
    own = head()
    moved = other_household(document_number=own["document_number"], name=own["name"], sex="女", person_number="")

    batch = checked(csv_of(moved), office)

    assert problems(batch) == [(3, "document_number", "person_in_another_household")]


def test_apply_takes_a_person_again_when_the_former_membership_has_ended(office: Actor) -> None:
    applied(first_roster(), office)
    leaving = spouse_leaves(office, on=date(2020, 12, 20))
    own = spouse()
    returned = other_household(
        document_number=own["document_number"], person_number=own["person_number"], name=own["name"],
        starts_on="2021-01", data_date="2021-02-01",
    )  # fmt: skip

    applied(csv_of(returned), office)

    assert Membership.objects.filter(person_id=leaving.person_id).count() == 2
    assert Person.objects.count() == 2


def test_apply_leaves_a_household_out_when_the_register_changed_since_the_check(office: Actor) -> None:
    batch = checked(csv_of(other_household(document_number=head()["document_number"], sex="女")), office)
    applied(first_roster(), office)
    approve_roster(batch.pk, actor=office, version=batch.version)

    done = apply_batch(batch.pk, actor=office, progress=Progress())

    assert (done.result["households"], done.result["left_out"]) == (0, 1)
    assert Household.objects.count() == 1


def test_apply_overwrites_nothing_when_a_person_changed_the_household_since_the_check(office: Actor) -> None:
    applied(first_roster(), office)
    batch = checked(first_roster(household_phone="17910000009"), office)
    household = Household.objects.get()
    amend_household(household.pk, {"phone": "17910000008"}, actor=office, version=household.version, reason="called")
    approve_roster(batch.pk, actor=office, version=batch.version)

    done = apply_batch(batch.pk, actor=office, progress=Progress())

    phone = unseal(Household.objects.get().phone_sealed or b"", Purpose.PHONE, tenant_id=office.tenant_id)
    assert (phone, done.result["updated"], done.result["left_out"]) == ("17910000008", 0, 1)
    assert notes(done) == [(FIRST, "changed_meanwhile")]


def test_apply_lists_a_household_when_it_came_on_file_with_other_members_since_the_check(office: Actor) -> None:
    batch = checked(first_roster(), office)
    applied(csv_of(head(person_count="1")), office)
    approve_roster(batch.pk, actor=office, version=batch.version)

    done = apply_batch(batch.pk, actor=office, progress=Progress())

    assert (done.result["households"], done.result["left_out"]) == (0, 1)
    assert notes(done) == [(FIRST, "changed_meanwhile")]


def test_apply_says_that_nothing_changes_when_the_same_roster_went_in_since_the_check(office: Actor) -> None:
    batch = checked(first_roster(), office)
    applied(first_roster(), office)
    approve_roster(batch.pk, actor=office, version=batch.version)

    done = apply_batch(batch.pk, actor=office, progress=Progress())

    assert (done.result["households"], done.result["updated"], done.result["left_out"]) == (0, 0, 0)


def test_apply_leaves_out_what_the_preview_refused_when_the_register_would_admit_it_now(office: Actor) -> None:
    applied(first_roster(), office)
    moving = other_household(document_number=spouse()["document_number"], person_number="", data_date="2021-03-01",
                             starts_on="2021-02")  # fmt: skip
    batch = checked(csv_of(moving, lone()), office)
    spouse_leaves(office, on=date(2021, 1, 1))
    approve_roster(batch.pk, actor=office, version=batch.version)

    done = apply_batch(batch.pk, actor=office, progress=Progress())

    assert (done.result["households"], done.result["left_out"]) == (1, 1)


def test_check_refuses_who_was_sent_to_another_county_without_a_document_when_named_by_number(office: Actor) -> None:
    nameless = {"document_number": "999999196305250000"}
    applied(csv_of(head(), spouse(**nameless)), office)
    left = spouse_leaves(office, on=date(2021, 1, 1))
    Transfer.objects.create(
        key=new_id(), direction="outgoing", subject="person", state="done", household=left.household,
        person=left.person, scope_code=left.household.scope_code, person_name=left.person.name, sex_code="1",
        other_county_code=OTHER_COUNTY_CODE, other_county_name="示例二县", household_number=FIRST, persons_count=1,
        leaving_code="22", effective_on=date(2021, 1, 1), reason="结婚登记", decided_at=timezone.now(),
    )  # fmt: skip
    again = other_household(
        name=left.person.name, person_number=left.person.number, data_date="2021-03-01", starts_on="2021-02", **nameless
    )

    batch = checked(csv_of(again), office)

    assert [found[1:] for found in problems(batch)] == [("person_number", "person_sent_away")]


def spouse_leaves(actor: Actor, *, on: date) -> Membership:
    """Let the spouse marry out of the first household."""
    membership = Membership.objects.get(relation_code="02")
    return end_membership(membership.household_id, membership.person_id, actor=actor, on=on, reason_code="22")


def lone() -> Cells:
    """Give a household of one that nothing is wrong with."""
    document = document_number(13, birth="19710101")
    return other_household(
        household_number="54990100000003", person_number="", document_number=document, data_date="2021-03-01"
    )


def test_apply_works_once_when_it_is_asked_twice(office: Actor) -> None:
    batch = applied(first_roster(), office)

    with pytest.raises(Conflict):
        apply_batch(batch.pk, actor=office, progress=Progress())

    assert Household.objects.count() == 1


@pytest.mark.parametrize("name", ["示例\\单位", "示例\\N", "\\.", "示例\t单位"])
def test_apply_keeps_signs_that_mean_something_to_the_database(name: str, office: Actor) -> None:
    applied(csv_of(head(helper_unit_name=name), spouse(helper_unit_name=name)), office)

    assert Pairing.objects.get().helper.unit.name == name.replace("\t", " ")


def test_apply_is_refused_when_another_version_kept_the_drafts(office: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = checked(first_roster(), office)
    approve_roster(batch.pk, actor=office, version=batch.version)
    monkeypatch.setattr(kept_drafts, "_STATEMENTS", ("COPY other", "COPY columns"))

    with pytest.raises(DomainError) as refused:
        apply_batch(batch.pk, actor=office, progress=Progress())

    assert refused.value.code == "batch.drafts_of_another_version"
    assert Household.objects.count() == 0


def test_apply_is_refused_when_keys_were_renewed_since_the_check(office: Actor) -> None:
    batch = checked(first_roster(), office)
    approve_roster(batch.pk, actor=office, version=batch.version)

    with (
        override_settings(REGISTRY_KEYRING=generate_keyring(settings.REGISTRY_KEYRING)),
        pytest.raises(DomainError) as refused,
    ):
        apply_batch(batch.pk, actor=office, progress=Progress())

    assert refused.value.code == "batch.drafts_of_another_version"


def test_apply_writes_the_columns_of_the_form_when_the_roster_has_them(office: Actor) -> None:
    own = {
        "address": "示例路3号",
        "bank_name": "示例农商行",
        "account": "6217000012345678",
        "is_servicemans_family": "是",
        "planned_lifting_year": "2020",
    }

    applied(first_roster(**own, industry="建筑业"), office)

    household = Household.objects.get()
    assert (household.address, household.bank_name) == ("示例路3号", "示例农商行")
    assert (household.is_servicemans_family, household.planned_lifting_year) == (True, 2020)
    assert set(PersonYear.objects.values_list("industry_code", flat=True)) == {"E"}
