"""Put papers into a dossier: evidence, application and consent, objections and answers, the check before exit."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dossiers.domain.files import media_type_of
from dossiers.domain.opening import lock_open_dossier
from dossiers.enums import Kind, Manner
from dossiers.models import Application, Dossier, Evidence, ExitCheck, Objection
from dossiers.queries.dossiers import current_application, find_evidence, is_judged, line_of_year, net_on_file
from households.domain.days import require_not_before, require_past
from households.domain.locking import require_reason
from registry.access import require
from registry.audit import record
from registry.domain.documents import read_document, store_document
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.text import clean_prose
from registry.tenancy.context import Actor
from villages.domain.codes import require_code

EVIDENCE: Final = "dossiers.evidence"
_CONSENT: Final = ("consent_on", "consent_sectors", "consent_withdrawn_on", "version", "updated_at")


@dataclass(frozen=True, slots=True)
class ApplicationDraft:
    """A household's own assessment and application, with the consent to comparisons that it gives or not."""

    applied_on: date
    manner: str = Manner.SELF
    has_thumb_print: bool = False
    net_per_head_yuan: Decimal | None = None
    cause_codes: tuple[str, ...] = ()
    statement: str = ""
    consent_sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExitFindings:
    """What was found before an exit; the line is that of the year."""

    checked_on: date
    has_food_and_clothing: bool
    has_schooling: bool
    has_medical_care: bool
    has_safe_housing: bool
    has_safe_water: bool
    year: int
    net_per_head_yuan: Decimal


def add_evidence(
    dossier_id: UUID, content: bytes, *, name: str, kind_code: str, on: date, actor: Actor, version: int | None = None
) -> Evidence:
    """Put a file into the dossier, for the step that comes next.

    Locks: the dossier. Raises: NotFound, NotAllowed, StaleVersion, Conflict; DomainError for a file that is not what
    its name says.
    """
    dossier = lock_open_dossier(dossier_id, "dossiers.do_step", actor=actor, version=version)
    require_code("evidence_kind", kind_code, on=on, field="kind_code")
    media_type = media_type_of(content, name)
    document = store_document(
        content, name=name, media_type=media_type, kind=EVIDENCE, actor=actor, scope_code=dossier.scope_code
    )
    evidence = Evidence.objects.create(
        scope_code=dossier.scope_code,
        dossier=dossier,
        household_id=dossier.household_id,
        position=dossier.next_position,
        kind_code=kind_code,
        document=document,
        added_by=actor.user_id,
    )
    dossier.touch().save(update_fields=["version", "updated_at"])
    record(
        "dossiers.add_evidence",
        dossier,
        actor=actor,
        changes={"kind_code": (None, kind_code), "sha256": (None, document.sha256)},
    )
    return evidence


def read_evidence(evidence_id: UUID, *, actor: Actor) -> tuple[Evidence, bytes]:
    """Give a file of a dossier with its content; that somebody read it is audited.

    Raises: NotFound, NotAllowed, DomainError.
    """
    require(actor, "dossiers.view")
    evidence = find_evidence(evidence_id)
    content = read_document(evidence.document, actor=actor)
    record("dossiers.read_evidence", evidence.dossier, actor=actor, changes={"kind_code": ("", evidence.kind_code)})
    return evidence, content


def apply_for(dossier_id: UUID, draft: ApplicationDraft, *, actor: Actor, version: int | None = None) -> Application:
    """Write the household's own assessment and application, and its consent to comparisons.

    Who cannot write has a proxy write and sets a thumb print. Locks: the dossier.
    Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    dossier = lock_open_dossier(dossier_id, "dossiers.do_step", actor=actor, version=version)
    if Application.objects.filter(dossier=dossier).exists():
        message = _("The application of this dossier is on file already. Correct it where it is wrong.")
        raise Conflict("application.on_file", message)
    return _write_application(dossier, draft, verb="dossiers.apply_for", actor=actor)


def correct_application(
    dossier_id: UUID, draft: ApplicationDraft, *, reason: str, actor: Actor, version: int | None = None
) -> Application:
    """Write a corrected edition of the application before others judge it; the former one is kept as it was.

    Sectors that the draft names are a consent anew; without them the consent stays. Locks: the dossier.
    Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    dossier = lock_open_dossier(dossier_id, "dossiers.do_step", actor=actor, version=version)
    given = require_reason(reason)
    former = current_application(dossier)
    if former is None:
        message = _("The household's application is not on file. Enter it first.")
        raise Conflict("application.none", message)
    if is_judged(dossier):
        message = _(
            "Others have judged the application already, so it stands. Raise an objection, or withdraw the dossier and "
            "begin anew."
        )
        raise Conflict("application.judged", message)
    verb = "dossiers.correct_application"
    return _write_application(dossier, draft, verb=verb, actor=actor, former=former, reason=given)


