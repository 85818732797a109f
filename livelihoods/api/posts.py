"""Public-welfare posts: seats, terms, months, and what a household's ledger is offered."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households.api.offers import IncomeOfferRow
from households.queries.visibility import find_household
from livelihoods.api import post_shapes as shapes
from livelihoods.domain.months import confirm_month, reverse_month
from livelihoods.domain.posts import PostDraft, amend_post, end_term, fill_post, open_post, renew_term, seats_taken
from livelihoods.models import PostHolding, PostMonth, WelfarePost
from livelihoods.queries.offers import offers_of
from livelihoods.queries.posts import holding_rows, month_rows, post_rows, terms_due
from livelihoods.queries.visibility import find_post, holdings_visible_to, months_visible_to
from registry.api.base import TenantAPIView
from registry.lib.periods import today


class _PostView(TenantAPIView):
    def answer(self, row: WelfarePost, *, status: int = 200) -> Response:
        """Show the post as it is now."""
        (shown,) = self.counted(post_rows(WelfarePost.objects.filter(pk=row.pk)))
        return self.row(shown, version=row.version, status=status)

    def counted(self, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Add the seats taken today, which the whole county counts."""
        shown = list(rows)
        taken = seats_taken([row["id"] for row in shown], actor=self.actor)
        return [row | {"taken_count": taken.get(row["id"], 0)} for row in shown]


class PostList(_PostView):
    """The posts of the villages in the token's area."""

    actions: ClassVar = {"GET": "livelihoods.view", "POST": "livelihoods.keep_posts"}
    paged: ClassVar = True

    @extend_schema(operation_id="welfare_posts_list", responses=shapes.PostRow(many=True))
    def get(self, request: Request) -> Response:
        """List posts."""
        answer = self.page(WelfarePost.objects.all(), post_rows)
        answer.data["results"] = self.counted(answer.data["results"])
        return answer

    @extend_schema(operation_id="welfare_posts_create", request=shapes.PostShape, responses={201: shapes.PostRow})
    def post(self, request: Request) -> Response:
        """Open a post in a village."""
        wanted = self.shape(shapes.PostShape)
        row = open_post(wanted.pop("village_id"), PostDraft(**wanted), actor=self.actor)
        return self.answer(row, status=201)


class PostDetail(_PostView):
    """One post."""

    actions: ClassVar = {"GET": "livelihoods.view", "PUT": "livelihoods.keep_posts"}

    @extend_schema(operation_id="welfare_posts_retrieve", responses=shapes.PostRow)
    def get(self, request: Request, post_id: UUID) -> Response:
        """Show a post."""
        return self.answer(find_post(post_id))

    @extend_schema(operation_id="welfare_posts_amend", request=shapes.PostAmendment, responses=shapes.PostRow)
    def put(self, request: Request, post_id: UUID) -> Response:
        """Change a post; seats and times in which somebody holds it stay."""
        wanted = PostDraft(**self.shape(shapes.PostAmendment))
        return self.answer(amend_post(post_id, wanted, actor=self.actor, version=self.version()))


class _TermView(TenantAPIView):
    def answer(self, row: PostHolding, *, status: int = 200) -> Response:
        """Show the term as it is now."""
        shown = holding_rows(PostHolding.objects.filter(pk=row.pk)).get()
        return self.row(shown, version=row.version, status=status)


class PostTerms(_TermView):
    """Who gets a seat of one post."""

    actions: ClassVar = {"POST": "livelihoods.fill_posts"}
    # Seats are numbered by the database, and a person has one post at a time.
    versioned: ClassVar = False

    @extend_schema(operation_id="welfare_posts_fill", request=shapes.TermShape, responses={201: shapes.TermRow})
    def post(self, request: Request, post_id: UUID) -> Response:
        """Give a person a free seat for a term."""
        return self.answer(fill_post(post_id, actor=self.actor, **self.shape(shapes.TermShape)), status=201)


class TermList(TenantAPIView):
    """The terms of the persons in the token's area."""

    actions: ClassVar = {"GET": "livelihoods.view"}
    paged: ClassVar = True

    @extend_schema(operation_id="post_terms_list", responses=shapes.TermRow(many=True))
    def get(self, request: Request) -> Response:
        """List terms, past ones too."""
        return self.page(holdings_visible_to(self.actor), holding_rows)


