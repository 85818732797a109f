"""File a grievance, acknowledge and answer it, and go up a level where the household is not content.

No event of these verbs has a detail: what stands in a grievance is told by its page alone, to whoever may see it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from assistance.enums import AGREEMENT_SCHEME, NOT_CONFIRMED
from concerns.domain.refusals import written
from concerns.domain.whom import FIRST_LEVEL, Concealment, Whom, concealment, scope_of
from concerns.enums import CHANNEL_SCHEME, MATTER_SCHEME, REMEDY_SCHEME, GrievanceState, Level, Reach, Reply, Verdict
from concerns.models import Grievance, GrievanceAnswer
from concerns.queries.grievances import answers_of, grievances_visible_to, may_answer
from concerns.queries.periods import due_of_grievance, periods
from concerns.workflow import GRIEVANCE_CHANGES
from households.domain.days import require_past
from households.models import Household
from households.queries.visibility import find_household
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import DomainError, NotAllowed
from registry.lib.periods import today
from registry.lib.text import clean, clean_prose
from registry.tenancy.context import Actor
from registry.tenancy.models import new_id
from villages.domain.codes import require_code
from villages.workflow import change_of

_FILE: Final = "concerns.file_grievance"
_ANSWER: Final = "concerns.answer_grievance"
_REPLY: Final = "concerns.record_reply"
_ABOVE: Final = "concerns.answer_above"
_FIRST_DAY: Final = date(2000, 1, 1)
_NEXT: Final = {Level.TOWNSHIP: Level.COUNTY, Level.COUNTY: Level.ABOVE}
_NUMBER_DIGITS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class GrievanceDraft:
    """A grievance as it is told."""

    filed_on: date
    channel_code: str
    matter_code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDraft:
    """An answer; one that upholds says where it is put right."""

    answered_on: date
    verdict: str
    text: str
    remedy_code: str = ""


def file_grievance(household_id: UUID, draft: GrievanceDraft, whom: Whom, *, actor: Actor) -> Grievance:
    """Take down what a household complains of; whoever filed it may be unable to see it afterwards.

    Raises: NotFound, NotAllowed; Conflict for one about whoever files it, or filed already; DomainError.
    """
    household = find_household(household_id, actor=actor)
    require(actor, _FILE, household)
    if actor.user_id is None:
        raise NotAllowed("grievance.nobody", _("A grievance is taken down by somebody with a login."))
    _check(draft)
    hidden = concealment(whom, household, actor=actor)
    row = _row(household, draft, whom, hidden, actor.user_id)
    written(lambda: row.save(force_insert=True))
    record(_FILE, row, actor=actor)
    return row


def acknowledge_grievance(grievance_id: UUID, *, actor: Actor, version: int | None = None) -> Grievance:
    """Tell the household that its grievance has arrived, at the level that answers.

    Locks: the grievance. Raises: NotFound, NotAllowed, StaleVersion, Conflict.
    """
    row = _locked(grievance_id, "acknowledge", actor, version)
    return _change(row, "acknowledge", {"acknowledged_on": today()}, actor)


def answer_grievance(grievance_id: UUID, draft: AnswerDraft, *, actor: Actor, version: int | None = None) -> Grievance:
    """Answer a grievance at its level; what is upheld is put right where the register has its place for it.

    Locks: the grievance. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    row = _locked(grievance_id, "answer", actor, version)
    text = _checked_answer(row, draft)
    if actor.user_id is None:
        raise NotAllowed("grievance.nobody", _("A grievance is answered by somebody with a login."))
    answer = GrievanceAnswer(
        grievance=row,
        household_id=row.household_id,
        scope_code=row.scope_code,
        reach=row.reach,
        hidden_from=row.hidden_from,
        level=row.level,
        answered_on=draft.answered_on,
        verdict=draft.verdict,
        remedy_code=draft.remedy_code,
        text=text,
        answered_by=actor.user_id,
    )
    written(lambda: answer.save(force_insert=True))
    return _change(row, "answer", {}, actor)


def record_reply(
    grievance_id: UUID, *, is_content: bool, on: date, actor: Actor, version: int | None = None
) -> Grievance:
    """Enter what the household says to the answer: it is content, or goes on to the next level.

    Somebody else than who answered enters that it is content; above the county there may be nobody else. That it is not
    may be entered by whoever answered, who may be alone in the office: it would stop there otherwise.
    Locks: the grievance. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    row = lock_version(grievances_visible_to(actor), grievance_id, version)
    require(actor, _ABOVE if row.reach == Reach.ABOVE else _REPLY, row)
    change_of(GRIEVANCE_CHANGES, "settle", present=row.state)
    answer = _last_answer(row)
    # Of one that was lifted above the county after its answer the level above has still to answer.
    is_last = answer.level == Level.ABOVE
    name = "settle" if is_content else "exhaust" if is_last else "escalate"
    if is_content:
        _refuse_own_answer(answer, actor)
    require_past(on)
    if on < answer.answered_on:
        message = _("The answer is of %(day)s. Enter that day or a later one.")
        raise DomainError("grievance.reply_early", message % {"day": answer.answered_on.isoformat()}, field="on")
    answer.reply = Reply.CONTENT if is_content else Reply.NOT_CONTENT
    answer.replied_on, answer.replied_by = on, actor.user_id
    written(lambda: answer.save(update_fields=["reply", "replied_on", "replied_by"]))
    if name != "escalate":
        return _change(row, name, {"closed_on": today()}, actor)
    acknowledge_by, answer_by = due_of_grievance(periods(), on)
    values = {
        "level": _NEXT.get(Level(row.level), Level.ABOVE),
        "acknowledged_on": None,
        "acknowledge_by": acknowledge_by,
        "answer_by": answer_by,
    }
    return _change(row, name, values, actor)


def withdraw_grievance(
    grievance_id: UUID, *, word_on: date, word_code: str, actor: Actor, version: int | None = None
) -> Grievance:
    """Close a grievance that the household takes back, with the day and how it gave its word; it stays on file.

    Locks: the grievance. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    row = lock_version(grievances_visible_to(actor), grievance_id, version)
    require(actor, _ABOVE if row.reach == Reach.ABOVE else _REPLY, row)
    change_of(GRIEVANCE_CHANGES, "withdraw", present=row.state)
    if row.state == GrievanceState.ANSWERED:
        _refuse_own_answer(_last_answer(row), actor)
    _check_word(row, word_on, word_code)
    return _change(row, "withdraw", {"closed_on": today(), "word_on": word_on, "word_code": word_code}, actor)


