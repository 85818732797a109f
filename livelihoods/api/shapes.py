"""The shapes of wishes, courses, enrolments and figures."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from households.queries.lists import in_division
from livelihoods.enums import CourseState, WorkProof
from livelihoods.models import Course, Enrolment, TrainingWish


class WishShape(serializers.Serializer[Any]):
    """What a person wants to learn, of the list `training_kind`."""

    kind_code = serializers.CharField(max_length=20)
    told_on = serializers.DateField()
    help_visit_id = serializers.UUIDField(required=False, allow_null=True)


class WishRow(WishShape):
    """A wish on file; `is_open` until the person attended a course of the kind that ended since."""

    id = serializers.UUIDField()
    person_id = serializers.UUIDField()
    person_number = serializers.CharField()
    person_name = serializers.CharField()
    village_code = serializers.CharField()
    withdrawn_on = serializers.DateField(allow_null=True)
    is_open = serializers.BooleanField()
    version = serializers.IntegerField()


class OpenWishesRow(serializers.Serializer[Any]):
    """How many persons wish for a kind of training that they did not get."""

    kind_code = serializers.CharField()
    persons = serializers.IntegerField()
    villages = serializers.IntegerField()


class TrainingReason(serializers.Serializer[Any]):
    """Why something is taken back."""

    reason = serializers.CharField(max_length=200, help_text="No names or numbers of persons.")


class CourseShape(serializers.Serializer[Any]):
    """A course; one that an employer ordered names employer, post and how many are wanted."""

    name = serializers.CharField(max_length=100)
    kind_code = serializers.CharField(max_length=20)
    organiser = serializers.CharField(max_length=100)
    place = serializers.CharField(max_length=100)
    starts_on = serializers.DateField()
    last_on = serializers.DateField(help_text="The last day of the course.")
    day_count = serializers.IntegerField(min_value=1, max_value=32767, help_text="Days of teaching.")
    hour_count = serializers.IntegerField(min_value=1, max_value=32767)
    seat_count = serializers.IntegerField(min_value=1, max_value=32767)
    employer = serializers.CharField(max_length=100, required=False, allow_blank=True)
    ordered_post = serializers.CharField(max_length=100, required=False, allow_blank=True)
    ordered_count = serializers.IntegerField(min_value=1, max_value=32767, required=False, allow_null=True)


class CourseRow(CourseShape):
    """A course on file; the counts are those of the whole county."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=CourseState.choices)
    cancel_reason = serializers.CharField()
    enrolled_count = serializers.IntegerField()
    attended_count = serializers.IntegerField()
    version = serializers.IntegerField()


class EnrolmentShape(serializers.Serializer[Any]):
    """Who is taken in."""

    person_id = serializers.UUIDField()


class AttendanceLine(serializers.Serializer[Any]):
    """On how many days one attended, said of this version of the enrolment."""

    enrolment_id = serializers.UUIDField()
    days = serializers.IntegerField(min_value=0, max_value=32767)
    version = serializers.IntegerField(min_value=1)


class AttendanceShape(serializers.Serializer[Any]):
    """Up to 200 lines, all or none."""

    lines = AttendanceLine(many=True)


class CertificateShape(serializers.Serializer[Any]):
    """The certificate of who attended, of the list `training_certificate`."""

    kind_code = serializers.CharField(max_length=20)
    number = serializers.CharField(max_length=40)
    on = serializers.DateField()
    file = serializers.FileField(
        required=False, allow_empty_file=True, help_text="A picture or .pdf of it, up to 10 MB; as multipart alone."
    )


class OutcomeShape(serializers.Serializer[Any]):
    """What the person answered on work, of the list `training_outcome`; an empty code takes the answer back."""

    code = serializers.CharField(max_length=20, allow_blank=True)
    on = serializers.DateField()


