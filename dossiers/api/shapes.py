"""The shapes of what comes in and goes out."""

from datetime import date
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from dossiers.api.look_shapes import LookRow
from dossiers.domain.templates import STEP_ROLES
from dossiers.enums import Form, Kind, Manner, State
from dossiers.models import Dossier
from dossiers.queries.waiting import at_form, due_by, marked_before_exit, waiting_for
from households.queries.lists import in_division
from registry.api.files import FileShape

_COUNT: dict[str, Any] = {"required": False, "allow_null": True, "min_value": 0}


class StepShape(serializers.Serializer[Any]):
    """One step of a template."""

    name = serializers.CharField(max_length=60)
    form = serializers.ChoiceField(choices=Form.choices, default=Form.GENERAL)
    role_codes = serializers.ListField(child=serializers.CharField(max_length=30))
    evidence_codes = serializers.ListField(child=serializers.CharField(max_length=20), default=list)
    minimum_days = serializers.IntegerField(max_value=365, **_COUNT)
    maximum_days = serializers.IntegerField(max_value=365, **_COUNT)
    attendance_ratio = serializers.DecimalField(max_digits=4, decimal_places=3, required=False, allow_null=True)
    approval_ratio = serializers.DecimalField(max_digits=4, decimal_places=3, required=False, allow_null=True)
    needs_look = serializers.BooleanField(default=False)
    source = serializers.CharField(max_length=300, default="", allow_blank=True)  # type: ignore[assignment]  # the field's own name hides that of the base


class TemplateShape(serializers.Serializer[Any]):
    """The next edition of a template, whole."""

    name = serializers.CharField(max_length=60)
    source = serializers.CharField(max_length=300, default="", allow_blank=True)  # type: ignore[assignment]  # the field's own name hides that of the base
    steps = StepShape(many=True)


class TemplateCopy(serializers.Serializer[Any]):
    """A template of the county's own, as a copy of one on file."""

    name = serializers.CharField(max_length=60)


class EnteredKeys(serializers.Serializer[Any]):
    """The keys of what was entered; none when the county has everything."""

    keys = serializers.ListField(child=serializers.CharField())


class TemplateRow(serializers.Serializer[Any]):
    """An edition of a template."""

    id = serializers.UUIDField()
    key = serializers.CharField()
    edition = serializers.IntegerField()
    kind = serializers.CharField()
    name = serializers.CharField()
    is_local = serializers.BooleanField()
    source = serializers.CharField()  # type: ignore[assignment]  # as above
    is_current = serializers.BooleanField()
    version = serializers.IntegerField()


class TemplateDetail(TemplateRow):
    """An edition with its steps."""

    steps = StepShape(many=True)


class DossierShape(serializers.Serializer[Any]):
    """Begin a dossier. `code`: the category for monitoring, the manner of a removal, or the cause of a return."""

    household_id = serializers.UUIDField()
    template_key = serializers.CharField(max_length=40)
    on = serializers.DateField()
    code = serializers.CharField(max_length=20, default="", allow_blank=True)


class DossierRow(serializers.Serializer[Any]):
    """A dossier."""

    id = serializers.UUIDField()
    household_id = serializers.UUIDField()
    household_number = serializers.CharField()
    village_code = serializers.CharField()
    template_key = serializers.CharField()
    template_edition = serializers.IntegerField()
    kind = serializers.CharField()
    state = serializers.CharField()
    next_position = serializers.IntegerField()
    next_step_name = serializers.CharField(allow_null=True)
    next_step_form = serializers.CharField(allow_null=True)
    next_step_roles = serializers.ListField(child=serializers.CharField(), allow_null=True)
    next_step_due_on = serializers.DateField(allow_null=True)
    code = serializers.CharField()
    begun_on = serializers.DateField()
    consent_on = serializers.DateField(allow_null=True)
    consent_sectors = serializers.ListField(child=serializers.CharField())
    consent_withdrawn_on = serializers.DateField(allow_null=True)
    effective_on = serializers.DateField(allow_null=True)
    ended_on = serializers.DateField(allow_null=True)
    end_reason = serializers.CharField()
    version = serializers.IntegerField()


class ApplicationRow(serializers.Serializer[Any]):
    """The household's own assessment and application."""

    applied_on = serializers.DateField()
    manner = serializers.CharField()
    has_thumb_print = serializers.BooleanField()
    net_per_head_yuan = serializers.DecimalField(max_digits=14, decimal_places=2, allow_null=True)
    cause_codes = serializers.ListField(child=serializers.CharField())
    statement = serializers.CharField()
    edition = serializers.IntegerField()
    reason = serializers.CharField()


