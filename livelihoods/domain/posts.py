"""Open public-welfare posts, fill their seats, and confirm the months that were worked and paid."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, F
from django.utils.translation import gettext_lazy as _

from households.domain.locking import require_reason
from households.domain.near import in_whole_county
from households.models import PersonYear
from households.queries.labour import WITHOUT_LABOUR
from livelihoods.definitions.posts import PAY_ITEMS, PostFigures
from livelihoods.domain.refusals import MONTH_CONFIRMED, ONE_POST, SEATS_TAKEN, written
from livelihoods.domain.takers import age_of, lock_member
from livelihoods.models import PostHolding, PostMonth, WelfarePost
from livelihoods.queries.figures import post_figures_of
from livelihoods.queries.posts import free_seat, standing_months
from livelihoods.queries.visibility import holdings_visible_to
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.periods import months_after, today
from registry.lib.text import clean
from registry.tenancy.context import Actor
from villages.domain.codes import require_code
from villages.queries.villages import find_village

_MOST_YUAN: Final = Decimal("99999999.99")
_TEXTS: Final = ("name", "duties")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostDraft:
    """A public-welfare post about to be opened. Units: yuan a month and seat."""

    name: str
    kind_code: str
    seat_count: int
    monthly_yuan: Decimal
    funding_code: str
    pay_item_code: str
    duties: str
    starts_on: date
    ends_on: date | None = None


def open_post(village_id: UUID, draft: PostDraft, *, actor: Actor) -> WelfarePost:
    """Open a post in a village. Raises: NotFound, NotAllowed, Conflict for a name it has, DomainError."""
    village = find_village(village_id)
    require(actor, "livelihoods.keep_posts", village)
    values = _checked(draft)
    row = WelfarePost(village=village, scope_code=village.scope_code, **values)
    written(row.save)
    changes: dict[str, tuple[Any, Any]] = {name: (None, value) for name, value in values.items() if value}
    record("livelihoods.open_post", row, actor=actor, changes=changes)
    return row


def amend_post(post_id: UUID, draft: PostDraft, *, actor: Actor, version: int | None) -> WelfarePost:
    """Change a post; it stays open for the terms that are on file, and keeps the seats that are taken.

    Locks: the post. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    row = lock_version(WelfarePost.objects.all(), post_id, version)
    require(actor, "livelihoods.keep_posts", row)
    values = _checked(draft)
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    if not changes:
        return row
    _check_terms(row, draft, actor)
    for name, value in values.items():
        setattr(row, name, value)
    written(row.touch().save)
    record("livelihoods.amend_post", row, actor=actor, changes=changes)
    return row