def _last_answer(row: Grievance) -> GrievanceAnswer:
    return answers_of(row.pk).select_for_update(of=("self",)).order_by("-id")[:1].get()


def _check_word(row: Grievance, word_on: date, word_code: str) -> None:
    """Refuse a withdrawal without the word of the household. Raises: DomainError."""
    require_past(word_on, field="word_on")
    if word_on < row.filed_on:
        message = _("The grievance was filed on %(day)s. Enter that day or a later one.")
        raise DomainError("grievance.word_early", message % {"day": row.filed_on.isoformat()}, field="word_on")
    require_code(AGREEMENT_SCHEME, word_code, on=word_on, field="word_code")
    if word_code == NOT_CONFIRMED:
        message = _("It is not taken back without the word of the household. Ask it, and choose how it said so.")
        raise DomainError("grievance.no_word", message, field="word_code")


def _refuse_own_answer(answer: GrievanceAnswer, actor: Actor) -> None:
    if answer.answered_by == actor.user_id and answer.level != Level.ABOVE:
        message = _("You answered this grievance. Let somebody else ask the household and enter what it says.")
        raise NotAllowed("grievance.own_answer", message)


def _row(household: Household, draft: GrievanceDraft, whom: Whom, hidden: Concealment, filed_by: UUID) -> Grievance:
    acknowledge_by, answer_by = due_of_grievance(periods(), draft.filed_on)
    key = new_id()
    return Grievance(
        id=key,
        number=f"{draft.filed_on:%Y}-{key.hex[-_NUMBER_DIGITS:].upper()}",
        household=household,
        household_number=household.number,
        village_code=household.scope_code,
        scope_code=scope_of(household.scope_code, hidden.reach),
        reach=hidden.reach,
        hidden_from=sorted(hidden.hidden_from),
        filed_on=draft.filed_on,
        channel_code=draft.channel_code,
        matter_code=draft.matter_code,
        text=clean_prose(draft.text),
        against=whom.against,
        level=FIRST_LEVEL[hidden.reach],
        acknowledge_by=acknowledge_by,
        answer_by=answer_by,
        filed_by=filed_by,
        **hidden.columns,
    )


def _check(draft: GrievanceDraft) -> None:
    require_past(draft.filed_on, field="filed_on")
    if draft.filed_on < _FIRST_DAY:
        message = _("The day lies before the year 2000. Check the day.")
        raise DomainError("grievance.too_early", message, field="filed_on")
    require_code(CHANNEL_SCHEME, draft.channel_code, on=draft.filed_on, field="channel_code")
    require_code(MATTER_SCHEME, draft.matter_code, on=draft.filed_on, field="matter_code")
    if not clean(draft.text):
        message = _("What is complained of is missing. Take it down in the words of the household.")
        raise DomainError("grievance.text_missing", message, field="text")


def _checked_answer(row: Grievance, draft: AnswerDraft) -> str:
    require_past(draft.answered_on, field="answered_on")
    came_on = max([row.filed_on, *(one.replied_on for one in answers_of(row.pk) if one.replied_on)])
    if draft.answered_on < came_on:
        message = _("The grievance came to this level on %(day)s. Enter that day or a later one.")
        said = message % {"day": came_on.isoformat()}
        raise DomainError("grievance.answered_early", said, field="answered_on")
    if draft.verdict not in Verdict.values:
        message = _("Say whether the grievance is upheld. Choose one from the list.")
        raise DomainError("grievance.verdict_unknown", message, field="verdict")
    if draft.verdict == Verdict.NOT_UPHELD:
        if draft.remedy_code:
            message = _("What is not upheld is put right nowhere. Leave it empty.")
            raise DomainError("grievance.remedy_of_nothing", message, field="remedy_code")
    else:
        require_code(REMEDY_SCHEME, draft.remedy_code, on=draft.answered_on, field="remedy_code")
    text = clean_prose(draft.text)
    if not text:
        message = _("The answer is missing. Write what the household is told.")
        raise DomainError("grievance.answer_missing", message, field="text")
    return text


def _locked(grievance_id: UUID, name: str, actor: Actor, version: int | None) -> Grievance:
    row = lock_version(grievances_visible_to(actor), grievance_id, version)
    require(actor, _ABOVE if row.reach == Reach.ABOVE else _ANSWER, row)
    if not may_answer(row, actor):
        message = _("This grievance is answered by another level. Its page says by which.")
        raise NotAllowed("grievance.other_level", message)
    change_of(GRIEVANCE_CHANGES, name, present=row.state)
    return row


def _change(row: Grievance, name: str, values: dict[str, Any], actor: Actor) -> Grievance:
    row.state = GrievanceState(change_of(GRIEVANCE_CHANGES, name, present=row.state).target)
    for one, value in values.items():
        setattr(row, one, value)
    written(lambda: row.touch().save(update_fields=["state", *values, "version", "updated_at"]))
    record(f"concerns.{name}_grievance", row, actor=actor)
    return row
