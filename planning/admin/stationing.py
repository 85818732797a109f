"""The page on which a county names the leaders of the teams that come by an accepted part."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from planning.domain.parts import station_teams
from planning.models import PartVillage
from planning.queries.plans import find, parts_on_list, villages_without_leader
from registry.admin.forms import SiteForm
from registry.admin.pages import FormPage, form_page
from registry.admin.site import actor_at

SHOWN: Final = 50


def stationing_page(request: HttpRequest, part_id: UUID) -> HttpResponse:
    """Ask for the leader of each team that has none yet; what is left empty is asked for again later."""
    actor = actor_at(request)
    part = find(parts_on_list(), part_id)
    waiting = list(villages_without_leader(part)[:SHOWN])
    back = reverse("admin:planning_planpart_change", args=[part.pk])

    def submit(values: dict[str, Any]) -> HttpResponse:
        leaders = {code: name for code, name in values.items() if name}
        begun = station_teams(part.pk, leaders, actor=actor)
        messages.success(request, _("Teams sent: %(count)d.") % {"count": len(begun)})
        return HttpResponseRedirect(back)

    page = FormPage(
        _("Name the leaders, and send the teams"),
        back,
        _("The stay begins on the first day of the plan; the team that was there ends then. Leave empty what you do "
          "not know yet."),
        button=_("Send the teams"),
    )  # fmt: skip
    return form_page(request, page, _form_of(waiting), submit)


def _form_of(waiting: list[PartVillage]) -> type[SiteForm]:
    """Make a form with a field for each village, named by its code as the domain names it."""
    fields: dict[str, Any] = {
        row.village_code: forms.CharField(
            label=f"{row.village_name} · {row.unit_name}", max_length=60, required=False, help_text=_("Leader")
        )
        for row in waiting
    }
    return type("StationingForm", (SiteForm,), fields)
