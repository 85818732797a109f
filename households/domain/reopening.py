"""A household that went to another county comes back: the one that was closed here is open again, with its history.

It is the same row under the same number: what happened before it went stands above the tombstone, what comes stands
below. The database opens a closed household only if it went to another county, and only while an offer of its number is
accepted (`households_household_status_workflow`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from households.domain.claims import refresh_claims
from households.domain.days import require_not_before
from households.domain.draft_checks import checked_drafts
from households.domain.drafts import HouseholdDraft, PersonDraft
from households.domain.ending import write_spell
from households.domain.ledger import enter, post
from households.domain.near import note_near
from households.domain.persons import give_document, person_of
from households.domain.refusals import constraint_refused
from households.domain.scope import rewrite_household_scope, rewrite_person_scope
from households.enums import (
    AT_RISK,
    DEATH_REASON,
    STOCK_OF_STATUS,
    TRANSFERRED,
    HouseholdStatus,
    MonitoringState,
    PostingKind,
    Stock,
    TransferDirection,
    TransferState,
    TransferSubject,
)
from households.models import Household, HouseholdSpell, Membership, MonitoringSpell, Person, Transfer
from households.queries.history import last_change_on
from registry.audit import record
from registry.crypto import Purpose, blind_index, seal
from registry.lib.errors import Conflict
from registry.lib.periods import Precision
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.models import Village

# What stands on the household as the other county tells it.
_TOLD: Final = (
    "standard_code", "attribute_code", "main_cause_code", "other_cause_codes", "identified_on", "identified_precision",
    "bank_name", "is_servicemans_family", "planned_lifting_year",
)  # fmt: skip


def gone_household(number: str) -> Household | None:
    """Give the household of the number that another county took in and that is closed here since, locked."""
    rows = Household.objects.select_for_update(of=("self",)).filter(number=number, status=HouseholdStatus.CLOSED)
    household = rows.first()
    if household is None:
        return None
    closed = HouseholdSpell.objects.get(household=household, ends_on__isnull=True)
    went = Transfer.objects.filter(
        subject=TransferSubject.HOUSEHOLD,
        direction=TransferDirection.OUTGOING,
        state=TransferState.DONE,
        household=household,
        effective_on=closed.starts_on,
    )
    return household if went.exists() else None


def require_number_free(number: str, *, on: date) -> None:
    """Refuse an offer whose number is on file here, other than by the household that went away before that day.

    Raises: Conflict `transfer.number_on_file`; DomainError for a day before it went.
    """
    gone = gone_household(number)
    if gone is not None:
        require_not_before(on, last_change_on(gone))
    elif Household.objects.filter(number=number).exists():
        raise number_on_file()


def number_on_file() -> Conflict:
    """Say that another household bears the number here."""
    message = _("The household number is on file here already. Resolve the double entry first, or decline.")
    return Conflict("transfer.number_on_file", message)


@dataclass(frozen=True, slots=True)
class _Returning:
    """A member as the other county tells it, and the person on file here, if there is one."""

    draft: PersonDraft
    person: Person | None


def reopen_household(
    household: Household, draft: HouseholdDraft, *, actor: Actor, on: date, reason: str
) -> tuple[Household, list[UUID]]:
    """Open a household that went away, from the day on, and give it with its members in the order of the draft.

    It is part of a verb. Raises: DomainError when a member is on file here in a way that does not fit, or when nobody
    of those who went away comes back.
    """
    (draft,) = checked_drafts([draft], on=on)
    require_not_before(on, last_change_on(household))
    returning = _returning(household, draft.members)
    _write_household(household, draft, on=on)
    try:
        with savepoint():
            persons = [_begin(household, one, on=on) for one in returning]
    except IntegrityError as error:
        raise constraint_refused(error) from error
    stocks = _monitor(household, draft, on=on)
    flows = [
        enter(stock, PostingKind.MOVED_IN, persons=len(persons), village_code=household.scope_code) for stock in stocks
    ]
    post(household, flows, on=on, reason=reason)
    refresh_claims(persons, actor=actor)
    changes = {"status": (HouseholdStatus.CLOSED, household.status), "effective_on": (None, on)}
    record("households.reopen", household, actor=actor, changes=changes, reason=reason)
    note_near(persons, actor=actor)
    return household, persons


def _returning(household: Household, drafts: Iterable[PersonDraft]) -> list[_Returning]:
    """Find who of the members is on file here, each of them once. Raises: Conflict."""
    rows = Membership.objects.filter(household=household).select_related("person")
    former = list(rows.order_by("person_id", "-ends_on", "-id").distinct("person_id"))
    found: list[_Returning] = []
    for draft in drafts:
        taken = {one.person.id for one in found if one.person is not None}
        found.append(_Returning(draft, _on_file(draft, [row for row in former if row.person_id not in taken])))
    known = {row.person_id for row in former}
    if not any(one.person is not None and one.person.id in known for one in found):
        raise number_on_file()
    return found


def _on_file(draft: PersonDraft, former: list[Membership]) -> Person | None:
    """Find a person by document, else one without a document by number, else by what is known of those who went.

    Of two alike, whom neither number nor document tells apart, the one of the same relation is taken, else the first:
    the letter goes on, and the pair stands among persons who look alike (docs/decisions/0226).
    """
    rows = Person.objects.select_for_update(of=("self",))
    if draft.document_number:
        index = blind_index(draft.document_number, Purpose.DOCUMENT)
        if person := rows.filter(document_index=index).first():
            return person
    if draft.number and (person := rows.filter(number=draft.number, is_placeholder=True).first()):
        return person
    seen = (draft.name, draft.sex_code, draft.birth_on)
    fitting = [row for row in former if _fits(row.person, seen)]
    # Somebody on file as dead is met only where nobody alive fits, and then refused; who left the household before it
    # went, and may live in another one here, only where nobody who went along fits.
    fitting.sort(
        key=lambda row: (
            row.end_reason_code == DEATH_REASON,
            row.end_reason_code != TRANSFERRED,
            row.relation_code != draft.relation_code,
        )
    )
    return fitting[0].person if fitting else None


def _fits(person: Person, seen: tuple[str, str, date | None]) -> bool:
    known = (person.name, person.sex_code, person.birth_on)
    return person.is_placeholder and not person.number and known == seen


def _write_household(household: Household, draft: HouseholdDraft, *, on: date) -> None:
    village = Village.objects.get(code=draft.village_code)
    for name in _TOLD:
        value = getattr(draft, name)
        setattr(household, name, list(value) if isinstance(value, tuple) else value)
    for name, purpose in (("phone", Purpose.PHONE), ("account", Purpose.ACCOUNT)):
        text = getattr(draft, name)
        setattr(household, f"{name}_sealed", seal(text, purpose, tenant_id=household.tenant_id) if text else None)
        setattr(household, f"{name}_index", blind_index(text, purpose) if text else None)
    write_spell(household, draft.status, on, village_code=village.code)
    if household.scope_code != village.code:
        household.group_name = household.address = ""
        rewrite_household_scope(household, village.code)
    household.village, household.scope_code, household.status = village, village.code, draft.status
    household.touch().save()


def _begin(household: Household, one: _Returning, *, on: date) -> UUID:
    """Begin the membership of one member. Raises: Conflict."""
    person = one.person or person_of(one.draft, household)
    if person.name != one.draft.name:
        message = _("A member is on file here under another name. Compare name and number with the card.")
        raise Conflict("person.another_name", message)
    if Membership.objects.filter(person=person, end_reason_code=DEATH_REASON).exists():
        raise Conflict("person.dead", _("A member is on file here as dead. Compare the document number with the card."))
    give_document(person, one.draft)
    Membership.objects.create(
        scope_code=household.scope_code,
        household=household,
        person=person,
        relation_code=one.draft.relation_code,
        starts_on=on,
        starts_precision=Precision.DAY,
    )
    if person.scope_code != household.scope_code:
        rewrite_person_scope([person.id], household.scope_code)
    return person.id


def _monitor(household: Household, draft: HouseholdDraft, *, on: date) -> list[Stock]:
    """Take over how far the monitoring is, and give the stocks in which the household counts from the day on.

    A risk counts here from that day: the days before were the other county's.
    """
    stocks = [STOCK_OF_STATUS[household.status]] if household.status in STOCK_OF_STATUS else []
    if draft.monitoring_state == MonitoringState.NONE:
        return stocks
    household.monitoring_code = draft.monitoring_code
    if household.monitoring_state == MonitoringState.NONE:
        _step(household, MonitoringState.IDENTIFIED)
    if draft.monitoring_state not in AT_RISK:
        if household.monitoring_state in AT_RISK:
            _step(household, MonitoringState.REMOVED)
        return stocks
    if household.monitoring_state not in AT_RISK:
        _step(household, MonitoringState.RELAPSED)
    MonitoringSpell.objects.create(
        scope_code=household.scope_code,
        household=household,
        category_code=draft.monitoring_code,
        starts_on=on,
        starts_precision=Precision.DAY,
    )
    return [*stocks, Stock.MONITORED]


def _step(household: Household, state: MonitoringState) -> None:
    household.monitoring_state = state
    household.save(update_fields=["monitoring_state", "monitoring_code"])
