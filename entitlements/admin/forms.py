"""Forms of what is due and received: answer, take back, set a figure."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entitlements.enums import ANSWERS, EntitlementAnswer
from entitlements.queries.words import figure_name
from registry.access import role_may
from registry.admin.forms import SiteForm
from registry.lib.periods import today
from registry.tenancy.context import Actor

_MOST = 300


def answers_open_to(actor: Actor, kind: str) -> list[tuple[str, Any]]:
    """Give the answers that a kind of finding may have from somebody."""
    may_propose = role_may(actor, "entitlements.propose_end")
    return [
        (answer.value, answer.label)
        for answer in ANSWERS[kind]
        if may_propose or answer != EntitlementAnswer.STOP_PROPOSED
    ]


class AnswerManyForm(SiteForm):
    """Answer findings of one kind."""

    answer = forms.ChoiceField(label=_("Answer"), choices=EntitlementAnswer.choices)
    on = forms.DateField(label=_("Decided or said on"), initial=today)
    note = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=_MOST,
        help_text=_("Needed for not due, declined, end proposed and rightly received."),
    )


class AnswerForm(AnswerManyForm):
    """Answer one finding."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class WithdrawalForm(SiteForm):
    """Take back an answer."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=_MOST)


class FigureForm(SiteForm):
    """Set a figure of a policy from a year on."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.ChoiceField(label=_("Figure"))
    from_year = forms.IntegerField(label=_("From the year"), min_value=2014, max_value=2100)
    value = forms.DecimalField(label=_("Value"), max_digits=14, decimal_places=2)
    source = forms.CharField(label=_("Paper that it stands in"), max_length=200)

    def __init__(self, names: Sequence[str], *args: Any, **kwargs: Any) -> None:
        """Offer the figures that the policy has; `enabled` is 1 or 0."""
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = [(name, figure_name(name)) for name in names]  # type: ignore[attr-defined]  # a choice field, as declared above
