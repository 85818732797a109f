"""Forms of the dossiers' pages."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from dossiers.domain.templates import STEP_ROLES
from dossiers.enums import OWN_FORMS, Form, Kind, Manner
from dossiers.models import StepTemplate
from dossiers.queries.sessions import village_choices
from dossiers.queries.templates import templates_in_use
from registry.admin.forms import SiteForm
from registry.enums import Role
from registry.lib.periods import today
from villages.admin.fields import DressedForm, VersionedForm, code_field, codes_field, yuan_field

_FILES = ".jpg,.jpeg,.png,.pdf,.docx,.xlsx"


def day_field(label: Any) -> forms.DateField:  # noqa: ANN401  (a lazy text)
    """Ask for a day, today where nothing is said."""
    return forms.DateField(label=label, initial=today)


def _count(label: Any) -> forms.IntegerField:  # noqa: ANN401  (a lazy text)
    return forms.IntegerField(label=label, min_value=0, required=False)


def _file() -> forms.FileField:
    widget = forms.ClearableFileInput(attrs={"accept": _FILES})
    return forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        widget=widget,
        help_text=_("A photograph, .pdf, .docx or .xlsx, up to 10 MB."),
    )


# The field that asks the code of a dossier, and the kind of dossier that it is for.
CODE_FIELDS: Final = {"category_code": Kind.MONITOR, "manner_code": Kind.REMOVE_RISK, "cause_code": Kind.RETURN}


def code_of(kind: Kind, values: Mapping[str, Any]) -> str:
    """Give what a form says of the code of a dossier of the kind."""
    return next((values.get(name) or "" for name, asked in CODE_FIELDS.items() if asked == kind), "")


class BeginForm(DressedForm):
    """A household by its number, and the procedure."""

    household_number = forms.CharField(label=_("Household number"), max_length=32)
    template: "forms.ModelChoiceField[StepTemplate]" = forms.ModelChoiceField(label=_("Procedure"), queryset=None)
    category_code = code_field("monitoring_category", _("Monitoring category, when it is to be monitored"))
    manner_code = code_field("risk_removal", _("How the risk was removed, when it is to be removed"))
    cause_code = code_field("poverty_cause", _("Cause, when it returns to poverty"))
    begun_on = day_field(_("Begun on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.fields["template"]
        if isinstance(offered, forms.ModelChoiceField):
            offered.queryset = templates_in_use()


class StepForm(VersionedForm):
    """What is stated of a step; the next one is meant unless the dossier went on meanwhile."""

    position = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    starts_on = forms.DateField(label=_("From"), required=False, help_text=_("Leave empty when it took one day."))
    ends_on = day_field(_("Done on"))
    is_passed = forms.BooleanField(
        label=_("Passed"), required=False, initial=True, help_text=_("Without the tick the dossier ends as refused.")
    )
    remark = forms.CharField(label=_("Result in words"), max_length=500, required=False)
    late_reason = forms.CharField(
        label=_("Why it was late"),
        max_length=300,
        required=False,
        help_text=_("Only when it took too long."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.initial.get("step_name")
        first = self.fields[self.first_field]
        first.heading = f"{self.initial.get('position')} {name}" if name else ""  # type: ignore[attr-defined]  # shown above

    first_field = "starts_on"


class NoticeForm(StepForm):
    """A notice: when it was posted, and when it was taken down."""

    starts_on = forms.DateField(label=_("Posted on"))
    ends_on = day_field(_("Taken down on"))


class MeetingForm(StepForm):
    """A meeting with its attendance and votes."""

    entitled_count = _count(_("Entitled to attend"))
    present_count = _count(_("Present"))
    votes_for = _count(_("Votes for"))
    votes_against = _count(_("Votes against"))
    field_order = ("version", "position", "starts_on", "ends_on", "entitled_count", "present_count", "votes_for",
                   "votes_against", "is_passed", "remark", "late_reason")  # fmt: skip


class SignatureForm(StepForm):
    """The household's signature; one that refuses ends the dossier, with the reason."""

    manner = forms.ChoiceField(
        label=_("Signed"), choices=[("", "–"), *((m.value, m.label) for m in (Manner.SELF, Manner.PROXY))],
        required=False, help_text=_("When the household refuses, take the tick away and say why."),
    )  # fmt: skip
    field_order = ("version", "position", "starts_on", "ends_on", "manner", "is_passed", "remark", "late_reason")


class EvidenceForm(VersionedForm):
    """A file for the step that comes next."""

    file = _file()
    kind_code = code_field("evidence_kind", _("Kind of supporting document"), required=True)
    on = day_field(_("Day"))


class ApplicationForm(VersionedForm):
    """The household's own assessment and application."""

    applied_on = day_field(_("Applied on"))
    manner = forms.ChoiceField(label=_("How it applied"), choices=Manner.choices)
    has_thumb_print = forms.BooleanField(label=_("Thumb print set"), required=False)
    net_per_head_yuan = yuan_field(_("Net income per person, own estimate (yuan)"))
    cause_codes = codes_field("poverty_cause", _("Causes that the household states"))
    statement = forms.CharField(
        label=_("What the household states"), max_length=1000, required=False, widget=forms.Textarea
    )
    consent_sectors = codes_field("comparison_sector", _("Consents to comparisons with"))


class CorrectionForm(ApplicationForm):
    """The application as it should have been entered, and why."""

    reason = forms.CharField(label=_("Why it is corrected"), max_length=300)


class WithdrawConsentForm(VersionedForm):
    """The day on which the household takes its consent back."""

    on = day_field(_("Day"))


