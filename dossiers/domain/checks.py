"""What must hold before a step is done: asked of a whole list by a handful of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dossiers.enums import DECIDING, OWN_FORMS, Form, Kind, Manner
from dossiers.models import (
    Application,
    Dossier,
    DossierStep,
    Evidence,
    ExitCheck,
    Look,
    Objection,
    SessionEntry,
    TemplateStep,
)
from dossiers.workflow import PURPOSES
from households.domain.days import require_past
from households.models import Household
from registry.domain.codes import code_list
from registry.lib.errors import Conflict, DomainError, NotAllowed
from registry.tenancy.context import Actor

# Three decimals cannot write two thirds: a share that is one of these parts, rounded, is meant exactly.
_PARTS: Final = 12


@dataclass(frozen=True, slots=True)
class StepFacts:
    """What is stated of a step that was done.

    `position` is the step that the person meant, None for the next one. The four counts are of a meeting.
    `late_reason` is asked for when the step took longer than the template allows.
    """

    ends_on: date
    starts_on: date | None = None
    position: int | None = None
    is_passed: bool = True
    manner: str = ""
    entitled_count: int | None = None
    present_count: int | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    remark: str = ""
    late_reason: str = ""

    @property
    def begins_on(self) -> date:
        """Give the first day; a step of one day has no other."""
        return self.starts_on or self.ends_on


@dataclass(slots=True)
class Papers:
    """What lies in one dossier, as far as its next step asks for it."""

    dossier: Dossier
    step: TemplateStep | None
    previous_end: date
    has_application: bool = False
    open_objections: int = 0
    is_objection_upheld: bool = False
    evidence_codes: set[str] = field(default_factory=set)
    has_look: bool = False
    is_status_kept: bool = True
    exit_check: ExitCheck | None = None
    session_id: UUID | None = None


def papers_of(dossiers: Iterable[Dossier]) -> list[Papers]:
    """Read what lies in the dossiers, in their order, by the same number of queries for one and for many."""
    rows = list(dossiers)
    ids = [dossier.pk for dossier in rows]
    steps = {
        (step.template_id, step.position): step
        for step in TemplateStep.objects.filter(
            template__in={dossier.template_id for dossier in rows},
            position__in={dossier.next_position for dossier in rows},
        )
    }
    done = DossierStep.objects.filter(dossier__in=ids).order_by("position").values_list("dossier_id", "ends_on")
    ends: dict[UUID, date] = dict(done)
    found = {
        dossier.pk: Papers(
            dossier, steps.get((dossier.template_id, dossier.next_position)), ends.get(dossier.pk, dossier.begun_on)
        )
        for dossier in rows
    }
    _read_papers(found)
    return [found[dossier.pk] for dossier in rows]


def _read_papers(found: dict[UUID, Papers]) -> None:
    for dossier_id in Application.objects.filter(dossier__in=found).values_list("dossier_id", flat=True):
        found[dossier_id].has_application = True
    for dossier_id, upheld in Objection.objects.filter(dossier__in=found).values_list("dossier_id", "is_upheld"):
        found[dossier_id].open_objections += upheld is None
        found[dossier_id].is_objection_upheld |= bool(upheld)
    kinds: defaultdict[tuple[UUID, int], set[str]] = defaultdict(set)
    evidence = Evidence.objects.filter(dossier__in=found).values_list("dossier_id", "position", "kind_code")
    for dossier_id, position, kind_code in evidence:
        kinds[dossier_id, position].add(kind_code)
    for dossier_id, papers in found.items():
        papers.evidence_codes = kinds[dossier_id, papers.dossier.next_position]
    for dossier_id in Look.objects.filter(dossier__in=found).values_list("dossier_id", flat=True):
        if dossier_id is not None:
            found[dossier_id].has_look = True
    for check in ExitCheck.objects.filter(dossier__in=found):
        found[check.dossier_id].exit_check = check
    _read_standing(found)


def _read_standing(found: dict[UUID, Papers]) -> None:
    """Read on which open list a dossier waits, and whether its household still has the status that it began from."""
    # Whoever does not see the session of the whole township still sees that the household stands on its list: what was
    # closed has moved the dossier on, and what was cancelled has taken the line out.
    # The order of the model would join the session, and leave out what belongs to one that is not seen.
    entries = SessionEntry.objects.filter(dossier__in=found, taken_out_on__isnull=True).order_by()
    for dossier_id, session_id, position in entries.values_list("dossier_id", "session_id", "position"):
        if position == found[dossier_id].dossier.next_position:
            found[dossier_id].session_id = session_id
    households = Household.objects.filter(pk__in={papers.dossier.household_id for papers in found.values()})
    standing = {pk: rest for pk, *rest in households.values_list("id", "status", "monitoring_state")}
    for papers in found.values():
        purpose, (status, monitoring) = PURPOSES[Kind(papers.dossier.kind)], standing[papers.dossier.household_id]
        papers.is_status_kept = status in purpose.statuses and monitoring in purpose.monitoring


def require_step(papers: Papers, facts: StepFacts, *, actor: Actor, session_id: UUID | None = None) -> TemplateStep:
    """Give the step that comes next when it may be done as stated, or say why not.

    Raises: NotAllowed, Conflict, DomainError.
    """
    step = papers.step
    if step is None:
        message = _("All steps of this dossier are done. Finish it.")
        raise Conflict("dossier.no_step_left", message)
    if facts.position is not None and facts.position != step.position:
        message = _("The steps are done in their order. Step %(position)s comes next.")
        raise Conflict("dossier.out_of_order", message % {"position": step.position}, field="position")
    if not papers.is_status_kept:
        message = _(
            "The household's status has changed since, and the dossier no longer fits it. Withdraw the dossier."
        )
        raise Conflict("dossier.status_changed", message)
    if papers.session_id is not None and papers.session_id != session_id:
        message = _("The dossier stands on the list of an open session. Close the session, or take it out of the list.")
        raise Conflict("dossier.on_a_list", message)
    require_doer(papers.dossier, step, actor)
    _require_days(papers, step, facts)
    if facts.is_passed:
        _require_no_objection(papers)
        _require_evidence(papers, step, on=facts.ends_on)
        _require_form(papers, step, facts)
    elif not facts.remark.strip():
        message = _("A step that was not passed ends the dossier. Say why, in words.")
        raise DomainError("step.no_reason", message, field="remark")
    if step.form == Form.MEETING:
        require_quorum(step, facts)
    return step


def require_doer(dossier: Dossier, step: TemplateStep, actor: Actor) -> None:
    """Refuse whom the template does not name, and who would decide on the own request.

    Raises: NotAllowed, Conflict.
    """
    require_named(step, actor)
    if step.form in DECIDING:
        require_other_person(dossier, actor)


def require_named(step: TemplateStep, actor: Actor) -> None:
    """Refuse a role to which the template does not give the step. Raises: NotAllowed `step.other_role`."""
    if actor.role not in step.role_codes:
        message = _("The template gives this step to others. Ask the office that it names.")
        raise NotAllowed("step.other_role", message)


def require_other_person(dossier: Dossier, actor: Actor) -> None:
    """Refuse whoever began the dossier. Raises: Conflict `dossier.own_request`."""
    if dossier.begun_by is not None and dossier.begun_by == actor.user_id:
        message = _("You began this dossier, and nobody decides on the own request. Let another person decide.")
        raise Conflict("dossier.own_request", message)


def _require_days(papers: Papers, step: TemplateStep, facts: StepFacts) -> None:
    require_past(facts.ends_on, field="ends_on")
    if facts.begins_on > facts.ends_on:
        raise DomainError("step.days", _("The step ends before it begins. Check both days."), field="ends_on")
    if facts.begins_on < papers.previous_end:
        message = _("The step begins before the one before it ended, on %(day)s.")
        raise DomainError("step.too_early", message % {"day": papers.previous_end.isoformat()}, field="starts_on")
    minimum = timedelta(days=step.minimum_days or 0)
    if step.form == Form.NOTICE and facts.ends_on - facts.begins_on < minimum:
        message = _("The notice hangs for %(days)s days at least. It may be taken down on %(day)s.")
        until = facts.begins_on + minimum
        raise DomainError(
            "notice.ended_early", message % {"days": step.minimum_days, "day": until.isoformat()}, field="ends_on"
        )
    if step.form != Form.NOTICE and facts.ends_on - papers.previous_end < minimum:
        message = _("The step takes %(days)s days at least after the one before it.")
        raise DomainError("step.too_early", message % {"days": step.minimum_days}, field="ends_on")
    if days_late(papers, step, facts) and not facts.late_reason.strip():
        late = _("The step takes %(days)s days at most after the one before it, until %(day)s. Say why it was later.")
        until = papers.previous_end + timedelta(days=step.maximum_days or 0)
        values = {"days": step.maximum_days, "day": until.isoformat()}
        raise DomainError("step.late", late % values, field="late_reason")


def days_late(papers: Papers, step: TemplateStep, facts: StepFacts) -> int:
    """Count the days by which a step ended after those that the template allows at most; 0 when it is in time.

    What is late still holds: the duty is the office's, and the household must not pay for it.
    """
    if step.maximum_days is None:
        return 0
    return max((facts.ends_on - papers.previous_end).days - step.maximum_days, 0)


def _require_no_objection(papers: Papers) -> None:
    if papers.open_objections:
        message = _("An objection is not answered yet. Answer it before the next step.")
        raise Conflict("objection.open", message)
    if papers.is_objection_upheld:
        message = _("An objection was upheld. The dossier can only be refused or withdrawn.")
        raise Conflict("objection.upheld", message)


def _require_evidence(papers: Papers, step: TemplateStep, *, on: date) -> None:
    missing = [code for code in step.evidence_codes if code not in papers.evidence_codes]
    if missing:
        raise _evidence_missing(missing[0], on)


def _evidence_missing(code: str, on: date) -> DomainError:
    label = code_list("evidence_kind", on=on).label_of(code)
    message = _("The step needs a file of the kind “%(kind)s”. Add it first.") % {"kind": label}
    return DomainError("step.evidence_missing", message)


def what_is_missing(papers: Papers, *, on: date) -> list[DomainError]:
    """Give the sentences on what must still be put into the dossier before its next step is done, none when whole."""
    step = papers.step
    if step is None:
        return []
    found = []
    for require in (_require_no_objection, _require_paper):
        try:
            require(papers)
        except DomainError as error:
            found.append(error)
    found += [_evidence_missing(code, on) for code in step.evidence_codes if code not in papers.evidence_codes]
    if step.form == Form.COMPARISON and not _consents(papers.dossier, on, on):
        found.append(_no_consent(papers.dossier))
    return found


def _require_form(papers: Papers, step: TemplateStep, facts: StepFacts) -> None:
    """Ask for what belongs to the form of the step. Raises: DomainError."""
    _require_paper(papers)
    if step.form == Form.SIGNATURE and facts.manner not in {Manner.SELF, Manner.PROXY}:
        message = _("Say how the household signed: in person, or by a proxy with a thumb print.")
        raise DomainError("step.no_signature", message, field="manner")
    if step.form == Form.COMPARISON and not _consents(papers.dossier, facts.begins_on, facts.ends_on):
        raise _no_consent(papers.dossier)


def _consents(dossier: Dossier, begins_on: date, ends_on: date) -> bool:
    """Tell whether the household's consent holds on all these days: since it was given, and not withdrawn by then."""
    given, withdrawn = dossier.consent_on, dossier.consent_withdrawn_on
    return given is not None and given <= begins_on and (withdrawn is None or ends_on < withdrawn)


