"""The page on which the relocation of a household is recorded."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from households.admin.visits import model_field
from households.domain.relocation import RELOCATION_CODES, RELOCATION_FACTS, SETTLEMENT, record_relocation
from households.models import Relocation
from households.queries.settlements import offered_settlements
from households.queries.visibility import find_household
from households.queries.visits import relocation_of
from registry.admin.forms import dress
from registry.admin.pages import FormPage, form_page
from registry.admin.site import actor_at
from villages.admin.fields import VersionedForm, code_field, label_of, yes_no_field


class RelocationForm(VersionedForm):
    """What is known of a relocation; the version is that of the relocation, 0 where none is on file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = kwargs.get("initial") or {}
        super().__init__(*args, **kwargs)
        self.fields[SETTLEMENT] = forms.ChoiceField(
            label=label_of(Relocation, "settlement"),
            choices=[("", "–"), *((str(pk), name) for pk, name in initial.get("settlements", ()))],
            required=False,
            help_text=_("Its name is then that of the settlement site."),
        )
        for name in RELOCATION_FACTS:
            one = Relocation._meta.get_field(name)
            if name in RELOCATION_CODES:
                self.fields[name] = code_field(RELOCATION_CODES[name], label_of(Relocation, name))
            elif one.get_internal_type() == "BooleanField":
                self.fields[name] = yes_no_field(label_of(Relocation, name))
            else:
                self.fields[name] = model_field(Relocation, name)
        dress(self)


def relocation_page(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Show the form of a household's relocation and record it."""
    actor = actor_at(request)
    household = find_household(household_id, actor=actor)
    known = relocation_of(household)
    back = reverse("admin:households_household_change", args=[household.pk])

    def submit(values: dict[str, Any]) -> HttpResponse:
        version = values.pop("version")
        values[SETTLEMENT] = UUID(values[SETTLEMENT]) if values[SETTLEMENT] else None
        record_relocation(household.pk, values, actor=actor, version=version)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(back)

    initial = {name: getattr(known, name) for name in (SETTLEMENT, *RELOCATION_FACTS)} if known else {}
    initial["settlements"] = offered_settlements(known)
    page = FormPage(_("Relocation"), back)
    initial["version"] = known.version if known else 0
    return form_page(request, page, RelocationForm, submit, initial=initial, context={"record": household.number})
