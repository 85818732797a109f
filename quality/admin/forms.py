"""Forms of a finding: narrow the worklist, assign, answer, ask for an exemption, decide on one."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from quality.queries.assignees import ASSIGNEES, assignees
from registry.admin.forms import DayInput, SiteForm

_MOST = 300


class AssignManyForm(SiteForm):
    """Give findings to a role, or to a person in it."""

    role = forms.ChoiceField(label=_("Who settles it"), choices=[(role.value, role.label) for role in ASSIGNEES])
    assignee_id = forms.TypedChoiceField(label=_("Person"), required=False, coerce=UUID, empty_value=None)
    due_on = forms.DateField(label=_("To be settled by"), widget=DayInput)
    note = forms.CharField(label=_("Note"), required=False, max_length=_MOST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the people who work in such a role today."""
        super().__init__(*args, **kwargs)
        people = {str(one.user_id): f"{one.name} · {one.role.label}" for one in assignees()}
        self.fields["assignee_id"].choices = [("", _("whoever is in the role")), *people.items()]  # type: ignore[attr-defined]  # a choice field, as declared above


class AssignForm(AssignManyForm):
    """Give a finding to somebody."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(SiteForm):
    """Say that the data is true as recorded."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label=_("How it was verified"), max_length=_MOST)


class ExemptionForm(SiteForm):
    """Ask for an exemption."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=_MOST)
    expires_on = forms.DateField(label=_("Valid until (not included)"), widget=DayInput)


class DecisionForm(SiteForm):
    """Decide on an exemption; the button says how."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=_MOST)


class LineForm(SiteForm):
    """Answer a line of a list from above."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=_("Answer"), choices=[("fixed", _("The data was put right")), ("as_recorded", _("True as recorded"))]
    )
    note = forms.CharField(label=_("What was done, or how it was verified"), max_length=_MOST)
    file = forms.FileField(
        label=_("Evidence"),
        required=False,
        help_text=_("A photograph, .pdf, .docx or .xlsx, up to 10 MB."),
    )


class ParameterForm(SiteForm):
    """Set a figure of a rule from a year on."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.ChoiceField(label=_("Figure"))
    from_year = forms.IntegerField(label=_("From the year"), min_value=2014, max_value=2100)
    value = forms.DecimalField(label=_("Value"), max_digits=14, decimal_places=2)
    reason = forms.CharField(label=_("Reason"), max_length=_MOST)

    def __init__(self, names: Sequence[str], *args: Any, **kwargs: Any) -> None:
        """Offer the figures that the rule has; `enabled` is 1 or 0."""
        super().__init__(*args, **kwargs)
        choices = [(name, _("asked (1) or not (0)") if name == "enabled" else name) for name in names]
        self.fields["name"].choices = choices  # type: ignore[attr-defined]  # a choice field, as declared above
