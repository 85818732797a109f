"""What people say of an entitlement to be settled: an answer, and the same taken back."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from entitlements.definitions import policies
from entitlements.definitions.policies import PENDING_DAYS, SETTLED_DAYS
from entitlements.enums import ANSWERS, PENDING, REASONED, EntitlementAnswer, EntitlementState
from entitlements.models import EntitlementFinding
from entitlements.queries.findings import entitlements_visible_to
from entitlements.queries.policies import figures_of
from entitlements.workflow import ENTITLEMENT_STEPS
from registry.access import require
from registry.audit import Changes, record, record_each
from registry.domain.versions import lock_version, stale_version
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound
from registry.lib.periods import today
from registry.tenancy.context import Actor
from registry.tenancy.models import TenantModel

MOST_AT_ONCE: Final = 500
_MOST_REASON: Final = 300
_EARLIEST: Final = date(2014, 1, 1)
_WRITTEN: Final = ["state", "answer", "answered_on", "answered_by", "ask_again_on", "note", "version", "updated_at"]


def answer_finding(
    entitlement_id: UUID,
    *,
    answer: str,
    actor: Actor,
    on: date | None = None,
    note: str = "",
    version: int | None = None,
) -> EntitlementFinding:
    """Answer one finding as of a day (today). As `answer_findings`."""
    (finding,) = answer_findings({entitlement_id: version}, answer=answer, actor=actor, on=on, note=note)
    return finding


def answer_findings(
    chosen: Mapping[UUID, int | None], *, answer: str, actor: Actor, on: date | None = None, note: str = ""
) -> list[EntitlementFinding]:
    """Answer open findings of one kind, all or none; `chosen` has the version of each as it was read.

    The answer changes no fact and stops nothing. It holds for as many days as the policy's figure says; if eligibility
    and receipt do not agree then, the finding is new again.

    Locks: the findings, in the order of their ids. Raises: NotAllowed, NotFound, StaleVersion, Conflict, DomainError.
    """
    require(actor, "entitlements.answer")
    if actor.user_id is None:
        raise NotAllowed("entitlement.no_person", _("Only a person can answer this."))
    if answer == EntitlementAnswer.STOP_PROPOSED:
        require(actor, "entitlements.propose_end")
    day, note = _checked(chosen, answer, on or today(), note)
    rows = entitlements_visible_to(actor).select_for_update(of=("self",)).filter(pk__in=chosen).order_by("pk")
    findings = list(rows)
    if len(findings) < len(chosen):
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    if any(chosen[finding.pk] not in {None, finding.version} for finding in findings):
        raise stale_version()
    figures = figures_of({finding.year for finding in findings})
    told: list[tuple[TenantModel, Changes]] = []
    for finding in findings:
        _require_fits(finding, answer)
        wait = _days(figures(finding.policy_code, finding.year), answer)
        told.append((finding, {"answer": (finding.answer, answer), "answered_on": (finding.answered_on, day)}))
        finding.state, finding.answer, finding.note = EntitlementState.DECIDED, answer, note
        finding.answered_on, finding.answered_by = day, actor.user_id
        finding.ask_again_on = max(day, today()) + timedelta(days=wait)
        finding.touch()
    EntitlementFinding.objects.bulk_update(findings, _WRITTEN)
    record_each("entitlements.answer", told, actor=actor, reason=note)
    return findings


def withdraw_answer(
    entitlement_id: UUID, *, reason: str, actor: Actor, version: int | None = None
) -> EntitlementFinding:
    """Take back an answer that was wrong: the finding waits for another one.

    Locks: the finding. Raises: NotAllowed, NotFound, StaleVersion, Conflict, DomainError.
    """
    require(actor, "entitlements.answer")
    finding = lock_version(entitlements_visible_to(actor), entitlement_id, version)
    if finding.state != EntitlementState.DECIDED:
        raise Conflict("entitlement.no_answer", _("There is no answer to take back here. Load the page again."))
    if finding.answer == EntitlementAnswer.STOP_PROPOSED:
        require(actor, "entitlements.propose_end")
    reason = _reason(reason)
    before = finding.answer
    finding.state, finding.answer, finding.note = EntitlementState.NEW, "", ""
    finding.answered_on = finding.answered_by = finding.ask_again_on = None
    finding.touch().save(update_fields=_WRITTEN)
    record("entitlements.withdraw_answer", finding, actor=actor, changes={"answer": (before, "")}, reason=reason)
    return finding


def _checked(chosen: Mapping[UUID, int | None], answer: str, day: date, note: str) -> tuple[date, str]:
    if not chosen:
        raise DomainError("entitlement.none_chosen", _("Choose at least one line."))
    if len(chosen) > MOST_AT_ONCE:
        raise DomainError("entitlement.too_many", _("Choose %(most)s lines at most at once.") % {"most": MOST_AT_ONCE})
    if answer not in EntitlementAnswer.values:
        raise DomainError("entitlement.answer", _("Choose one of the answers of the list."), field="answer")
    if not _EARLIEST <= day <= today():
        message = _("Enter the day on which it was decided or said: not before 2014 and not after today.")
        raise DomainError("entitlement.day", message, field="on")
    return day, _reason(note, "note") if answer in REASONED else note.strip()[:_MOST_REASON]


def _require_fits(finding: EntitlementFinding, answer: str) -> None:
    if EntitlementState.DECIDED not in ENTITLEMENT_STEPS[finding.state]:
        raise Conflict("entitlement.answered", _("This was answered or settled already. Load the page again."))
    if answer not in ANSWERS[finding.kind]:
        message = _(
            "This answer does not fit: what is due is granted, applied for, not due or declined; of what is received "
            "the end is proposed, or it is rightly received. Choose lines of one kind."
        )
        raise DomainError("entitlement.answer_of_another_kind", message, field="answer")


def _days(figures: Mapping[str, Decimal], answer: str) -> int:
    """Give for how many days the answer holds: at least one, as long as the shipped proposal where a policy is gone."""
    first = next(iter(policies().values()))
    name = PENDING_DAYS if answer in PENDING else SETTLED_DAYS
    return max(1, int(figures.get(name, first.defaults(today().year)[name])))


def _reason(text: str, field: str = "reason") -> str:
    reason = text.strip()[:_MOST_REASON]
    if not reason:
        raise DomainError("entitlement.no_reason", _("Say why, in a sentence."), field=field)
    return reason
