"""The shapes of what comes in and goes out."""

from typing import Any

from rest_framework import serializers

from oversight.enums import LookList, LookState, Timeliness
from periods.enums import PeriodKind


class AreaRow(serializers.Serializer[Any]):
    """One division: its figures by the keys of the table's columns.

    A figure is a whole number, or a text of digits where it has decimals (shares 0 to 1, amounts in yuan); null where
    nothing was published or it is withheld. Of a county and below it `edition_id` is the edition it comes from.
    """

    code = serializers.CharField(help_text="12 digits; empty for an area of several divisions.")
    name = serializers.CharField()
    counties = serializers.IntegerField()
    missing = serializers.IntegerField(help_text="How many of these counties have not published the period.")
    edition_id = serializers.UUIDField(allow_null=True)
    edition = serializers.IntegerField()
    published_at = serializers.DateTimeField(allow_null=True)
    figures = serializers.DictField(child=serializers.JSONField())


class AreaColumnRow(serializers.Serializer[Any]):
    """A column of the table."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the name of a column, which the stubs take for another
    group = serializers.CharField()
    kind = serializers.CharField()


class BrokenRuleRow(serializers.Serializer[Any]):
    """A rule of data quality with its open findings; the code is empty for lists of suspicions from above."""

    code = serializers.CharField(allow_blank=True)
    sentence = serializers.CharField()
    count = serializers.IntegerField()


class AreaTableRow(serializers.Serializer[Any]):
    """A table of a division in a period, with the divisions directly below it."""

    period = serializers.CharField()
    about = serializers.CharField()
    columns = AreaColumnRow(many=True)
    total = AreaRow()
    rules = BrokenRuleRow(many=True, help_text="Of anomalies and quality: rules broken here, unless withheld.")
    rows = AreaRow(many=True)


class PublishedPeriodRow(serializers.Serializer[Any]):
    """A period of which something was published in the area."""

    period = serializers.CharField()
    kind = serializers.ChoiceField(choices=PeriodKind.choices)
    name = serializers.CharField()
    first_day = serializers.DateField()
    last_day = serializers.DateField()


class AreaTrendRow(serializers.Serializer[Any]):
    """The division in one period."""

    period = serializers.CharField()
    name = serializers.CharField()
    counties = serializers.IntegerField()
    missing = serializers.IntegerField()
    figures = serializers.DictField(child=serializers.JSONField())


class TimelinessRow(serializers.Serializer[Any]):
    """How a county stands with the publication of a period."""

    code = serializers.CharField()
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=Timeliness.choices)
    due_on = serializers.DateField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    days_late = serializers.IntegerField()
    editions = serializers.IntegerField()
    edition_id = serializers.UUIDField(allow_null=True)


class FigureChangeRow(serializers.Serializer[Any]):
    """A figure that the edition corrected."""

    code = serializers.CharField()
    division = serializers.CharField()
    section = serializers.CharField()
    name = serializers.CharField()
    former = serializers.IntegerField()
    later = serializers.IntegerField()
    difference = serializers.IntegerField()


class AreaEditionRow(serializers.Serializer[Any]):
    """One edition of a county's period, with what it changed in the one before."""

    id = serializers.UUIDField()
    county_code = serializers.CharField()
    county_name = serializers.CharField()
    period = serializers.CharField()
    name = serializers.CharField()
    edition = serializers.IntegerField()
    frozen_at = serializers.DateTimeField()
    published_at = serializers.DateTimeField()
    due_on = serializers.DateField()
    checksum = serializers.CharField()
    digest = serializers.CharField()
    editions = serializers.ListField(child=serializers.UUIDField())
    changes = FigureChangeRow(many=True)


class LookGrantShape(serializers.Serializer[Any]):
    """A look that is asked for: from a day until another (not included), at most 90 days."""

    reader = serializers.CharField(max_length=60, help_text="User name of somebody who reads above the county.")
    area_code = serializers.CharField(max_length=12)
    purpose = serializers.CharField(max_length=200, help_text="No names or numbers of persons.")
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class LookDecisionShape(serializers.Serializer[Any]):
    """A word on the decision, where there is one."""

    reason = serializers.CharField(max_length=200, required=False, allow_blank=True)


class LookReasonShape(serializers.Serializer[Any]):
    """Why it is refused or withdrawn."""

    reason = serializers.CharField(max_length=200, help_text="No names or numbers of persons.")


class LookGrantRow(serializers.Serializer[Any]):
    """A grant of a look."""

    id = serializers.UUIDField()
    reader = serializers.CharField()
    area_code = serializers.CharField()
    purpose = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    state = serializers.ChoiceField(choices=LookState.choices)
    asked_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField()
    version = serializers.IntegerField()


class OpenLookRow(serializers.Serializer[Any]):
    """Where the token's holder may look today."""

    id = serializers.UUIDField()
    county_code = serializers.CharField()
    county_name = serializers.CharField()
    area_code = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class LookedHouseholdRow(serializers.Serializer[Any]):
    """A household behind a figure."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    village_code = serializers.CharField()
    village_name = serializers.CharField()
    head_name = serializers.CharField()
    status = serializers.CharField()
    is_monitored = serializers.BooleanField()
    has_helper = serializers.BooleanField()
    person_count = serializers.IntegerField()
    net_per_head_yuan = serializers.DecimalField(max_digits=14, decimal_places=2, allow_null=True)


class LookedPersonRow(serializers.Serializer[Any]):
    """A member of a household."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    relation = serializers.CharField()
    sex = serializers.CharField()
    birth_year = serializers.IntegerField(allow_null=True)


class LookPageRow(serializers.Serializer[Any]):
    """One page of a list; `next` is the value of `after` for the next one, empty after the last."""

    list = serializers.ChoiceField(choices=LookList.choices)
    period = serializers.CharField()
    next = serializers.CharField()
    results = LookedHouseholdRow(many=True)


class LookedAtRow(LookedHouseholdRow):
    """A household with its members."""

    persons = LookedPersonRow(many=True)
