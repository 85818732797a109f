"""What goes with a household from one county to another, in clear, within one transaction and in no table.

The source reads it in its scope, the receiver writes it in its own: sealed values are opened by the one and sealed anew
by the other, under its own keys.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from households.domain.drafts import HouseholdDraft, PersonDraft
from households.domain.register import register_households
from households.enums import AT_RISK, MonitoringState, PostingKind
from households.models import Household, HouseholdYear, Membership, MonitoringSpell, Person, PersonYear
from households.queries.history import present_members
from registry.crypto import Purpose, blind_index, unseal
from registry.lib.errors import Conflict
from registry.lib.periods import Precision
from registry.tenancy.context import Actor
from registry.tenancy.database import correction
from registry.tenancy.fields import TenantForeignKey

# Columns of a row that belong to the county that holds it.
_OWN: Final = frozenset({"id", "tenant", "scope_code", "household", "person"})
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Package:
    """A household with its present members and all yearly facts; the years of persons stand in the order of members."""

    draft: HouseholdDraft
    years: tuple[Facts, ...]
    person_years: tuple[tuple[Facts, ...], ...]


def package_of(household: Household) -> Package:
    """Read the household in the scope of its county."""
    spell = MonitoringSpell.objects.filter(household=household).order_by("-starts_on").first()
    at_risk = household.monitoring_state in AT_RISK
    rows = list(present_members(household).select_related("person").order_by("relation_code", "id"))
    draft = HouseholdDraft(
        number=household.number,
        village_code=household.scope_code,
        members=tuple(_member(row) for row in rows),
        status=household.status,
        group_name="",
        standard_code=household.standard_code,
        attribute_code=household.attribute_code,
        main_cause_code=household.main_cause_code,
        other_cause_codes=tuple(household.other_cause_codes),
        identified_on=household.identified_on,
        identified_precision=household.identified_precision,
        monitoring_state=household.monitoring_state,
        monitoring_code=household.monitoring_code,
        monitored_on=spell.starts_on if spell else None,
        monitored_precision=spell.starts_precision if spell else "",
        risk_removed_on=spell.ends_on if spell and not at_risk else None,
        phone=_clear(household, "phone", Purpose.PHONE),
        account=_clear(household, "account", Purpose.ACCOUNT),
    )
    if household.monitoring_state == MonitoringState.RELAPSED:
        # The register of another county knows of no earlier risk: what counts there is that it is not removed.
        draft = replace(draft, monitoring_state=MonitoringState.IDENTIFIED)
    years = tuple(_facts(year) for year in HouseholdYear.objects.filter(household=household).order_by("year"))
    person_years = tuple(
        tuple(_facts(year) for year in PersonYear.objects.filter(person=row.person_id).order_by("year")) for row in rows
    )
    return Package(draft, years, person_years)


def _member(row: Membership) -> PersonDraft:
    person: Person = row.person
    return PersonDraft(
        name=person.name,
        sex_code=person.sex_code,
        relation_code=row.relation_code,
        number=person.number,
        document_code=person.document_code,
        document_number=_clear(person, "document", Purpose.DOCUMENT),
        birth_on=person.birth_on,
        birth_precision=person.birth_precision,
        phone=_clear(person, "phone", Purpose.PHONE),
        starts_on=row.starts_on,
        starts_precision=row.starts_precision,
    )


def _clear(row: Household | Person, name: str, purpose: Purpose) -> str:
    sealed = getattr(row, f"{name}_sealed")
    return unseal(sealed, purpose, tenant_id=row.tenant_id) if sealed is not None else ""


def _facts(year: HouseholdYear | PersonYear) -> Facts:
    """Give every column of the year but links within the county, so that a later column goes along by itself."""
    return {
        field.attname: getattr(year, field.attname)
        for field in year._meta.concrete_fields
        if field.name not in _OWN and not isinstance(field, TenantForeignKey)
    }


def open_package(package: Package, village_code: str, *, actor: Actor, on: date, reason: str) -> Household:
    """Write the household in the scope of the receiving county, in one of its villages, from the day on.

    Raises: DomainError when its number or a member is on file there in a way that does not fit.
    """
    members = tuple(_arriving(member, on) for member in package.draft.members)
    draft = replace(package.draft, village_code=village_code, members=members)
    (household_id,) = register_households([draft], actor=actor, on=on, kind=PostingKind.MOVED_IN, reason=reason)
    household = Household.objects.get(pk=household_id)
    own = {"household": household, "scope_code": village_code}
    rows = present_members(household).select_related("person")
    by_number = {_key_of(row.person): row.person for row in rows}
    # The years of the county that hands over are told as they are there, closed here or not.
    with correction():
        HouseholdYear.objects.bulk_create(HouseholdYear(**own, **facts) for facts in package.years)
        PersonYear.objects.bulk_create(
            [
                PersonYear(person=by_number[_key_of_draft(member)], scope_code=village_code, **facts)
                for member, years in zip(members, package.person_years, strict=True)
                for facts in years
            ],
            ignore_conflicts=True,
        )
    return household


def _arriving(member: PersonDraft, on: date) -> PersonDraft:
    """A person on file here begins anew with that day, since earlier days may belong to a household of this county."""
    person = _on_file(member)
    if person is None:
        return member
    if Membership.objects.filter(person=person, ends_on__isnull=True).exists():
        message = _(
            "A member is on file here already, in another household. End that membership, or resolve the double entry "
            "with the other county first."
        )
        raise Conflict("transfer.person_on_file", message)
    return replace(member, starts_on=on, starts_precision=Precision.DAY)


def _on_file(member: PersonDraft) -> Person | None:
    if member.document_number:
        return Person.objects.filter(document_index=blind_index(member.document_number, Purpose.DOCUMENT)).first()
    return Person.objects.filter(number=member.number).first() if member.number else None


def _key_of(person: Person) -> tuple[str, str]:
    return _clear(person, "document", Purpose.DOCUMENT) or person.number, person.name


def _key_of_draft(member: PersonDraft) -> tuple[str, str]:
    return member.document_number or member.number, member.name
