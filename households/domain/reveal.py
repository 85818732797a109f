"""Show a sealed value in full: a right, a reason, and a line in the audit trail."""

from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from households.domain.locking import require_reason
from households.enums import ChangeKind
from households.models import ChangeRequest, Household, Person, Visit
from households.queries.change_requests import NUMBERS, find_request
from households.queries.visibility import find_household, find_person
from households.queries.visits import visits_with_phone
from registry.access import require
from registry.audit import record
from registry.crypto import Purpose, unseal
from registry.lib.errors import DomainError, NotFound
from registry.tenancy.context import Actor

_OF_HOUSEHOLD: Final = {"phone": Purpose.PHONE, "account": Purpose.ACCOUNT}
_OF_PERSON: Final = {"document": Purpose.DOCUMENT, "phone": Purpose.PHONE}
# Of who filled in the form of the latest visit that says it: an attribute of the household where somebody rings up.
COLLECTOR_PHONE: Final = "collector_phone"


def reveal_of_household(household_id: UUID, field: str, *, actor: Actor, reason: str) -> str:
    """Give the telephone (`phone`) or bank account (`account`) of a household in full.

    `collector_phone` is the telephone of who filled in its form last. Raises: NotFound, NotAllowed, DomainError without
    a reason or for a field that is not sealed.
    """
    household = find_household(household_id, actor=actor)
    if field == COLLECTOR_PHONE:
        visit = visits_with_phone(household).first()
        purposes = {COLLECTOR_PHONE: Purpose.PHONE}
        return _reveal(household, field, purposes, actor=actor, reason=reason, kept_by=visit or Visit())
    return _reveal(household, field, _OF_HOUSEHOLD, actor=actor, reason=reason)


def reveal_of_person(person_id: UUID, field: str, *, actor: Actor, reason: str) -> str:
    """Give the document number (`document`) or telephone (`phone`) of a person in full.

    Raises: NotFound, NotAllowed, DomainError without a reason or for a field that is not sealed.
    """
    return _reveal(find_person(person_id, actor=actor), field, _OF_PERSON, actor=actor, reason=reason)


def reveal_of_request(request_id: UUID, *, actor: Actor, reason: str) -> str:
    """Give the number that a change request proposes in full: who decides compares it with the paper.

    Raises: NotFound, NotAllowed, DomainError without a reason.
    """
    request = find_request(request_id, actor=actor)
    purpose = NUMBERS[ChangeKind(request.kind)]
    return _reveal(request, purpose.value, {purpose.value: purpose}, actor=actor, reason=reason)


def _reveal(
    row: Household | Person | ChangeRequest,
    field: str,
    purposes: dict[str, Purpose],
    *,
    actor: Actor,
    reason: str,
    kept_by: Visit | None = None,
) -> str:
    """Show a sealed value of a row, or of a visit to it that keeps it; the event tells of the row."""
    require(actor, "households.reveal", row)
    reason = require_reason(reason)
    if field not in purposes:
        raise DomainError(
            "reveal.unknown_field", _("This field is not kept sealed. Choose another one."), field="field"
        )
    sealed = getattr(kept_by or row, f"{field}_sealed")
    if sealed is None:
        raise NotFound("reveal.empty", _("There is no value on file for this field."), field="field")
    record("households.reveal", row, actor=actor, changes={f"{field}_sealed": ("", "")}, reason=reason)
    return unseal(sealed, purposes[field], tenant_id=row.tenant_id)
