"""The shapes of village plans."""

from decimal import Decimal
from typing import Any, Final

from rest_framework import serializers

_MAYBE: Final[dict[str, Any]] = {"required": False, "allow_null": True}
_YUAN: Final[dict[str, Any]] = {"max_digits": 14, "decimal_places": 2}
_TEXT: Final[dict[str, Any]] = {"max_length": 2000, "help_text": "No names or numbers of persons."}


class GoalsShape(serializers.Serializer[Any]):
    """What the village sets out to do."""

    goals = serializers.CharField(**_TEXT)


class NewPlan(GoalsShape):
    """The plan of a village for a year."""

    village_id = serializers.UUIDField()
    year = serializers.IntegerField(min_value=2000, max_value=2100)


class PlanProjectShape(serializers.Serializer[Any]):
    """A project (lists `plan_project_kind` and `enrichment_action`)."""

    name = serializers.CharField(max_length=100)
    kind_code = serializers.CharField(max_length=20)
    planned_yuan = serializers.DecimalField(**_YUAN, min_value=0)
    action_code = serializers.CharField(max_length=20, default="", allow_blank=True)
    due_on = serializers.DateField(**_MAYBE)
    finished_on = serializers.DateField(**_MAYBE)


class PlanProjectRow(PlanProjectShape):
    """A project on file, with the sums of its progress."""

    id = serializers.UUIDField()
    plan_id = serializers.UUIDField()
    village_code = serializers.CharField()
    dropped_on = serializers.DateField(allow_null=True)
    arrived_yuan = serializers.DecimalField(**_YUAN)
    spent_yuan = serializers.DecimalField(**_YUAN)
    version = serializers.IntegerField()


class ProgressShape(serializers.Serializer[Any]):
    """What happened up to a day, with the money since the entry before; negative amounts take back."""

    noted_on = serializers.DateField()
    note = serializers.CharField(max_length=300, help_text="No names or numbers of persons.")
    arrived_yuan = serializers.DecimalField(**_YUAN, default=Decimal(0))
    spent_yuan = serializers.DecimalField(**_YUAN, default=Decimal(0))


class ProgressRow(ProgressShape):
    """An entry of progress."""

    id = serializers.UUIDField()
    project_id = serializers.UUIDField()


class DropShape(serializers.Serializer[Any]):
    """From when, and why."""

    on = serializers.DateField()
    reason = serializers.CharField(max_length=300)


class AdoptShape(serializers.Serializer[Any]):
    """The day; from the second edition on the reason too."""

    on = serializers.DateField()
    reason = serializers.CharField(max_length=300, default="", allow_blank=True)


class ClosePlanShape(serializers.Serializer[Any]):
    """What came of the plan."""

    on = serializers.DateField()
    result = serializers.CharField(**_TEXT)


class PlanRow(serializers.Serializer[Any]):
    """A plan with its sums; `planned_yuan` is without what was dropped."""

    id = serializers.UUIDField()
    village_id = serializers.UUIDField()
    village_code = serializers.CharField()
    year = serializers.IntegerField()
    state = serializers.CharField()
    edition = serializers.IntegerField()
    goals = serializers.CharField()
    adopted_on = serializers.DateField(allow_null=True)
    closed_on = serializers.DateField(allow_null=True)
    result = serializers.CharField()
    planned_yuan = serializers.DecimalField(**_YUAN)
    arrived_yuan = serializers.DecimalField(**_YUAN)
    spent_yuan = serializers.DecimalField(**_YUAN)
    version = serializers.IntegerField()


class EditionProject(serializers.Serializer[Any]):
    """A project as an edition holds it."""

    name = serializers.CharField()
    kind_code = serializers.CharField()
    action_code = serializers.CharField()
    planned_yuan = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)


class EditionRow(serializers.Serializer[Any]):
    """A plan as it was adopted."""

    number = serializers.IntegerField()
    adopted_on = serializers.DateField()
    goals = serializers.CharField()
    reason = serializers.CharField()
    planned_yuan = serializers.DecimalField(**_YUAN)
    projects = EditionProject(many=True)


class PlanDetail(PlanRow):
    """A plan with its projects and editions."""

    projects = PlanProjectRow(many=True)
    editions = EditionRow(many=True)
