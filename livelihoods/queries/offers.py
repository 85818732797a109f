"""What a household's income is offered: confirmed months of public-welfare posts, and the posts they come from."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from households.domain.near import in_whole_county
from households.models import IncomeLine, Membership
from households.queries.offers import IncomeOffer, IncomeYear, income_year, offering, with_recorded
from livelihoods.models import PostHolding, PostMonth
from livelihoods.queries.posts import last_day_of, standing_months
from partners.domain.sources import SourceOffer, UpperSource, enter_source_kind
from registry.tenancy.context import current_actor

PAY_KIND: Final = "post_pay"
POST_SOURCE: Final = "welfare_post"
_DAY: Final = timedelta(days=1)
_Spell = tuple[UUID, date | None, date | None]


@offering
def pay_offered(household_id: UUID, days: IncomeYear) -> list[IncomeOffer]:
    """Give the pay of those who lived in the household on the last day of each month, where the year counts that day.

    So a month is offered to one household alone, and to it also after its holder moved away. It is recorded too when it
    stands in the income of another household: a membership may have been put right since.
    """
    with in_whole_county(current_actor()):
        spells = _spells(household_id)
        rows = standing_months(
            PostMonth.objects.filter(
                person__in={spell[0] for spell in spells},
                month__gte=days.starts_on.replace(day=1),
                month__lt=days.ends_on,
            )
        )
        told = [(row, last_day_of(row.month)) for row in rows.select_related("holding__post").order_by("month", "id")]
        found = [row for row, day in told if day < days.ends_on and _lived_in(spells, row.person_id, day, day)]
        elsewhere = _recorded_elsewhere(household_id, found)
    return [_offer(row, days.year, is_recorded=row.source in elsewhere) for row in found]


def offers_of(household_id: UUID, year: int) -> list[IncomeOffer]:
    """Give what this app offers to the household's income of a year, for its next visit."""
    return with_recorded(household_id, pay_offered(household_id, income_year(household_id, year)))


def posts_of(household_id: UUID, year: int) -> list[SourceOffer]:
    """Give the posts that members held in the days of the household's year while they lived in it."""
    days = income_year(household_id, year)
    since = days.starts_on.replace(day=1)
    with in_whole_county(current_actor()):
        spells = _spells(household_id)
        terms = PostHolding.objects.filter(
            person__in={spell[0] for spell in spells},
            starts_on__lt=days.ends_on,
            ends_on__gt=since,
        ).exclude(ends_on=F("starts_on"))
        held = {
            term.post_id: f"{term.post.village.name} {term.post.name}"
            for term in terms.select_related("post__village").order_by("starts_on", "id")
            if _lived_in(spells, term.person_id, max(term.starts_on, since), min(term.ends_on, days.ends_on) - _DAY)
        }
    return [SourceOffer(post_id, name) for post_id, name in held.items()]


enter_source_kind(UpperSource(POST_SOURCE, _("Public-welfare post"), posts_of))


def _spells(household_id: UUID) -> list[_Spell]:
    return list(Membership.objects.filter(household=household_id).values_list("person_id", "starts_on", "ends_on"))


def _lived_in(spells: Iterable[_Spell], person_id: UUID, first: date, last: date) -> bool:
    """Tell whether a person lived there on one of the days from the first to the last."""
    return any(
        person == person_id and (starts is None or starts <= last) and (ends is None or ends > first)
        for person, starts, ends in spells
    )


def _recorded_elsewhere(household_id: UUID, months: list[PostMonth]) -> set[str]:
    """Give the sources of months that stand in the income of other households of their persons."""
    if not months:
        return set()
    homes = Membership.objects.filter(person__in={month.person_id for month in months})
    others = set(homes.values_list("household_id", flat=True)) - {household_id}
    rows = IncomeLine.objects.filter(household__in=others, source__in=[month.source for month in months])
    return set(rows.values_list("source", flat=True)) if others else set()


def _offer(row: PostMonth, year: int, *, is_recorded: bool) -> IncomeOffer:
    return IncomeOffer(
        kind=PAY_KIND,
        kind_label=_("Pay of a post"),
        line_id=row.pk,
        year=year,
        paid_on=last_day_of(row.month),
        item_code=row.item_code,
        amount_yuan=row.amount_yuan,
        source=row.source,
        origin=row.holding.post.name,
        is_recorded=is_recorded,
    )
