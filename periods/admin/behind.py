"""The page of the list behind a figure of an account."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from households.enums import PostingKind, Stock
from households.models import Household
from periods.queries.behind import Answer, Question, behind
from periods.queries.periods import find_period
from registry.access import require
from registry.admin.site import actor_at, site
from registry.queries.divisions import division_names

PAGE_ROWS: Final = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list; `household_id` only where the household lies in the reader's area now."""

    number: str
    household_id: UUID | None
    village: str
    what: str
    effective_on: object
    recorded_at: object
    households: int
    persons: int


def behind_page(request: HttpRequest, period_id: UUID) -> HttpResponse:
    """Show what a figure counts: the households that stood, or the postings that were booked, page by page."""
    require(actor_at(request), "periods.view_behind")
    period, question = find_period(period_id), question_of(request.GET.dict())
    answer = behind(period, question)
    page = Paginator(_rows(answer), PAGE_ROWS).get_page(request.GET.get("page"))
    names = division_names(sorted({question.code, *(row.village_code for row in page)}))
    households, persons = _sums(answer)
    context = site.each_context(request) | {
        "title": f"{period.name} · {names.get(question.code, question.code)} · {_asked(question)}",
        "period": period,
        "page": page,
        "lines": _lines(page, names),
        "households": households,
        "persons": persons,
        "of_postings": answer.postings is not None,
        "query": "&".join(f"{key}={value}" for key, value in _given(question).items()),
    }
    return TemplateResponse(request, "periods/admin/behind.html", context)


def question_of(given: dict[str, str]) -> Question:
    """Read the question of an address or a request."""
    known = Question.__slots__
    return Question(**{"part": "", "code": ""} | {name: given[name] for name in known if name in given})


def _given(question: Question) -> dict[str, str]:
    values = {name: getattr(question, name) for name in Question.__slots__}
    return {name: value for name, value in values.items() if value not in {None, ""}}


def _rows(answer: Answer) -> Any:  # noqa: ANN401  (a queryset of one of two models)
    return answer.households if answer.households is not None else answer.postings_found


def _sums(answer: Answer) -> tuple[int, int]:
    if answer.households is not None:
        return answer.households.count(), answer.households.aggregate(all=Sum("person_count"))["all"] or 0
    sums = answer.postings_found.order_by().aggregate(h=Sum("households_delta"), p=Sum("persons_delta"))
    return sums["h"] or 0, sums["p"] or 0


def _asked(question: Question) -> str:
    part = {
        "opening": gettext("Opening"),
        "flow": gettext("Flow"),
        "late": gettext("Recorded late"),
        "closing": gettext("Closing"),
    }[question.part]
    stock = str(Stock(question.stock).label) if question.stock in Stock.values else ""
    kind = str(PostingKind(question.kind).label) if question.kind else ""
    return " ".join(piece for piece in (part, stock, kind) if piece)


def _lines(page: Any, names: dict[str, str]) -> list[Line]:  # noqa: ANN401  (a page of one of two models)
    here = set(Household.objects.filter(pk__in=[row.household_id for row in page]).values_list("pk", flat=True))
    return [_line(row, row.household_id if row.household_id in here else None, names) for row in page]


def _line(row: Any, household_id: UUID | None, names: dict[str, str]) -> Line:  # noqa: ANN401  (one of two models)
    village = names.get(row.village_code, row.village_code)
    if hasattr(row, "person_count"):
        return Line(row.number, household_id, village, row.status, None, None, 1, row.person_count)
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