class TermsDue(TenantAPIView):
    """The terms that somebody looks at."""

    actions: ClassVar = {"GET": "livelihoods.view"}
    paged: ClassVar = True

    @extend_schema(operation_id="post_terms_due", responses=shapes.TermRow(many=True))
    def get(self, request: Request) -> Response:
        """List terms that end within two months without a next one, and those of who is over age, died or left."""
        return self.page(terms_due(holdings_visible_to(self.actor)), holding_rows)


class TermRenewalView(_TermView):
    """The renewal of one term."""

    actions: ClassVar = {"POST": "livelihoods.fill_posts"}

    @extend_schema(operation_id="post_terms_renew", request=shapes.TermRenewal, responses={201: shapes.TermRow})
    def post(self, request: Request, term_id: UUID) -> Response:
        """Begin the next term on the day this one ends."""
        wanted = self.shape(shapes.TermRenewal)
        return self.answer(renew_term(term_id, actor=self.actor, version=self.version(), **wanted), status=201)


class TermEndView(_TermView):
    """The end of one term."""

    actions: ClassVar = {"POST": "livelihoods.fill_posts"}

    @extend_schema(operation_id="post_terms_end", request=shapes.TermEnd, responses=shapes.TermRow)
    def post(self, request: Request, term_id: UUID) -> Response:
        """End a term early."""
        wanted = self.shape(shapes.TermEnd)
        return self.answer(end_term(term_id, actor=self.actor, version=self.version(), **wanted))


class _MonthView(TenantAPIView):
    def answer(self, row: PostMonth) -> Response:
        """Show the month as it was written."""
        return self.row(month_rows(PostMonth.objects.filter(pk=row.pk)).get(), status=201)


class TermMonths(_MonthView):
    """The months of one term."""

    actions: ClassVar = {"POST": "livelihoods.confirm_months"}

    @extend_schema(operation_id="post_terms_confirm", request=shapes.MonthShape, responses={201: shapes.MonthRow})
    def post(self, request: Request, term_id: UUID) -> Response:
        """Confirm a month that was worked and paid."""
        wanted = self.shape(shapes.MonthShape)
        month = wanted.pop("month")
        return self.answer(confirm_month(term_id, month, actor=self.actor, version=self.version(), **wanted))


class MonthList(TenantAPIView):
    """The confirmed months of the persons in the token's area."""

    actions: ClassVar = {"GET": "livelihoods.view"}
    paged: ClassVar = True

    @extend_schema(operation_id="post_months_list", responses=shapes.MonthRow(many=True))
    def get(self, request: Request) -> Response:
        """List months, those that were taken back and their mirrors too."""
        return self.page(months_visible_to(self.actor), month_rows)


class MonthReversalView(_MonthView):
    """The reversal of one month."""

    actions: ClassVar = {"POST": "livelihoods.confirm_months"}
    # A month never changes, and is reversed once.
    versioned: ClassVar = False

    @extend_schema(operation_id="post_months_reverse", request=shapes.MonthReversal, responses={201: shapes.MonthRow})
    def post(self, request: Request, month_id: UUID) -> Response:
        """Take a month back by its mirror; both stay on file."""
        reason = self.shape(shapes.MonthReversal)["reason"]
        return self.answer(reverse_month(month_id, reason=reason, actor=self.actor))


class _Year(serializers.Serializer[Any]):
    year = serializers.IntegerField(min_value=2000, max_value=2100, required=False)


class PayOffers(TenantAPIView):
    """What confirmed months offer to a household's next visit."""

    actions: ClassVar = {"GET": "livelihoods.view"}
    parameters: ClassVar = {"year": "of which year; this one where it is left out"}

    @extend_schema(operation_id="households_pay_offers", responses=IncomeOfferRow(many=True))
    def get(self, request: Request, household_id: UUID) -> Response:
        """List the months of those who lived in the household, and which stand in its income already."""
        household = find_household(household_id, actor=self.actor)
        question = _Year(data=request.GET.dict())
        question.is_valid(raise_exception=True)
        year = question.validated_data.get("year", today().year)
        return Response({"next": None, "results": [asdict(one) for one in offers_of(household.pk, year)]})
