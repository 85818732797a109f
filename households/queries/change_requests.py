"""Changes that a second person decides: the worklist, and what each would change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, cast
from uuid import UUID

from django.db.models import DecimalField, Model, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from households.enums import ChangeKind
from households.models import ChangeRequest, ChangeRule, Household, HouseholdYear, Person, PersonYear
from households.queries.income import told_lines
from households.queries.lists import masked
from registry.crypto import Purpose, unseal
from registry.lib.errors import NotFound
from registry.models import RowVersion, User
from registry.tenancy.context import Actor

# The number that a request of each kind may hold, sealed.
NUMBERS: Final = {ChangeKind.IDENTITY: Purpose.DOCUMENT, ChangeKind.ACCOUNT: Purpose.ACCOUNT}
# How the difference names the lines of an income, which are rows of their own.
LINES: Final = "lines"
Row = Person | Household | HouseholdYear | PersonYear | None
_COLUMNS: Final = (
    "id",
    "kind",
    "state",
    "person_id",
    "household_id",
    "year",
    "proposal",
    "seen_version",
    "reason",
    "proposed_by",
    "proposed_at",
    "decided_by",
    "decided_at",
    "decision_reason",
    "version",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a request: as it was, as it is proposed, and as it is now where that is something else.

    Numbers are masks. `changed_at` and `changed_by` say who wrote what is there now; an automatic change names nobody.
    """

    name: str
    before: Any
    after: Any
    now: Any = None
    is_stale: bool = False
    changed_at: datetime | None = None
    changed_by: str = ""


def requests_visible_to(actor: Actor) -> "QuerySet[ChangeRequest]":
    """Give the change requests of the persons and households in the actor's area."""
    return ChangeRequest.objects.select_related("person", "household")


def request_rows(rows: "QuerySet[ChangeRequest]") -> "QuerySet[ChangeRequest, dict[str, Any]]":
    """Give requests as rows, without what they would change."""
    found: QuerySet[ChangeRequest, dict[str, Any]] = rows.values(*_COLUMNS)
    return found


def find_request(request_id: UUID, *, actor: Actor) -> ChangeRequest:
    """Give one request with its target. Raises: NotFound for an unknown one and for one outside the actor's area."""
    request = requests_visible_to(actor).filter(pk=request_id).first()
    if request is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return request


def target_of(request: ChangeRequest) -> Person | Household:
    """Give the person or household that is to change."""
    target: Person | Household | None = request.household if request.person_id is None else request.person
    if target is None:
        raise TypeError("A constraint holds that a request has its target.")
    return target


def figures_of(request: ChangeRequest) -> HouseholdYear | PersonYear | None:
    """Give the row of the year whose figures a request changes, where the year has one yet."""
    year = cast("int", request.year)
    if request.person_id is not None:
        return PersonYear.objects.filter(person=request.person_id, year=year).first()
    return HouseholdYear.objects.filter(household=request.household_id, year=year).first()


def label_of(request: ChangeRequest, name: str) -> str:
    """Give what people call a field of the request."""
    if name == LINES:
        return gettext("Lines of income")
    model: type[Model] = type(target_of(request))
    if request.kind == ChangeKind.FIGURES:
        model = PersonYear if request.person_id is not None else HouseholdYear
    return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # a column


def differences(request: ChangeRequest) -> list[Difference]:
    """Give what the request would change; of an open one also what became something else since it was frozen."""
    target = target_of(request)
    row = figures_of(request) if request.kind == ChangeKind.FIGURES else target
    found = [*_in_clear(request, row), *_of_number(request, target)]
    return _with_writers(row, target, found) if any(one.is_stale for one in found) else found


def request_detail(request: ChangeRequest) -> dict[str, Any]:
    """Give one request with its differences, numbers as masks."""
    row = {name: getattr(request, name) for name in _COLUMNS}
    return row | {
        "differences": [
            {
                "field": one.name,
                "before": one.before,
                "after": one.after,
                "now": one.now,
                "is_stale": one.is_stale,
                "changed_at": one.changed_at,
                "changed_by": one.changed_by,
            }
            for one in differences(request)
        ]
    }


