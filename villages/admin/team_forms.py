"""Forms of teams, their members, absences and contacts."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from registry.admin.forms import SiteForm
from registry.lib.periods import today
from villages.admin.fields import DressedForm, VersionedForm, code_field, codes_field
from villages.enums import ABSENCE_SCHEME, LEADER, TASK_SCHEME, TEAM_POST_SCHEME
from villages.models import TeamBatch, Unit
from villages.queries.teams import batches_on_list
from villages.queries.villages import units_on_list


def _offer(form: forms.BaseForm, name: str, rows: "QuerySet[Any]") -> None:
    """Give a field its choices when the page is opened, which is when there is a scope."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows


def _unit_field(label: Any, *, required: bool = True, help_text: Any = "") -> "forms.ModelChoiceField[Unit]":  # noqa: ANN401  (lazy texts)
    return forms.ModelChoiceField(label=label, queryset=Unit.objects.none(), required=required, help_text=help_text)


def _batch_field() -> "forms.ModelChoiceField[TeamBatch]":
    return forms.ModelChoiceField(label=_("Batch"), queryset=TeamBatch.objects.none(), required=False)


class SendTeamForm(SiteForm):
    """A team that comes to live in the village."""

    unit = _unit_field(_("Unit"))
    batch = _batch_field()
    leader_name = forms.CharField(label=_("Leader"), max_length=60)
    leader_posts = codes_field(TEAM_POST_SCHEME, _("Posts of the leader"))
    on = forms.DateField(label=_("From"), initial=today)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leader_posts"].initial = [LEADER]
        _offer(self, "unit", units_on_list())
        _offer(self, "batch", batches_on_list())


class PlanForm(VersionedForm):
    """The batch of a team, and its term."""

    batch = _batch_field()
    planned_ends_on = forms.DateField(
        label=_("First day after its term"), required=False, help_text=_("Leave empty for the term of the batch.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "batch", batches_on_list())


class EndForm(VersionedForm):
    """The end of a stay or of an assignment."""

    on = forms.DateField(label=_("First day without it"), initial=today)


class MemberForm(VersionedForm):
    """Somebody who joins the team."""

    name = forms.CharField(
        label=_("Name"),
        max_length=70,
        help_text=_("Two persons of one name in a unit are told apart by what is written behind the name."),
    )
    post_codes = codes_field(TEAM_POST_SCHEME, _("Posts"))
    on = forms.DateField(label=_("From"), initial=today)
    unit = _unit_field(_("Sent by"), required=False, help_text=_("Leave empty for the unit of the team."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "unit", units_on_list())


class CorrectForm(VersionedForm):
    """What was written wrongly of a member."""

    name = forms.CharField(label=_("Name"), max_length=70)
    unit = _unit_field(_("Sent by"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "unit", units_on_list())


class PostsForm(VersionedForm):
    """Other posts from a day on."""

    post_codes = codes_field(TEAM_POST_SCHEME, _("Posts"))
    on = forms.DateField(label=_("From"), initial=today)


class LoginForm(VersionedForm):
    """The login of a member."""

    username = forms.CharField(label=_("User name"), max_length=60, required=False, help_text=_("Empty for none."))


class AbsenceForm(VersionedForm):
    """Days away."""

    starts_on = forms.DateField(label=_("From"), initial=today)
    ends_on = forms.DateField(
        label=_("First day back"), required=False, help_text=_("The day it starts, for one that was marked in error.")
    )
    reason_code = code_field(ABSENCE_SCHEME, _("Reason"), required=True)


class ContactForm(SiteForm):
    """An official whose contact village this is."""

    name = forms.CharField(label=_("Name"), max_length=60)
    post_title = forms.CharField(label=_("Post"), max_length=60)
    on = forms.DateField(label=_("From"), initial=today)
    until = forms.DateField(label=_("Until (not included)"), required=False)


class TaskForm(DressedForm):
    """A task in the county's own words."""

    kind_code = code_field(TASK_SCHEME, _("Kind"), required=True)
