"""Enter requests for practical help, one by one or many at once, and correct them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assistance.queries.help_visits import help_visits_visible_to
from concerns.domain.refusals import ONCE_A_DAY, written
from concerns.enums import CHANNEL_SCHEME, KIND_SCHEME, OwnerRole, RequestState
from concerns.models import HelpRequest
from concerns.queries.periods import Period, due_by_kind, periods
from concerns.queries.requests import requests_visible_to
from households.domain.days import require_past
from households.enums import HouseholdStatus
from households.queries.visibility import households_visible_to
from registry.access import require
from registry.audit import record, record_each
from registry.domain.versions import lock_version
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound
from registry.lib.text import clean_prose
from registry.tenancy.context import Actor
from villages.domain.codes import require_code
from villages.models import Village

MOST_LINES: Final = 200
_LONGEST: Final = 500
_FIRST_DAY: Final = date(2000, 1, 1)
_ENTER: Final = "concerns.enter_requests"
_TOLD: Final = ("kind_code", "channel_code", "told_on", "text", "owner_role")
_CLOSED: Final = (RequestState.REFUSED, RequestState.WITHDRAWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDraft:
    """A request as it is told: of a household, or of a village where no household is named.

    `key` is what the sending program calls the line: sent again, it gives the request that is there.
    """

    kind_code: str
    channel_code: str
    told_on: date
    text: str
    household_id: UUID | None = None
    village_id: UUID | None = None
    help_visit_id: UUID | None = None
    owner_role: str = OwnerRole.VILLAGE_TEAM
    key: str = ""


def enter_request(draft: RequestDraft, *, actor: Actor) -> HelpRequest:
    """Enter one request. Raises: NotFound, NotAllowed, Conflict when it is on file, DomainError with the field."""
    return _enter([draft], actor, named=False)[0]


def enter_requests(drafts: Sequence[RequestDraft], *, actor: Actor) -> list[HelpRequest]:
    """Enter up to 200 requests, all or none; a line with a key that was sent before is not entered again.

    Raises: NotFound, NotAllowed, Conflict, DomainError, each with the number of the line at fault.
    """
    if not 0 < len(drafts) <= MOST_LINES:
        message = _("Send between 1 and %(most)d lines at once.")
        raise DomainError("request.too_many_lines", message % {"most": MOST_LINES}, field="lines")
    return _enter(drafts, actor, named=True)


def refusals_of(drafts: Sequence[RequestDraft], *, actor: Actor) -> list[DomainError | None]:
    """Tell of each draft why it cannot be entered beside those before it, or None. Nothing is written.

    Raises: NotAllowed.
    """
    require(actor, _ENTER)
    asked = _Asked.of(drafts, actor)
    return [_refusal(draft, asked, actor) for draft in drafts]


def _refusal(draft: RequestDraft, asked: "_Asked", actor: Actor) -> DomainError | None:
    try:
        _row(draft, asked, actor)
    except DomainError as error:
        return error
    return None


def amend_request(
    request_id: UUID,
    *,
    kind_code: str,
    channel_code: str,
    told_on: date,
    text: str,
    actor: Actor,
    version: int | None = None,
) -> HelpRequest:
    """Correct what was told, while nobody has solved it; another kind or day gives another deadline.

    Locks: the request. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError with the field at fault.
    """
    row = lock_version(requests_visible_to(actor), request_id, version)
    require(actor, _ENTER, row)
    if row.state not in {RequestState.OPEN, RequestState.TAKEN}:
        message = _("The request is solved or closed already, and stays as it was told.")
        raise Conflict("request.not_waiting", message)
    draft = RequestDraft(
        kind_code=kind_code, channel_code=channel_code, told_on=told_on, text=text, owner_role=row.owner_role
    )
    values = _values(draft)
    if row.taken_on is not None and told_on > row.taken_on:
        message = _("The request was taken on before that day. Check the day.")
        raise DomainError("request.told_after_taken", message, field="told_on")
    if (row.kind_code, row.told_on) != (kind_code, told_on):
        values["due_on"] = due_by_kind(periods(), kind_code, told_on)
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    if not changes:
        return row
    for name, value in values.items():
        setattr(row, name, value)
    written(row.touch().save)
    record("concerns.amend_request", row, actor=actor, changes=changes)
    return row


def _enter(drafts: Sequence[RequestDraft], actor: Actor, *, named: bool) -> list[HelpRequest]:
    require(actor, _ENTER)
    known = _known(drafts, actor)
    asked = _Asked.of(drafts, actor)
    stood = {row.pk for row in known.values()}
    rows: list[HelpRequest] = []
    for number, draft in enumerate(drafts, start=1):
        try:
            rows.append(known[draft.key] if draft.key in known else _row(draft, asked, actor))
        except DomainError as error:
            raise (_of_line(error, number) if named else error) from error
        if draft.key:
            known[draft.key] = rows[-1]
    new = list({row.pk: row for row in rows if row.pk not in stood}.values())
    written(lambda: HelpRequest.objects.bulk_create(new))
    entered = [(row, {name: (None, getattr(row, name)) for name in (*_TOLD, "due_on")}) for row in new]
    record_each("concerns.enter_request", entered, actor=actor)
    return rows


def _known(drafts: Sequence[RequestDraft], actor: Actor) -> dict[str, HelpRequest]:
    """Give what this sender entered before under the keys."""
    keys = [draft.key for draft in drafts if draft.key]
    if not keys or actor.user_id is None:
        return {}
    rows = requests_visible_to(actor).filter(entered_by=actor.user_id, key__in=keys)
    return {row.key: row for row in rows}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the drafts name, each read by one query."""

    homes: dict[UUID, tuple[str, str]]
    villages: dict[UUID, str]
    visits: dict[UUID, UUID]
    on_file: set[tuple[UUID | None, UUID | None, str, date]]
    periods: dict[str, Period]

    @classmethod
    def of(cls, drafts: Sequence[RequestDraft], actor: Actor) -> "_Asked":
        homes = [draft.household_id for draft in drafts if draft.household_id]
        villages = [draft.village_id for draft in drafts if draft.village_id]
        visits = [draft.help_visit_id for draft in drafts if draft.help_visit_id]
        days = {draft.told_on for draft in drafts}
        found = households_visible_to(actor).filter(id__in=homes).values_list("id", "scope_code", "status")
        stands = HelpRequest.objects.filter(
            ~Q(state__in=_CLOSED), Q(household__in=homes) | Q(village__in=villages), told_on__in=days
        )
        return cls(
            {one: (code, status) for one, code, status in found},
            dict(Village.objects.filter(id__in=villages).values_list("id", "code")),
            dict(help_visits_visible_to(actor).filter(id__in=visits).values_list("id", "household_id")),
            set(stands.values_list("household_id", "village_id", "kind_code", "told_on")),
            periods(),
        )


