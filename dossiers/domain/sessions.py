"""Hold a step for a list: one meeting, notice or decision closes it for every household named."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dossiers.domain.checks import Papers, StepFacts, papers_of, require_listed_form, require_named, require_step
from dossiers.domain.files import media_type_of
from dossiers.domain.opening import require_open
from dossiers.domain.steps import write_steps
from dossiers.enums import SessionState
from dossiers.models import Dossier, ListSession, SessionEntry, SessionFile, TemplateStep
from dossiers.queries.dossiers import dossiers_in_scope
from dossiers.queries.sessions import find_session, find_session_file
from dossiers.workflow import SESSION_CHANGES, change
from households.domain.days import require_past
from households.domain.locking import require_reason
from registry.access import require
from registry.audit import record
from registry.domain.documents import read_document, store_document
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.gbcode import Level, ancestor_at
from registry.lib.text import clean
from registry.models import Document
from registry.tenancy.context import Actor
from villages.domain.codes import require_code

MOST_HOUSEHOLDS: Final = 500
# House rule: what a phone sends of one meeting; more belongs into one file.
MOST_FILES: Final = 20
MINUTES: Final = "dossiers.minutes"


@dataclass(frozen=True, slots=True)
class Minutes:
    """The file of the minutes, photograph or decision, which is the evidence of the step for every household."""

    content: bytes
    name: str
    kind_code: str


def open_session(form: str, title: str, dossier_ids: Sequence[UUID], *, starts_on: date, actor: Actor) -> ListSession:
    """Name the households of whose dossiers the next step is held together, from a day on.

    Locks: the dossiers. Raises: NotFound, NotAllowed, Conflict, DomainError; the sentence names the place on the list.
    """
    require(actor, "dossiers.do_step")
    require_listed_form(form)
    require_past(starts_on, field="starts_on")
    title = clean(title)
    if not title:
        raise DomainError("session.no_title", _("Give the session a title, without names of persons."), field="title")
    dossiers = _lock_all(dossier_ids, actor)
    listed = papers_of(dossiers)
    for place, papers in enumerate(listed, start=1):
        _at_place(place, papers, form)
        if papers.session_id is not None:
            message = _("The dossier stands on the list of another open session.")
            raise _named(Conflict("session.listed", message), place)
        _require_named_at(place, papers, actor)
    session = ListSession.objects.create(
        scope_code=_place_of(dossiers, actor),
        form=form,
        title=title[:100],
        starts_on=starts_on,
        opened_by=actor.user_id,
    )
    SessionEntry.objects.bulk_create(
        SessionEntry(
            scope_code=dossier.scope_code,
            session=session,
            dossier=dossier,
            household_id=dossier.household_id,
            position=dossier.next_position,
        )
        for dossier in dossiers
    )
    changes: dict[str, tuple[object, object]] = {"form": (None, form), "starts_on": (None, starts_on)}
    record("dossiers.open_session", session, actor=actor, changes=changes, count=len(dossiers))
    return session


def take_out(
    session_id: UUID, dossier_id: UUID, *, on: date, reason: str, actor: Actor, version: int | None = None
) -> ListSession:
    """Take one household out of the list of an open session, with the reason; its step stays to be done.

    Locks: the session. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    session = _lock_session(session_id, actor=actor, version=version)
    reason = require_reason(reason)
    require_past(on)
    entry = SessionEntry.objects.filter(session=session, dossier=dossier_id, taken_out_on__isnull=True).first()
    if entry is None:
        message = _("The household is not on the list of this session any more.")
        raise NotFound("session.not_listed", message)
    entry.taken_out_on, entry.reason = on, reason[:300]
    entry.save(update_fields=["taken_out_on", "reason"])
    session.touch().save(update_fields=["version", "updated_at"])
    changes: dict[str, tuple[object, object]] = {"dossier": (None, dossier_id), "taken_out_on": (None, on)}
    record("dossiers.take_out", session, actor=actor, changes=changes, reason=reason)
    return session