def fill_post(post_id: UUID, person_id: UUID, *, starts_on: date, ends_on: date, actor: Actor) -> PostHolding:
    """Give a person a free seat of a post, of an age and for a term that the county's figures of the year allow.

    Locks: the person and the post. Raises: NotFound, NotAllowed; DomainError for who is too young, too old, without
    labour ability or no member; Conflict when all seats are taken, or the person holds a post on these days.
    """
    person, _membership = lock_member(person_id, actor=actor)
    post = lock_version(WelfarePost.objects.all(), post_id, None)
    require(actor, "livelihoods.fill_posts", person)
    figures = post_figures_of(starts_on.year)
    _check_term(post, starts_on, ends_on, figures)
    present = PostHolding.objects.filter(person=person, starts_on__lt=ends_on, ends_on__gt=starts_on)
    if present.exclude(ends_on=F("starts_on")).exists():
        raise Conflict("post.second", ONE_POST)
    age = age_of(person, starts_on)
    if not figures.youngest_age <= age <= figures.oldest_age:
        message = _("Posts are for persons from %(youngest)s to %(oldest)s years of age on the first day.")
        ages = {"youngest": figures.youngest_age, "oldest": figures.oldest_age}
        raise DomainError("post.age", message % ages, field="person_id")
    years = PersonYear.objects.filter(person=person, year__lte=starts_on.year, skill_code__gt="")
    if years.order_by("-year").values_list("skill_code", flat=True).first() in WITHOUT_LABOUR:
        message = _("The person is not able to work by the latest facts on file. Correct those facts first if wrong.")
        raise DomainError("post.without_labour", message, field="person_id")
    with in_whole_county(actor):
        seat = free_seat(post, starts_on, ends_on)
    if seat is None:
        raise Conflict("post.full", SEATS_TAKEN)
    row = PostHolding(
        post=post,
        person=person,
        scope_code=person.scope_code,
        seat_number=seat,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    written(row.save)
    changes: dict[str, tuple[Any, Any]] = {"post": (None, post.pk), "person": (None, person.pk)}
    record("livelihoods.fill_post", row, actor=actor, changes={**changes, "ends_on": (None, ends_on)})
    return row


def seats_taken(post_ids: Iterable[UUID], *, actor: Actor, on: date | None = None) -> dict[UUID, int]:
    """Count the seats of posts that are taken on the day (today), also by who moved out of the actor's sight."""
    day = on or today()
    with in_whole_county(actor):
        rows = PostHolding.objects.filter(post__in=list(post_ids), starts_on__lte=day, ends_on__gt=day)
        return dict(rows.order_by().values_list("post_id").annotate(Count("id")))


def renew_term(holding_id: UUID, *, ends_on: date, actor: Actor, version: int | None) -> PostHolding:
    """Renew a term: the next one begins on the day this one ends, and everything is asked anew.

    Locks: the person, the term and the post. Raises: as `fill_post`, and StaleVersion.
    """
    person_id = holdings_visible_to(actor).filter(pk=holding_id).values_list("person_id", flat=True).first()
    if person_id is not None:
        # First, as whoever moves the person's household does.
        lock_member(person_id, actor=actor)
    row = lock_version(holdings_visible_to(actor), holding_id, version)
    if not WelfarePost.objects.filter(pk=row.post_id).exists():
        message = _("The post is one of another township. The county office, which sees both, renews the term.")
        raise NotFound("post.out_of_sight", message)
    return fill_post(row.post_id, row.person_id, starts_on=row.ends_on, ends_on=ends_on, actor=actor)


def end_term(holding_id: UUID, *, on: date, reason: str, actor: Actor, version: int | None) -> PostHolding:
    """End a term early: `on` is the first day without the post; a term entered in error ends on the day it starts.

    Locks: the term. Raises: NotFound, NotAllowed, StaleVersion, DomainError without a reason or for another day;
    Conflict when a month from that day on was confirmed.
    """
    row = lock_version(holdings_visible_to(actor), holding_id, version)
    require(actor, "livelihoods.fill_posts", row)
    given = require_reason(reason)[:200]
    if not row.starts_on <= on < row.ends_on:
        message = _("A term ends early on a day between its first day and its end. Check the day.")
        raise DomainError("term.end", message, field="on")
    if _is_confirmed_after(row, on):
        raise Conflict("term.month_confirmed", MONTH_CONFIRMED)
    before, row.ends_on, row.end_reason = row.ends_on, on, given
    written(lambda: row.touch().save(update_fields=["ends_on", "end_reason", "version", "updated_at"]))
    record("livelihoods.end_term", row, actor=actor, changes={"ends_on": (before, on)}, reason=given)
    return row


def _is_confirmed_after(row: PostHolding, on: date) -> bool:
    """Tell whether a month of the term that has no day before the end was confirmed."""
    months = standing_months(PostMonth.objects.filter(holding=row))
    return months.filter(month__gte=on if on > row.starts_on else row.starts_on.replace(day=1)).exists()


def _check_term(post: WelfarePost, starts_on: date, ends_on: date, figures: PostFigures) -> None:
    if not starts_on < ends_on <= months_after(starts_on, figures.most_months):
        message = _("A term is %(most)s months at most, and ends after it began. Renew it from term to term.")
        raise DomainError("term.length", message % {"most": figures.most_months}, field="ends_on")
    if starts_on < post.starts_on or (post.ends_on is not None and ends_on > post.ends_on):
        message = _("The term lies outside the time of the post. Check the days.")
        raise DomainError("term.outside_post", message, field="starts_on")


def _check_terms(row: WelfarePost, draft: PostDraft, actor: Actor) -> None:
    """Refuse to take a seat away that somebody holds, or a time in which somebody held one. Raises: Conflict."""
    with in_whole_county(actor):
        terms = PostHolding.objects.filter(post=row, ends_on__gt=F("starts_on"))
        beyond = terms.filter(seat_number__gt=draft.seat_count, ends_on__gt=today()).exists()
        outside = terms.filter(starts_on__lt=draft.starts_on).exists() or (
            draft.ends_on is not None and terms.filter(ends_on__gt=draft.ends_on).exists()
        )
    if beyond or outside:
        message = _("Somebody holds the post in a seat or at a time that would be taken away. End those terms first.")
        raise Conflict("post.is_held", message)


def _checked(draft: PostDraft) -> dict[str, Any]:
    """Give the columns of a draft that passed every check. Raises: DomainError with the field at fault."""
    texts: dict[str, Any] = {name: clean(getattr(draft, name)) for name in _TEXTS}
    given = replace(draft, **texts)
    for name in _TEXTS:
        if not getattr(given, name):
            message = _("A post has a name and says what is to be done. Fill in what is missing.")
            raise DomainError("post.incomplete", message, field=name)
    require_code("public_post", given.kind_code, on=given.starts_on, field="kind_code")
    require_code("funding_source", given.funding_code, on=given.starts_on, field="funding_code")
    if given.pay_item_code not in PAY_ITEMS:
        message = _("Say who pays: a department, the township or the village.")
        raise DomainError("post.pay_item", message, field="pay_item_code")
    if not 1 <= given.seat_count <= 32_767:
        raise DomainError("post.seats", _("A post has a seat at least. Check the number."), field="seat_count")
    pay = given.monthly_yuan
    if not pay.is_finite() or not 0 < pay <= _MOST_YUAN or pay != round(pay, 2):
        message = _("The pay is above zero, in yuan with two decimals at most. Check it.")
        raise DomainError("post.pay", message, field="monthly_yuan")
    if not date(2000, 1, 1) <= given.starts_on < (given.ends_on or date(2101, 1, 1)) <= date(2101, 1, 1):
        message = _("The post ends after it began, between the years 2000 and 2100. Check both days.")
        raise DomainError("post.days", message, field="ends_on")
    return asdict(given)