def _write_application(
    dossier: Dossier,
    draft: ApplicationDraft,
    *,
    verb: str,
    actor: Actor,
    former: Application | None = None,
    reason: str = "",
) -> Application:
    """Check a draft and write it as the next edition. Raises: DomainError."""
    _require_day(draft.applied_on, dossier, "applied_on")
    if draft.manner not in Manner.values:
        raise DomainError("application.manner", _("Choose how the household applied."), field="manner")
    if draft.manner == Manner.PROXY and not draft.has_thumb_print:
        message = _("A proxy wrote the application: the household sets its thumb print. Have it set, and tick it.")
        raise DomainError("application.thumb_print", message, field="has_thumb_print")
    for code in draft.cause_codes:
        require_code("poverty_cause", code, on=draft.applied_on, field="cause_codes")
    application = Application.objects.create(
        scope_code=dossier.scope_code,
        dossier=dossier,
        household_id=dossier.household_id,
        applied_on=draft.applied_on,
        manner=draft.manner,
        has_thumb_print=draft.has_thumb_print,
        net_per_head_yuan=draft.net_per_head_yuan,
        cause_codes=list(draft.cause_codes),
        statement=clean_prose(draft.statement),
        edition=former.edition + 1 if former else 1,
        reason=reason[:300],
    )
    changes: dict[str, tuple[object, object]] = {
        "applied_on": (former and former.applied_on, draft.applied_on),
        "manner": (former and former.manner, draft.manner),
        "edition": (former and former.edition, application.edition),
    }
    if draft.consent_sectors:
        changes |= _consent(dossier, draft.consent_sectors, draft.applied_on)
    dossier.touch().save(update_fields=_CONSENT)
    record(verb, dossier, actor=actor, changes=changes, reason=reason)
    return application


def record_consent(
    dossier_id: UUID, sectors: tuple[str, ...], *, on: date, actor: Actor, version: int | None = None
) -> Dossier:
    """Write the household's consent to comparisons: the sectors, and the day.

    Locks: the dossier. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    dossier = lock_open_dossier(dossier_id, "dossiers.do_step", actor=actor, version=version)
    _require_day(on, dossier, "on")
    changes = _consent(dossier, sectors, on)
    dossier.touch().save(update_fields=_CONSENT)
    record("dossiers.record_consent", dossier, actor=actor, changes=changes)
    return dossier


def withdraw_consent(dossier_id: UUID, *, on: date, actor: Actor, version: int | None = None) -> Dossier:
    """Write that the household takes its consent back: no comparison holds from that day on until it consents anew.

    Locks: the dossier. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    dossier = lock_open_dossier(dossier_id, "dossiers.do_step", actor=actor, version=version)
    if dossier.consent_on is None or dossier.consent_withdrawn_on is not None:
        message = _("The household has given no consent that it could take back.")
        raise Conflict("consent.none", message)
    require_past(on)
    require_not_before(on, dossier.consent_on)
    dossier.consent_withdrawn_on = on
    dossier.touch().save(update_fields=_CONSENT)
    record("dossiers.withdraw_consent", dossier, actor=actor, changes={"consent_withdrawn_on": (None, on)})
    return dossier


