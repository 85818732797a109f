"""Do the next step of dossiers: of many at once, the single one is a list of one."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from dossiers.domain.checks import Papers, StepFacts, days_late, papers_of, require_step
from dossiers.domain.opening import lock_open_dossier
from dossiers.enums import Form, State
from dossiers.models import Dossier, DossierStep, ListSession, TemplateStep
from registry.audit import record
from registry.lib.text import clean
from registry.tenancy.context import Actor

_WRITTEN = ("state", "next_position", "effective_on", "ended_on", "end_reason", "version", "updated_at")


def do_step(dossier_id: UUID, facts: StepFacts, *, actor: Actor, version: int | None = None) -> Dossier:
    """Do the step of a dossier that comes next; one that is not passed ends the dossier as refused.

    Locks: the dossier. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    dossier = lock_open_dossier(dossier_id, "dossiers.do_step", actor=actor, version=version)
    (papers,) = papers_of([dossier])
    step = require_step(papers, facts, actor=actor)
    write_steps([(papers, step)], facts, actor=actor)
    changes: dict[str, tuple[object, object]] = {
        "next_position": (step.position, dossier.next_position),
        "ends_on": (None, facts.ends_on),
    }
    if dossier.state != State.OPEN:
        changes["state"] = (State.OPEN, dossier.state)
    record("dossiers.do_step", dossier, actor=actor, changes=changes, reason=facts.remark)
    return dossier


def write_steps(
    steps: Sequence[tuple[Papers, TemplateStep]], facts: StepFacts, *, actor: Actor, session: ListSession | None = None
) -> None:
    """Write steps that were checked, and move their locked dossiers on; the caller's verb audits."""
    remark = clean(facts.remark)
    DossierStep.objects.bulk_create(
        DossierStep(
            scope_code=papers.dossier.scope_code,
            dossier=papers.dossier,
            household_id=papers.dossier.household_id,
            step=step,
            position=step.position,
            starts_on=facts.begins_on,
            ends_on=facts.ends_on,
            is_passed=facts.is_passed,
            session=session,
            manner=facts.manner if step.form == Form.SIGNATURE else "",
            **_counts(step, facts),
            remark=remark,
            late_days=days_late(papers, step, facts),
            late_reason=clean(facts.late_reason) if days_late(papers, step, facts) else "",
            done_by=actor.user_id,
        )
        for papers, step in steps
    )
    for papers, step in steps:
        _move_on(papers.dossier, step, facts, remark)
    Dossier.objects.bulk_update([papers.dossier for papers, _step in steps], _WRITTEN)


def _counts(step: TemplateStep, facts: StepFacts) -> dict[str, int | None]:
    names = ("entitled_count", "present_count", "votes_for", "votes_against")
    return {name: getattr(facts, name) if step.form == Form.MEETING else None for name in names}


def _move_on(dossier: Dossier, step: TemplateStep, facts: StepFacts, remark: str) -> None:
    dossier.touch()
    if not facts.is_passed:
        end(dossier, State.REFUSED, on=facts.ends_on, reason=remark)
        return
    dossier.next_position = step.position + 1
    if step.form == Form.ANNOUNCEMENT:
        dossier.effective_on = facts.begins_on


def end(dossier: Dossier, state: State, *, on: date, reason: str) -> None:
    """Set what an ended dossier has; the caller saves it."""
    dossier.state, dossier.ended_on, dossier.end_reason = state, on, reason[:300]
    dossier.updated_at = timezone.now()
