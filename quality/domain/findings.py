"""What people do with a finding: assign it, say that the data is right, ask for an exemption and decide on one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quality.enums import ExemptionState, FindingState, Severity
from quality.models import Exemption, Finding
from quality.queries.assignees import ASSIGNEES, can_serve
from quality.queries.findings import findings_visible_to
from quality.workflow import may_be_settled
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version, stale_version
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound
from registry.lib.periods import today
from registry.tenancy.context import Actor

_MOST_AT_ONCE: Final = 500
_MOST_REASON: Final = 300


def assign_finding(
    finding_id: UUID,
    *,
    role: str,
    due_on: date,
    actor: Actor,
    version: int | None = None,
    note: str = "",
    assignee_id: UUID | None = None,
) -> Finding:
    """Give an open finding to a role of its village, or to a person in it, with the day by which it is to be settled.

    Locks: the finding. Raises: NotAllowed, NotFound, StaleVersion, Conflict, DomainError.
    """
    chosen = {finding_id: version}
    (finding,) = assign_findings(chosen, role=role, due_on=due_on, actor=actor, note=note, assignee_id=assignee_id)
    return finding


def assign_findings(
    chosen: Mapping[UUID, int | None],
    *,
    role: str,
    due_on: date,
    actor: Actor,
    note: str = "",
    assignee_id: UUID | None = None,
) -> list[Finding]:
    """Give open findings to a role, or to a person in it, all or none; `chosen` has the version of each as it was read.

    Locks: the findings, in the order of their ids. Raises: NotAllowed, NotFound, StaleVersion, Conflict, DomainError.
    """
    require(actor, "quality.assign")
    _check_assignment(chosen, role, due_on)
    rows = findings_visible_to(actor).select_for_update(of=("self",)).filter(pk__in=chosen).order_by("pk")
    findings = list(rows)
    if len(findings) < len(chosen):
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    if any(chosen[finding.pk] not in {None, finding.version} for finding in findings):
        raise stale_version()
    if assignee_id is not None and not can_serve(assignee_id, role, findings):
        message = _("This person does not work in that role for every one of these villages.")
        raise DomainError("finding.assignee_elsewhere", message, field="assignee_id")
    before = {(finding.assignee_role, finding.due_on) for finding in findings}
    for finding in findings:
        _require_open(finding)
        finding.state, finding.assignee_role, finding.assignee_id = FindingState.ASSIGNED, role, assignee_id
        finding.due_on, finding.note = due_on, note.strip()[:_MOST_REASON]
        finding.touch()
    Finding.objects.bulk_update(
        findings, ["state", "assignee_role", "assignee_id", "due_on", "note", "version", "updated_at"]
    )
    _record_assignment(findings, before, actor)
    return findings


def _check_assignment(chosen: Mapping[UUID, int | None], role: str, due_on: date) -> None:
    if not chosen:
        raise DomainError("finding.none_chosen", _("Choose at least one finding."))
    if len(chosen) > _MOST_AT_ONCE:
        message = _("Choose %(most)s findings at most at once.")
        raise DomainError("finding.too_many", message % {"most": _MOST_AT_ONCE})
    if role not in ASSIGNEES:
        message = _("Choose who settles it: township, village team, sector clerk, helper or county office.")
        raise DomainError("finding.assignee", message, field="role")
    if due_on < today():
        raise DomainError(
            "finding.due_past", _("The day lies in the past. Enter today or a later day."), field="due_on"
        )


def _record_assignment(findings: Sequence[Finding], before: set[tuple[str, date | None]], actor: Actor) -> None:
    """Note one event: of one finding with what it was before, of several with what they are."""
    first = findings[0]
    role, day = next(iter(before)) if len(before) == 1 else ("", None)
    changes = {"assignee_role": (role, first.assignee_role), "due_on": (day, first.due_on)}
    if len(findings) == 1:
        record("quality.assign", first, actor=actor, changes=changes)
        return
    record("quality.assign", actor=actor, changes=changes, count=len(findings), object_type="quality.finding")


def answer_as_recorded(finding_id: UUID, *, note: str, actor: Actor, version: int | None = None) -> Finding:
    """Say that the data of a suspicion is true as it stands, and how that was verified.

    Locks: the finding. Raises: NotAllowed, NotFound, StaleVersion, Conflict, DomainError.
    """
    finding = _locked(finding_id, "quality.answer", actor=actor, version=version)
    _require_open(finding)
    if finding.severity != Severity.SUSPICION:
        message = _("Only a suspicion can be true as recorded. Put the data right, or ask for an exemption.")
        raise Conflict("finding.not_a_suspicion", message)
    finding.note = _reason(note, "note")
    before, finding.state = finding.state, FindingState.AS_RECORDED
    finding.closed_on, finding.answered_by = today(), actor.user_id
    finding.touch().save(update_fields=["state", "note", "closed_on", "answered_by", "version", "updated_at"])
    record("quality.answer", finding, actor=actor, changes={"state": (before, finding.state)}, reason=finding.note)
    return finding


def request_exemption(
    finding_id: UUID, *, reason: str, expires_on: date, actor: Actor, version: int | None = None
) -> Exemption:
    """Ask that an open finding need not be put right until a day; a second person decides.

    Locks: the finding. Raises: NotAllowed, NotFound, StaleVersion, Conflict, DomainError.
    """
    finding = _locked(finding_id, "quality.request_exemption", actor=actor, version=version)
    _require_open(finding)
    if actor.user_id is None:
        raise NotAllowed("exemption.no_person", _("Only a person can ask for an exemption."))
    reason = _reason(reason, "reason")
    if expires_on <= today():
        message = _("The exemption would have ended already. Enter a later day.")
        raise DomainError("exemption.expired", message, field="expires_on")
    if Exemption.objects.filter(finding=finding, state=ExemptionState.REQUESTED).exists():
        raise Conflict("exemption.waiting", _("An exemption was asked for already and waits for its decision."))
    made = Exemption.objects.create(
        scope_code=finding.scope_code,
        finding=finding,
        reason=reason,
        expires_on=expires_on,
        requested_by=actor.user_id,
    )
    record("quality.request_exemption", finding, actor=actor, changes={"expires_on": (None, expires_on)}, reason=reason)
    return made


def decide_exemption(
    finding_id: UUID, *, approves: bool, reason: str, actor: Actor, version: int | None = None
) -> Exemption:
    """Decide on the waiting request of a finding, as somebody else than the one who asked.

    Locks: the finding and the exemption. Raises: NotAllowed, NotFound, StaleVersion, Conflict, DomainError.
    """
    finding = lock_version(findings_visible_to(actor), finding_id, version)
    waiting = Exemption.objects.select_for_update(of=("self",)).filter(finding=finding, state=ExemptionState.REQUESTED)
    exemption = waiting.first()
    if exemption is None:
        raise Conflict("exemption.none", _("No exemption waits for a decision here."))
    require(actor, "quality.decide_exemption", exemption)
    if approves:
        _require_open(finding)
        _exempt(finding)
    exemption.state = ExemptionState.APPROVED if approves else ExemptionState.REFUSED
    exemption.decided_by, exemption.decided_at = actor.user_id, timezone.now()
    exemption.decision_reason = _reason(reason, "reason")
    exemption.touch().save()
    changes = {"exemption": (ExemptionState.REQUESTED, exemption.state)}
    record("quality.decide_exemption", finding, actor=actor, changes=changes, reason=exemption.decision_reason)
    return exemption


def _exempt(finding: Finding) -> None:
    finding.state, finding.closed_on = FindingState.EXEMPTED, today()
    finding.touch().save(update_fields=["state", "closed_on", "version", "updated_at"])


def _locked(finding_id: UUID, action: str, *, actor: Actor, version: int | None) -> Finding:
    require(actor, action)
    return lock_version(findings_visible_to(actor), finding_id, version)


def _require_open(finding: Finding) -> None:
    if not may_be_settled(finding.state):
        raise Conflict("finding.closed", _("The finding is settled already. Load the page again."))


def _reason(text: str, field: str) -> str:
    reason = text.strip()[:_MOST_REASON]
    if not reason:
        raise DomainError("finding.no_reason", _("Say why, in a sentence."), field=field)
    return reason
