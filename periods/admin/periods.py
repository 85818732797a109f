"""Periods on the site: the calendar of a year, and the page of one period with its stages, editions and reopenings."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from periods.admin import forms
from periods.domain.freezes import start_freeze
from periods.domain.freezing import verify_snapshot
from periods.domain.periods import amend_campaign, close_period, keep_open, open_period, open_year, publish_period
from periods.domain.reopening import ask_reopening, decide_reopening
from periods.enums import PeriodKind, PeriodState
from periods.models import Period, PeriodStage, Reopening, Snapshot
from periods.queries.periods import (
    StageToday,
    periods,
    periods_of_year,
    picture_of,
    reopenings_to_decide,
    running_freeze,
    stage_on,
    waiting_reopening_of,
    waiting_reopenings,
    years,
)
from periods.workflow import FIXED
from registry.access import allowed
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.history import History
from registry.admin.pages import FormPage, form_page
from registry.admin.site import actor_at, site
from registry.admin.verbs import Verb
from registry.lib.periods import today
from registry.tenancy.context import Actor, current_actor
from villages.admin.fields import VersionedForm


@dataclass(frozen=True, slots=True)
class Shown:
    """A period of the calendar; of a campaign the stage of today."""

    period: Period
    stage: StageToday | None
    is_running: bool
    is_over: bool


def calendar_page(request: HttpRequest) -> HttpResponse:
    """Show the periods of a year by kind; make those of a year that are missing."""
    actor, day = actor_at(request), today()
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else day.year
    running = running_freeze()
    shown = [_shown(row, running) for row in periods_of_year(year)]
    context = site.each_context(request) | {
        "title": gettext("Periods"),
        "year": year,
        "years": sorted({*years(), day.year, year}, reverse=True),
        "kinds": [(kind.label, [one for one in shown if one.period.kind == kind]) for kind in PeriodKind],
        "running": running,
        "waiting": _waiting(actor, to_decide="waiting" in request.GET),
        "may_manage": allowed(actor, "periods.manage"),
    }
    return TemplateResponse(request, "periods/admin/calendar.html", context)


def _waiting(actor: Actor, *, to_decide: bool) -> list[Reopening]:
    """Give the reopenings that wait for a second person, or with `to_decide` for the actor."""
    if not allowed(actor, "periods.view_pictures"):
        return []
    return list(reopenings_to_decide(actor) if to_decide else waiting_reopenings())


def _shown(row: Period, running: Snapshot | None) -> Shown:
    day = today()
    is_now = row.kind == PeriodKind.CAMPAIGN and row.first_day <= day <= row.last_day
    stage = stage_on(row, list(row.stages.all()), day) if is_now else None
    return Shown(row, stage, running is not None and running.period_id == row.pk, row.last_day < day)


def year_page(request: HttpRequest) -> HttpResponse:
    """Make the periods of a calendar year."""

    def submit(values: dict[str, Any]) -> HttpResponse:
        rows = open_year(values["year"], actor=actor_at(request))
        told = ngettext("%(number)s period was made.", "%(number)s periods were made.", len(rows))
        messages.success(request, told % {"number": len(rows)})
        return HttpResponseRedirect(f"{reverse('admin:periods')}?year={values['year']}")

    label = _("Make the periods of a year")
    page = FormPage(label, reverse("admin:periods"), button=label)
    return form_page(request, page, forms.YearForm, submit, initial={"year": today().year})


def campaign_page(request: HttpRequest) -> HttpResponse:
    """Make a campaign with its stages."""

    def submit(values: dict[str, Any]) -> HttpResponse:
        row = open_period(forms.draft_of(values), actor=actor_at(request))
        messages.success(request, gettext("Done."))
        return HttpResponseRedirect(reverse("admin:periods_period_change", args=[row.pk]))

    label = _("Make a campaign")
    page = FormPage(label, reverse("admin:periods"), _("A stage without days is not part of it."), button=label)
    return form_page(request, page, forms.CampaignForm, submit)


def _amend(row: Period, values: dict[str, Any], actor: Actor) -> Period:
    return amend_campaign(row.pk, forms.draft_of(values), actor=actor, version=values["version"])


def _ask(row: Period, values: dict[str, Any], actor: Actor) -> object:
    return ask_reopening(row.pk, reason=values["reason"], actor=actor, version=values["version"])


def _agree(row: Period, values: dict[str, Any], actor: Actor) -> object:
    return decide_reopening(waiting_reopening_of(row).pk, approve=True, actor=actor, version=values["version"])


def _refuse(row: Period, values: dict[str, Any], actor: Actor) -> object:
    return decide_reopening(waiting_reopening_of(row).pk, approve=False, actor=actor, version=values["version"])


def _verify(row: Period, values: dict[str, Any], actor: Actor) -> str:
    """Verify the picture that counts and say what was found."""
    found = verify_snapshot(picture_of(row).pk, actor=actor)
    return gettext("The picture is as it was made.") if found.is_sound else gettext("The picture was changed.")


def _is_asked(row: Period) -> bool:
    return row.reopenings.filter(decided_at__isnull=True).exists()


def _is_asked_by_another(row: Period) -> bool:
    """Tell whether this reader may decide: never on the own request."""
    waiting = row.reopenings.filter(decided_at__isnull=True)
    return waiting.exclude(asked_by_id=current_actor().user_id).exists()


def _breakable(checksum: str) -> str:
    """Let a checksum break where the page is narrow."""
    return format_html('<span class="break-all">{}</span>', checksum) if checksum else ""


class StageInline(TenantTabularInline):
    """The stages of a campaign."""

    model = PeriodStage
    view_action = "periods.view"
    fields = ("kind", "first_day", "last_day")


class EditionInline(TenantTabularInline):
    """The pictures that were asked for, each with its checksum or with the reason why it failed."""

    model = Snapshot
    view_action = "periods.view_pictures"
    fields = ("edition", "state", "taken_at", "households", "persons", "villages", "shown_checksum", "error")
    readonly_fields = fields
    ordering = ("-created_at", "-id")

    @admin.display(description=_("checksum"))
    def shown_checksum(self, row: Snapshot) -> str:
        """Show the checksum."""
        return _breakable(row.checksum)


class ReopeningInline(TenantTabularInline):
    """Who asked to open the period again, why, and who decided."""

    model = Reopening
    view_action = "periods.view_pictures"
    fields = ("asked_at", "asked_by", "reason", "decided_at", "decided_by", "is_approved")


@admin.register(Period)
class PeriodAdmin(TenantModelAdmin):
    """The periods of the county; each state has its button."""

    view_action = "periods.view"
    list_display = ("name", "kind", "first_day", "last_day", "state", "frozen_at", "published_at")
    list_filter = ("kind", "state")
    fields = readonly_fields = (*list_display, "stage_today", "picture")
    inlines = (StageInline, EditionInline, ReopeningInline)
    history = History()
    verbs: ClassVar = (
        Verb("amend", _("Amend"), "periods.manage", run=_amend, form=forms.AmendCampaignForm, icon="edit",
             initial=forms.initial_of,
             offered=lambda row: row.kind == PeriodKind.CAMPAIGN and row.state == PeriodState.OPEN),
        Verb("close", _("Close for entry"), "periods.manage", form=VersionedForm, icon="lock_clock",
             run=lambda row, values, actor: close_period(row.pk, actor=actor, version=values["version"]),
             offered=lambda row: row.state == PeriodState.OPEN and row.first_day <= today(),
             intro=_("Announces that entry ends. It can be opened again as long as the period is not frozen.")),
        Verb("keep-open", _("Open for entry again"), "periods.manage", form=VersionedForm, icon="lock_open",
             run=lambda row, values, actor: keep_open(row.pk, actor=actor, version=values["version"]),
             offered=lambda row: row.state == PeriodState.CLOSING),
        Verb("freeze", _("Freeze"), "periods.freeze", form=VersionedForm, icon="ac_unit",
             run=lambda row, values, actor: start_freeze(row.pk, actor=actor, version=values["version"]),
             offered=lambda row: row.state not in FIXED and row.last_day < today(),
             intro=_("Takes one picture of the register and books the month. What is recorded later counts in the next "
                     "month, and is shown there as recorded late.")),
        Verb("publish", _("Publish"), "periods.publish", form=VersionedForm, icon="public",
             run=lambda row, values, actor: publish_period(row.pk, actor=actor, version=values["version"]),
             offered=lambda row: row.state == PeriodState.FROZEN,
             intro=_("From now on those above the county see the figures of this period.")),
        Verb("verify", _("Verify the picture"), "periods.view_pictures", form=VersionedForm, icon="fingerprint",
             run=_verify, secret=_("Result"),
             offered=lambda row: row.state in FIXED),
        Verb("ask-reopening", _("Ask to open it again"), "periods.ask_reopening", run=_ask, form=forms.ReopeningForm,
             icon="undo", offered=lambda row: row.state in FIXED and not _is_asked(row),
             intro=_("A second person decides. What was frozen stays readable as an edition.")),
        Verb("approve-reopening", _("Agree to open it again"), "periods.decide_reopening", form=VersionedForm,
             icon="check", run=_agree, danger=True,
             offered=lambda row: row.state in FIXED and _is_asked_by_another(row),
             intro=_("The period goes back to open, and with a month the quarters, half-years and years that rest on "
                     "it. What was frozen stays readable as an edition. Who asked, and why, stands on the page "
                     "before.")),
        Verb("refuse-reopening", _("Refuse to open it again"), "periods.decide_reopening", form=VersionedForm,
             icon="close", run=_refuse, offered=_is_asked_by_another,
             intro=_("The period stays as it is.")),
    )  # fmt: skip

    @override
    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Show stages below a campaign alone."""
        shown = super().get_inlines(request, obj)
        is_campaign = obj is not None and obj.kind == PeriodKind.CAMPAIGN
        return [one for one in shown if is_campaign or one is not StageInline]

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Period]:
        return periods()

    @admin.display(description=_("Stage of today"))
    def stage_today(self, row: Period) -> str:
        """Say which stage of a campaign today lies in, and how many days are left in it."""
        day = today()
        if row.kind != PeriodKind.CAMPAIGN or not row.first_day <= day <= row.last_day:
            return str(self.get_empty_value_display())
        now = stage_on(row, list(row.stages.all()), day)
        stage = now.stage.get_kind_display() if now.stage else gettext("between stages")
        left = ngettext("%(days)s day left", "%(days)s days left", now.days_left) % {"days": now.days_left}
        return f"{stage}: {left}"

    @admin.display(description=_("Picture"))
    def picture(self, row: Period) -> str:
        """Show edition and checksum of the picture that counts."""
        snapshot = row.snapshot
        if snapshot is None:
            return str(self.get_empty_value_display())
        said = gettext("edition %(edition)s, %(households)s households, %(persons)s persons, checksum %(checksum)s")
        return format_html('<span class="break-all">{}</span>', said % {
            "edition": snapshot.edition,
            "households": snapshot.households,
            "persons": snapshot.persons,
            "checksum": snapshot.checksum,
        })  # fmt: skip
