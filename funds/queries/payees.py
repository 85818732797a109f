"""Where the lines of a payment list may come from: "all households with …", entered here by any app.

    @payee_source("measure", _("Households with a measure of the category"), Payee.HOUSEHOLD)
    def with_measure(code: str) -> QuerySet: ...   # rows of `household_id` and `person_id`, those in scope

Apps above enter their own when they are loaded. A source names who could be paid; who is, a person decides.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet, UUIDField, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assistance.models import Measure
from funds.enums import Payee
from households.enums import HouseholdStatus
from households.models import Membership
from registry.lib.gbcode import subtree
from registry.lib.periods import today

PayeeRows = Callable[[str], "QuerySet[Any, Any]"]


@dataclass(frozen=True, slots=True)
class PayeeSource:
    """One source: its name, what it gives, to whom it pays, and what its code means, where it takes one."""

    name: str
    label: str | Promise
    payee: str
    rows: PayeeRows


_sources: Final[dict[str, PayeeSource]] = {}


def payee_source(name: str, label: str | Promise, payee: str) -> Callable[[PayeeRows], PayeeRows]:
    """Enter a source of payees under a name of its own."""

    def register(rows: PayeeRows) -> PayeeRows:
        _sources[name] = PayeeSource(name, label, payee, rows)
        return rows

    return register


def payee_sources() -> dict[str, PayeeSource]:
    """Give every source by its name."""
    return dict(sorted(_sources.items()))


def payees_of(source: PayeeSource, code: str, *, division: str) -> list[tuple[UUID, UUID | None]]:
    """Give (household, person) of a source in a division, each once; closed households are left out."""
    within = subtree(division)
    rows = source.rows(code).filter(
        ~Q(household__status=HouseholdStatus.CLOSED),
        household__scope_code__gte=within.lo,
        household__scope_code__lt=within.hi,
    )
    return list(rows.order_by("household__number", "person_id").values_list("household_id", "person_id").distinct())


@payee_source("disability", _("Persons with a disability certificate; the code is the grade"), Payee.PERSON)
def persons_with_disability(code: str) -> "QuerySet[Any, Any]":
    """Give the present members who hold a certificate, those of one grade where a code is given."""
    rows = Membership.objects.filter(ends_on__isnull=True, person__disability_grade_code__gt="")
    return rows.filter(person__disability_grade_code=code) if code else rows


@payee_source("measure", _("Households with a measure; the code is its category"), Payee.HOUSEHOLD)
def households_with_measure(code: str) -> "QuerySet[Any, Any]":
    """Give the households for which a measure holds today, of one category where a code is given."""
    day = today()
    rows = Measure.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)
    rows = rows.filter(category_code=code) if code else rows
    return rows.annotate(person_id=Value(None, output_field=UUIDField(null=True)))
