"""What somebody may choose when asking for a report: periods and divisions."""

from django.db.models import QuerySet

from periods.models import Period
from periods.workflow import FIXED
from registry.tenancy.context import Actor
from reports.queries.pictured import names_of_divisions


def periods_to_choose() -> "QuerySet[Period]":
    """Give the frozen periods of the county, the latest first."""
    return Period.objects.filter(state__in=FIXED).order_by("-last_day", "kind", "id")


def areas_to_choose(actor: Actor) -> list[tuple[str, str]]:
    """Give code and name of the divisions that lie in the actor's area as a whole, each below what it belongs to."""
    names = names_of_divisions().by_code
    reached = [code for code in sorted(names) if actor.covers_whole(code)]
    return [(code, names[code] if code.endswith("000") else f"　{names[code]}") for code in reached]
