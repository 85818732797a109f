"""Entries of the collective ledger: the list, the page of one, and its reversal."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from economy.domain.ledger import reverse_entry
from economy.enums import SOURCE_SCHEME
from economy.models import LedgerEntry
from economy.queries.ledger import with_reversal
from households.admin.filters import TownshipFilter
from registry.admin.base import TenantModelAdmin
from registry.admin.forms import SiteForm
from registry.admin.verbs import Verb
from registry.tenancy.context import Actor
from villages.admin.labels import code_label


class ReversalForm(SiteForm):
    """Why an entry was wrong."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("No names or numbers of persons."))


def _reverse(entry: LedgerEntry, values: dict[str, Any], actor: Actor) -> LedgerEntry:
    return reverse_entry(entry.pk, reason=values["reason"], actor=actor)


def _stands(entry: LedgerEntry) -> bool:
    return entry.reverses_id is None and not getattr(entry, "is_reversed", False)


@admin.register(LedgerEntry)
class LedgerEntryAdmin(TenantModelAdmin):
    """The entries of the area; a new one is booked on the page of its village."""

    view_action = "economy.view"
    has_history = False
    list_display = ("occurred_on", "village", "kind", "source_label", "amount_yuan", "purpose", "reversed_label")
    list_select_related = ("village",)
    list_filter = (TownshipFilter, "kind")
    ordering = ("-occurred_on", "-id")
    fields = (
        "village_link",
        "kind",
        "source_label",
        "occurred_on",
        "amount_yuan",
        "purpose",
        "origin_links",
        "reverses_link",
        "reversed_label",
        "file_link",
        "recorded_at",
    )
    readonly_fields = fields
    source_label = code_label(LedgerEntry, "source_code", SOURCE_SCHEME)
    verbs: ClassVar = (
        Verb(
            "reverse",
            _("Reverse the entry"),
            "economy.book",
            run=_reverse,
            form=ReversalForm,
            offered=_stands,
            icon="undo",
            danger=True,
            intro=_("A second entry of the same day takes the amount back. Both stay on file."),
        ),
    )

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[LedgerEntry]:
        return with_reversal(LedgerEntry.objects.select_related("village", "document"))

    @admin.display(description=_("reversed"), boolean=True)
    def reversed_label(self, entry: LedgerEntry) -> bool:
        """Tell whether another entry took this one back."""
        return bool(getattr(entry, "is_reversed", False))

    @admin.display(description=_("village"))
    def village_link(self, entry: LedgerEntry) -> str:
        """Lead to the ledger of the village in the entry's year."""
        address = reverse("admin:village-economy", args=[entry.village_id])
        return format_html('<a href="{}?year={}">{}</a>', address, entry.occurred_on.year, entry.village.name)

    @admin.display(description=_("follows from"))
    def origin_links(self, entry: LedgerEntry) -> str:
        """Lead to the dividend and the project that the entry names."""
        links = []
        if entry.dividend_id is not None:
            links.append((reverse("admin:economy_dividend_change", args=[entry.dividend_id]), _("the dividend")))
        if entry.project_id is not None:
            links.append((reverse("admin:industry-project-sheet", args=[entry.project_id]), _("the industry project")))
        return format_html_join(" · ", '<a href="{}">{}</a>', links) or str(self.get_empty_value_display())

    @admin.display(description=_("reverses"))
    def reverses_link(self, entry: LedgerEntry) -> str:
        """Lead to the entry that this one takes back."""
        return self._link(entry, entry.reverses_id, _("the entry that this one takes back"))

    @admin.display(description=_("supporting document"))
    def file_link(self, entry: LedgerEntry) -> str:
        """Lead to the file."""
        if entry.document_id is None:
            return str(self.get_empty_value_display())
        return format_html('<a href="{}">{}</a>', reverse("admin:ledger-entry-file", args=[entry.pk]), _("Download"))

    def _link(self, _entry: Model, target: object, text: object) -> str:
        if target is None:
            return str(self.get_empty_value_display())
        return format_html('<a href="{}">{}</a>', reverse("admin:economy_ledgerentry_change", args=[target]), text)
