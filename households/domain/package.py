"""What goes with a household from one county to another, in clear, within one transaction and in no table.

The source reads it in its scope, the receiver writes it in its own: sealed values are opened by the one and sealed anew
by the other, under its own keys.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import F
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
from registry.tenancy.fields import TenantForeignKey

# Columns of a row that belong to the county that holds it.
_OWN: Final = frozenset({"id", "tenant", "scope_code", "household", "person"})
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Package:
    """A household with its present members and all yearly facts; the years of persons stand in the order of members.

    `companions` is what the apps above send along, in the order in which they asked for it.
    """

    draft: HouseholdDraft
    years: tuple[Facts, ...]
    person_years: tuple[tuple[Facts, ...], ...]
    companions: tuple[object, ...]


Pack = Callable[[Household], object]
Unpack = Callable[[Household, Any, Actor, str], None]
_companions: Final[dict[str, tuple[Pack, Unpack]]] = {}


def send_along(name: str, pack: Pack, unpack: Unpack) -> None:
    """Let what an app above keeps of a household go with it.

    `pack` reads it at the source before the household is closed; `unpack` writes it at the receiver: the household
    there, what was packed, actor, reason.
    """
    _companions[name] = (pack, unpack)


def package_of(household: Household) -> Package:
    """Read the household in the scope of its county."""
    spell = _latest_monitoring(household)
    at_risk = household.monitoring_state in AT_RISK
    rows = list(present_members(household).select_related("person").order_by("relation_code", "id"))
    draft = HouseholdDraft(
        number=household.number,
        village_code=household.scope_code,
        members=tuple(draft_of_member(row) for row in rows),
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
    person_years = tuple(years_of_person(row.person_id) for row in rows)
    return Package(draft, years, person_years, tuple(pack(household) for pack, _unpack in _companions.values()))


def _latest_monitoring(household: Household) -> MonitoringSpell | None:
    """Give the open spell, else the one that ended last; one that began on no known day is older than any other."""
    rows = MonitoringSpell.objects.filter(household=household)
    return rows.order_by(F("ends_on").desc(nulls_first=True), F("starts_on").desc(nulls_last=True)).first()


def draft_of_member(row: Membership) -> PersonDraft:
    """Read a member in the scope of the county, sealed values opened."""
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


def years_of_person(person_id: UUID) -> tuple[Facts, ...]:
    """Read the yearly facts of a person: education, health, work, allowances, insurance."""
    return tuple(_facts(year) for year in PersonYear.objects.filter(person=person_id).order_by("year"))


def write_years(person_years: Iterable[tuple[UUID, tuple[Facts, ...]]], scope_code: str) -> None:
    """Write yearly facts of persons; a year that is on file here stays as it is."""
    rows = [
        PersonYear(person_id=person_id, scope_code=scope_code, **facts)
        for person_id, years in person_years
        for facts in years
    ]
    PersonYear.objects.bulk_create(rows, ignore_conflicts=True)


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
    HouseholdYear.objects.bulk_create(HouseholdYear(**own, **facts) for facts in package.years)
    # A membership has the id of its draft, and ids are made in the order of the members.
    persons = present_members(household).order_by("id").values_list("person_id", flat=True)
    write_years(zip(persons, package.person_years, strict=True), village_code)
    for (_pack, unpack), packed in zip(_companions.values(), package.companions, strict=True):
        unpack(household, packed, actor, reason)
    return household


def _arriving(member: PersonDraft, on: date) -> PersonDraft:
    """A person on file here begins anew with that day, since earlier days may belong to a household of this county."""
    return replace(member, starts_on=on, starts_precision=Precision.DAY) if is_on_file(member) else member


def is_on_file(member: PersonDraft) -> bool:
    """Tell whether this county has the person; one who lives in a household here does not come from elsewhere.

    Raises: Conflict `transfer.person_on_file`.
    """
    person = _on_file(member)
    if person is not None and Membership.objects.filter(person=person, ends_on__isnull=True).exists():
        message = _(
            "A member is on file here already, in another household. End that membership, or resolve the double entry "
            "with the other county first."
        )
        raise Conflict("transfer.person_on_file", message)
    return person is not None


def _on_file(member: PersonDraft) -> Person | None:
    if member.document_number:
        return Person.objects.filter(document_index=blind_index(member.document_number, Purpose.DOCUMENT)).first()
    return Person.objects.filter(number=member.number).first() if member.number else None