class ExitCheckRow(serializers.Serializer[Any]):
    """The check before exit, with the line of that year."""

    checked_on = serializers.DateField()
    has_food_and_clothing = serializers.BooleanField()
    has_schooling = serializers.BooleanField()
    has_medical_care = serializers.BooleanField()
    has_safe_housing = serializers.BooleanField()
    has_safe_water = serializers.BooleanField()
    year = serializers.IntegerField()
    net_per_head_yuan = serializers.DecimalField(max_digits=14, decimal_places=2)
    line_yuan = serializers.DecimalField(max_digits=14, decimal_places=2)


class DossierDetail(DossierRow):
    """A dossier with its steps and papers."""

    steps = serializers.ListField(child=serializers.DictField())
    objections = serializers.ListField(child=serializers.DictField())
    evidence = serializers.ListField(child=serializers.DictField())
    application = ApplicationRow(allow_null=True)
    former_applications = ApplicationRow(many=True)
    exit_check = ExitCheckRow(allow_null=True)
    looks = LookRow(many=True)


class StepFactsShape(serializers.Serializer[Any]):
    """What is stated of the step that comes next; `position` is the one that is meant."""

    position = serializers.IntegerField(min_value=1)
    starts_on = serializers.DateField(required=False, allow_null=True)
    ends_on = serializers.DateField()
    is_passed = serializers.BooleanField(default=True)
    manner = serializers.ChoiceField(choices=Manner.choices, default="", allow_blank=True)
    entitled_count = serializers.IntegerField(**_COUNT)
    present_count = serializers.IntegerField(**_COUNT)
    votes_for = serializers.IntegerField(**_COUNT)
    votes_against = serializers.IntegerField(**_COUNT)
    remark = serializers.CharField(max_length=500, default="", allow_blank=True)
    late_reason = serializers.CharField(max_length=300, default="", allow_blank=True)


class EndShape(serializers.Serializer[Any]):
    """The day and the reason of withdrawing or refusing."""

    on = serializers.DateField()
    reason = serializers.CharField(max_length=300)


class FinishShape(serializers.Serializer[Any]):
    """What the postings name: the announcement."""

    reason = serializers.CharField(max_length=300)


class ApplicationShape(serializers.Serializer[Any]):
    """The household's own assessment and application."""

    applied_on = serializers.DateField()
    manner = serializers.ChoiceField(choices=Manner.choices, default=Manner.SELF)
    has_thumb_print = serializers.BooleanField(default=False)
    net_per_head_yuan = serializers.DecimalField(max_digits=14, decimal_places=2, required=False, allow_null=True)
    cause_codes = serializers.ListField(child=serializers.CharField(max_length=20), default=list)
    statement = serializers.CharField(max_length=1000, default="", allow_blank=True)
    consent_sectors = serializers.ListField(child=serializers.CharField(max_length=20), default=list)


class CorrectionShape(ApplicationShape):
    """The application as it should have been entered, and why; without sectors the consent stays."""

    reason = serializers.CharField(max_length=300)


class ConsentWithdrawalShape(serializers.Serializer[Any]):
    """The day on which the household takes its consent back."""

    on = serializers.DateField()


class ConsentShape(serializers.Serializer[Any]):
    """The household's consent to comparisons."""

    on = serializers.DateField()
    sectors = serializers.ListField(child=serializers.CharField(max_length=20))


class ObjectionShape(serializers.Serializer[Any]):
    """What somebody holds against the dossier; no names of persons."""

    on = serializers.DateField()
    text = serializers.CharField(max_length=500)


class AnswerShape(serializers.Serializer[Any]):
    """The answer to an objection."""

    objection_id = serializers.UUIDField()
    on = serializers.DateField()
    answer = serializers.CharField(max_length=500)
    is_upheld = serializers.BooleanField()


class ExitCheckShape(serializers.Serializer[Any]):
    """What was found before an exit."""

    checked_on = serializers.DateField()
    has_food_and_clothing = serializers.BooleanField()
    has_schooling = serializers.BooleanField()
    has_medical_care = serializers.BooleanField()
    has_safe_housing = serializers.BooleanField()
    has_safe_water = serializers.BooleanField()
    year = serializers.IntegerField(min_value=2000, max_value=2100)
    net_per_head_yuan = serializers.DecimalField(max_digits=14, decimal_places=2)


class SessionShape(serializers.Serializer[Any]):
    """Open a session for the dossiers of a list."""

    form = serializers.ChoiceField(choices=Form.choices)
    title = serializers.CharField(max_length=100)
    starts_on = serializers.DateField()
    dossier_ids = serializers.ListField(child=serializers.UUIDField(), max_length=500)


