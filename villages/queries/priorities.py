"""The priority categories of villages: those shipped, as the county words them, and its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from registry.domain.codes import code_list
from registry.lib.errors import NotFound
from villages.enums import PRIORITY_SCHEME
from villages.models import PriorityCategory, Village


@dataclass(frozen=True, slots=True)
class Priority:
    """A category; `is_own` tells whether the county made it, `version` is 0 for one that it left as shipped."""

    code: str
    name: str
    is_offered: bool
    is_own: bool
    version: int
    id: UUID | None = None


def priorities() -> dict[str, Priority]:
    """Give every category by its code: the county's wording before that of the list."""
    shipped = code_list(PRIORITY_SCHEME)
    found = {code: Priority(code, shipped.label_of(code), True, False, 0) for code in shipped.entries}
    for row in PriorityCategory.objects.order_by("code"):
        found[row.code] = Priority(row.code, row.name, row.is_offered, row.code not in shipped, row.version, row.pk)
    return found


def offered_priorities() -> list[tuple[str, str]]:
    """Give code and name of the categories that a village can be given today."""
    return [(code, one.name) for code, one in priorities().items() if one.is_offered]


def priority_names(codes: Iterable[str]) -> str:
    """Give the names of a village's categories; an unknown code stands as it is."""
    known = priorities()
    return ", ".join(known[code].name if code in known else code for code in codes)


def of_priority(rows: "QuerySet[Village]", code: str) -> "QuerySet[Village]":
    """Narrow villages to those of a category; an empty code gives those that have none."""
    return rows.filter(priority_codes__contains=[code]) if code else rows.filter(priority_codes__len=0)


def find_priority(priority_id: UUID) -> PriorityCategory:
    """Give one category of the county. Raises: NotFound."""
    row = PriorityCategory.objects.filter(pk=priority_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row
