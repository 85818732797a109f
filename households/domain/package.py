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
from households.domain.left_behind import left_of_household
from households.domain.register import register_households
from households.domain.reopening import gone_household, reopen_household
from households.enums import AT_RISK, MonitoringState, PostingKind
from households.models import (
    Household,
    HouseholdYear,
    Membership,
    MonitoringSpell,
    Person,
    PersonYear,
    Relocation,
    WorkRecord,
)
from households.queries.history import present_members
from registry.crypto import Purpose, blind_index, unseal
from registry.lib.errors import Conflict
from registry.lib.periods import Precision
from registry.tenancy.context import Actor
from registry.tenancy.database import correction
from registry.tenancy.fields import TenantForeignKey

# Columns of a row that belong to the county that holds it.
_OWN: Final = frozenset({"id", "tenant", "scope_code", "household", "person", "version", "created_at", "updated_at"})
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Package:
    """A household with its present members, all yearly facts and its relocation.

    What is known of the members stands in their order; `companions` is what the apps above send along, in the order in
    which they asked for it. Lines of income stay: they were counted with the shares and rules of their county; `left`
    says how many of what stays.
    """

    draft: HouseholdDraft
    years: tuple[Facts, ...]
    relocations: tuple[Facts, ...]
    lives: "tuple[Life, ...]"
    companions: tuple[object, ...]
    left: dict[str, int]


@dataclass(frozen=True, slots=True)
class Life:
    """What is known of one person: education, health, work, allowances, insurance by year, and work by month."""

    years: tuple[Facts, ...]
    work: tuple[Facts, ...]


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
        bank_name=household.bank_name,
        is_servicemans_family=household.is_servicemans_family,
        planned_lifting_year=household.planned_lifting_year,
    )
    if household.monitoring_state == MonitoringState.RELAPSED:
        # The register of another county knows of no earlier risk: what counts there is that it is not removed.
        draft = replace(draft, monitoring_state=MonitoringState.IDENTIFIED)
    years = tuple(_facts(year) for year in HouseholdYear.objects.filter(household=household).order_by("year"))
    relocations = tuple(_facts(row) for row in Relocation.objects.filter(household=household))
    lives = tuple(life_of(row.person_id) for row in rows)
    companions = tuple(pack(household) for pack, _unpack in _companions.values())
    return Package(draft, years, relocations, lives, companions, left_of_household(household))


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


def life_of(person_id: UUID) -> Life:
    """Read what is known of a person; work that was entered in error stays where it was."""
    work = WorkRecord.objects.filter(person=person_id).exclude(ends_on=F("starts_on"))
    return Life(
        tuple(_facts(year) for year in PersonYear.objects.filter(person=person_id).order_by("year")),
        tuple(_facts(record) for record in work.order_by("starts_on", "id")),
    )


def write_lives(lives: Iterable[tuple[UUID, Life]], scope_code: str) -> None:
    """Write what is known of persons; a year or month of work that is on file here stays as it is.

    The years of the county that hands over are told as they are there, closed here or not.
    """
    years: list[PersonYear] = []
    work: list[WorkRecord] = []
    for person_id, life in lives:
        own = {"person_id": person_id, "scope_code": scope_code}
        years.extend(PersonYear(**own, **facts) for facts in life.years)
        work.extend(WorkRecord(**own, **facts) for facts in life.work)
    with correction():
        PersonYear.objects.bulk_create(years, ignore_conflicts=True)
    WorkRecord.objects.bulk_create(work, ignore_conflicts=True)


def _facts(row: HouseholdYear | PersonYear | Relocation | WorkRecord) -> Facts:
    """Give every column of the row but links within the county, so that a later column goes along by itself."""
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in _OWN and not isinstance(field, TenantForeignKey)
    }


def open_package(package: Package, village_code: str, *, actor: Actor, on: date, reason: str) -> Household:
    """Write the household in the scope of the receiving county, in one of its villages, from the day on.

    One that went away from here comes back as the household that it was. Raises: DomainError when its number or a
    member is on file there in a way that does not fit.
    """
    for member in package.draft.members:
        is_on_file(member)
    gone = gone_household(package.draft.number)
    draft = replace(package.draft, village_code=village_code)
    if gone is None:
        household, persons = _register(draft, actor=actor, on=on, reason=reason)
    else:
        household, persons = reopen_household(gone, draft, actor=actor, on=on, reason=reason)
    own = {"household": household, "scope_code": village_code}
    # The years of the county that hands over are told as they are there, closed here or not; what is on file stays.
    with correction():
        years = [HouseholdYear(**own, **facts) for facts in package.years]
        HouseholdYear.objects.bulk_create(years, ignore_conflicts=True)
    relocations = [Relocation(**own, **facts) for facts in package.relocations]
    Relocation.objects.bulk_create(relocations, ignore_conflicts=True)
    write_lives(zip(persons, package.lives, strict=True), village_code)
    for (_pack, unpack), packed in zip(_companions.values(), package.companions, strict=True):
        unpack(household, packed, actor, reason)
    return household


def _register(draft: HouseholdDraft, *, actor: Actor, on: date, reason: str) -> tuple[Household, list[UUID]]:
    """Register a household that was never here, and give it with its members in the order of the draft."""
    draft = replace(draft, members=tuple(_arriving(member, on) for member in draft.members))
    (household_id,) = register_households([draft], actor=actor, on=on, kind=PostingKind.MOVED_IN, reason=reason)
    household = Household.objects.get(pk=household_id)
    # A membership has the id of its draft, and ids are made in the order of the members.
    return household, list(present_members(household).order_by("id").values_list("person_id", flat=True))


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