def cancel_session(session_id: UUID, *, on: date, reason: str, actor: Actor, version: int | None = None) -> ListSession:
    """Cancel an open session that is not held: its households go on as if it had never been opened.

    Locks: the session. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    session = _lock_session(session_id, actor=actor, version=version)
    reason = require_reason(reason)
    require_past(on)
    if on < session.starts_on:
        raise DomainError("session.ends_early", _("The day lies before the session begins. Check it."), field="on")
    listed = SessionEntry.objects.filter(session=session, taken_out_on__isnull=True)
    count = listed.update(taken_out_on=on, reason=reason[:300])
    line = change(SESSION_CHANGES, "cancel", present=session.state)
    session.state, session.ends_on, session.end_reason = line.target, on, reason[:300]
    session.touch().save(update_fields=["state", "ends_on", "end_reason", "version", "updated_at"])
    changes: dict[str, tuple[object, object]] = {"state": (SessionState.OPEN, session.state), "ends_on": (None, on)}
    record("dossiers.cancel_session", session, actor=actor, changes=changes, count=count, reason=reason)
    return session


def add_session_file(
    session_id: UUID, paper: Minutes, *, on: date, actor: Actor, version: int | None = None
) -> SessionFile:
    """Put a further file into an open session; it counts as evidence of the step for every household on the list.

    Locks: the session. Raises: NotFound, NotAllowed, StaleVersion, Conflict; DomainError for a file that is not what
    its name says.
    """
    session = _lock_session(session_id, actor=actor, version=version)
    require_past(on)
    require_code("evidence_kind", paper.kind_code, on=on, field="kind_code")
    if SessionFile.objects.filter(session=session).count() >= MOST_FILES:
        message = _("A session has at most 20 files beside its minutes. Put the pages together into one file.")
        raise DomainError("session.files", message, field="file")
    document = _stored(session, paper, actor)
    added = SessionFile.objects.create(
        scope_code=session.scope_code,
        session=session,
        kind_code=paper.kind_code,
        document=document,
        added_by=actor.user_id,
    )
    session.touch().save(update_fields=["version", "updated_at"])
    changes: dict[str, tuple[object, object]] = {
        "kind_code": (None, paper.kind_code),
        "sha256": (None, document.sha256),
    }
    record("dossiers.add_session_file", session, actor=actor, changes=changes)
    return added


def read_session_file(file_id: UUID, *, actor: Actor) -> tuple[SessionFile, bytes]:
    """Give a further file of a session with its content; that somebody read it is audited.

    Raises: NotFound, NotAllowed, DomainError.
    """
    require(actor, "dossiers.view")
    found = find_session_file(file_id)
    content = read_document(found.document, actor=actor)
    record("dossiers.read_session_file", found.session, actor=actor, changes={"kind_code": ("", found.kind_code)})
    return found, content


def _stored(session: ListSession, paper: Minutes, actor: Actor) -> Document:
    """Store a file that is what its name says. Raises: DomainError."""
    return store_document(
        paper.content,
        name=paper.name,
        media_type=media_type_of(paper.content, paper.name),
        kind=MINUTES,
        actor=actor,
        scope_code=session.scope_code,
    )


def close_session(
    session_id: UUID, facts: StepFacts, minutes: Minutes, *, actor: Actor, version: int | None = None
) -> ListSession:
    """Close the step for every household that is still on the list, with one file of minutes.

    Either all are closed or none. Locks: the session, then its dossiers.
    Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError; the sentence names the place on the list.
    """
    session = _lock_session(session_id, actor=actor, version=version)
    facts = replace(facts, starts_on=session.starts_on, position=None)
    require_code("evidence_kind", minutes.kind_code, on=facts.ends_on, field="kind_code")
    media_type_of(minutes.content, minutes.name)  # what is no paper is refused before any step is looked at
    steps = _checked(session, facts, minutes.kind_code, actor)
    session.minutes = _stored(session, minutes, actor)
    session.minutes_code = minutes.kind_code
    write_steps(steps, facts, actor=actor, session=session)
    session.state = change(SESSION_CHANGES, "close", present=session.state).target
    session.ends_on = facts.ends_on
    for name in ("entitled_count", "present_count", "votes_for", "votes_against"):
        setattr(session, name, getattr(facts, name))
    session.touch().save()
    changes: dict[str, tuple[object, object]] = {
        "state": (SessionState.OPEN, session.state),
        "ends_on": (None, facts.ends_on),
        "sha256": (None, session.minutes.sha256),
    }
    record("dossiers.close_session", session, actor=actor, changes=changes, count=len(steps), reason=facts.remark)
    return session


def read_minutes(session_id: UUID, *, actor: Actor) -> tuple[ListSession, Document, bytes]:
    """Give the minutes of a closed session with their content; that somebody read them is audited.

    Raises: NotFound, NotAllowed, DomainError; Conflict while the session has none.
    """
    require(actor, "dossiers.view")
    session = find_session(session_id)
    if session.minutes is None:
        raise Conflict("session.no_minutes", _("The session has no minutes on file: it is not closed."))
    content = read_document(session.minutes, actor=actor)
    record("dossiers.read_minutes", session, actor=actor, changes={"kind_code": ("", session.minutes_code)})
    return session, session.minutes, content


def _checked(session: ListSession, facts: StepFacts, kind_code: str, actor: Actor) -> list[tuple[Papers, TemplateStep]]:
    """Check the step of each household on the list. Raises: as `require_step`, naming the place."""
    entries = list(SessionEntry.objects.filter(session=session).order_by("id"))
    places = {entry.dossier_id: place for place, entry in enumerate(entries, start=1) if entry.taken_out_on is None}
    positions = {entry.dossier_id: entry.position for entry in entries}
    if not places:
        raise Conflict("session.empty", _("No household is left on the list of this session."))
    kinds = {kind_code, *SessionFile.objects.filter(session=session).values_list("kind_code", flat=True)}
    steps = []
    for papers in papers_of(_lock_all(list(places), actor)):
        papers.evidence_codes |= kinds
        place = places[papers.dossier.pk]
        _at_place(place, papers, session.form)
        try:
            step_facts = replace(facts, position=positions[papers.dossier.pk])
            steps.append((papers, require_step(papers, step_facts, actor=actor, session_id=session.pk)))
        except DomainError as error:
            raise _named(error, place) from error
    return steps


def _at_place(place: int, papers: Papers, form: str) -> None:
    """Refuse a dossier that has ended, or whose next step is another. Raises: DomainError, naming the place."""
    try:
        require_open(papers.dossier)
        if papers.step is None or papers.step.form != form:
            message = _("The next step of the dossier is another one.")
            raise Conflict("session.other_step", message)
    except DomainError as error:
        raise _named(error, place) from error


def _require_named_at(place: int, papers: Papers, actor: Actor) -> None:
    """Refuse to hold up a step that is others' to do. Raises: NotAllowed, naming the place."""
    if papers.step is None:
        return
    try:
        require_named(papers.step, actor)
    except DomainError as error:
        raise _named(error, place) from error


