"""Wishes for training, courses, and who took part with what result."""

from datetime import date
from typing import ClassVar, Final

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.models import Person
from livelihoods.enums import CourseState
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel

# Both days are days of the course.
_DAYS: Final = Func(F("starts_on"), F("last_on"), Value("[]"), function="daterange", output_field=DateRangeField())
_LENGTH: Final = Func(
    F("last_on"),
    F("starts_on"),
    arg_joiner=" - ",
    output_field=models.IntegerField(),
    template="(%(expressions)s + 1)",
)
_FIRST_DAY: Final = date(2000, 1, 1)
_AFTER_ALL: Final = date(2101, 1, 1)


class TrainingWish(VersionedModel):
    """What a person wants to learn, as told on a day (培训意愿).

    Whether it was met follows from the courses that the person took part in since. One told in error stays on file
    with `withdrawn_on` and counts nowhere.
    """

    person = TenantForeignKey(Person, verbose_name=_("person"), related_name="training_wishes")
    kind_code = models.CharField(_("kind of training"), max_length=20)
    told_on = models.DateField(_("told on"))
    help_visit = TenantForeignKey(
        "assistance.HelpVisit", verbose_name=_("at the help visit"), null=True, blank=True, related_name="+"
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("wish for training")
        verbose_name_plural = _("wishes for training")
        ordering = ["person", "-told_on", "id"]
        indexes = [
            models.Index(fields=["tenant", "person"], name="trainingwish_person"),
            models.Index(fields=["tenant", "scope_code", "kind_code"], name="trainingwish_scope"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "person", "kind_code", "told_on"],
                name="trainingwish_once_a_day",
                condition=Q(withdrawn_on__isnull=True),
            ),
            models.CheckConstraint(name="trainingwish_has_a_kind", condition=~Q(kind_code="")),
            models.CheckConstraint(
                name="trainingwish_day_is_plausible", condition=Q(told_on__gte=_FIRST_DAY, told_on__lt=_AFTER_ALL)
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.told_on)


class Course(VersionedModel):
    """A course of some days, open to the whole county (培训班); an employer may have ordered it (订单式培训).

    `last_on` is the last day of the course. Triggers count who is enrolled and who attended, so that seats and "held
    for nobody" are refused whoever may see those persons; they count no version. Source: our own columns, after the
    steps that the programme names: order, course, attendance, certificate, job.
    """

    name = models.CharField(_("name"), max_length=100)
    kind_code = models.CharField(_("kind of training"), max_length=20)
    organiser = models.CharField(_("organiser"), max_length=100)
    place = models.CharField(_("place"), max_length=100)
    starts_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    day_count = models.PositiveSmallIntegerField(_("days of teaching"))
    hour_count = models.PositiveSmallIntegerField(_("hours of teaching"))
    seat_count = models.PositiveSmallIntegerField(_("seats"))
    employer = models.CharField(_("ordered by the employer"), max_length=100, blank=True)
    ordered_post = models.CharField(_("for the post"), max_length=100, blank=True)
    ordered_count = models.PositiveSmallIntegerField(_("persons wanted"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=CourseState.choices, default=CourseState.PLANNED, editable=False
    )
    cancel_reason = models.CharField(_("why cancelled"), max_length=200, blank=True, editable=False)
    enrolled_count = models.PositiveSmallIntegerField(_("enrolled"), default=0, editable=False)
    attended_count = models.PositiveSmallIntegerField(_("attended"), default=0, editable=False)

    class Meta(VersionedModel.Meta):
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["-starts_on", "id"]
        indexes = [models.Index(fields=["tenant", "starts_on"], name="course_start")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "name", "starts_on"],
                name="course_name_once_a_day",
                condition=~Q(state=CourseState.CANCELLED),
            ),
            models.CheckConstraint(name="course_state_is_known", condition=Q(state__in=CourseState.values)),
            models.CheckConstraint(
                name="course_says_what_who_and_where",
                condition=~Q(name="") & ~Q(kind_code="") & ~Q(organiser="") & ~Q(place=""),
            ),
            models.CheckConstraint(
                name="course_days_are_in_order",
                condition=Q(starts_on__gte=_FIRST_DAY, last_on__lt=_AFTER_ALL, last_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="course_teaches_on_its_days",
                condition=Q(day_count__gte=1, day_count__lte=_LENGTH),
            ),
            models.CheckConstraint(
                name="course_hours_fit_its_days", condition=Q(hour_count__gte=1, hour_count__lte=F("day_count") * 24)
            ),
            models.CheckConstraint(name="course_has_seats", condition=Q(seat_count__gte=1)),
            models.CheckConstraint(
                name="course_order_is_whole",
                condition=Q(employer="", ordered_post="", ordered_count__isnull=True)
                | (~Q(employer="") & ~Q(ordered_post="") & Q(ordered_count__gte=1)),
            ),
            models.CheckConstraint(name="course_has_a_seat_for_each", condition=Q(enrolled_count__lte=F("seat_count"))),
            models.CheckConstraint(
                name="course_held_was_attended", condition=~Q(state=CourseState.HELD) | Q(attended_count__gte=1)
            ),
            models.CheckConstraint(
                name="course_cancelled_says_why",
                condition=(Q(state=CourseState.CANCELLED, enrolled_count=0) & ~Q(cancel_reason=""))
                | (~Q(state=CourseState.CANCELLED) & Q(cancel_reason="")),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class Enrolment(VersionedModel):
    """A person in a course: days attended, certificate, and the answer on work three months later.

    Days and number of days are those of the course, which a trigger writes: so the database refuses two courses of a
    person on one day and more days than there were. One that was withdrawn stays on file and counts nowhere.
    """

    course = TenantForeignKey(Course, verbose_name=_("course"), related_name="enrolments")
    person = TenantForeignKey(Person, verbose_name=_("person"), related_name="enrolments")
    starts_on = models.DateField(_("first day"), editable=False)
    last_on = models.DateField(_("last day"), editable=False)
    day_count = models.PositiveSmallIntegerField(_("days of teaching"), editable=False)
    attended_days = models.PositiveSmallIntegerField(_("days attended"), null=True, blank=True)
    certificate_kind_code = models.CharField(_("kind of certificate"), max_length=20, blank=True)
    certificate_number = models.CharField(_("number of the certificate"), max_length=40, blank=True)
    certified_on = models.DateField(_("certificate of"), null=True, blank=True)
    certificate_document = TenantForeignKey(
        "registry.Document", verbose_name=_("picture of the certificate"), null=True, blank=True, related_name="+"
    )
    outcome_code = models.CharField(_("answer on work"), max_length=20, blank=True)
    outcome_on = models.DateField(_("answered on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("why withdrawn"), max_length=200, blank=True)

    telling: ClassVar = ("certificate_number", "withdrawal_reason")
    showing: ClassVar = ("certificate_document",)

    class Meta(VersionedModel.Meta):
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["-starts_on", "id"]
        indexes = [
            models.Index(fields=["tenant", "person"], name="enrolment_person"),
            models.Index(fields=["tenant", "course"], name="enrolment_course"),
            models.Index(fields=["tenant", "scope_code", "last_on"], name="enrolment_scope"),
        ]
        constraints = [
            ExclusionConstraint(
                name="enrolment_one_course_a_day",
                condition=Q(withdrawn_on__isnull=True),
                expressions=[
                    ("tenant", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (_DAYS, RangeOperators.OVERLAPS),
                ],
            ),
            models.UniqueConstraint(fields=["tenant", "certificate_document"], name="enrolment_document_once"),
            models.CheckConstraint(
                name="enrolment_picture_is_of_a_certificate",
                condition=Q(certificate_document__isnull=True) | Q(certified_on__isnull=False),
            ),
            models.CheckConstraint(
                name="enrolment_attends_the_days_at_most",
                condition=Q(attended_days__isnull=True) | Q(attended_days__lte=F("day_count")),
            ),
            models.CheckConstraint(
                name="enrolment_certificate_is_whole",
                condition=Q(certificate_kind_code="", certificate_number="", certified_on__isnull=True)
                | (~Q(certificate_kind_code="") & ~Q(certificate_number="") & Q(certified_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="enrolment_certificate_is_of_one_who_came",
                condition=Q(certified_on__isnull=True) | Q(certified_on__gte=F("starts_on"), attended_days__gte=1),
            ),
            models.CheckConstraint(
                name="enrolment_answer_has_its_day",
                condition=Q(outcome_code="", outcome_on__isnull=True)
                | (~Q(outcome_code="") & Q(outcome_on__gt=F("last_on"))),
            ),
            models.CheckConstraint(
                name="enrolment_withdrawn_did_not_attend",
                condition=Q(withdrawn_on__isnull=True, withdrawal_reason="")
                | (
                    Q(withdrawn_on__isnull=False, certified_on__isnull=True, outcome_code="")
                    & (Q(attended_days__isnull=True) | Q(attended_days=0))
                    & ~Q(withdrawal_reason="")
                ),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.starts_on)