def _no_consent(dossier: Dossier) -> DomainError:
    if dossier.consent_withdrawn_on is not None:
        withdrawn = _(
            "The household took its consent to comparisons back on %(day)s, so nothing is compared from that day on. "
            "It may consent anew; otherwise the dossier is withdrawn."
        )
        return DomainError("step.consent_withdrawn", withdrawn % {"day": dossier.consent_withdrawn_on.isoformat()})
    message = _("The household had not consented to comparisons by then. Record its consent with day and sectors.")
    return DomainError("step.no_consent", message)


def _require_paper(papers: Papers) -> None:
    """Ask for the paper that the form of the next step is about. Raises: DomainError."""
    step = papers.step
    if step is None:
        return
    if step.form == Form.APPLICATION and not papers.has_application:
        raise DomainError("step.no_application", _("The household's application is not on file. Enter it first."))
    if step.needs_look and not papers.has_look:
        message = _("The checklist of the visit is not filled in for this dossier. Fill in the nine-look first.")
        raise DomainError("step.no_look", message)
    if step.form == Form.MARK:
        require_exit_conditions(papers.exit_check)


def require_exit_conditions(check: ExitCheck | None) -> None:
    """Refuse an exit without its check, or with one that is not met. Raises: DomainError, Conflict."""
    if check is None:
        message = _(
            "The check before exit is missing: food and clothing, schooling, medical care, housing, water, income."
        )
        raise DomainError("exit.no_check", message)
    if not check.is_met:
        message = _("The check before exit is not met: something is not assured, or the income is not over the line.")
        raise Conflict("exit.not_met", message)