def change_rule_detail() -> tuple[dict[str, bool], int]:
    """Give the county's rule and its version; where it set none, nothing takes a second person, at version 0."""
    known = ChangeRule.objects.first()
    names = ("identity_by_two", "account_by_two", "status_by_two", "covers_candidates")
    return {name: known is not None and getattr(known, name) for name in names}, known.version if known else 0


def name_of(user_id: UUID | None) -> str:
    """Give the name of who proposed or decided."""
    return "" if user_id is None else User.objects.filter(pk=user_id).values_list("name", flat=True).first() or ""


def plain(value: object) -> Any:  # noqa: ANN401  (what JSON can hold of any column)
    """Give a value of a column as JSON holds it."""
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def plain_of(model: type[Model], name: str, value: object) -> Any:  # noqa: ANN401  (as above)
    """Give a value of a column as JSON holds it: a number in its own decimals, and a year that is not there empty."""
    if name == LINES:
        return value or []
    field = model._meta.get_field(name)
    if value is None and not field.null:
        return plain(field.get_default())  # type: ignore[union-attr]  # a column
    return (
        f"{value:.{field.decimal_places}f}" if value is not None and isinstance(field, DecimalField) else plain(value)
    )


def _now(request: ChangeRequest, row: Row, name: str) -> Any:  # noqa: ANN401  (as above)
    if request.kind != ChangeKind.FIGURES:
        return plain(getattr(row, name))
    if name == LINES:
        return told_lines(cast("UUID", request.household_id), cast("int", request.year))
    model = PersonYear if request.person_id is not None else HouseholdYear
    return plain_of(model, name, None if row is None else getattr(row, name))


def _in_clear(request: ChangeRequest, row: Row) -> Iterator[Difference]:
    for name, (before, after) in request.changes.items():
        now = _now(request, row, name)
        is_stale = request.state == "open" and now != before
        yield Difference(name, before, after, now if is_stale else None, is_stale)


def _of_number(request: ChangeRequest, target: Person | Household) -> Iterator[Difference]:
    purpose = NUMBERS.get(ChangeKind(request.kind))
    if purpose is None:
        return
    name = purpose.value
    former, proposed = getattr(request, f"former_{name}_sealed"), getattr(request, f"{name}_sealed")
    if former is None and proposed is None:
        return
    tenant_id, present = request.tenant_id, getattr(target, f"{name}_sealed")
    is_stale = request.state == "open" and _clear(former, purpose, tenant_id) != _clear(present, purpose, tenant_id)
    yield Difference(
        f"{name}_sealed",
        masked(former, purpose, tenant_id=tenant_id),
        masked(proposed, purpose, tenant_id=tenant_id),
        masked(present, purpose, tenant_id=tenant_id) if is_stale else None,
        is_stale,
    )


def _clear(sealed: bytes | memoryview | None, purpose: Purpose, tenant_id: int) -> str:
    return "" if sealed is None else unseal(sealed, purpose, tenant_id=tenant_id)


def _with_writers(row: Row, target: Person | Household, found: list[Difference]) -> list[Difference]:
    """Add who wrote what is there now: the last former version of the row that holds the field tells."""
    versions = list(RowVersion.objects.filter(owner_id=target.pk, row_id=(row or target).pk).order_by("-id"))
    names = dict(User.objects.filter(id__in={one.user_id for one in versions}).values_list("id", "name"))
    writers = {
        one.name: next((version for version in versions if one.name in (version.content or {})), None) for one in found
    }
    return [
        Difference(
            one.name,
            one.before,
            one.after,
            one.now,
            one.is_stale,
            writer.at if one.is_stale and writer else None,
            names.get(writer.user_id, "") if one.is_stale and writer and writer.user_id else "",
        )
        for one, writer in ((one, writers[one.name]) for one in found)
    ]
