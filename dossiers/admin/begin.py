"""The page on which a dossier is begun from the household's own page, where people stand when they decide to."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dossiers.admin.forms import CODE_FIELDS, code_of
from dossiers.domain.opening import begin_dossier
from dossiers.enums import Kind
from dossiers.queries.templates import templates_for
from households.queries.visibility import find_household
from registry.admin.forms import SiteForm
from registry.admin.pages import FormPage, form_page
from registry.admin.site import actor_at
from registry.lib.periods import today
from villages.admin.fields import code_field


class BeginHereForm(SiteForm):
    """The procedure, of those that the household's status allows, and the day."""

    template = forms.ChoiceField(label=_("Procedure"))
    category_code = code_field("monitoring_category", _("Monitoring category, when it is to be monitored"))
    manner_code = code_field("risk_removal", _("How the risk was removed, when it is to be removed"))
    cause_code = code_field("poverty_cause", _("Cause, when it returns to poverty"))
    begun_on = forms.DateField(label=_("Begun on"), initial=today)

    def __init__(self, *args: Any, initial: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial=initial, **kwargs)
        offered = initial["templates"]
        kinds = {template.kind for template in offered}
        choices = [(template.key, template.name) for template in offered]
        self.fields["template"].choices = self.fields["template"].widget.choices = choices  # type: ignore[attr-defined]  # of choices
        for name, kind in CODE_FIELDS.items():
            if kind not in kinds:
                del self.fields[name]


def begin_page(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Offer the procedures that fit, and begin one."""
    actor = actor_at(request)
    household = find_household(household_id, actor=actor)
    back = reverse("admin:households_household_change", args=[household.pk])
    templates = templates_for(household)

    def submit(values: dict[str, Any]) -> HttpResponse:
        kinds = {template.key: template.kind for template in templates}
        code = code_of(Kind(kinds[values["template"]]), values)
        dossier = begin_dossier(household.pk, values["template"], on=values["begun_on"], actor=actor, code=code)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("admin:dossiers_dossier_change", args=[dossier.pk]))

    none = "" if templates else _("The household's present status allows no procedure that the county has in use.")
    page = FormPage(_("Begin a dossier"), back, none, button=_("Begin"))
    context = {"record": household.number}
    return form_page(request, page, BeginHereForm, submit, initial={"templates": templates}, context=context)
