"""Persons of the county who look alike: the worklist, and what each two are."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.admin.links import person_link
from households.domain.near import settle_near
from households.enums import NearState
from households.models import NearDuplicate
from households.queries.near import near_visible_to
from registry.admin.base import TenantModelAdmin
from registry.admin.history import History
from registry.admin.site import actor_at
from registry.admin.verbs import Verb
from registry.tenancy.context import Actor
from villages.admin.fields import VersionedForm


class SettleForm(VersionedForm):
    """Why it is so."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("Whom you spoke to and what was found. No names of persons.")
    )


def _is_open(near: Any) -> bool:  # noqa: ANN401  (a row with what its query adds)
    return near.state == NearState.NEW and near.other_id is not None


def _settling(name: str, label: str | Promise, state: NearState) -> Verb:
    """Make the button of one outcome; there is one only for those who see both sides."""

    def run(near: NearDuplicate, values: dict[str, Any], actor: Actor) -> NearDuplicate:
        return settle_near(near.pk, state, actor=actor, **values)

    return Verb(name, label, "households.settle_near", run=run, form=SettleForm, offered=_is_open, icon="done")


@admin.register(NearDuplicate)
class NearDuplicateAdmin(TenantModelAdmin):
    """The own persons who look like somebody else of the county; of one who is hidden it shows the village alone."""

    view_action = "households.view_near"
    list_display = ("person_name", "why", "other_side", "other_left", "state", "created_at")
    list_filter = ("state", "why", "other_left")
    fields = ("person_name", "why", "other_side", "other_left", "state", "reason", "settled_at")
    readonly_fields = fields
    history = History(divisions=("other_village_code",))
    verbs: ClassVar = (
        _settling("different", _("Settle: different persons"), NearState.DIFFERENT),
        _settling("same", _("Settle: same person, put right"), NearState.SAME),
    )

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[NearDuplicate]:
        return near_visible_to(actor_at(request))

    @admin.display(description=_("Name"))
    def person_name(self, near: NearDuplicate) -> str:
        """Show the own person with the link to their page."""
        return person_link(near.person)

    @admin.display(description=_("looks like"))
    def other_side(self, near: Any) -> str:  # noqa: ANN401  (a row with what its query adds)
        """Show the other person with the link where the reader may see that person, and else whom to call."""
        place = f"{near.other_township} {near.other_village}"
        if near.other_id is None:
            return format_html("{}", _("Somebody in %(place)s; call there.") % {"place": place})
        address = reverse("admin:households_person_change", args=[near.other_id])
        return format_html('<a href="{}">{}</a> ({})', address, near.other_name, place)
