"""The pages "As of a day": ask for a picture of the register, watch it being made, read its counts, verify it."""

from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from periods.domain.freezing import verify_snapshot
from periods.domain.questions import ask_picture, known_until
from periods.enums import SnapshotState
from periods.models import Snapshot
from periods.queries.questions import areas_of, counts_by_village, find_picture, limits_of, pictures
from registry.access import allowed
from registry.admin.forms import SiteForm, add_refusal
from registry.admin.site import SitePage, site
from registry.lib.errors import DomainError
from registry.lib.periods import today
from registry.queries.divisions import division_names
from registry.tenancy.context import current_actor
from registry.tenancy.scope import savepoint

MOST_SHOWN = 50


class QuestionForm(SiteForm):
    """Choose the day, what was known when, and the division."""

    as_of = forms.DateField(label=_("As the facts stood on"), help_text=_("Today or a day before."))
    known_on = forms.DateField(
        label=_("As known on"), required=False, help_text=_("At the end of that day; empty: what is known now.")
    )
    area_code = forms.ChoiceField(label=_("County, township or village"))

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["area_code"]).choices = areas


def picture_list(request: HttpRequest) -> HttpResponse:
    """List the pictures that were asked for; ask for another one."""
    actor = current_actor()
    areas = areas_of(actor)
    form = QuestionForm(
        request.POST if request.method == "POST" else None, areas=areas, initial={"as_of": today().isoformat()}
    )
    if request.method == "POST" and form.is_valid():
        snapshot = _asked(form)
        if snapshot is not None:
            return HttpResponseRedirect(reverse("admin:picture", args=[snapshot.pk]))
    names = dict(areas)
    rows = list(pictures(actor)[:MOST_SHOWN])
    context = site.each_context(request) | {
        "title": gettext("As of a day"),
        "form": form,
        "rows": [(row, names.get(row.scope_code, row.scope_code)) for row in rows],
    }
    return TemplateResponse(request, "periods/admin/pictures.html", context)


def _asked(form: QuestionForm) -> Snapshot | None:
    """Ask for the picture, or show at the form why not."""
    chosen = form.cleaned_data
    as_of, known_on = cast("date", chosen["as_of"]), cast("date | None", chosen["known_on"])
    try:
        with savepoint():
            known_at = known_until(known_on)
            return ask_picture(as_of, known_at=known_at, area_code=chosen["area_code"], actor=current_actor())
    except DomainError as error:
        add_refusal(form, error)
        return None


def picture_page(request: HttpRequest, snapshot_id: UUID) -> HttpResponse:
    """Show one picture: how far it is, or what it counts by village, and what it cannot know."""
    actor = current_actor()
    snapshot = find_picture(snapshot_id, actor=actor)
    counts = counts_by_village(snapshot.pk) if snapshot.state == SnapshotState.MADE else []
    names = division_names([snapshot.scope_code, *(row["village_code"] for row in counts)])
    context = site.each_context(request) | {
        "title": f"{names.get(snapshot.scope_code, snapshot.scope_code)} {snapshot.as_of:%Y-%m-%d}",
        "picture": snapshot,
        "is_moving": snapshot.state == SnapshotState.MAKING,
        "counts": [row | {"name": names.get(row["village_code"], row["village_code"])} for row in counts],
        "notes": limits_of(snapshot, actor=actor),
        "may_verify": snapshot.state == SnapshotState.MADE and allowed(actor, "periods.verify", snapshot),
    }
    return TemplateResponse(request, "periods/admin/picture.html", context)


def verify(request: HttpRequest, snapshot_id: UUID) -> HttpResponse:
    """Reckon the checksum of a picture anew and say what came of it."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    find_picture(snapshot_id, actor=current_actor())
    if verify_snapshot(snapshot_id, actor=current_actor()).is_sound:
        messages.success(request, gettext("The picture is as it was made: its checksum is the same."))
    else:
        messages.error(request, gettext("The picture is not as it was made: its checksum differs. Tell the operator."))
    return HttpResponseRedirect(reverse("admin:picture", args=[snapshot_id]))


PAGES = (
    SitePage(
        "pictures",
        "periods/pictures/",
        "periods.ask_picture",
        picture_list,
        "periods",
        _("As of a day"),
        "history_toggle_off",
    ),
    SitePage("picture", "periods/pictures/<uuid:snapshot_id>/", "periods.ask_picture", picture_page, "periods"),
    SitePage("picture-verify", "periods/pictures/<uuid:snapshot_id>/verify/", "periods.verify", verify, "periods"),
)
