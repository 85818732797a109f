"""Book what the collective of a village receives and pays, and reverse what was booked in error."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dossiers.domain.files import media_type_of
from economy.domain.refusals import written
from economy.enums import AID, OWN, SOURCE_SCHEME, EntryKind
from economy.models import IndustryReach, LedgerEntry
from economy.queries.ledger import find_entry
from households.domain.days import require_past
from households.domain.locking import require_reason
from registry.access import require
from registry.audit import record
from registry.domain.documents import read_document, store_document
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.text import clean
from registry.models import Document
from registry.tenancy.context import Actor
from villages.domain.codes import require_code
from villages.models import Village
from villages.queries.villages import lock_village

_ACTION: Final = "economy.book"
EVIDENCE: Final = "economy.evidence"
MOST_YUAN: Final = Decimal("999999999999.99")
_FIRST_DAY: Final = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Paper:
    """The file that supports an entry, under the name it came with."""

    content: bytes
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDraft:
    """An entry about to be booked: an income names its source, a cost has none, either may name a project. Yuan."""

    kind: str
    occurred_on: date
    amount_yuan: Decimal
    purpose: str
    source_code: str = ""
    project_id: UUID | None = None


def book_entry(village_id: UUID, draft: EntryDraft, *, actor: Actor, paper: Paper | None = None) -> LedgerEntry:
    """Book an income or a cost of a village's collective; the yearly facts of its form stay as they are.

    The same one again is a form sent twice. Locks: the village. Raises: NotFound, NotAllowed, Conflict; DomainError
    with the field at fault, or for a file that is not what its name says.
    """
    village = lock_village(village_id)
    require(actor, _ACTION, village)
    purpose = _check(draft)
    same = asdict(replace(draft, purpose=purpose))
    if LedgerEntry.objects.filter(village=village, reverses=None, reversals=None, **same).exists():
        message = _("The same entry is booked already. Where there are two, tell them apart in the purpose.")
        raise Conflict("entry.booked", message)
    _check_project(draft, village)
    row = LedgerEntry(
        village=village,
        scope_code=village.scope_code,
        kind=draft.kind,
        source_code=draft.source_code,
        occurred_on=draft.occurred_on,
        amount_yuan=draft.amount_yuan,
        purpose=purpose,
        project_id=draft.project_id,
        document=_kept(paper, village, actor),
        recorded_by=actor.user_id,
    )
    written(row.save)
    names = ("kind", "source_code", "occurred_on", "amount_yuan", "purpose", "project_id", "document")
    changes = {name: (None, getattr(row, name)) for name in names if getattr(row, name)}
    record("economy.book_entry", row, actor=actor, changes=changes)
    return row


def reverse_entry(entry_id: UUID, *, reason: str, actor: Actor) -> LedgerEntry:
    """Take an entry back by its mirror, on the day of the entry, so that the year's figures are right; both stay.

    Locks: the entry. Raises: NotFound, NotAllowed, DomainError without a reason; Conflict for an entry that was
    reversed already, or is itself a reversal.
    """
    entry = LedgerEntry.objects.select_for_update(of=("self",), no_key=True).filter(pk=entry_id).first()
    if entry is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    require(actor, _ACTION, entry)
    if entry.reverses_id is not None:
        raise Conflict("entry.is_a_reversal", _("A reversal is not reversed. Book the right entry anew."))
    given = require_reason(reason)[:200]
    row = LedgerEntry(
        village_id=entry.village_id,
        scope_code=entry.scope_code,
        kind=entry.kind,
        source_code=entry.source_code,
        occurred_on=entry.occurred_on,
        amount_yuan=-entry.amount_yuan,
        purpose=given,
        project_id=entry.project_id,
        dividend_id=entry.dividend_id,
        reverses=entry,
        recorded_by=actor.user_id,
    )
    written(row.save)
    changes = {"reverses": (None, entry.pk), "amount_yuan": (entry.amount_yuan, row.amount_yuan)}
    record("economy.reverse_entry", row, actor=actor, changes=changes, reason=given)
    return row


def read_entry_paper(entry_id: UUID, *, actor: Actor) -> tuple[Document, bytes]:
    """Give the file that supports an entry; that somebody read it is audited.

    Raises: NotFound, NotAllowed, DomainError.
    """
    require(actor, "economy.view")
    entry = find_entry(entry_id)
    document = entry.document
    if document is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    content = read_document(document, actor=actor)
    record("economy.read_evidence", entry, actor=actor, changes={"document": (document.pk, document.pk)})
    return document, content


def _check(draft: EntryDraft) -> str:
    if draft.kind not in EntryKind.values:
        raise DomainError("entry.kind", _("An entry is an income or a cost. Choose one."), field="kind")
    require_past(draft.occurred_on, field="occurred_on")
    if draft.occurred_on < _FIRST_DAY:
        message = _("The ledger begins with the year 2000. Check the day.")
        raise DomainError("entry.too_early", message, field="occurred_on")
    amount = draft.amount_yuan
    if not amount.is_finite() or not 0 < amount <= MOST_YUAN or amount != round(amount, 2):
        message = _("The amount is above zero, in yuan with two decimals at most. To correct an entry, reverse it.")
        raise DomainError("entry.amount", message, field="amount_yuan")
    _check_source(draft)
    purpose = clean(draft.purpose)
    if not purpose:
        message = _("What the money was for is missing. Name it in a few words, without names of persons.")
        raise DomainError("entry.purpose_missing", message, field="purpose")
    return purpose


def _check_source(draft: EntryDraft) -> None:
    if draft.kind == EntryKind.COST:
        if draft.source_code:
            message = _("A cost has no source of income. Leave it empty.")
            raise DomainError("entry.cost_with_source", message, field="source_code")
        return
    require_source(draft.source_code, on=draft.occurred_on)


def _check_project(draft: EntryDraft, village: Village) -> None:
    if draft.project_id is None:
        return
    if not IndustryReach.objects.filter(project=draft.project_id, village=village).exists():
        message = _("No such project reaches this village. Choose one that reaches it.")
        raise DomainError("entry.project", message, field="project_id")


def require_source(code: str, *, on: date) -> None:
    """Refuse what is no source of income on the day, or a group of sources. Raises: DomainError."""
    entry = require_code(SOURCE_SCHEME, code, on=on, field="source_code")
    if entry.parent_code not in {OWN, AID}:
        message = _("This is a group of sources. Choose a source below it.")
        raise DomainError("entry.source_group", message, field="source_code")


def _kept(paper: Paper | None, village: Village, actor: Actor) -> Document | None:
    if paper is None:
        return None
    media_type = media_type_of(paper.content, paper.name)
    return store_document(
        paper.content, name=paper.name, media_type=media_type, kind=EVIDENCE, actor=actor, scope_code=village.scope_code
    )
