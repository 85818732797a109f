"""The columns of the member form in full, and the work records."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.folding import folded
from registry.tenancy.operations import ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0004_either_education_or_school"),
        ("registry", "0003_open_platform_tenant"),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkRecord",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("is_planned", models.BooleanField(default=False, verbose_name="planned")),
                ("starts_on", models.DateField(verbose_name="from the month of")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until the month of (not included)")),
                (
                    "division_code",
                    models.CharField(blank=True, db_collation="C", max_length=12, verbose_name="division of work"),
                ),
                ("employer", models.CharField(blank=True, max_length=100, verbose_name="employer")),
                ("industry_code", models.CharField(blank=True, max_length=20, verbose_name="industry")),
                (
                    "monthly_income_yuan",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="income a month (yuan)"
                    ),
                ),
                ("channel_code", models.CharField(blank=True, max_length=20, verbose_name="way into work")),
                (
                    "is_point_to_point",
                    models.BooleanField(blank=True, null=True, verbose_name="taken there point to point"),
                ),
                (
                    "transport_subsidy_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="transport subsidy of the year (yuan)",
                    ),
                ),
                (
                    "service_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="services wanted",
                    ),
                ),
            ],
            options={
                "verbose_name": "work record",
                "verbose_name_plural": "work records",
                "ordering": ["person", "-starts_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="person",
            name="disability_category_code",
            field=models.CharField(blank=True, max_length=1, verbose_name="category of disability"),
        ),
        migrations.AddField(
            model_name="person",
            name="disability_grade_code",
            field=models.CharField(blank=True, max_length=1, verbose_name="grade of disability"),
        ),
        migrations.AddField(
            model_name="personyear",
            name="disability_card_year",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of the disability card"),
        ),
        migrations.AddField(
            model_name="personyear",
            name="dropout_reason_code",
            field=models.CharField(blank=True, max_length=20, verbose_name="reason for leaving school"),
        ),
        migrations.AddField(
            model_name="personyear",
            name="employer",
            field=models.CharField(blank=True, max_length=100, verbose_name="employer"),
        ),
        migrations.AddField(
            model_name="personyear",
            name="employment_channel_code",
            field=models.CharField(blank=True, max_length=20, verbose_name="way into work"),
        ),
        migrations.AddField(
            model_name="personyear",
            name="graduate_unemployed_reason",
            field=models.CharField(blank=True, max_length=100, verbose_name="why a graduate has no work"),
        ),
        migrations.AddField(
            model_name="personyear",
            name="has_commercial_medical",
            field=models.BooleanField(blank=True, null=True, verbose_name="has commercial medical insurance"),
        ),
        migrations.AddField(
            model_name="personyear",
            name="has_employee_medical",
            field=models.BooleanField(blank=True, null=True, verbose_name="has medical insurance of employees"),
        ),
        migrations.AddField(
            model_name="personyear",
            name="has_employee_pension",
            field=models.BooleanField(blank=True, null=True, verbose_name="has the employees' pension insurance"),
        ),
        migrations.AddField(
            model_name="personyear",
            name="has_resident_pension",
            field=models.BooleanField(blank=True, null=True, verbose_name="has the residents' pension insurance"),
        ),
        migrations.AddField(
            model_name="personyear",
            name="industry_code",
            field=models.CharField(blank=True, max_length=20, verbose_name="industry"),
        ),
        migrations.AddField(
            model_name="personyear",
            name="is_in_military_service",
            field=models.BooleanField(blank=True, null=True, verbose_name="is in military service"),
        ),
        migrations.AddField(
            model_name="personyear",
            name="is_unsupported_child",
            field=models.BooleanField(blank=True, null=True, verbose_name="is a child without support in fact"),
        ),
        migrations.AddField(
            model_name="personyear",
            name="minimum_living_allowance_code",
            field=models.CharField(blank=True, max_length=20, verbose_name="minimum living allowance"),
        ),
        migrations.AddField(
            model_name="personyear",
            name="public_post_code",
            field=models.CharField(blank=True, max_length=20, verbose_name="public-service post"),
        ),
        migrations.AddField(
            model_name="personyear",
            name="public_post_months",
            field=models.DecimalField(
                blank=True, decimal_places=1, max_digits=3, null=True, verbose_name="months in the public-service post"
            ),
        ),
        migrations.AddField(
            model_name="personyear",
            name="receives_accident_subsidy",
            field=models.BooleanField(blank=True, null=True, verbose_name="receives an accident insurance subsidy"),
        ),
        migrations.AddField(
            model_name="personyear",
            name="receives_medical_assistance",
            field=models.BooleanField(blank=True, null=True, verbose_name="receives medical assistance"),
        ),
        migrations.AddField(
            model_name="personyear",
            name="receives_other_health_support",
            field=models.BooleanField(blank=True, null=True, verbose_name="receives other health support"),
        ),
        migrations.AddField(
            model_name="personyear",
            name="special_support_code",
            field=models.CharField(blank=True, max_length=20, verbose_name="special support"),
        ),
        migrations.AddField(
            model_name="personyear",
            name="work_division_code",
            field=models.CharField(blank=True, db_collation="C", max_length=12, verbose_name="division of work"),
        ),
        migrations.AddField(
            model_name="personyear",
            name="works_abroad",
            field=models.BooleanField(blank=True, null=True, verbose_name="works abroad"),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("disability_category_code", ""), ("disability_grade_code", "")),
                    models.Q(
                        ("disability_category_code__in", ("1", "2", "3", "4", "5", "6", "7")),
                        ("disability_grade_code__in", ("1", "2", "3", "4")),
                        ("document_code", "2"),
                    ),
                    _connector="OR",
                ),
                name="person_disability_marks_are_of_a_certificate",
            ),
        ),
        migrations.AddConstraint(
            model_name="personyear",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("public_post_months__isnull", True),
                    models.Q(("public_post_months__gte", 0), ("public_post_months__lte", 12)),
                    _connector="OR",
                ),
                name="personyear_post_months_are_twelve_at_most",
            ),
        ),
        migrations.AddConstraint(
            model_name="personyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("education_code", ""), ("school_code__in", ("", "00")), _connector="OR"),
                name="personyear_education_or_school",
            ),
        ),
        migrations.AddConstraint(
            model_name="personyear",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("health_codes__contains", ["1"]), _negated=True),
                    ("health_codes__len", 1),
                    _connector="OR",
                ),
                name="personyear_healthy_and_nothing_else",
            ),
        ),
        migrations.AddConstraint(
            model_name="personyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("work_division_code__regex", "^(\\d{12})?$")),
                name="personyear_work_division_has_12_digits",
            ),
        ),
        migrations.AddConstraint(
            model_name="personyear",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("works_abroad__isnull", True), ("works_abroad", False), ("work_division_code", ""), _connector="OR"
                ),
                name="personyear_abroad_has_no_division",
            ),
        ),
        migrations.AddConstraint(
            model_name="personyear",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("disability_card_year__isnull", True),
                    models.Q(("disability_card_year__gte", 1990), ("disability_card_year__lte", 2100)),
                    _connector="OR",
                ),
                name="personyear_card_year_is_plausible",
            ),
        ),
        migrations.AddField(
            model_name="workrecord",
            name="person",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="work_records",
                to="households.person",
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="workrecord",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.tenant",
                verbose_name="tenant",
            ),
        ),
        migrations.AddIndex(
            model_name="workrecord",
            index=models.Index(fields=["tenant", "person"], name="workrecord_person"),
        ),
        migrations.AddIndex(
            model_name="workrecord",
            index=models.Index(fields=["tenant", "scope_code"], name="workrecord_scope"),
        ),
        migrations.AddConstraint(
            model_name="workrecord",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("is_planned", False)),
                expressions=[
                    ("tenant", "="),
                    ("person", "="),
                    (
                        models.Func(
                            models.F("starts_on"),
                            models.Func(
                                models.F("ends_on"),
                                models.Func(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("year"), "+", models.Value(1)
                                    ),
                                    output_field=models.DateField(),
                                    template="make_date((%(expressions)s), 1, 1)",
                                ),
                                function="coalesce",
                                output_field=models.DateField(),
                            ),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="workrecord_one_a_month",
            ),
        ),
        migrations.AddConstraint(
            model_name="workrecord",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("is_planned", True)),
                expressions=[
                    ("tenant", "="),
                    ("person", "="),
                    (
                        models.Func(
                            models.F("starts_on"),
                            models.Func(
                                models.F("ends_on"),
                                models.Func(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("year"), "+", models.Value(1)
                                    ),
                                    output_field=models.DateField(),
                                    template="make_date((%(expressions)s), 1, 1)",
                                ),
                                function="coalesce",
                                output_field=models.DateField(),
                            ),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="workrecord_one_plan_a_month",
            ),
        ),
        migrations.AddConstraint(
            model_name="workrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("starts_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="workrecord_ends_not_before_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="workrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 2000), ("year__lte", 2100)), name="workrecord_year_is_plausible"
            ),
        ),
        migrations.AddConstraint(
            model_name="workrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on__day", 1), models.Q(("ends_on__isnull", True), ("ends_on__day", 1), _connector="OR")
                ),
                name="workrecord_counts_whole_months",
            ),
        ),
        migrations.AddConstraint(
            model_name="workrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on__year", models.F("year")),
                    models.Q(
                        ("ends_on__isnull", True),
                        (
                            "ends_on__lte",
                            models.Func(
                                django.db.models.expressions.CombinedExpression(models.F("year"), "+", models.Value(1)),
                                output_field=models.DateField(),
                                template="make_date((%(expressions)s), 1, 1)",
                            ),
                        ),
                        _connector="OR",
                    ),
                ),
                name="workrecord_lies_in_its_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="workrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("division_code__regex", "^(\\d{12})?$")), name="workrecord_division_has_12_digits"
            ),
        ),
        migrations.AddConstraint(
            model_name="workrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("monthly_income_yuan__isnull", True), ("monthly_income_yuan__gte", 0), _connector="OR"),
                    models.Q(
                        ("transport_subsidy_yuan__isnull", True), ("transport_subsidy_yuan__gte", 0), _connector="OR"
                    ),
                ),
                name="workrecord_money_is_not_negative",
            ),
        ),
        ProtectTenantTable("workrecord", policy=Policy.RANGED),
        TenantLink("workrecord", "person"),
    ]
    operations = folded(operations)
