"""The county's grants of looks at persons."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from oversight.domain.looks import LookDraft, ask_for_look, give_look, refuse_look, withdraw_look
from oversight.enums import LookState
from oversight.models import LookGrant
from oversight.queries.looks import grants
from registry.admin.base import TenantModelAdmin
from registry.admin.forms import RecordForm, dress
from registry.admin.verbs import Verb
from registry.lib.periods import today
from registry.tenancy.context import Actor, current_actor
from villages.admin.fields import VersionedForm


class LookForm(RecordForm):
    """Whose look, where, what for and when."""

    reader_name = forms.CharField(label=_("User name of the reader"), max_length=60)
    area_code = forms.CharField(
        label=_("Area"), max_length=12, help_text=_("Code of 12 digits: the county, a township or a village.")
    )
    purpose = forms.CharField(label=_("Purpose"), max_length=200, help_text=_("No names or numbers of persons."))
    starts_on = forms.DateField(label=_("From"), initial=today)
    ends_on = forms.DateField(label=_("Until (not included)"), help_text=_("At most 90 days."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area_code"].initial = current_actor().tenant_code
        dress(self)


class WordForm(VersionedForm):
    """A word on the decision, where there is one."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class WhyForm(VersionedForm):
    """Why it is refused or withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("No names or numbers of persons."))


def _give(row: LookGrant, values: dict[str, Any], actor: Actor) -> LookGrant:
    return give_look(row.pk, actor=actor, **values)


def _refuse(row: LookGrant, values: dict[str, Any], actor: Actor) -> LookGrant:
    return refuse_look(row.pk, actor=actor, **values)


def _withdraw(row: LookGrant, values: dict[str, Any], actor: Actor) -> LookGrant:
    return withdraw_look(row.pk, actor=actor, **values)


def _is_asked(row: LookGrant) -> bool:
    return row.state == LookState.ASKED


def _is_alive(row: LookGrant) -> bool:
    return row.state in {LookState.ASKED, LookState.GIVEN}


@admin.register(LookGrant)
class LookGrantAdmin(TenantModelAdmin):
    """Who above the county may look at which households, for how long and what for."""

    view_action, add_action = "oversight.view_grants", "oversight.ask_look"
    has_history: ClassVar[bool] = False
    list_display = ("reader", "area_code", "starts_on", "ends_on", "state", "purpose")
    list_filter = ("state",)
    verbs = (
        Verb(
            "give",
            _("Grant the look"),
            "oversight.decide_look",
            run=_give,
            form=WordForm,
            offered=_is_asked,
            icon="visibility",
            intro=_("The reader may open lists of households of this area, with their names, on these days."),
        ),
        Verb(
            "refuse", _("Refuse"), "oversight.decide_look", run=_refuse, form=WhyForm, offered=_is_asked, icon="block"
        ),
        Verb(
            "withdraw",
            _("Withdraw the look"),
            "oversight.withdraw_look",
            run=_withdraw,
            form=WhyForm,
            offered=_is_alive,
            icon="visibility_off",
            danger=True,
            intro=_("Nothing can be opened by it from this moment on."),
        ),
    )

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[LookGrant]:
        return grants()

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        asked = ("area_code", "purpose", "starts_on", "ends_on")
        if obj is None:
            return ("reader_name", *asked)
        return ("reader", *asked, "state", "asked_at", "decided_at", "withdrawn_at", "reason")

    @override
    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = LookForm
        return super().get_form(request, obj, change=change, **kwargs)

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> LookGrant:
        return ask_for_look(LookDraft(reader=values.pop("reader_name"), **values), actor=actor)
