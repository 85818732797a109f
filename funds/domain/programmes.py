"""Enter what the county pays to households or persons, and correct it."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from funds.domain.writing import change, enter, require_words
from funds.enums import KIND_SCHEME, Cycle, Payee
from funds.models import PaymentProgramme
from registry.access import require
from registry.domain.versions import lock_version
from registry.lib.errors import DomainError
from registry.lib.periods import today
from registry.tenancy.context import Actor
from villages.domain.codes import require_code

_ACTION: Final = "funds.manage_programmes"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeDraft:
    """What may be corrected of a programme; payee and cycle are said once, when it is entered."""

    name: str
    kind_code: str
    rule_text: str
    source: str
    starts_on: date
    ends_on: date | None = None


def add_programme(draft: ProgrammeDraft, *, payee: str, cycle: str, actor: Actor) -> PaymentProgramme:
    """Enter a programme. Raises: NotAllowed, Conflict for a name that there is, DomainError."""
    require(actor, _ACTION)
    if payee not in Payee.values:
        raise DomainError("programme.payee", _("Choose who is paid: households or persons."), field="payee")
    if cycle not in Cycle.values:
        raise DomainError("programme.cycle", _("Choose how often is paid."), field="cycle")
    values = _values(draft) | {"payee": payee, "cycle": cycle}
    row = PaymentProgramme(scope_code=actor.tenant_code, **values)
    enter(row, "funds.add_programme", values, actor=actor)
    return row


def amend_programme(programme_id: UUID, draft: ProgrammeDraft, *, actor: Actor, version: int) -> PaymentProgramme:
    """Correct a programme or end it.

    Locks: the programme. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    row = lock_version(PaymentProgramme.objects.all(), programme_id, version)
    require(actor, _ACTION, row)
    change(row, "funds.amend_programme", _values(draft), actor=actor)
    return row


def _values(draft: ProgrammeDraft) -> dict[str, Any]:
    require_code(KIND_SCHEME, draft.kind_code, on=today(), field="kind_code")
    if draft.ends_on is not None and draft.ends_on <= draft.starts_on:
        message = _("A programme ends after the day it begins. Check both days.")
        raise DomainError("programme.ends_before_start", message, field="ends_on")
    return asdict(draft) | {
        "name": require_words(draft.name, _("The name is missing. Enter it."), field="name"),
        "rule_text": require_words(
            draft.rule_text, _("The rule is missing. Say who is paid how much."), field="rule_text"
        ),
        "source": require_words(draft.source, _("The source is missing. Name the document."), field="source"),
    }
