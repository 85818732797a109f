"""The sample checks, and the households drawn with their results."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.admin.filters import TownshipFilter
from registry.admin.base import TenantModelAdmin
from registry.admin.history import History
from registry.admin.verbs import ReasonForm, Verb
from registry.lib.periods import today
from registry.tenancy.context import Actor
from sampling.domain.checks import (
    SampleDraft,
    announce_sample,
    cancel_sample,
    close_sample,
    draw_sample,
    note_result,
)
from sampling.enums import CheckState, Outcome, Section
from sampling.models import SampleCheck, SampledHousehold
from sampling.queries.samples import snapshots_to_draw_from
from villages.admin.fields import VersionedForm

VIEW, MANAGE, RECORD = "sampling.view", "sampling.manage", "sampling.record"


class DrawForm(VersionedForm):
    """To draw needs nothing but to be confirmed."""


class CancelForm(VersionedForm, ReasonForm):
    """Why what was announced is not drawn."""


class ResultForm(VersionedForm):
    """What the check of a household found: parts of its record, and no words about persons."""

    outcome = forms.ChoiceField(
        label=_("result"), choices=[one for one in Outcome.choices if one[0]], widget=forms.RadioSelect
    )
    wrong_codes = forms.MultipleChoiceField(
        label=_("what is wrong"), choices=Section.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    on = forms.DateField(label=_("checked on"), initial=today)


def _draw(row: SampleCheck, values: dict[str, Any], actor: Actor) -> SampleCheck:
    return draw_sample(row.pk, actor=actor, version=values["version"])


def _cancel(row: SampleCheck, values: dict[str, Any], actor: Actor) -> SampleCheck:
    return cancel_sample(row.pk, reason=values["reason"], actor=actor, version=values["version"])


def _close(row: SampleCheck, values: dict[str, Any], actor: Actor) -> SampleCheck:
    return close_sample(row.pk, actor=actor, version=values["version"])


def _note(row: SampledHousehold, values: dict[str, Any], actor: Actor) -> SampledHousehold:
    return note_result(row.pk, values.pop("outcome"), actor=actor, **values)


def _is_announced(row: SampleCheck) -> bool:
    return row.state == CheckState.ANNOUNCED


def _result_on_file(row: SampledHousehold) -> dict[str, Any]:
    on_file = {"outcome": row.outcome, "wrong_codes": row.wrong_codes}
    return on_file | ({"on": row.checked_on} if row.checked_on else {})


@admin.register(SampleCheck)
class SampleCheckAdmin(TenantModelAdmin):
    """The checks of the county; what was announced is not amended, it is drawn or cancelled."""

    view_action, add_action = VIEW, MANAGE
    fields: ClassVar = (
        "name", "frame_on", "size", "cap_per_village", "state", "seed", "announced_at", "drawn_at", "digest",
        "ended_at",
    )  # fmt: skip
    list_display = ("name", "frame_on", "size", "cap_per_village", "state", "announced_at")
    verbs = (
        Verb(
            "draw",
            _("Draw the sample"),
            MANAGE,
            run=_draw,
            form=DrawForm,
            offered=_is_announced,
            intro=_("What is drawn stays drawn. Tell the townships the seed before you draw."),
            icon="casino",
        ),
        Verb("cancel", _("Cancel the check"), MANAGE, run=_cancel, form=CancelForm, offered=_is_announced, danger=True),
        Verb(
            "close",
            _("Close the check"),
            MANAGE,
            run=_close,
            form=DrawForm,
            offered=lambda row: row.state == CheckState.DRAWN,
            intro=_("The results are final then."),
            icon="lock",
        ),
    )

    @admin.display(description=_("digest of the list"))
    def digest(self, row: SampleCheck) -> str:
        """Show the digest in parts that a phone can break; the page of results has it in one."""
        text = row.frame_digest
        return " ".join(text[at : at + 16] for at in range(0, len(text), 16)) or "–"

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields if obj else ("name", "snapshot", "size", "cap_per_village")

    @override
    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["queryset"] = snapshots_to_draw_from()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> SampleCheck:
        snapshot = values.pop("snapshot")
        return announce_sample(SampleDraft(snapshot_id=snapshot.pk, **values), actor=actor)


@admin.register(SampledHousehold)
class SampledHouseholdAdmin(TenantModelAdmin):
    """The households drawn in the person's area."""

    view_action = VIEW
    fields: ClassVar = ("sample", "household", "village_code", "place", "outcome", "wrong_codes", "checked_on")
    list_display = ("sample", "household", "village_code", "place", "outcome", "checked_on")
    list_filter = ("outcome", TownshipFilter)
    history = History(divisions=("village_code",))
    verbs = (
        Verb(
            "result",
            _("Note the result"),
            RECORD,
            run=_note,
            form=ResultForm,
            offered=lambda row: row.sample.state == CheckState.DRAWN,
            initial=_result_on_file,
            icon="fact_check",
        ),
    )

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[SampledHousehold]:
        return super().get_queryset(request).select_related("sample", "household")  # type: ignore[no-any-return]  # the theme has no types