class EnrolmentRow(serializers.Serializer[Any]):
    """A person in a course; `is_at_work` on the day `asked_on` follows from `proof`, null where nothing is on file."""

    id = serializers.UUIDField()
    course_id = serializers.UUIDField()
    course_name = serializers.CharField()
    kind_code = serializers.CharField()
    person_id = serializers.UUIDField()
    person_number = serializers.CharField()
    person_name = serializers.CharField()
    village_code = serializers.CharField()
    starts_on = serializers.DateField()
    last_on = serializers.DateField()
    day_count = serializers.IntegerField()
    attended_days = serializers.IntegerField(allow_null=True)
    certificate_kind_code = serializers.CharField()
    certificate_number = serializers.CharField()
    certified_on = serializers.DateField(allow_null=True)
    has_document = serializers.BooleanField()
    outcome_code = serializers.CharField()
    outcome_on = serializers.DateField(allow_null=True)
    asked_on = serializers.DateField()
    proof = serializers.ChoiceField(choices=WorkProof.choices)
    is_at_work = serializers.BooleanField(allow_null=True)
    withdrawn_on = serializers.DateField(allow_null=True)
    withdrawal_reason = serializers.CharField()
    version = serializers.IntegerField()


class TrainingCoverageRow(serializers.Serializer[Any]):
    """The filed households of a village, and those with a trained member."""

    village_code = serializers.CharField()
    village_name = serializers.CharField()
    households = serializers.IntegerField()
    trained = serializers.IntegerField()
    lacking = serializers.IntegerField()


class LackingRow(serializers.Serializer[Any]):
    """A filed household without a trained member."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    group_name = serializers.CharField()
    village_id = serializers.UUIDField()
    village_code = serializers.CharField()


class TrainingFiguresAmendment(serializers.Serializer[Any]):
    """Whom courses are for and who counts as trained; ages in full years on the first day, both included."""

    youngest_age = serializers.IntegerField(min_value=14, max_value=120)
    oldest_age = serializers.IntegerField(min_value=14, max_value=120)
    least_percent = serializers.IntegerField(min_value=1, max_value=100)
    needs_certificate = serializers.BooleanField()
    counted_since = serializers.DateField()
    source = serializers.CharField(max_length=200)  # type: ignore[assignment]  # the name of a column, which the stubs take for another


class TrainingFiguresShape(TrainingFiguresAmendment):
    """The figures that hold from a year on."""

    from_year = serializers.IntegerField(min_value=2000, max_value=2100)


class TrainingFiguresRow(TrainingFiguresShape):
    """Figures on file."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()


class PostFiguresAmendment(serializers.Serializer[Any]):
    """Who may hold a post and for how long; ages in full years on the first day, both included."""

    youngest_age = serializers.IntegerField(min_value=16, max_value=120)
    oldest_age = serializers.IntegerField(min_value=16, max_value=120)
    most_months = serializers.IntegerField(min_value=1, max_value=12)
    asked_days = serializers.IntegerField(min_value=1, max_value=366)
    source = serializers.CharField(max_length=200)  # type: ignore[assignment]  # the name of a column, which the stubs take for another


class PostFiguresShape(PostFiguresAmendment):
    """The figures of posts that hold from a year on."""

    from_year = serializers.IntegerField(min_value=2000, max_value=2100)


class PostFiguresRow(PostFiguresShape):
    """Figures of posts on file."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()


class WishFilter(django_filters.FilterSet):
    """Narrow the wishes."""

    person = django_filters.UUIDFilter(field_name="person_id")
    kind = django_filters.CharFilter(field_name="kind_code")
    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")

    class Meta:
        model = TrainingWish
        fields: ClassVar[list[str]] = []

    def of_division(self, rows: "QuerySet[TrainingWish]", _name: str, code: str) -> "QuerySet[TrainingWish]":
        """Compare code ranges."""
        return in_division(rows, code)


class CourseFilter(django_filters.FilterSet):
    """Narrow the courses."""

    state = django_filters.ChoiceFilter(choices=CourseState.choices)
    kind = django_filters.CharFilter(field_name="kind_code")

    class Meta:
        model = Course
        fields: ClassVar[list[str]] = []


class EnrolmentFilter(django_filters.FilterSet):
    """Narrow the enrolments."""

    course = django_filters.UUIDFilter(field_name="course_id")
    person = django_filters.UUIDFilter(field_name="person_id")
    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")

    class Meta:
        model = Enrolment
        fields: ClassVar[list[str]] = []

    def of_division(self, rows: "QuerySet[Enrolment]", _name: str, code: str) -> "QuerySet[Enrolment]":
        """Compare code ranges."""
        return in_division(rows, code)