def require_quorum(step: TemplateStep, facts: StepFacts) -> None:
    """Refuse a meeting without attendance, without the share that must attend, or passed without the votes.

    Raises: DomainError.
    """
    entitled, present = facts.entitled_count, facts.present_count
    votes_for, votes_against = facts.votes_for, facts.votes_against
    if entitled is None or present is None or votes_for is None or votes_against is None:
        message = _("Enter how many were entitled, how many came, and the votes for and against.")
        raise DomainError("meeting.no_attendance", message, field="present_count")
    if (
        min(entitled, present, votes_for, votes_against) < 0
        or present > entitled
        or votes_for + votes_against > present
    ):
        message = _("Attendance and votes contradict each other: no more vote than came, and no more came than may.")
        raise DomainError("meeting.counts", message, field="present_count")
    if not present or (step.attendance_ratio is not None and present < exact_share(step.attendance_ratio) * entitled):
        message = _("Too few attended: the meeting could not decide. Hold it again.")
        raise DomainError("meeting.no_quorum", message, field="present_count")
    share = step.approval_ratio
    if facts.is_passed and share is not None and votes_for <= exact_share(share) * present:
        message = _("Too few voted for it. Enter the step as not passed.")
        raise DomainError("meeting.not_approved", message, field="votes_for")


def exact_share(ratio: Decimal) -> Fraction:
    """Give the share that three decimals mean: 0.667 is two thirds, so that 20 of 30 attend in time; 0.51 is itself."""
    written = Fraction(ratio)
    simple = written.limit_denominator(_PARTS)
    return simple if round(simple, 3) == round(written, 3) else written


def require_listed_form(form: str) -> None:
    """Refuse to hold for a list what is each household's own. Raises: DomainError."""
    if form not in Form.values or form in OWN_FORMS:
        message = _("Application, visit and signature are each household's own. Choose a meeting, notice or decision.")
        raise DomainError("session.form", message, field="form")