def raise_objection(dossier_id: UUID, text: str, *, on: date, actor: Actor, version: int | None = None) -> Objection:
    """Write what somebody holds against the dossier; who that is, is not kept.

    Locks: the dossier. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    dossier = lock_open_dossier(dossier_id, "dossiers.object", actor=actor, version=version)
    _require_day(on, dossier, "on")
    text = clean_prose(text)
    if not text:
        raise DomainError("objection.empty", _("Enter what is objected."), field="text")
    objection = Objection.objects.create(
        scope_code=dossier.scope_code,
        dossier=dossier,
        household_id=dossier.household_id,
        position=dossier.next_position,
        raised_on=on,
        text=text,
    )
    dossier.touch().save(update_fields=["version", "updated_at"])
    record("dossiers.raise_objection", dossier, actor=actor, changes={"raised_on": (None, on)})
    return objection


def answer_objection(
    dossier_id: UUID,
    objection_id: UUID,
    answer: str,
    *,
    is_upheld: bool,
    on: date,
    actor: Actor,
    version: int | None = None,
) -> Objection:
    """Answer an objection: rejected, the dossier goes on; upheld, it can only be refused or withdrawn.

    Locks: the dossier. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    dossier = lock_open_dossier(dossier_id, "dossiers.answer", actor=actor, version=version)
    objection = Objection.objects.filter(pk=objection_id, dossier=dossier).first()
    if objection is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    if objection.answered_on is not None:
        raise Conflict("objection.answered", _("This objection was answered already."))
    require_past(on)
    require_not_before(on, objection.raised_on)
    answer = clean_prose(answer)
    if not answer:
        raise DomainError("objection.no_answer", _("Enter the answer."), field="answer")
    objection.answered_on, objection.answer, objection.is_upheld = on, answer, is_upheld
    objection.save(update_fields=["answered_on", "answer", "is_upheld"])
    dossier.touch().save(update_fields=["version", "updated_at"])
    changes: dict[str, tuple[object, object]] = {"answered_on": (None, on), "is_upheld": (None, is_upheld)}
    record("dossiers.answer_objection", dossier, actor=actor, changes=changes)
    return objection


def record_exit_check(dossier_id: UUID, found: ExitFindings, *, actor: Actor, version: int | None = None) -> ExitCheck:
    """Write what was found in the household before its exit, against the line of the year and county.

    What is not met is written too: it stops the pre-exit mark and the end of the dossier. A later check replaces it.
    Locks: the dossier. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    dossier = lock_open_dossier(dossier_id, "dossiers.do_step", actor=actor, version=version)
    if dossier.kind != Kind.EXIT:
        raise Conflict("exit.not_an_exit", _("Only a dossier of an exit has this check."))
    _require_day(found.checked_on, dossier, "checked_on")
    known = ExitCheck.objects.filter(dossier=dossier).first()
    check = known or ExitCheck(scope_code=dossier.scope_code, dossier=dossier, household_id=dossier.household_id)
    names = [name for name in ExitFindings.__slots__ if known is None or getattr(check, name) != getattr(found, name)]
    before = {name: getattr(check, name, None) if known else None for name in names}
    for name in ExitFindings.__slots__:
        setattr(check, name, getattr(found, name))
    _require_known_income(dossier, found)
    check.line_yuan = line_of_year(found.year)
    check.save()
    dossier.touch().save(update_fields=["version", "updated_at"])
    changes = {name: (before[name], getattr(check, name)) for name in names}
    record("dossiers.record_exit_check", dossier, actor=actor, changes=changes)
    return check


def _require_known_income(dossier: Dossier, found: ExitFindings) -> None:
    """Hold the check to this year or the last, and to the income on file of that year. Raises: DomainError."""
    if found.year not in {found.checked_on.year, found.checked_on.year - 1}:
        message = _("The income is that of the year of the check, or of the year before. Check the year.")
        raise DomainError("exit.other_year", message, field="year")
    on_file = net_on_file(dossier.household_id, found.year)
    if on_file is not None and on_file != found.net_per_head_yuan:
        message = _("The net income per person is not the one on file for that year. Check it, or correct the year.")
        raise DomainError("exit.other_income", message, field="net_per_head_yuan")


def _consent(dossier: Dossier, sectors: tuple[str, ...], on: date) -> dict[str, tuple[object, object]]:
    if not sectors:
        message = _("Choose the sectors with which the household lets its data be compared.")
        raise DomainError("consent.no_sector", message, field="consent_sectors")
    for code in sectors:
        require_code("comparison_sector", code, on=on, field="consent_sectors")
    changes: dict[str, tuple[object, object]] = {
        "consent_on": (dossier.consent_on, on),
        "consent_sectors": (dossier.consent_sectors, list(sectors)),
    }
    if dossier.consent_withdrawn_on is not None:
        require_not_before(on, dossier.consent_withdrawn_on)
        changes["consent_withdrawn_on"] = (dossier.consent_withdrawn_on, None)
    dossier.consent_on, dossier.consent_sectors, dossier.consent_withdrawn_on = on, sorted(set(sectors)), None
    return changes


def _require_day(on: date, dossier: Dossier, field: str) -> None:
    require_past(on, field=field)
    if on < dossier.begun_on:
        message = _("The day lies before the dossier was begun. Check it.")
        raise DomainError("dossier.day_before_begin", message, field=field)
