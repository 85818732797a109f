"""The page of the list behind a figure of an account."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assistance.queries.coverage import HELPER, NONE, STAND_IN
from households.enums import HouseholdStatus, PostingKind, Stock
from households.models import Household
from periods.models import FrozenHousehold, FrozenVillage, Period
from periods.queries.behind import REQUIRED, Answer, Part, Question, behind
from periods.queries.periods import find_period
from registry.access import require
from registry.admin.site import actor_at, site
from registry.domain.codes import code_list
from registry.queries.divisions import division_names

PAGE_ROWS: Final = 100
_PARTS: Final = {
    Part.OPENING: _("Opening"),
    Part.FLOW: _("Flow"),
    Part.LATE: _("Recorded late"),
    Part.CLOSING: _("Closing"),
    Part.VILLAGES: _("Villages"),
}
_COVERS: Final = {
    REQUIRED: _("must have a helper"),
    HELPER: _("with a helper"),
    STAND_IN: _("a unit stands in"),
    NONE: _("without a helper"),
}
_DIRECTIONS: Final = {"in": _("came in"), "out": _("went out")}
_SCHEMES: Final = {
    "main_cause": "poverty_cause",
    "other_cause": "poverty_cause",
    "category": "monitoring_category",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list; `household_id` only where the household lies in the reader's area now."""

    number: str
    household_id: UUID | None
    village: str
    what: str
    effective_on: object = None
    recorded_at: object = None
    households: int | None = None
    persons: int | None = None


def behind_page(request: HttpRequest, reporting_period_id: UUID) -> HttpResponse:
    """Show what a figure counts: households or villages that stood, or postings that were booked, page by page."""
    actor = actor_at(request)
    require(actor, "periods.view_behind")
    period, question = find_period(reporting_period_id), question_of(request.GET.dict(), county=actor.tenant_code)
    answer = behind(period, question)
    page = Paginator(_rows(answer), PAGE_ROWS).get_page(request.GET.get("page"))
    names = division_names(sorted({question.code, *(row.village_code for row in page)}))
    households, persons = _sums(answer)
    context = site.each_context(request) | {
        "title": f"{period.name} · {names.get(question.code, question.code)} · {_asked(question, period)}",
        "period": period,
        "page": page,
        "lines": _lines(page, names),
        "households": households,
        "persons": persons,
        "of_postings": answer.postings is not None,
        "of_villages": answer.villages is not None,
        "query": urlencode(_given(question)),
    }
    return TemplateResponse(request, "periods/admin/behind.html", context)


def question_of(given: dict[str, str], *, county: str) -> Question:
    """Read the question of an address; what is left out asks for the closing of the county."""
    known = Question.__slots__
    return Question(**{"part": "closing", "code": county} | {name: given[name] for name in known if name in given})


def _given(question: Question) -> dict[str, str]:
    """Give what the address says; an empty cause is a question of its own, an empty stock is none."""
    values = {name: getattr(question, name) for name in Question.__slots__}
    return {name: value for name, value in values.items() if value or (value == "" and name in _SCHEMES)}


def _rows(answer: Answer) -> Any:  # noqa: ANN401  (a queryset of one of three models)
    if answer.villages is not None:
        return answer.villages
    return answer.households if answer.households is not None else answer.postings_found


def _sums(answer: Answer) -> tuple[int, int]:
    if answer.households is not None:
        return answer.households.count(), answer.households.aggregate(all=Sum("person_count"))["all"] or 0
    sums = answer.postings_found.order_by().aggregate(h=Sum("households_delta"), p=Sum("persons_delta"))
    return sums["h"] or 0, sums["p"] or 0


def _asked(question: Question, period: Period) -> str:
    """Say what is asked: part, stock, kind and direction, and what narrows it."""
    stock = gettext("filed households") if question.stock == "filed" else ""
    pieces = [
        _PARTS[Part(question.part)],
        Stock(question.stock).label if question.stock in Stock.values else stock,
        PostingKind(question.kind).label if question.kind else _DIRECTIONS.get(question.direction, ""),
        *(_coded(field, getattr(question, field), period) for field in _SCHEMES),
        _COVERS.get(question.cover or "", ""),
        gettext("without a team") if question.team else "",
    ]
    return " ".join(str(piece) for piece in pieces if piece)


def _coded(field: str, code: str | None, period: Period) -> str:
    if code is None:
        return ""
    label = code_list(_SCHEMES[field], on=period.last_day).label_of(code) if code else gettext("not stated")
    return gettext("other cause: %(cause)s") % {"cause": label} if field == "other_cause" else label


def _lines(page: Any, names: dict[str, str]) -> list[Line]:  # noqa: ANN401  (a page of one of three models)
    asked = [row.household_id for row in page if not isinstance(row, FrozenVillage)]
    here = set(Household.objects.filter(pk__in=asked).values_list("pk", flat=True)) if asked else set()
    return [_line(row, here, names) for row in page]


def _line(row: Any, here: set[UUID], names: dict[str, str]) -> Line:  # noqa: ANN401  (one of three models)
    if isinstance(row, FrozenVillage):
        return Line("", None, f"{row.name} {row.village_code}", gettext("without a team") if not row.has_team else "")
    village = names.get(row.village_code, row.village_code)
    household_id = row.household_id if row.household_id in here else None
    if isinstance(row, FrozenHousehold):
        what = str(HouseholdStatus(row.status).label) if row.status in HouseholdStatus.values else row.status
        return Line(row.number, household_id, village, what, households=1, persons=row.person_count)
    return Line(
        row.household.number if household_id else "",
        household_id,
        village,
        str(PostingKind(row.kind).label),
        row.effective_on,
        row.recorded_at,
        row.households_delta,
        row.persons_delta,
    )
