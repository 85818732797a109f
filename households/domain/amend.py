"""Amend what is stated of a household or a person, without any change of stock."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, TypedDict
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from households.domain.change_rules import require_no_second
from households.domain.claims import refresh_claims
from households.domain.days import precision_of, require_past
from households.domain.draft_checks import check_other_causes
from households.domain.locking import lock_household
from households.domain.near import note_near
from households.domain.refusals import constraint_refused
from households.models import Household, Membership, Person
from households.queries.visibility import persons_visible_to
from registry.access import require
from registry.audit import record
from registry.crypto import Purpose, blind_index, seal, unseal
from registry.domain.versions import lock_version
from registry.lib.contacts import parse_account, parse_phone
from registry.lib.errors import DomainError
from registry.lib.idcard import parse_document
from registry.lib.periods import Precision, today
from registry.lib.text import clean, clean_name
from registry.tenancy.context import Actor
from registry.tenancy.models import VersionedModel
from registry.tenancy.scope import savepoint
from villages.domain.codes import require_codes


class HouseholdChanges(TypedDict, total=False):
    """The fields of a household that may be amended; those left out stay. Phone and account are given in clear."""

    number: str
    group_name: str
    address: str
    standard_code: str
    attribute_code: str
    main_cause_code: str
    other_cause_codes: list[str]
    identified_on: date | None
    identified_precision: str
    phone: str
    account: str
    bank_name: str
    is_servicemans_family: bool | None
    planned_lifting_year: int | None


class PersonChanges(TypedDict, total=False):
    """The fields of a person that may be amended; those left out stay. Phone and document are given in clear."""

    number: str
    name: str
    sex_code: str
    birth_on: date | None
    birth_precision: str
    document_number: str
    phone: str


_TEXTS: Final[dict[str, Callable[[str], str]]] = {
    "number": clean,
    "group_name": clean,
    "address": clean,
    "bank_name": clean,
    "name": clean_name,
}
_HOUSEHOLD_SCHEMES: Final = {
    "standard_code": "identification_standard",
    "attribute_code": "household_attribute",
    "main_cause_code": "poverty_cause",
}


def amend_household(
    household_id: UUID, changes: HouseholdChanges, *, actor: Actor, version: int, reason: str = ""
) -> Household:
    """Write the changed fields of a household that is still at `version`.

    Locks: the household row. Raises: NotFound, NotAllowed, StaleVersion, DomainError with the field; Conflict, also for
    a field on which a second person decides.
    """
    household = lock_household(household_id, "households.amend", actor=actor, version=version)
    values = values_of_household(household, changes)
    require_no_second(household, changed_in(household, values))
    write_household(household, values, actor=actor, reason=reason)
    return household


def amend_person(person_id: UUID, changes: PersonChanges, *, actor: Actor, version: int, reason: str = "") -> Person:
    """Write the changed fields of a person who is still at `version`; sex and birth follow a new document.

    Locks: the person row. Raises: NotFound, NotAllowed, StaleVersion, DomainError with the field; Conflict, also for a
    field on which a second person decides.
    """
    person = lock_person(person_id, actor=actor, version=version)
    values = values_of_person(person, changes)
    require_no_second(person, changed_in(person, values))
    write_person(person, values, actor=actor, reason=reason)
    return person


def lock_person(person_id: UUID, *, actor: Actor, version: int | None) -> Person:
    """Lock the person for an amendment by the actor.

    Locks: the person row. Raises: NotFound, NotAllowed, StaleVersion.
    """
    person = lock_version(persons_visible_to(actor), person_id, version)
    require(actor, "households.amend", person)
    return person


def values_of_household(household: Household, changes: HouseholdChanges) -> dict[str, Any]:
    """Give the columns that the changes state, checked and sealed. Raises: DomainError with the field."""
    values = _cleaned(changes)
    require_codes(
        {name: (scheme, values[name]) for name, scheme in _HOUSEHOLD_SCHEMES.items() if name in values}, on=today()
    )
    check_other_causes(
        values.get("main_cause_code", household.main_cause_code),
        values.get("other_cause_codes", household.other_cause_codes),
        on=today(),
    )
    _check_date(values, "identified_on", "identified_precision")
    _seal_into(values, "phone", Purpose.PHONE, household)
    _seal_into(values, "account", Purpose.ACCOUNT, household)
    if "account_index" in values:
        # The bank on file is that of the account before.
        values.setdefault("bank_name", "")
    return values


def values_of_person(person: Person, changes: PersonChanges) -> dict[str, Any]:
    """Give the columns that the changes state, checked and sealed. Raises: DomainError with the field."""
    values = _cleaned(changes)
    require_codes({"sex_code": ("sex", values["sex_code"])} if "sex_code" in values else {}, on=today())
    _check_date(values, "birth_on", "birth_precision")
    _read_document(values, person)
    _refuse_member_before_birth(values.get("birth_on"), person)
    _seal_into(values, "phone", Purpose.PHONE, person)
    return values


def changed_in(row: VersionedModel, values: Mapping[str, Any]) -> list[str]:
    """Give the columns whose value differs from what is on file."""
    return [name for name, value in values.items() if _bytes(getattr(row, name)) != value]


def write_household(household: Household, values: dict[str, Any], *, actor: Actor, reason: str) -> None:
    """Save columns of a locked household. Raises: Conflict."""
    _write("households.amend", household, values, actor=actor, reason=reason)


def write_person(person: Person, values: dict[str, Any], *, actor: Actor, reason: str) -> None:
    """Save columns of a locked person, and claim a new document. Raises: Conflict."""
    likeness = (person.name, person.birth_on, person.birth_precision)
    _write("households.amend_person", person, values, actor=actor, reason=reason)
    if likeness != (person.name, person.birth_on, person.birth_precision):
        note_near([person.id], actor=actor)
    if "document_sealed" in values:
        refresh_claims([person.id], actor=actor)


def _cleaned(changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _TEXTS[name](value) if name in _TEXTS else value for name, value in changes.items()}


def _check_date(values: dict[str, Any], name: str, precision: str) -> None:
    """Refuse a date in the future, and let its precision follow it."""
    if name not in values:
        return
    if values[name] is not None:
        require_past(values[name], field=name)
    values[precision] = precision_of(values[name], values.get(precision, ""))


def _refuse_member_before_birth(birth_on: date | None, person: Person) -> None:
    if birth_on is None:
        return
    same_month = Q(starts_precision=Precision.MONTH, starts_on=birth_on.replace(day=1))
    if Membership.objects.filter(~same_month, person=person, starts_on__lt=birth_on).exists():
        message = _(
            "The person is in a household from before that day of birth. If the day of birth is right, end the "
            "membership from the day it began, and add the person again from the day of birth."
        )
        raise DomainError("date.before_birth", message, field="birth_on")


def _seal_into(values: dict[str, Any], name: str, purpose: Purpose, row: VersionedModel) -> None:
    """Replace a value in clear by its ciphertext and index where it differs; an empty one clears both."""
    if name not in values:
        return
    text = values.pop(name)
    if text:
        text = parse_account(text, field=name) if purpose == Purpose.ACCOUNT else parse_phone(text, field=name)
    index = blind_index(text, purpose) if text else None
    if index == _bytes(getattr(row, f"{name}_index")):
        return
    values[f"{name}_sealed"] = seal(text, purpose, tenant_id=row.tenant_id) if text else None
    values[f"{name}_index"] = index


def _read_document(values: dict[str, Any], person: Person) -> None:
    if "document_number" not in values:
        _refuse_contradiction(values, person)
        return
    text = values.pop("document_number")
    document = parse_document(text, field="document_number")
    if document.is_placeholder:
        message = _("A placeholder is no document number. Leave the field empty until the person has a number.")
        raise DomainError("document.placeholder", message, field="document_number")
    values |= {
        "document_code": document.kind.value,
        "disability_category_code": document.disability_category_code,
        "disability_grade_code": document.disability_grade_code,
        "is_placeholder": False,
        "sex_code": document.sex_code,
        "birth_on": document.birth_on,
        "birth_precision": Precision.DAY.value,
    }
    # The index is that of the first 18 characters: a disability certificate has the one of the identity card.
    if document.number != _document_of(person):
        values["document_sealed"] = seal(document.number, Purpose.DOCUMENT, tenant_id=person.tenant_id)
        values["document_index"] = blind_index(document.number, Purpose.DOCUMENT)


def _document_of(person: Person) -> str:
    sealed = person.document_sealed
    return unseal(sealed, Purpose.DOCUMENT, tenant_id=person.tenant_id) if sealed is not None else ""


def _refuse_contradiction(values: dict[str, Any], person: Person) -> None:
    """Sex and birth of a person with a document come from it."""
    names = [name for name in ("sex_code", "birth_on", "birth_precision") if name in values]
    if not person.is_placeholder and any(values[name] != getattr(person, name) for name in names):
        message = _("Sex and date of birth follow from the document number. Correct the document number instead.")
        raise DomainError("document.decides", message, field=names[0])


def _write(verb: str, row: VersionedModel, values: dict[str, Any], *, actor: Actor, reason: str) -> None:
    """Save the fields that differ, count the version up once, and audit."""
    before = {name: getattr(row, name) for name in values}
    changed = changed_in(row, values)
    if not changed:
        return
    for name in changed:
        setattr(row, name, values[name])
    following = row.follow_name() if isinstance(row, Person) and "name" in changed else ()
    try:
        with savepoint():
            row.touch().save(update_fields=[*changed, *following, "version", "updated_at"])
    except IntegrityError as error:
        raise constraint_refused(error) from error
    record(verb, row, actor=actor, changes={name: (before[name], values[name]) for name in changed}, reason=reason)


def _bytes(value: object) -> object:
    """Give what the database hands out as a view of bytes as bytes, and all else as it is."""
    return bytes(value) if isinstance(value, memoryview) else value
