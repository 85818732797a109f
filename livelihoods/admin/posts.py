"""Public-welfare posts, terms and confirmed months on the site."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.admin.filters import TownshipFilter
from households.admin.links import person_link
from households.models import Person
from households.queries.visibility import find_household
from livelihoods.definitions.posts import PAY_ITEMS
from livelihoods.domain.months import confirm_month, reverse_month
from livelihoods.domain.posts import PostDraft, amend_post, end_term, fill_post, open_post, renew_term
from livelihoods.models import PostHolding, PostMonth, WelfarePost
from livelihoods.queries.offers import offers_of
from livelihoods.queries.posts import terms_due
from livelihoods.queries.visibility import holdings_visible_to, months_visible_to
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.forms import SiteForm
from registry.admin.history import History
from registry.admin.site import actor_at, site
from registry.admin.verbs import FIRST_YEAR, Verb, year_shown
from registry.domain.codes import code_list
from registry.lib.periods import months_after, today
from registry.tenancy.context import Actor
from villages.admin.fields import DressedForm, VersionedForm, code_field
from villages.admin.labels import code_label

_SHOWN = 300
_DRAFT = tuple(PostDraft.__dataclass_fields__)
_CODES = {"kind_code": "public_post", "funding_code": "funding_source", "pay_item_code": "income_item"}


def _payers() -> list[tuple[str, str]]:
    listed = code_list("income_item")
    return [("", "–"), *((code, listed.label_of(code)) for code in PAY_ITEMS)]


class PostForm(DressedForm):
    """A post with its seats, pay and duties."""

    kind_code = code_field("public_post", _("kind of post"), required=True)
    funding_code = code_field("funding_source", _("source of the money"), required=True)
    pay_item_code = forms.ChoiceField(label=_("paid by"), choices=_payers)


def _posts() -> list[tuple[str, str]]:
    rows = WelfarePost.objects.select_related("village").order_by("scope_code", "name")
    return [("", "–"), *((str(row.pk), f"{row.village.name} {row.name}") for row in rows)]


def _in_a_year() -> Any:  # noqa: ANN401  (an initial value, as forms take it)
    return months_after(today(), 12)


class TermForm(SiteForm):
    """Which post, and for how long."""

    post_id = forms.ChoiceField(label=_("public-welfare post"), choices=_posts)
    starts_on = forms.DateField(label=_("from"), initial=today)
    ends_on = forms.DateField(
        label=_("until (not included)"), initial=_in_a_year, help_text=_("A year at most; it is renewed.")
    )


class RenewForm(VersionedForm):
    """Until when the next term lasts."""

    ends_on = forms.DateField(label=_("until (not included)"))


class EndForm(VersionedForm):
    """The first day without the post, and why."""

    on = forms.DateField(label=_("until (not included)"), initial=today)
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("No names or numbers of persons."))


class MonthForm(VersionedForm):
    """A month that was worked and paid."""

    month = forms.DateField(label=_("month"), help_text=_("The first day of that month."))
    amount_yuan = forms.DecimalField(
        label=_("pay (yuan)"),
        max_digits=10,
        decimal_places=2,
        required=False,
        help_text=_("Leave empty for the pay of the post."),
    )


class ReversalForm(SiteForm):
    """Why a month was wrong."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("No names or numbers of persons."))


def _fill(person: Person, values: dict[str, Any], actor: Actor) -> PostHolding:
    return fill_post(UUID(values.pop("post_id")), person.pk, actor=actor, **values)


FILL_POST = Verb("fill-post", _("Give a public-welfare post"), "livelihoods.fill_posts", run=_fill, form=TermForm,
                 icon="badge")  # fmt: skip


def _renew(row: PostHolding, values: dict[str, Any], actor: Actor) -> PostHolding:
    return renew_term(row.pk, actor=actor, **values)


def _end(row: PostHolding, values: dict[str, Any], actor: Actor) -> PostHolding:
    return end_term(row.pk, actor=actor, **values)


def _confirm(row: PostHolding, values: dict[str, Any], actor: Actor) -> PostMonth:
    return confirm_month(row.pk, values.pop("month"), actor=actor, **values)


def _reverse(row: PostMonth, values: dict[str, Any], actor: Actor) -> PostMonth:
    return reverse_month(row.pk, reason=values["reason"], actor=actor)


class PersonTermInline(TenantTabularInline):
    """The posts of a person."""

    model = PostHolding
    view_action = "livelihoods.view"
    fields = ("starts_on", "ends_on", "end_reason")
    show_change_link = True


class PostTermInline(TenantTabularInline):
    """Who holds a post, of those whom the one at work may see."""

    model = PostHolding
    view_action = "livelihoods.view"
    fields = ("person_name", "seat_number", "starts_on", "ends_on")
    show_change_link = True

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[PostHolding]:
        return holdings_visible_to(actor_at(request))

    @admin.display(description=_("person"))
    def person_name(self, row: PostHolding) -> str:
        """Lead to the person."""
        return person_link(row.person)


class MonthInline(TenantTabularInline):
    """The confirmed months of a term."""

    model = PostMonth
    view_action = "livelihoods.view"
    fields = ("month", "amount_yuan", "reverses", "recorded_at")
    show_change_link = True


