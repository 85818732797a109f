"""Persons of two counties: the worklist, and what became of each."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.admin.links import person_link
from households.domain.duplicates import settle_duplicate
from households.enums import DuplicateState
from households.models import DuplicateNotice
from households.queries.duplicates import notices_visible_to
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


def _is_open(notice: DuplicateNotice) -> bool:
    return notice.state == DuplicateState.NEW


def _settling(name: str, label: str | Promise, state: DuplicateState) -> Verb:
    """Make the button of one outcome."""

    def run(notice: DuplicateNotice, values: dict[str, Any], actor: Actor) -> DuplicateNotice:
        return settle_duplicate(notice.pk, state, actor=actor, **values)

    return Verb(name, label, "households.settle_duplicate", run=run, form=SettleForm, offered=_is_open, icon="done")


@admin.register(DuplicateNotice)
class DuplicateNoticeAdmin(TenantModelAdmin):
    """The own persons whom another county has too. Of the other county it shows the name and whom to call."""

    view_action = "households.view_duplicates"
    list_display = ("person_name", "other_tenant", "office_contact", "state", "other_state", "created_at")
    list_filter = ("state",)
    fields = ("person_name", "other_tenant", "office_contact", "state", "reason", "settled_at", "other_state")
    readonly_fields = fields
    history = History()
    verbs: ClassVar = (
        _settling("transferred", _("Settle: transferred"), DuplicateState.TRANSFERRED),
        _settling("corrected", _("Settle: number corrected"), DuplicateState.CORRECTED),
        _settling("both-right", _("Settle: both are right"), DuplicateState.BOTH_RIGHT),
    )

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[DuplicateNotice]:
        return notices_visible_to(actor_at(request))

    @admin.display(description=_("Name"))
    def person_name(self, notice: DuplicateNotice) -> str:
        """Show the own person with the link to their page."""
        return person_link(notice.person)

    @admin.display(description=_("whom to call"))
    def office_contact(self, notice: DuplicateNotice) -> str:
        """Show the other county's office."""
        return notice.other_tenant.office_contact or self.get_empty_value_display()