class SessionRow(serializers.Serializer[Any]):
    """A session for a list."""

    id = serializers.UUIDField()
    form = serializers.CharField()
    title = serializers.CharField()
    state = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)
    end_reason = serializers.CharField()
    minutes_code = serializers.CharField()
    entitled_count = serializers.IntegerField(allow_null=True)
    present_count = serializers.IntegerField(allow_null=True)
    votes_for = serializers.IntegerField(allow_null=True)
    votes_against = serializers.IntegerField(allow_null=True)
    household_count = serializers.IntegerField()
    taken_out_count = serializers.IntegerField()
    version = serializers.IntegerField()


class SessionDetail(SessionRow):
    """A session with the households on its list and its further files.

    `reason_code` says why the database took one out (`moved`), and `reason` says it in the language asked for.
    """

    entries = serializers.ListField(child=serializers.DictField())
    files = serializers.ListField(child=serializers.DictField())


class TakeOutShape(serializers.Serializer[Any]):
    """Take one household out of the list."""

    dossier_id = serializers.UUIDField()
    on = serializers.DateField()
    reason = serializers.CharField(max_length=300)


class EvidenceShape(FileShape):
    """A file for the step that comes next."""

    kind_code = serializers.CharField(max_length=20)
    on = serializers.DateField()


class CloseShape(FileShape):
    """How the session ended, with the file of its minutes."""

    ends_on = serializers.DateField()
    is_passed = serializers.BooleanField(default=True)
    entitled_count = serializers.IntegerField(**_COUNT)
    present_count = serializers.IntegerField(**_COUNT)
    votes_for = serializers.IntegerField(**_COUNT)
    votes_against = serializers.IntegerField(**_COUNT)
    remark = serializers.CharField(max_length=500, default="", allow_blank=True)
    late_reason = serializers.CharField(max_length=300, default="", allow_blank=True)
    kind_code = serializers.CharField(max_length=20)


class PrintoutRow(serializers.Serializer[Any]):
    """What stands on the paper, in the language that is asked for."""

    title = serializers.CharField()
    above = serializers.ListField(child=serializers.CharField())
    columns = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    below = serializers.ListField(child=serializers.CharField())


class ProcedureShape(serializers.Serializer[Any]):
    """The county's own rules of procedure; those left out stay."""

    needs_dossier = serializers.BooleanField(required=False)
    lead_days = serializers.IntegerField(required=False, min_value=1, max_value=90)
    counts_working_days = serializers.BooleanField(required=False)
    measure_months = serializers.IntegerField(required=False, min_value=1, max_value=60)
    development_months = serializers.IntegerField(required=False, min_value=1, max_value=60)
    removal_months = serializers.IntegerField(required=False, min_value=1, max_value=60)


class DossierFilter(django_filters.FilterSet):
    """Narrow the dossiers."""

    household = django_filters.UUIDFilter(field_name="household_id")
    kind = django_filters.ChoiceFilter(choices=Kind.choices)
    state = django_filters.ChoiceFilter(choices=State.choices)
    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")
    waits_for = django_filters.ChoiceFilter(
        method="of_role", choices=[(role.value, role.label) for role in STEP_ROLES], label="who does the next step"
    )
    next_form = django_filters.ChoiceFilter(method="of_form", choices=Form.choices, label="what happens next")
    marked = django_filters.BooleanFilter(method="only_marked", label="only those with the mark before exit")
    due_by = django_filters.DateFilter(method="only_due", label="only those whose next step has its last day by then")

    class Meta:
        model = Dossier
        fields: ClassVar[list[str]] = []

    def of_division(self, rows: "QuerySet[Dossier]", _name: str, code: str) -> "QuerySet[Dossier]":
        """Compare code ranges."""
        return in_division(rows, code)

    def of_role(self, rows: "QuerySet[Dossier]", _name: str, role: str) -> "QuerySet[Dossier]":
        """Ask the templates who does the next step."""
        return waiting_for(rows, role)

    def of_form(self, rows: "QuerySet[Dossier]", _name: str, form: str) -> "QuerySet[Dossier]":
        """Ask the templates what the next step is."""
        return at_form(rows, form)

    def only_marked(self, rows: "QuerySet[Dossier]", _name: str, asked: bool) -> "QuerySet[Dossier]":  # noqa: FBT001  (as the library calls it)
        """Ask the steps that were done."""
        return marked_before_exit(rows) if asked else rows

    def only_due(self, rows: "QuerySet[Dossier]", _name: str, day: date) -> "QuerySet[Dossier]":
        """Compare the last day of the next step."""
        return due_by(rows, day)