@admin.register(WelfarePost)
class WelfarePostAdmin(TenantModelAdmin):
    """Posts of the area with who holds them."""

    form = PostForm
    view_action, add_action, change_action = "livelihoods.view", "livelihoods.keep_posts", "livelihoods.keep_posts"
    fields = ("village", *_DRAFT)
    list_display = ("name", "village", "kind_label", "seat_count", "monthly_yuan", "ends_on")
    list_select_related = ("village",)
    list_filter = (TownshipFilter,)
    inlines = (PostTermInline,)
    history = History(codes=_CODES)
    kind_label = code_label(WelfarePost, "kind_code", "public_post")
    funding_label = code_label(WelfarePost, "funding_code", "funding_source")
    payer_label = code_label(WelfarePost, "pay_item_code", "income_item")

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("village",) if obj else ()

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None or self.has_change_permission(request, obj):
            return self.fields
        labels = {"kind_code": "kind_label", "funding_code": "funding_label", "pay_item_code": "payer_label"}
        return tuple(labels.get(name, name) for name in self.fields)

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> WelfarePost:
        village = values.pop("village")
        return open_post(village.pk, PostDraft(**values), actor=actor)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> WelfarePost:
        values.pop("village", None)
        return amend_post(record.pk, PostDraft(**values), actor=actor, version=version)


@admin.register(PostHolding)
class PostHoldingAdmin(TenantModelAdmin):
    """Terms of the persons that the one at work sees; a new one is entered on the person's page."""

    view_action = "livelihoods.view"
    list_display = ("starts_on", "ends_on", "person_name", "seat_number")
    list_select_related = ("person",)
    list_filter = (TownshipFilter,)
    fields = ("person_name", "post_label", "seat_number", "starts_on", "ends_on", "end_reason")
    readonly_fields = fields
    inlines = (MonthInline,)
    history = History(links={"person": Person, "post": WelfarePost})
    verbs: ClassVar = (
        Verb("confirm", _("Confirm a month"), "livelihoods.confirm_months", run=_confirm, form=MonthForm,
             icon="event_available",
             intro=_("The pay is offered to the next visit of the household. No income is written by itself.")),
        Verb("renew", _("Renew the term"), "livelihoods.fill_posts", run=_renew, form=RenewForm, icon="autorenew",
             initial=lambda row: {"ends_on": months_after(row.ends_on, 12)}),
        Verb("end", _("End the term early"), "livelihoods.fill_posts", run=_end, form=EndForm, icon="event_busy",
             offered=lambda row: row.ends_on > row.starts_on, danger=True),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[PostHolding]:
        return holdings_visible_to(actor_at(request))

    @admin.display(description=_("person"))
    def person_name(self, row: PostHolding) -> str:
        """Lead to the person."""
        return person_link(row.person)

    @admin.display(description=_("public-welfare post"))
    def post_label(self, row: PostHolding) -> str:
        """Name the post; it may be one of a township out of sight."""
        post = WelfarePost.objects.filter(pk=row.post_id).first()
        return post.name if post else str(self.get_empty_value_display())


@admin.register(PostMonth)
class PostMonthAdmin(TenantModelAdmin):
    """Confirmed months; a new one is entered on the page of its term."""

    view_action = "livelihoods.view"
    list_display = ("month", "person_name", "amount_yuan", "source")
    list_select_related = ("person",)
    list_filter = (TownshipFilter,)
    ordering = ("-month", "-id")
    fields = ("person_name", "month", "amount_yuan", "item_label", "source", "reverses", "recorded_at")
    readonly_fields = fields
    has_history = False
    item_label = code_label(PostMonth, "item_code", "income_item")
    verbs: ClassVar = (
        Verb("reverse", _("Reverse the month"), "livelihoods.confirm_months", run=_reverse, form=ReversalForm,
             offered=lambda row: row.reverses_id is None, icon="undo", danger=True,
             intro=_("A second entry takes the pay back. Both stay on file.")),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[PostMonth]:
        return months_visible_to(actor_at(request))

    @admin.display(description=_("person"))
    def person_name(self, row: PostMonth) -> str:
        """Lead to the person."""
        return person_link(row.person)


def posts_due_page(request: HttpRequest) -> HttpResponse:
    """Show the terms that end soon without a next one, and holders who are over age, died or left."""
    rows = terms_due(holdings_visible_to(actor_at(request))).order_by("ends_on", "id")
    found = list(rows[: _SHOWN + 1])
    context = site.each_context(request) | {
        "title": gettext("Posts to be looked at"),
        "rows": found[:_SHOWN],
        "has_more": len(found) > _SHOWN,
        "shown": _SHOWN,
    }
    return TemplateResponse(request, "livelihoods/admin/posts_due.html", context)


def household_pay(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Show what confirmed months of a year offer to the household's next visit."""
    actor, year = actor_at(request), year_shown(request)
    household = find_household(household_id, actor=actor)
    context = site.each_context(request) | {
        "title": gettext("Pay of posts for the income ledger"),
        "household": household,
        "year": year,
        "first_year": FIRST_YEAR,
        "this_year": today().year,
        "offers": offers_of(household.pk, year),
    }
    return TemplateResponse(request, "livelihoods/admin/pay.html", context)
