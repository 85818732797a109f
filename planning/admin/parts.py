"""Parts of published plans: what a county is offered, and what counties answered."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.admin.transfers import AnswerForm
from planning.domain.parts import accept_part, decline_part
from planning.enums import Direction, PartState
from planning.models import PartVillage, PlanPart
from planning.queries.plans import part_villages, parts_on_list, villages_without_leader
from registry.admin.base import TenantModelAdmin
from registry.admin.history import History
from registry.admin.verbs import Verb
from registry.domain.readable import label_of
from registry.tenancy.context import Actor
from villages.admin.fields import VersionedForm
from villages.enums import PAIRED_PROVINCE_SCHEME, UNIT_KIND_SCHEME


def _waits(part: PlanPart) -> bool:
    return (part.direction, part.state) == (Direction.RECEIVED, PartState.OFFERED)


def _accept(part: PlanPart, values: dict[str, Any], actor: Actor) -> object:
    return accept_part(part.pk, actor=actor, version=values["version"])


def _decline(part: PlanPart, values: dict[str, Any], actor: Actor) -> object:
    return decline_part(part.pk, actor=actor, **values)


@admin.register(PlanPart)
class PlanPartAdmin(TenantModelAdmin):
    """Parts on either side."""

    view_action = "planning.view"
    list_display = ("title", "direction", "other_name", "state", "starts_on")
    list_filter = ("direction", "state")
    fields = readonly_fields = (
        "title",
        "direction",
        "other_name",
        "starts_on",
        "ends_on",
        "state",
        "answer",
        "decided_at",
        "villages_named",
    )
    history = History()
    verbs: ClassVar = (
        Verb("accept", _("Accept"), "planning.answer", run=_accept, form=VersionedForm, offered=_waits, icon="check",
             intro=_("The villages are then yours to fill: name the leader of each team, and its stay begins.")),
        Verb("decline", _("Decline"), "planning.answer", run=_decline, form=AnswerForm, offered=_waits, danger=True,
             icon="close"),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[PlanPart]:
        return parts_on_list()

    @admin.display(description=_("Villages"))
    def villages_named(self, part: PlanPart) -> str:
        """Show which unit is to go to which village, with a link to its team or to the page that begins it."""
        rows = [
            (row.village_name, row.unit_name, self._kind(row), self._team(row))
            for row in part_villages(part).select_related("team")
        ]
        lines = format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {} {} {}</li>", rows))
        if part.state != PartState.ACCEPTED or not villages_without_leader(part).exists():
            return lines
        address = reverse("admin:dispatch-part-teams", args=[part.pk])
        return format_html(
            '{}<p><a class="text-primary-600 underline" href="{}">{}</a></p>',
            lines,
            address,
            _("Name the leaders, and send the teams"),
        )

    @staticmethod
    def _kind(row: PartVillage) -> str:
        """Name the kind of the unit, and the province of one of paired aid."""
        labels = (
            label_of(row.kind_code, UNIT_KIND_SCHEME),
            label_of(row.paired_province_code, PAIRED_PROVINCE_SCHEME),
        )
        named = " · ".join(filter(None, labels))
        return f"({named})" if named else ""

    @staticmethod
    def _team(row: PartVillage) -> str:
        if row.team_id is None:
            return ""
        address = reverse("admin:villages_workteam_change", args=[row.team_id])
        return format_html('(<a class="text-primary-600 underline" href="{}">{}</a>)', address, _("Work team"))