class ConsentForm(VersionedForm):
    """The consent to comparisons."""

    on = day_field(_("Day"))
    sectors = codes_field("comparison_sector", _("Consents to comparisons with"))


class ExitCheckForm(VersionedForm):
    """What was found before an exit."""

    checked_on = day_field(_("Checked on"))
    has_food_and_clothing = forms.BooleanField(label=_("Food and clothing assured"), required=False)
    has_schooling = forms.BooleanField(label=_("Compulsory education assured"), required=False)
    has_medical_care = forms.BooleanField(label=_("Basic medical care assured"), required=False)
    has_safe_housing = forms.BooleanField(label=_("Safe housing assured"), required=False)
    has_safe_water = forms.BooleanField(label=_("Has safe drinking water"), required=False)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    net_per_head_yuan = forms.DecimalField(label=_("Net income per person (yuan)"), max_digits=14, decimal_places=2)


class ObjectionForm(VersionedForm):
    """What somebody holds against the dossier."""

    on = day_field(_("Day"))
    text = forms.CharField(
        label=_("Objection"), max_length=500, widget=forms.Textarea, help_text=_("No names of persons.")
    )


class AnswerForm(VersionedForm):
    """The answer to the objection that waits longest."""

    on = day_field(_("Day"))
    answer = forms.CharField(label=_("Answer"), max_length=500, widget=forms.Textarea)
    is_upheld = forms.BooleanField(
        label=_("Upheld"), required=False, help_text=_("Then the dossier can only be refused or withdrawn.")
    )


class EndForm(VersionedForm):
    """A day and a reason."""

    on = day_field(_("Day"))
    reason = forms.CharField(label=_("Reason"), max_length=300)


class FinishForm(VersionedForm):
    """The announcement that the postings name."""

    reason = forms.CharField(label=_("Announcement: number and day"), max_length=300)


class SessionForm(DressedForm):
    """A session, and the households on its list: those of the numbers, or all that wait for it."""

    kind = forms.ChoiceField(label=_("Kind of dossier"), choices=Kind.choices)
    village_code = forms.ChoiceField(label=_("Village"), choices=village_choices, required=False)
    numbers = forms.CharField(
        label=_("Household numbers"),
        widget=forms.Textarea,
        required=False,
        help_text=_("One a line, 500 at most. Leave empty for all households of which this is the next step."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = today
        held = [(form, label) for form, label in Form.choices if form not in OWN_FORMS]
        self.fields["form"].widget.choices = self.fields["form"].choices = held  # type: ignore[attr-defined]  # of choices


class TakeOutForm(EndForm):
    """One household that is taken out of the list."""

    dossier_id = forms.ChoiceField(label=_("Household"))
    field_order = ("version", "dossier_id", "on", "reason")

    def __init__(self, *args: Any, initial: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial=initial, **kwargs)
        field = self.fields["dossier_id"]
        field.choices = field.widget.choices = initial["listed"]  # type: ignore[attr-defined]  # it has choices


class CloseForm(VersionedForm):
    """How the session ended, with its minutes."""

    ends_on = day_field(_("Done on"))
    is_passed = forms.BooleanField(label=_("Passed"), required=False, initial=True)
    remark = forms.CharField(label=_("Result in words"), max_length=500, required=False)
    late_reason = forms.CharField(
        label=_("Why it was late"), max_length=300, required=False, help_text=_("Only when it took too long.")
    )
    file = _file()
    kind_code = code_field("evidence_kind", _("Kind of supporting document"), required=True)


class CloseMeetingForm(CloseForm):
    """How the meeting ended, with attendance and votes."""

    entitled_count = _count(_("Entitled to attend"))
    present_count = _count(_("Present"))
    votes_for = _count(_("Votes for"))
    votes_against = _count(_("Votes against"))
    field_order = ("version", "ends_on", "entitled_count", "present_count", "votes_for", "votes_against", "is_passed",
                   "remark", "late_reason", "file", "kind_code")  # fmt: skip


class TemplateStepForm(VersionedForm):
    """One step of a template, at the position where it is to stand."""

    position = forms.IntegerField(label=_("Position"), min_value=1)
    name = forms.CharField(label=_("name"), max_length=60)
    form = forms.ChoiceField(label=_("What happens"), choices=Form.choices)
    role_codes = forms.MultipleChoiceField(
        label=_("Who does it"),
        choices=[(role.value, role.label) for role in Role if role in STEP_ROLES],
        widget=forms.CheckboxSelectMultiple,
    )
    evidence_codes = codes_field("evidence_kind", _("Evidence required"))
    minimum_days = _count(_("Days at least"))
    maximum_days = _count(_("Days at most"))
    attendance_ratio = forms.DecimalField(
        label=_("Share that must attend (0 to 1)"), max_digits=4, decimal_places=3, required=False
    )
    approval_ratio = forms.DecimalField(
        label=_("Share of votes to be exceeded (0 to 1)"), max_digits=4, decimal_places=3, required=False
    )
    needs_look = forms.BooleanField(label=_("Nine-look required"), required=False, help_text=_("Only at a visit."))
    source = forms.CharField(label=_("Source"), max_length=300, required=False)


class TemplateNameForm(SiteForm):
    """How the county calls its own template."""

    name = forms.CharField(label=_("name"), max_length=60)


class RetireForm(VersionedForm):
    """A template that goes out of use."""


class PositionForm(VersionedForm):
    """The step that is to go."""

    position = forms.IntegerField(label=_("Position"), min_value=1)