def _named(error: DomainError, place: int) -> DomainError:
    message = _("Household %(place)s of the list: %(sentence)s") % {"place": place, "sentence": error.message}
    return type(error)(error.code, message, field=error.field)


def _lock_all(dossier_ids: Sequence[UUID], actor: Actor) -> list[Dossier]:
    """Lock the dossiers, always in the same order, and give them as asked for. Raises: NotFound, DomainError."""
    if not 1 <= len(set(dossier_ids)) == len(dossier_ids) <= MOST_HOUSEHOLDS:
        message = _("A list names 1 to 500 households, each once.")
        raise DomainError("session.list", message, field="dossiers")
    rows = dossiers_in_scope(actor).select_for_update(of=("self",)).filter(pk__in=dossier_ids).order_by("pk")
    found = {dossier.pk: dossier for dossier in rows}
    if len(found) != len(dossier_ids):
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return [found[dossier_id] for dossier_id in dossier_ids]


def _lock_session(session_id: UUID, *, actor: Actor, version: int | None) -> ListSession:
    session = lock_version(ListSession.objects.all(), session_id, version)
    require(actor, "dossiers.do_step", session)
    if session.state != SessionState.OPEN:
        raise Conflict("session.closed", _("This session is closed already."))
    return session


def _place_of(dossiers: Sequence[Dossier], actor: Actor) -> str:
    """Give the smallest division that holds all households: village, township or county. Raises: DomainError."""
    codes = {dossier.scope_code for dossier in dossiers}
    townships = {ancestor_at(code, Level.TOWNSHIP) for code in codes}
    (smallest,) = next(group for group in (codes, townships, {actor.tenant_code}) if len(group) == 1)
    if not actor.covers(smallest):
        message = _("These households lie in several of your areas. Hold a session in each.")
        raise DomainError("session.area", message, field="dossiers")
    return smallest