def _row(draft: RequestDraft, asked: _Asked, actor: Actor) -> HelpRequest:
    code = _place(draft, asked, actor)
    values = _values(draft)
    if draft.help_visit_id is not None and asked.visits.get(draft.help_visit_id) != draft.household_id:
        message = _("This visit was not to this household. Choose one of its visits, or none.")
        raise DomainError("request.other_visit", message, field="help_visit_id")
    place = (draft.household_id, draft.village_id, draft.kind_code, draft.told_on)
    if place in asked.on_file:
        raise Conflict("database.helprequest_once_a_day", ONCE_A_DAY, field="kind_code")
    asked.on_file.add(place)
    return HelpRequest(
        tenant_id=actor.tenant_id,
        scope_code=code,
        household_id=draft.household_id,
        village_id=draft.village_id,
        help_visit_id=draft.help_visit_id,
        due_on=due_by_kind(asked.periods, draft.kind_code, draft.told_on),
        entered_by=actor.user_id,
        key=draft.key if actor.user_id else "",
        **values,
    )


def _place(draft: RequestDraft, asked: _Asked, actor: Actor) -> str:
    """Give the village in whose scope the request lies. Raises: NotFound, NotAllowed, Conflict, DomainError."""
    if (draft.household_id is None) == (draft.village_id is None):
        message = _("A request is of a household or of a village. Name one of the two.")
        raise DomainError("request.of_one", message, field="household_id")
    if draft.village_id is not None:
        refuse_helper_of_village(draft.owner_role, draft.village_id)
        if actor.role == Role.HELPER:
            message = _("A helper enters requests of the own households. Tell the team what the village needs.")
            raise NotAllowed("request.not_of_a_village", message, field="village_id")
        if draft.village_id not in asked.villages:
            message = _("There is no such village in your area. Choose one from the list.")
            raise NotFound("village.not_found", message, field="village_id")
        return asked.villages[draft.village_id]
    code, status = asked.homes.get(draft.household_id, ("", "")) if draft.household_id else ("", "")
    if not code:
        message = _("There is no such household, or it lies outside your area.")
        raise NotFound("registry.not_found", message, field="household_id")
    if status == HouseholdStatus.CLOSED:
        message = _("The household is closed. A request is entered for the household that came after it.")
        raise Conflict("request.household_closed", message, field="household_id")
    return code


def refuse_helper_of_village(owner_role: str, village_id: UUID | None) -> None:
    """Refuse to give a helper what a village asks for, which no helper sees. Raises: DomainError."""
    if village_id is not None and owner_role == OwnerRole.HELPER:
        message = _("A helper sees requests of households alone. Choose the team or an office for one of a village.")
        raise DomainError("request.helper_of_village", message, field="owner_role")


def _values(draft: RequestDraft) -> dict[str, Any]:
    """Give the columns of what was told, once all passed."""
    require_past(draft.told_on, field="told_on")
    if draft.told_on < _FIRST_DAY:
        message = _("The day lies before the year 2000. Check the day.")
        raise DomainError("request.too_early", message, field="told_on")
    require_code(KIND_SCHEME, draft.kind_code, on=draft.told_on, field="kind_code")
    require_code(CHANNEL_SCHEME, draft.channel_code, on=draft.told_on, field="channel_code")
    if draft.owner_role not in OwnerRole.values:
        message = _("Say which side solves it. Choose one from the list.")
        raise DomainError("request.owner_unknown", message, field="owner_role")
    text = clean_prose(draft.text)
    if not text:
        message = _("What is asked for is missing. Say it in a few words, without names of persons.")
        raise DomainError("request.text_missing", message, field="text")
    if len(text) > _LONGEST:
        message = _("What is asked for has at most %(most)d characters. Say it in fewer words.")
        raise DomainError("request.text_long", message % {"most": _LONGEST}, field="text")
    return {name: getattr(draft, name) for name in _TOLD} | {"text": text}


def _of_line(error: DomainError, number: int) -> DomainError:
    """Say the same of a line, with what it is in the list for the program that sent it."""
    message = _("Line %(number)d: %(said)s") % {"number": number, "said": error.message}
    field = f"lines.{number - 1}.{error.field}" if error.field else "lines"
    return type(error)(error.code, message, field=field)
