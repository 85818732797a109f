"""Wishes for training, courses, enrolments, and the county's figures of training."""

import datetime as dt
from typing import Final

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.lib.papers import follow_sql, unfollow_sql
from registry.tenancy.folding import folded
from registry.tenancy.operations import KeepHistory, ProtectTenantTable, TenantLink

# A course belongs to the county, an enrolment to where its person lives: the counts stand with the course, so that seats
# are held also for who sees one village alone. The course is locked first, so that two enrolments wait for each other.
COUNTED: Final = """
CREATE FUNCTION livelihoods_count_enrolment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    course livelihoods_course;
    enrolled integer := (NEW.withdrawn_on IS NULL)::integer;
    attended integer := (coalesce(NEW.attended_days, 0) > 0)::integer;
BEGIN
    SELECT * INTO course FROM livelihoods_course c
    WHERE c.tenant_id = NEW.tenant_id AND c.id = NEW.course_id FOR UPDATE;
    IF NOT FOUND THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.course_id, NEW.person_id) IS DISTINCT FROM (OLD.course_id, OLD.person_id) THEN
            RAISE EXCEPTION 'an enrolment stays one of its person in its course'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolment_stays_of_its_course';
        END IF;
        IF OLD.withdrawn_on IS NOT NULL AND NEW.withdrawn_on IS DISTINCT FROM OLD.withdrawn_on THEN
            RAISE EXCEPTION 'an enrolment is withdrawn once'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolment_is_withdrawn_once';
        END IF;
        enrolled := enrolled - (OLD.withdrawn_on IS NULL)::integer;
        attended := attended - (coalesce(OLD.attended_days, 0) > 0)::integer;
    ELSIF course.state <> 'planned' THEN
        RAISE EXCEPTION 'a course that is over or cancelled takes nobody in'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolment_in_a_planned_course';
    END IF;
    NEW.starts_on := course.starts_on;
    NEW.last_on := course.last_on;
    NEW.day_count := course.day_count;
    IF enrolled <> 0 OR attended <> 0 THEN
        UPDATE livelihoods_course c
        SET enrolled_count = c.enrolled_count + enrolled, attended_count = c.attended_count + attended
        WHERE c.tenant_id = NEW.tenant_id AND c.id = NEW.course_id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER livelihoods_enrolment_counted
    BEFORE INSERT OR UPDATE OF course_id, person_id, starts_on, last_on, day_count, attended_days, withdrawn_on
    ON livelihoods_enrolment FOR EACH ROW EXECUTE FUNCTION livelihoods_count_enrolment();
CREATE FUNCTION livelihoods_step_of_course() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'planned' AND NEW.state <> OLD.state THEN
        RAISE EXCEPTION 'a course is closed once'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'course_is_closed_once';
    END IF;
    IF NEW.state = 'held' AND NEW.last_on > (now() AT TIME ZONE 'Asia/Shanghai')::date THEN
        RAISE EXCEPTION 'a course is held once its last day has come'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'course_held_is_over';
    END IF;
    IF OLD.enrolled_count > 0 AND (NEW.starts_on, NEW.last_on, NEW.day_count)
            IS DISTINCT FROM (OLD.starts_on, OLD.last_on, OLD.day_count) THEN
        RAISE EXCEPTION 'the days of a course stand while somebody is enrolled'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'course_days_stand_while_enrolled';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER livelihoods_course_step BEFORE UPDATE ON livelihoods_course
    FOR EACH ROW EXECUTE FUNCTION livelihoods_step_of_course();
"""
UNDO: Final = """
DROP TRIGGER livelihoods_course_step ON livelihoods_course;
DROP FUNCTION livelihoods_step_of_course();
DROP TRIGGER livelihoods_enrolment_counted ON livelihoods_enrolment;
DROP FUNCTION livelihoods_count_enrolment();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("assistance", "0011_help_visits"),
        ("households", "0038_mark_pairs_of_who_left"),
        ("registry", "0018_dispatch_office"),
    ]

    operations = [
        migrations.CreateModel(
            name="Course",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=registry.tenancy.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "scope_code",
                    models.CharField(db_collation="C", editable=False, max_length=12, verbose_name="division in scope"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
                ),
                (
                    "updated_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="updated at"),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("kind_code", models.CharField(max_length=20, verbose_name="kind of training")),
                ("organiser", models.CharField(max_length=100, verbose_name="organiser")),
                ("place", models.CharField(max_length=100, verbose_name="place")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("last_on", models.DateField(verbose_name="last day")),
                ("day_count", models.PositiveSmallIntegerField(verbose_name="days of teaching")),
                ("hour_count", models.PositiveSmallIntegerField(verbose_name="hours of teaching")),
                ("seat_count", models.PositiveSmallIntegerField(verbose_name="seats")),
                ("employer", models.CharField(blank=True, max_length=100, verbose_name="ordered by the employer")),
                ("ordered_post", models.CharField(blank=True, max_length=100, verbose_name="for the post")),
                (
                    "ordered_count",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="persons wanted"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("held", "Held"), ("cancelled", "Cancelled")],
                        default="planned",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "cancel_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="why cancelled"),
                ),
                (
                    "enrolled_count",
                    models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="enrolled"),
                ),
                (
                    "attended_count",
                    models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="attended"),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.tenant",
                        verbose_name="tenant",
                    ),
                ),
            ],
            options={
                "verbose_name": "course",
                "verbose_name_plural": "courses",
                "ordering": ["-starts_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=registry.tenancy.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "scope_code",
                    models.CharField(db_collation="C", editable=False, max_length=12, verbose_name="division in scope"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
                ),
                (
                    "updated_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="updated at"),
                ),
                ("starts_on", models.DateField(editable=False, verbose_name="first day")),
                ("last_on", models.DateField(editable=False, verbose_name="last day")),
                ("day_count", models.PositiveSmallIntegerField(editable=False, verbose_name="days of teaching")),
                (
                    "attended_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="days attended"),
                ),
                (
                    "certificate_kind_code",
                    models.CharField(blank=True, max_length=20, verbose_name="kind of certificate"),
                ),
                (
                    "certificate_number",
                    models.CharField(blank=True, max_length=40, verbose_name="number of the certificate"),
                ),
                ("certified_on", models.DateField(blank=True, null=True, verbose_name="certificate of")),
                ("outcome_code", models.CharField(blank=True, max_length=20, verbose_name="answer on work")),
                ("outcome_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="withdrawn on")),
                ("withdrawal_reason", models.CharField(blank=True, max_length=200, verbose_name="why withdrawn")),
                (
                    "certificate_document",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.document",
                        verbose_name="picture of the certificate",
                    ),
                ),
                (
                    "course",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="livelihoods.course",
                        verbose_name="course",
                    ),
                ),
                (
                    "person",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="households.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.tenant",
                        verbose_name="tenant",
                    ),
                ),
            ],
            options={
                "verbose_name": "enrolment",
                "verbose_name_plural": "enrolments",
                "ordering": ["-starts_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="TrainingRule",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=registry.tenancy.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "scope_code",
                    models.CharField(db_collation="C", editable=False, max_length=12, verbose_name="division in scope"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
                ),
                (
                    "updated_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="updated at"),
                ),
                ("from_year", models.PositiveSmallIntegerField(verbose_name="from the year")),
                ("youngest_age", models.PositiveSmallIntegerField(verbose_name="youngest age")),
                ("oldest_age", models.PositiveSmallIntegerField(verbose_name="oldest age")),
                (
                    "least_percent",
                    models.PositiveSmallIntegerField(verbose_name="attendance that counts (percent of the days)"),
                ),
                ("needs_certificate", models.BooleanField(default=False, verbose_name="a certificate alone counts")),
                ("counted_since", models.DateField(verbose_name="courses count that ended on this day or later")),
                ("source", models.CharField(max_length=200, verbose_name="source of the figures")),
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.tenant",
                        verbose_name="tenant",
                    ),
                ),
            ],
            options={
                "verbose_name": "figures of training",
                "verbose_name_plural": "figures of training",
                "ordering": ["-from_year"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="TrainingWish",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=registry.tenancy.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "scope_code",
                    models.CharField(db_collation="C", editable=False, max_length=12, verbose_name="division in scope"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
                ),
                (
                    "updated_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="updated at"),
                ),
                ("kind_code", models.CharField(max_length=20, verbose_name="kind of training")),
                ("told_on", models.DateField(verbose_name="told on")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="withdrawn on")),
                (
                    "help_visit",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assistance.helpvisit",
                        verbose_name="at the help visit",
                    ),
                ),
                (
                    "person",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="training_wishes",
                        to="households.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.tenant",
                        verbose_name="tenant",
                    ),
                ),
            ],
            options={
                "verbose_name": "wish for training",
                "verbose_name_plural": "wishes for training",
                "ordering": ["person", "-told_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddIndex(
            model_name="course",
            index=models.Index(fields=["tenant", "starts_on"], name="course_start"),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "cancelled"), _negated=True),
                fields=("tenant", "name", "starts_on"),
                name="course_name_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "held", "cancelled"])), name="course_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True),
                    models.Q(("kind_code", ""), _negated=True),
                    models.Q(("organiser", ""), _negated=True),
                    models.Q(("place", ""), _negated=True),
                ),
                name="course_says_what_who_and_where",
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_on__gte", models.F("starts_on")),
                    ("last_on__lt", dt.date(2101, 1, 1)),
                    ("starts_on__gte", dt.date(2000, 1, 1)),
                ),
                name="course_days_are_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("day_count__gte", 1),
                    (
                        "day_count__lte",
                        models.Func(
                            models.F("last_on"),
                            models.F("starts_on"),
                            arg_joiner=" - ",
                            output_field=models.IntegerField(),
                            template="(%(expressions)s + 1)",
                        ),
                    ),
                ),
                name="course_teaches_on_its_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hour_count__gte", 1),
                    (
                        "hour_count__lte",
                        django.db.models.expressions.CombinedExpression(models.F("day_count"), "*", models.Value(24)),
                    ),
                ),
                name="course_hours_fit_its_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(condition=models.Q(("seat_count__gte", 1)), name="course_has_seats"),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("employer", ""), ("ordered_count__isnull", True), ("ordered_post", "")),
                    models.Q(
                        models.Q(("employer", ""), _negated=True),
                        models.Q(("ordered_post", ""), _negated=True),
                        ("ordered_count__gte", 1),
                    ),
                    _connector="OR",
                ),
                name="course_order_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(("enrolled_count__lte", models.F("seat_count"))), name="course_has_a_seat_for_each"
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "held"), _negated=True), ("attended_count__gte", 1), _connector="OR"
                ),
                name="course_held_was_attended",
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("enrolled_count", 0), ("state", "cancelled"), models.Q(("cancel_reason", ""), _negated=True)
                    ),
                    models.Q(models.Q(("state", "cancelled"), _negated=True), ("cancel_reason", "")),
                    _connector="OR",
                ),
                name="course_cancelled_says_why",
            ),
        ),
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(fields=["tenant", "person"], name="enrolment_person"),
        ),
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(fields=["tenant", "course"], name="enrolment_course"),
        ),
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(fields=["tenant", "scope_code", "last_on"], name="enrolment_scope"),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("withdrawn_on__isnull", True)),
                expressions=[
                    ("tenant", "="),
                    ("person", "="),
                    (
                        models.Func(
                            models.F("starts_on"),
                            models.F("last_on"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="enrolment_one_course_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(
                fields=("tenant", "certificate_document"), name="enrolment_document_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("certificate_document__isnull", True), ("certified_on__isnull", False), _connector="OR"
                ),
                name="enrolment_picture_is_of_a_certificate",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("attended_days__isnull", True), ("attended_days__lte", models.F("day_count")), _connector="OR"
                ),
                name="enrolment_attends_the_days_at_most",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("certificate_kind_code", ""), ("certificate_number", ""), ("certified_on__isnull", True)),
                    models.Q(
                        models.Q(("certificate_kind_code", ""), _negated=True),
                        models.Q(("certificate_number", ""), _negated=True),
                        ("certified_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="enrolment_certificate_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("certified_on__isnull", True),
                    models.Q(("attended_days__gte", 1), ("certified_on__gte", models.F("starts_on"))),
                    _connector="OR",
                ),
                name="enrolment_certificate_is_of_one_who_came",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome_code", ""), ("outcome_on__isnull", True)),
                    models.Q(models.Q(("outcome_code", ""), _negated=True), ("outcome_on__gt", models.F("last_on"))),
                    _connector="OR",
                ),
                name="enrolment_answer_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawal_reason", ""), ("withdrawn_on__isnull", True)),
                    models.Q(
                        ("certified_on__isnull", True),
                        ("outcome_code", ""),
                        ("withdrawn_on__isnull", False),
                        models.Q(("attended_days__isnull", True), ("attended_days", 0), _connector="OR"),
                        models.Q(("withdrawal_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="enrolment_withdrawn_did_not_attend",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingrule",
            constraint=models.UniqueConstraint(fields=("tenant", "from_year"), name="trainingrule_once_a_year"),
        ),
        migrations.AddConstraint(
            model_name="trainingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_year__gte", 2000), ("from_year__lte", 2100)),
                name="trainingrule_year_is_plausible",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("oldest_age__gte", models.F("youngest_age")), ("oldest_age__lte", 120), ("youngest_age__gte", 14)
                ),
                name="trainingrule_ages_are_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("least_percent__gte", 1), ("least_percent__lte", 100)),
                name="trainingrule_percent_is_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("counted_since__gte", dt.date(2000, 1, 1)), ("counted_since__lt", dt.date(2101, 1, 1))
                ),
                name="trainingrule_day_is_plausible",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="trainingrule_names_its_source"
            ),
        ),
        migrations.AddIndex(
            model_name="trainingwish",
            index=models.Index(fields=["tenant", "person"], name="trainingwish_person"),
        ),
        migrations.AddIndex(
            model_name="trainingwish",
            index=models.Index(fields=["tenant", "scope_code", "kind_code"], name="trainingwish_scope"),
        ),
        migrations.AddConstraint(
            model_name="trainingwish",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_on__isnull", True)),
                fields=("tenant", "person", "kind_code", "told_on"),
                name="trainingwish_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingwish",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind_code", ""), _negated=True), name="trainingwish_has_a_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingwish",
            constraint=models.CheckConstraint(
                condition=models.Q(("told_on__gte", dt.date(2000, 1, 1)), ("told_on__lt", dt.date(2101, 1, 1))),
                name="trainingwish_day_is_plausible",
            ),
        ),
        ProtectTenantTable("trainingrule", policy=Policy.SHARED),
        ProtectTenantTable("course", policy=Policy.SHARED),
        ProtectTenantTable("trainingwish", policy=Policy.RANGED),
        TenantLink("trainingwish", "person"),
        TenantLink("trainingwish", "help_visit"),
        KeepHistory("trainingwish", of="person"),
        ProtectTenantTable("enrolment", policy=Policy.RANGED),
        TenantLink("enrolment", "course"),
        TenantLink("enrolment", "person"),
        TenantLink("enrolment", "certificate_document"),
        KeepHistory("enrolment", of="person"),
        migrations.RunSQL(COUNTED, UNDO),
        migrations.RunSQL(
            follow_sql("livelihoods_enrolment", "certificate_document_id"), unfollow_sql("livelihoods_enrolment")
        ),
    ]
    operations = folded(operations)
