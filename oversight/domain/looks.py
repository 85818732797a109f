"""Grants of a look at persons: asked for by one person of the county, decided by another, withdrawn at any moment."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from households.domain.refusals import constraint_name
from oversight.enums import LookState
from oversight.models import LookGrant
from oversight.rules import READERS
from oversight.workflow import LOOK_STEPS
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.gbcode import check_code, level_of, subtree
from registry.lib.periods import today
from registry.lib.text import clean
from registry.models import GrantedLook, User
from registry.queries.divisions import division_names
from registry.queries.people import posts_of
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.models import Village

# Source: house rule, docs/decisions/0254: long enough for an inspection, short enough to be asked for anew.
MOST_DAYS: Final = 90


@dataclass(frozen=True, slots=True)
class LookDraft:
    """A look that is asked for: the reader's user name, the area's code, the purpose, and the days."""

    reader: str
    area_code: str
    purpose: str
    starts_on: date
    ends_on: date


def ask_for_look(draft: LookDraft, *, actor: Actor) -> LookGrant:
    """Ask that a reader above the county may look at the persons of an area for some days.

    Raises: NotAllowed; Conflict for the same once more; DomainError for a reader, an area, days or a purpose that
    cannot be.
    """
    require(actor, "oversight.ask_look")
    _check_days(draft)
    reader = _reader_named(draft.reader, actor)
    purpose = clean(draft.purpose)
    if not purpose:
        raise DomainError("look.no_purpose", _("The purpose is missing. Say what the look is for."), field="purpose")
    if actor.user_id is None:
        raise DomainError("look.nobody_asks", _("A look is asked for by a person of the county."))
    grant = LookGrant(
        scope_code=actor.tenant_code,
        reader=reader,
        area_code=_checked_area(draft.area_code, actor),
        purpose=purpose,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        asked_by=actor.user_id,
    )
    _save_once(grant)
    facts = {name: (None, getattr(grant, name)) for name in ("area_code", "purpose", "starts_on", "ends_on")}
    record("oversight.ask_look", grant, actor=actor, changes={"reader": (None, reader.username), **facts})
    return grant


def _save_once(grant: LookGrant) -> None:
    """Save a grant that is not asked for or given already. Raises: Conflict."""
    try:
        with savepoint():
            grant.save()
    except IntegrityError as error:
        if constraint_name(error) != "lookgrant_once_at_a_time":
            raise
        message = _("This look was asked for already. Open it in the list.")
        raise Conflict("look.asked_already", message) from error


def give_look(grant_id: UUID, *, actor: Actor, version: int | None = None, reason: str = "") -> LookGrant:
    """Grant the look: its reader may open lists from its first day on.

    Locks: the grant. Raises: NotFound, StaleVersion; NotAllowed also for whoever asked for it; Conflict once it is
    decided; DomainError where its days are over, or its reader reads no more.
    """
    grant = _to_decide(grant_id, version, actor)
    if grant.ends_on <= today():
        raise DomainError("look.over", _("The days of this look are over. Ask for another one."), field="ends_on")
    _reader_named(grant.reader.username, actor)
    _decide(grant, LookState.GIVEN, reason, actor)
    GrantedLook.objects.bulk_create(
        [
            GrantedLook(
                tenant_id=grant.tenant_id,
                user_id=grant.reader_id,
                grant_id=grant.pk,
                area_code=grant.area_code,
                starts_on=grant.starts_on,
                ends_on=grant.ends_on,
            )
        ]
    )
    record("oversight.give_look", grant, actor=actor, changes={"state": (LookState.ASKED, grant.state)}, reason=reason)
    return grant


def refuse_look(grant_id: UUID, *, actor: Actor, reason: str, version: int | None = None) -> LookGrant:
    """Refuse a look, with the reason.

    Locks: the grant. Raises: NotFound, StaleVersion; NotAllowed also for whoever asked for it; Conflict once it is
    decided; DomainError without a reason.
    """
    grant = _to_decide(grant_id, version, actor)
    _decide(grant, LookState.REFUSED, _reason(reason), actor)
    record(
        "oversight.refuse_look", grant, actor=actor, changes={"state": (LookState.ASKED, grant.state)}, reason=reason
    )
    return grant


def withdraw_look(grant_id: UUID, *, actor: Actor, reason: str, version: int | None = None) -> LookGrant:
    """Take a look back, before it is decided or while it lasts: nothing can be opened by it from this moment on.

    Locks: the grant. Raises: NotFound, NotAllowed, StaleVersion; Conflict once it is refused or withdrawn; DomainError
    without a reason.
    """
    require(actor, "oversight.withdraw_look")
    grant = lock_version(LookGrant.objects.all(), grant_id, version)
    former = grant.state
    _require_step(grant, LookState.WITHDRAWN)
    grant.state, grant.withdrawn_at, grant.reason = LookState.WITHDRAWN, timezone.now(), _reason(reason)
    grant.touch().save(update_fields=["state", "withdrawn_at", "reason", "version", "updated_at"])
    GrantedLook.objects.filter(grant_id=grant.pk, tenant_id=actor.tenant_id).update(ended_at=grant.withdrawn_at)
    record("oversight.withdraw_look", grant, actor=actor, changes={"state": (former, grant.state)}, reason=reason)
    return grant


def _to_decide(grant_id: UUID, version: int | None, actor: Actor) -> LookGrant:
    grant = lock_version(LookGrant.objects.all(), grant_id, version)
    require(actor, "oversight.decide_look", grant)
    return grant


def _decide(grant: LookGrant, state: LookState, reason: str, actor: Actor) -> None:
    _require_step(grant, state)
    grant.state, grant.reason = state, clean(reason)
    grant.decided_by, grant.decided_at = actor.user_id, timezone.now()
    grant.touch().save(update_fields=["state", "reason", "decided_by", "decided_at", "version", "updated_at"])


def _require_step(grant: LookGrant, state: LookState) -> None:
    if state not in LOOK_STEPS[grant.state]:
        message = _("This look is %(state)s already. Load the page again.")
        raise Conflict("look.decided", message % {"state": grant.get_state_display()})


def _reason(reason: str) -> str:
    given = clean(reason)
    if not given:
        raise DomainError("look.no_reason", _("The reason is missing. Say why."), field="reason")
    return given


def _check_days(draft: LookDraft) -> None:
    if draft.starts_on < today():
        message = _("A look begins today at the earliest. Choose another day.")
        raise DomainError("look.begins_in_the_past", message, field="starts_on")
    if not draft.starts_on < draft.ends_on <= draft.starts_on + timedelta(days=MOST_DAYS):
        lasting = _("A look lasts at least one day and at most %(most)s. Choose another last day.")
        raise DomainError("look.days", lasting % {"most": MOST_DAYS}, field="ends_on")


def _checked_area(code: str, actor: Actor) -> str:
    """Take the county, a township or a village of it. Raises: DomainError."""
    county = subtree(actor.tenant_code)
    inside = county.includes(subtree(check_code(code, field="area_code")))
    known = code in division_names([code]) or Village.objects.filter(code=code).exists()
    if not (inside and known and level_of(code) >= level_of(actor.tenant_code)):
        message = _("The area is the county, or a township or village of it. Choose its code from the list.")
        raise DomainError("look.area", message, field="area_code")
    return code


def _reader_named(username: str, actor: Actor) -> User:
    """Find the person above the county whose area covers it. Raises: DomainError, the same for whoever else it is."""
    user = User.objects.filter(username=username.strip().lower()).first()
    posts = posts_of(user.pk) if user is not None else []
    covers = (post.role in READERS and any(one.contains(actor.tenant_code) for one in post.ranges) for post in posts)
    if user is None or not any(covers):
        message = _("Nobody of this user name reads above this county. Ask the reader for the exact user name.")
        raise DomainError("look.no_reader", message, field="reader")
    return user
