"""The shapes of the forms that offices send down."""

from typing import Any

from rest_framework import serializers

from oneform.enums import ColumnUse, FormState, Subjects
from reports.enums import RowLevel


class FormFacts(serializers.Serializer[Any]):
    """What a form says of itself."""

    title = serializers.CharField(max_length=100)
    sender = serializers.CharField(max_length=100, help_text="The office that asks.")
    received_on = serializers.DateField()
    due_on = serializers.DateField(allow_null=True, default=None)
    level = serializers.ChoiceField(choices=RowLevel.choices, help_text="What a row stands for.")
    subjects = serializers.ChoiceField(choices=Subjects.choices, default=Subjects.ALL)
    replaces_id = serializers.UUIDField(allow_null=True, default=None, help_text="The edition before.")


class NewForm(FormFacts):
    """A form with the headings of its columns in their order."""

    labels = serializers.ListField(child=serializers.CharField(max_length=100), max_length=200)


class FormRow(FormFacts):
    """A form on file."""

    id = serializers.UUIDField()
    edition = serializers.IntegerField()
    state = serializers.ChoiceField(choices=FormState.choices)
    closed_on = serializers.DateField(allow_null=True)
    received_by_code = serializers.CharField(
        allow_blank=True, help_text="The county or township whose office entered it, and may amend it."
    )
    counted_of = serializers.DateField(allow_null=True, help_text="The day whose facts were counted.")
    version = serializers.IntegerField()


class FormColumnRow(serializers.Serializer[Any]):
    """A column of a form; `column_key` is the column of the register that fills it."""

    place = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of this name, not the caption of one
    use = serializers.ChoiceField(choices=ColumnUse.choices)
    column_key = serializers.CharField(allow_blank=True)


class FormDetailRow(FormRow):
    """A form with its columns."""

    columns = FormColumnRow(many=True)


class MappingShape(serializers.Serializer[Any]):
    """Which column of the register fills a column of a form; empty for none."""

    place = serializers.IntegerField(min_value=1, max_value=200)
    column_key = serializers.CharField(max_length=60, allow_blank=True)
    is_remembered = serializers.BooleanField(default=False, help_text="Means the same in forms to come.")


class FormCountShape(serializers.Serializer[Any]):
    """A snapshot of the whole county."""

    snapshot_id = serializers.UUIDField()


class FillShape(serializers.Serializer[Any]):
    """For which township or village, and why documents and telephones stand there in full; masked without a reason."""

    area_code = serializers.CharField(max_length=12)
    reveal_reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class FormPartRow(serializers.Serializer[Any]):
    """What one village has of a form."""

    id = serializers.UUIDField()
    village_code = serializers.CharField()
    row_count = serializers.IntegerField()
    filled_count = serializers.IntegerField(help_text="Cells that the register fills.")
    empty_count = serializers.IntegerField(help_text="Cells that are empty in the register.")
    by_hand_count = serializers.IntegerField(help_text="Cells to be filled by hand.")
    done_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()


class MarkShape(serializers.Serializer[Any]):
    """Whether a village has filled its part."""

    is_done = serializers.BooleanField()


class BurdenRow(serializers.Serializer[Any]):
    """What one office asked for in a month."""

    sender = serializers.CharField()
    forms = serializers.IntegerField()
    columns = serializers.IntegerField()
    by_hand_columns = serializers.IntegerField()


class VillageBurdenRow(serializers.Serializer[Any]):
    """What one village was asked for in a month, by the forms that were counted."""

    village_code = serializers.CharField()
    forms = serializers.IntegerField()
    cells = serializers.IntegerField(help_text="Rows times columns, but for columns that the register refuses.")
    by_hand = serializers.IntegerField(help_text="Cells left to the village: empty in the register, or by hand.")
