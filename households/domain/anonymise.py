"""Anonymise persons who were never confirmed, after the period in which objections are heard.

Persons are never deleted. One whose households were candidates only, and were all closed without being filed or taken
in as ordinary, was never confirmed: after the county's own objection period nothing is left that tells who it was.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from households.domain.refusals import constraint_refused
from households.domain.scope import links_to
from households.enums import ChangeState
from households.models import (
    ChangeRequest,
    DuplicateNotice,
    Household,
    NearDuplicate,
    ObjectionPeriod,
    Person,
    PersonYear,
    Transfer,
    WorkRecord,
)
from households.queries.unconfirmed import households_of_nobody, never_confirmed, objection_days
from registry import jobs
from registry.access import require
from registry.audit import record
from registry.domain.documents import remove_document
from registry.domain.retention import empty_details_of, empty_versions
from registry.domain.versions import lock_version
from registry.lib.errors import DomainError
from registry.lib.idcard import DocumentKind
from registry.lib.periods import today
from registry.models import Document
from registry.tenancy.context import Actor
from registry.tenancy.database import correction
from registry.tenancy.scope import savepoint

DUE: Final = "households.anonymise"
EVERY: Final = timedelta(days=1)
AT_ONCE: Final = 500
# What stands in place of the name, as in the documents of offices, and of words in which somebody may be named.
NOBODY: Final = "某某"
EMPTIED: Final = "已清除"
_KEPT: Final = frozenset({"id", "tenant", "scope_code", "person", "year"})
_KEPT_OF_WORK: Final = _KEPT | {"is_planned", "starts_on", "ends_on", "version", "created_at", "updated_at"}


def set_objection_period(starts_on: date, *, days: int, actor: Actor) -> ObjectionPeriod:
    """State for how many days objections are heard, for closings of that day and later; the work begins by itself.

    Raises: NotAllowed; Conflict when a rule begins on that day already; DomainError.
    """
    require(actor, "households.manage_objections")
    _require_days(days)
    period = ObjectionPeriod(starts_on=starts_on, days=days, scope_code=actor.tenant_code)
    try:
        with savepoint():
            period.save()
    except IntegrityError as error:
        raise constraint_refused(error) from error
    changes = {"starts_on": (None, starts_on), "days": (None, days)}
    record("households.set_objection_period", period, actor=actor, changes=changes)
    jobs.start_due(actor.tenant_id, DUE, "", timezone.now())
    return period


def amend_objection_period(period_id: UUID, *, days: int, actor: Actor, version: int) -> ObjectionPeriod:
    """Change the days of a rule that is still at `version`.

    Locks: the rule's row. Raises: NotFound, NotAllowed, StaleVersion, DomainError.
    """
    period = lock_version(ObjectionPeriod.objects.all(), period_id, version)
    require(actor, "households.manage_objections", period)
    _require_days(days)
    before, period.days = period.days, days
    period.touch().save(update_fields=["days", "version", "updated_at"])
    record("households.amend_objection_period", period, actor=actor, changes={"days": (before, days)})
    return period


def anonymise_unconfirmed(*, actor: Actor, on: date | None = None) -> int:
    """Anonymise those whose objection period is over by the day (today), and give their number.

    Locks: the persons' rows. Raises: NotAllowed.
    """
    require(actor, "households.anonymise")
    day = on or today()
    days = objection_days(day)
    if days is None:
        return 0
    closed_by = day - timedelta(days=days)
    rows = Person.objects.select_for_update(of=("self",)).filter(never_confirmed(closed_by)).order_by("id")
    persons = list(rows[:AT_ONCE])
    for person in persons:
        _empty(person, day)
        changes = {"anonymised_on": (None, day)}
        record("households.anonymise", person, actor=actor, changes=changes)
    _forget([person.id for person in persons])
    _remove_files([person.id for person in persons], actor=actor)
    return len(persons)


@jobs.due(DUE)
def anonymise_each_day(actor: Actor, key: str, due_at: datetime) -> datetime:
    """Anonymise, and come back tomorrow; at once where more are left than one transaction takes."""
    count = anonymise_unconfirmed(actor=actor)
    return timezone.now() if count == AT_ONCE else timezone.now() + EVERY


def _empty(person: Person, day: date) -> None:
    person.name, person.number, person.sex_code = NOBODY, "", "0"
    person.birth_on, person.birth_precision = None, ""
    person.document_code, person.is_placeholder = DocumentKind.PLACEHOLDER.value, True
    person.disability_category_code = person.disability_grade_code = ""
    person.document_sealed = person.document_index = person.phone_sealed = person.phone_index = None
    person.anonymised_on = day
    person.follow_name()
    person.touch().save()
    for model, kept in ((PersonYear, _KEPT), (WorkRecord, _KEPT_OF_WORK)):
        fields = [field for field in model._meta.concrete_fields if field.name not in kept]
        # Who was never confirmed is forgotten in closed years too.
        with correction():
            model.objects.filter(person=person).update(**{field.attname: _nothing(field) for field in fields})
    # Who has the key finds the number of an index by trying; the notice's own id says nothing.
    for notice in DuplicateNotice.objects.filter(person=person):
        DuplicateNotice.objects.filter(pk=notice.pk).update(claim_index=notice.pk.bytes)


def _forget(persons: list[UUID]) -> None:
    """Empty what else tells of the persons: the household that had nobody else, its offers, versions and details."""
    households = households_of_nobody(persons)
    sealed: dict[str, Any] = dict.fromkeys(("phone_sealed", "phone_index", "account_sealed", "account_index"))
    form: dict[str, Any] = {"address": "", "bank_name": "", "is_servicemans_family": None, "planned_lifting_year": None}
    Household.objects.filter(id__in=households).update(**sealed, **form)
    Transfer.objects.filter(household__in=households).update(head_name="")
    Transfer.objects.filter(person__in=persons).update(person_name="", sex_code="")
    requests = _forget_requests(persons, households)
    # The other side of a pair of look-alikes names the person by an id and not by a link.
    pairs = NearDuplicate.objects.filter(other_person_id__in=persons)
    requests += _emptied(pairs)
    below = [row_id for rows in _rows_below(persons, households) for row_id in _emptied(rows)]
    empty_versions([*persons, *households])
    empty_details_of([*persons, *households, *below, *requests])


def _rows_below(persons: Collection[UUID], households: Collection[UUID]) -> "Iterator[models.QuerySet[Any]]":
    """Give the rows of any app that point at the persons, at the households, or at such a row."""
    for target, ids in ((Person, persons), (Household, households)):
        for model, field in links_to(target):
            yield model.objects.filter(**{f"{field}__in": ids})
            for lower, upper in links_to(model):
                yield lower.objects.filter(
                    **{f"{upper}__in": model.objects.filter(**{f"{field}__in": ids}).values("id")}
                )


def _emptied(rows: "models.QuerySet[Any]") -> list[UUID]:
    """Empty what their model says may tell who it was, and give the ids of the rows; empty words stay empty.

    What is sealed, and a link to a place, is emptied to nothing.
    """
    ids = list(rows.values_list("id", flat=True))
    for name in rows.model.telling:
        is_wordless = isinstance(rows.model._meta.get_field(name), models.BinaryField | models.ForeignKey)
        told = {} if is_wordless else {f"{name}__gt": ""}
        rows.model.objects.filter(**told, id__in=ids).update(**{name: None if is_wordless else EMPTIED})
    return ids


def _remove_files(persons: list[UUID], *, actor: Actor) -> None:
    """Remove the files that show who it was, of the same rows."""
    for rows in _rows_below(persons, households_of_nobody(persons)):
        for name in rows.model.showing:
            for document in Document.objects.filter(id__in=rows.values(name)):
                remove_document(document, actor=actor, reason="anonymised")


def _forget_requests(persons: list[UUID], households: Collection[UUID]) -> list[UUID]:
    """Empty what was proposed of them, withdraw what is open, and give the ids of those requests."""
    rows = ChangeRequest.objects.filter(models.Q(person__in=persons) | models.Q(household__in=households))
    rows.filter(state=ChangeState.OPEN).update(state=ChangeState.WITHDRAWN, decided_at=timezone.now())
    numbers = ("former_document_sealed", "document_sealed", "former_account_sealed", "account_sealed")
    rows.update(changes={}, proposal={}, **dict.fromkeys(numbers))
    return list(rows.values_list("id", flat=True))


def _nothing(field: "models.Field[Any, Any]") -> Any:  # noqa: ANN401  (what a column of any kind holds when nothing is known)
    return None if field.null else field.get_default()


def _require_days(days: int) -> None:
    if days < 1:
        raise DomainError("objection.days", _("The period has a day at least. Check the number."), field="days")
