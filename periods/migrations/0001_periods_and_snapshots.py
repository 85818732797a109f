"""Periods, the pictures of the register on their days, and what was booked in which."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import registry.models.sentence
import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.operations import ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0019_tallies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Period",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("month", "Month"),
                            ("quarter", "Quarter"),
                            ("half_year", "Half-year"),
                            ("year", "Year"),
                            ("campaign", "Campaign"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(verbose_name="last day")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("closing", "Closing"),
                            ("frozen", "Frozen"),
                            ("published", "Published"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("frozen_at", models.DateTimeField(blank=True, null=True, verbose_name="frozen at")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published at")),
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
                "verbose_name": "period",
                "verbose_name_plural": "periods",
                "ordering": ["-last_day", "kind"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
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
                (
                    "purpose",
                    models.CharField(
                        choices=[("period", "Period"), ("question", "As of a day")],
                        max_length=10,
                        verbose_name="purpose",
                    ),
                ),
                ("edition", models.PositiveIntegerField(default=1, verbose_name="edition")),
                ("as_of", models.DateField(verbose_name="as the facts stood on")),
                ("known_at", models.DateTimeField(blank=True, null=True, verbose_name="as known at")),
                (
                    "state",
                    models.CharField(
                        choices=[("making", "Being made"), ("made", "Made"), ("failed", "Failed")],
                        default="making",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked for at")),
                ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="taken at")),
                ("made_at", models.DateTimeField(blank=True, null=True, verbose_name="made at")),
                ("households", models.PositiveIntegerField(default=0, verbose_name="households")),
                ("persons", models.PositiveIntegerField(default=0, verbose_name="persons")),
                ("villages", models.PositiveIntegerField(default=0, verbose_name="villages")),
                ("checksum", models.CharField(blank=True, max_length=64, verbose_name="checksum")),
                ("error_code", models.CharField(blank=True, max_length=100, verbose_name="error code")),
                ("error", registry.models.sentence.SentenceField(blank=True, verbose_name="why it failed")),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked for by",
                    ),
                ),
                (
                    "period",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snapshots",
                        to="periods.period",
                        verbose_name="period",
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
                "verbose_name": "snapshot",
                "verbose_name_plural": "snapshots",
                "ordering": ["-created_at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="period",
            name="snapshot",
            field=registry.tenancy.fields.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="periods.snapshot",
                verbose_name="snapshot",
            ),
        ),
        migrations.CreateModel(
            name="FrozenVillage",
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
                ("village_id", models.UUIDField(verbose_name="village")),
                ("village_code", models.CharField(db_collation="C", max_length=12, verbose_name="division code")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "priority_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="priority categories",
                    ),
                ),
                (
                    "natural_village_count",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="natural villages and groups"),
                ),
                (
                    "attribute_code",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="kind of village"),
                ),
                (
                    "direction_code",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="direction of development"),
                ),
                ("terrain_code", models.CharField(blank=True, default="", max_length=20, verbose_name="terrain")),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="longitude (degrees)"
                    ),
                ),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="latitude (degrees)"
                    ),
                ),
                ("has_team", models.BooleanField(default=False, verbose_name="has a team")),
                ("team_member_count", models.PositiveSmallIntegerField(default=0, verbose_name="members of the team")),
                (
                    "ledger_income_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="income by the collective ledger (yuan)",
                    ),
                ),
                (
                    "ledger_aid_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="aid by the collective ledger (yuan)",
                    ),
                ),
                (
                    "income_goal_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="goal of the collective income (yuan)",
                    ),
                ),
                (
                    "facts_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of the facts"),
                ),
                ("has_water", models.BooleanField(blank=True, null=True, verbose_name="safe water")),
                ("has_electricity", models.BooleanField(blank=True, null=True, verbose_name="electricity")),
                ("has_road", models.BooleanField(blank=True, null=True, verbose_name="hardened road")),
                ("has_telephone", models.BooleanField(blank=True, null=True, verbose_name="telephone signal")),
                ("has_internet", models.BooleanField(blank=True, null=True, verbose_name="internet")),
                ("has_technology", models.BooleanField(blank=True, null=True, verbose_name="technical advice")),
                ("has_education", models.BooleanField(blank=True, null=True, verbose_name="school or kindergarten")),
                ("has_culture", models.BooleanField(blank=True, null=True, verbose_name="culture room")),
                ("has_health", models.BooleanField(blank=True, null=True, verbose_name="health station")),
                (
                    "has_social_security",
                    models.BooleanField(blank=True, null=True, verbose_name="social security service"),
                ),
                (
                    "collective_income_yuan",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="collective income (yuan)"
                    ),
                ),
                ("household_count", models.PositiveIntegerField(blank=True, null=True, verbose_name="all households")),
                (
                    "person_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="registered rural persons"),
                ),
                ("women_count", models.PositiveIntegerField(blank=True, null=True, verbose_name="women")),
                (
                    "disabled_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="persons with a disability"),
                ),
                (
                    "labour_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="persons able to work"),
                ),
                (
                    "working_away_count",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="persons away for work over three months"
                    ),
                ),
                (
                    "allowance_household_count",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="households with the minimum living allowance"
                    ),
                ),
                (
                    "allowance_person_count",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="persons with the minimum living allowance"
                    ),
                ),
                (
                    "supported_household_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="households with special support"),
                ),
                (
                    "supported_person_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="persons with special support"),
                ),
                (
                    "cropland_mu",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="cropland (mu)"
                    ),
                ),
                (
                    "irrigated_mu",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="irrigated cropland (mu)"
                    ),
                ),
                (
                    "woodland_mu",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="woodland (mu)"
                    ),
                ),
                (
                    "returned_forest_mu",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="cropland returned to forest (mu)",
                    ),
                ),
                (
                    "orchard_mu",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="orchards (mu)"
                    ),
                ),
                (
                    "pasture_mu",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="pasture (mu)"
                    ),
                ),
                (
                    "water_mu",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="water surface (mu)"
                    ),
                ),
                (
                    "net_per_head_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="net income of farmers per head (yuan)",
                    ),
                ),
                (
                    "cooperative_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="farmers' cooperatives"),
                ),
                (
                    "tourism_household_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="households in rural tourism"),
                ),
                (
                    "guesthouse_household_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="farm guesthouses"),
                ),
                (
                    "tourism_worker_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="persons working in tourism"),
                ),
                (
                    "guesthouse_income_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="income of a farm guesthouse (yuan, mean)",
                    ),
                ),
                ("has_bus", models.BooleanField(blank=True, null=True, verbose_name="passenger bus")),
                (
                    "has_township_road",
                    models.BooleanField(blank=True, null=True, verbose_name="paved road to the township"),
                ),
                (
                    "unsafe_water_household_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="households without safe water"),
                ),
                (
                    "water_difficulty_household_count",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="households that hardly reach water"
                    ),
                ),
                (
                    "dangerous_housing_household_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="households in dangerous houses"),
                ),
                ("clinic_count", models.PositiveIntegerField(blank=True, null=True, verbose_name="health stations")),
                (
                    "public_toilet_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="sanitary public toilets"),
                ),
                (
                    "doctor_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="licensed doctors and assistants"),
                ),
                (
                    "waste_point_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="collection points of waste"),
                ),
                (
                    "library_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="culture rooms and libraries"),
                ),
                (
                    "broadband_household_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="households with broadband"),
                ),
                (
                    "broadband_school_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="village schools with broadband"),
                ),
                (
                    "mobile_internet_household_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="households with mobile internet"),
                ),
                (
                    "information_officer_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="information officers"),
                ),
                (
                    "graduate_officer_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="graduates serving in the village"),
                ),
                (
                    "medical_insured_count",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="persons in the rural medical insurance"
                    ),
                ),
                (
                    "resident_pension_count",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="persons in the residents' pension"
                    ),
                ),
                (
                    "employee_pension_count",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="persons in the employees' pension"
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
                (
                    "snapshot",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="periods.snapshot",
                        verbose_name="snapshot",
                    ),
                ),
            ],
            options={
                "verbose_name": "village of a snapshot",
                "verbose_name_plural": "villages of snapshots",
                "ordering": ["snapshot", "village_code"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="FrozenPerson",
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
                ("person_id", models.UUIDField(verbose_name="person")),
                ("household_id", models.UUIDField(verbose_name="household")),
                ("village_code", models.CharField(db_collation="C", max_length=12, verbose_name="village")),
                ("relation_code", models.CharField(max_length=20, verbose_name="relation to the head")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="member since")),
                (
                    "starts_precision",
                    models.CharField(blank=True, default="", max_length=5, verbose_name="precision of that date"),
                ),
                (
                    "number",
                    models.CharField(
                        blank=True, db_collation="C", default="", max_length=32, verbose_name="person number"
                    ),
                ),
                ("sex_code", models.CharField(blank=True, default="", max_length=1, verbose_name="sex")),
                ("birth_on", models.DateField(blank=True, null=True, verbose_name="born on")),
                (
                    "birth_precision",
                    models.CharField(blank=True, default="", max_length=5, verbose_name="precision of that date"),
                ),
                (
                    "document_code",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="kind of document"),
                ),
                ("is_placeholder", models.BooleanField(default=False, verbose_name="has no number of its own")),
                (
                    "disability_category_code",
                    models.CharField(blank=True, default="", max_length=1, verbose_name="category of disability"),
                ),
                (
                    "disability_grade_code",
                    models.CharField(blank=True, default="", max_length=1, verbose_name="grade of disability"),
                ),
                (
                    "facts_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of the facts"),
                ),
                ("is_able_to_work", models.BooleanField(blank=True, null=True, verbose_name="able to work")),
                ("works_now", models.BooleanField(blank=True, null=True, verbose_name="at work on the day")),
                ("has_post", models.BooleanField(default=False, verbose_name="is in a public-welfare post")),
                ("education_code", models.CharField(blank=True, default="", max_length=20, verbose_name="education")),
                (
                    "school_code",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="stage of school"),
                ),
                (
                    "health_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="health",
                    ),
                ),
                ("skill_code", models.CharField(blank=True, default="", max_length=20, verbose_name="ability to work")),
                (
                    "dropout_reason_code",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="reason for leaving school"),
                ),
                (
                    "disability_card_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of the disability card"),
                ),
                (
                    "work_division_code",
                    models.CharField(
                        blank=True, db_collation="C", default="", max_length=12, verbose_name="division of work"
                    ),
                ),
                ("works_abroad", models.BooleanField(blank=True, null=True, verbose_name="works abroad")),
                (
                    "work_months",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=3, null=True, verbose_name="months of work"
                    ),
                ),
                (
                    "employment_channel_code",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="way into work"),
                ),
                ("industry_code", models.CharField(blank=True, default="", max_length=20, verbose_name="industry")),
                (
                    "public_post_code",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="public-service post"),
                ),
                (
                    "public_post_months",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=3,
                        null=True,
                        verbose_name="months in the public-service post",
                    ),
                ),
                (
                    "minimum_living_allowance_code",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="minimum living allowance"),
                ),
                (
                    "special_support_code",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="special support"),
                ),
                (
                    "has_basic_medical",
                    models.BooleanField(blank=True, null=True, verbose_name="has basic medical insurance"),
                ),
                (
                    "has_employee_medical",
                    models.BooleanField(blank=True, null=True, verbose_name="has medical insurance of employees"),
                ),
                (
                    "has_serious_illness_cover",
                    models.BooleanField(blank=True, null=True, verbose_name="has cover of serious illness"),
                ),
                (
                    "has_commercial_medical",
                    models.BooleanField(blank=True, null=True, verbose_name="has commercial medical insurance"),
                ),
                (
                    "receives_medical_assistance",
                    models.BooleanField(blank=True, null=True, verbose_name="receives medical assistance"),
                ),
                (
                    "receives_other_health_support",
                    models.BooleanField(blank=True, null=True, verbose_name="receives other health support"),
                ),
                (
                    "has_resident_pension",
                    models.BooleanField(blank=True, null=True, verbose_name="has the residents' pension insurance"),
                ),
                (
                    "has_employee_pension",
                    models.BooleanField(blank=True, null=True, verbose_name="has the employees' pension insurance"),
                ),
                (
                    "receives_accident_subsidy",
                    models.BooleanField(blank=True, null=True, verbose_name="receives an accident insurance subsidy"),
                ),
                (
                    "is_in_military_service",
                    models.BooleanField(blank=True, null=True, verbose_name="is in military service"),
                ),
                (
                    "is_unsupported_child",
                    models.BooleanField(blank=True, null=True, verbose_name="is a child without support in fact"),
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
                (
                    "snapshot",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="periods.snapshot",
                        verbose_name="snapshot",
                    ),
                ),
            ],
            options={
                "verbose_name": "person of a snapshot",
                "verbose_name_plural": "persons of snapshots",
                "ordering": ["snapshot", "village_code", "household_id", "relation_code"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="FrozenHousehold",
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
                ("household_id", models.UUIDField(verbose_name="household")),
                ("village_code", models.CharField(db_collation="C", max_length=12, verbose_name="village")),
                ("status", models.CharField(max_length=10, verbose_name="status")),
                ("stock", models.CharField(blank=True, default="", max_length=10, verbose_name="stock")),
                ("is_monitored", models.BooleanField(default=False, verbose_name="monitored, risk not removed")),
                ("monitoring_state", models.CharField(max_length=10, verbose_name="monitoring")),
                ("monitored_on", models.DateField(blank=True, null=True, verbose_name="monitored since")),
                (
                    "monitored_precision",
                    models.CharField(blank=True, default="", max_length=5, verbose_name="precision of that date"),
                ),
                ("risk_removed_on", models.DateField(blank=True, null=True, verbose_name="risk removed on")),
                (
                    "removal_code",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="how the risk ended"),
                ),
                ("head_person_id", models.UUIDField(blank=True, null=True, verbose_name="head")),
                ("person_count", models.PositiveSmallIntegerField(default=0, verbose_name="members")),
                ("labour_count", models.PositiveSmallIntegerField(default=0, verbose_name="members able to work")),
                ("worker_count", models.PositiveSmallIntegerField(default=0, verbose_name="members at work")),
                (
                    "post_count",
                    models.PositiveSmallIntegerField(default=0, verbose_name="members in a public-welfare post"),
                ),
                (
                    "cover",
                    models.CharField(blank=True, default="", max_length=10, verbose_name="cover by a helper"),
                ),
                ("has_helper", models.BooleanField(default=False, verbose_name="has a helper")),
                ("measure_count", models.PositiveSmallIntegerField(default=0, verbose_name="measures under way")),
                (
                    "development_measure_count",
                    models.PositiveSmallIntegerField(default=0, verbose_name="development measures under way"),
                ),
                (
                    "partner_count",
                    models.PositiveSmallIntegerField(default=0, verbose_name="partners that help the household"),
                ),
                (
                    "share_count",
                    models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name="shares held"),
                ),
                (
                    "number",
                    models.CharField(
                        blank=True, db_collation="C", default="", max_length=32, verbose_name="household number"
                    ),
                ),
                (
                    "group_name",
                    models.CharField(blank=True, default="", max_length=60, verbose_name="natural village or group"),
                ),
                (
                    "standard_code",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="standard of identification"),
                ),
                (
                    "attribute_code",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="household attribute"),
                ),
                (
                    "main_cause_code",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="main cause of poverty"),
                ),
                (
                    "other_cause_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="other causes of poverty",
                    ),
                ),
                ("identified_on", models.DateField(blank=True, null=True, verbose_name="first identified on")),
                (
                    "identified_precision",
                    models.CharField(blank=True, default="", max_length=5, verbose_name="precision of that date"),
                ),
                (
                    "monitoring_code",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="monitoring category"),
                ),
                (
                    "is_servicemans_family",
                    models.BooleanField(blank=True, null=True, verbose_name="is a family of a serviceman or martyr"),
                ),
                (
                    "planned_lifting_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="planned year of lifting"),
                ),
                (
                    "income_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of the income"),
                ),
                ("income_from", models.DateField(blank=True, null=True, verbose_name="income counted from")),
                (
                    "income_until",
                    models.DateField(blank=True, null=True, verbose_name="income counted until (not included)"),
                ),
                (
                    "income_person_count",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="persons in that period"),
                ),
                (
                    "wage_income_yuan",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="income from wages (yuan)"
                    ),
                ),
                (
                    "business_income_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="income from business (yuan)",
                    ),
                ),
                (
                    "property_income_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="income from property (yuan)",
                    ),
                ),
                (
                    "transfer_income_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="income from transfers (yuan)",
                    ),
                ),
                (
                    "business_cost_yuan",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="cost of business (yuan)"
                    ),
                ),
                (
                    "net_per_head_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="net income per person (yuan)",
                    ),
                ),
                ("is_declared", models.BooleanField(blank=True, null=True, verbose_name="declared, classes unknown")),
                (
                    "facts_year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="year of the living conditions"
                    ),
                ),
                (
                    "dangerous_housing",
                    models.BooleanField(blank=True, null=True, verbose_name="lives in a dangerous house"),
                ),
                ("safe_water", models.BooleanField(blank=True, null=True, verbose_name="has safe drinking water")),
                (
                    "claims_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="insurance claims received (yuan)",
                    ),
                ),
                (
                    "self_paid_cost_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="allowed cost paid by the household (yuan)",
                    ),
                ),
                (
                    "persons_at_start",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="persons at the start of the year"
                    ),
                ),
                (
                    "persons_at_end",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="persons at the end of the year"
                    ),
                ),
                (
                    "cropland_mu",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=10, null=True, verbose_name="cropland (mu)"
                    ),
                ),
                (
                    "irrigated_mu",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=10, null=True, verbose_name="irrigated cropland (mu)"
                    ),
                ),
                (
                    "woodland_mu",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=10, null=True, verbose_name="woodland (mu)"
                    ),
                ),
                (
                    "returned_forest_mu",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        verbose_name="cropland returned to forest (mu)",
                    ),
                ),
                (
                    "orchard_mu",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        verbose_name="fruit and other economic trees (mu)",
                    ),
                ),
                (
                    "pasture_mu",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=10, null=True, verbose_name="pasture (mu)"
                    ),
                ),
                (
                    "water_mu",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=10, null=True, verbose_name="water surface (mu)"
                    ),
                ),
                (
                    "is_in_cooperative",
                    models.BooleanField(blank=True, null=True, verbose_name="is in a farmers' cooperative"),
                ),
                (
                    "is_in_association",
                    models.BooleanField(blank=True, null=True, verbose_name="is in a trade association"),
                ),
                (
                    "is_in_mutual_fund",
                    models.BooleanField(blank=True, null=True, verbose_name="is in a mutual-aid fund"),
                ),
                (
                    "is_led_by_enterprise",
                    models.BooleanField(blank=True, null=True, verbose_name="is led by a leading enterprise"),
                ),
                (
                    "is_led_by_pioneer",
                    models.BooleanField(blank=True, null=True, verbose_name="is led by a pioneer of enterprise"),
                ),
                (
                    "has_production_power",
                    models.BooleanField(blank=True, null=True, verbose_name="has power for production"),
                ),
                (
                    "has_household_power",
                    models.BooleanField(blank=True, null=True, verbose_name="has power for the house"),
                ),
                ("has_broadcast", models.BooleanField(blank=True, null=True, verbose_name="has radio and television")),
                (
                    "has_water_difficulty",
                    models.BooleanField(blank=True, null=True, verbose_name="has difficulty in getting water"),
                ),
                (
                    "has_sanitary_toilet",
                    models.BooleanField(blank=True, null=True, verbose_name="has a sanitary toilet"),
                ),
                (
                    "water_source_code",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="source of drinking water"),
                ),
                (
                    "road_distance_km",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=6,
                        null=True,
                        verbose_name="distance to the village's main road (km)",
                    ),
                ),
                (
                    "entry_road_code",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="road to the house"),
                ),
                (
                    "housing_area_m2",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="area of the house (m²)"
                    ),
                ),
                (
                    "dangerous_grade_code",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="grade of the house's safety"),
                ),
                (
                    "built_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of building"),
                ),
                (
                    "rebuilt_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of rebuilding"),
                ),
                (
                    "house_structure_code",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="structure of the house"),
                ),
                ("fuel_code", models.CharField(blank=True, default="", max_length=20, verbose_name="main fuel")),
                (
                    "industry_help_code",
                    models.CharField(
                        blank=True, default="", max_length=20, verbose_name="help for a business of its own"
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
                (
                    "snapshot",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="periods.snapshot",
                        verbose_name="snapshot",
                    ),
                ),
            ],
            options={
                "verbose_name": "household of a snapshot",
                "verbose_name_plural": "households of snapshots",
                "ordering": ["snapshot", "village_code", "number"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Booking",
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
                ("posting_id", models.UUIDField(verbose_name="posting")),
                ("is_late", models.BooleanField(default=False, verbose_name="recorded late")),
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
                (
                    "snapshot",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="periods.snapshot",
                        verbose_name="snapshot",
                    ),
                ),
            ],
            options={
                "verbose_name": "booking of a posting",
                "verbose_name_plural": "bookings of postings",
                "ordering": ["snapshot", "posting_id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PeriodStage",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("visit", "Household visits"),
                            ("entry", "Data entry"),
                            ("self_clean", "Cleaning by own rules"),
                            ("county_check", "County check"),
                            ("lists_from_above", "Lists from above"),
                            ("answer", "Answers"),
                        ],
                        max_length=20,
                        verbose_name="stage",
                    ),
                ),
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(verbose_name="last day")),
                (
                    "period",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stages",
                        to="periods.period",
                        verbose_name="period",
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
                "verbose_name": "stage of a campaign",
                "verbose_name_plural": "stages of campaigns",
                "ordering": ["period", "first_day"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "period", "kind"), name="periodstage_once_a_period"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["visit", "entry", "self_clean", "county_check", "lists_from_above", "answer"])
                        ),
                        name="periodstage_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="periodstage_ends_not_before_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reopening",
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
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked for at")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("is_approved", models.BooleanField(blank=True, null=True, verbose_name="approved")),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked for by",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "period",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reopenings",
                        to="periods.period",
                        verbose_name="period",
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
                "verbose_name": "reopening of a period",
                "verbose_name_plural": "reopenings of periods",
                "ordering": ["-asked_at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at__isnull", True)),
                        fields=("tenant", "period"),
                        name="reopening_one_open_a_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="reopening_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("is_approved__isnull", True),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("is_approved__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="reopening_decided_as_a_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="reopening_has_a_reason"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="snapshot",
            index=models.Index(fields=["tenant", "period"], name="snapshot_period"),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "made")),
                fields=("tenant", "period", "edition"),
                name="snapshot_edition_once_a_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("purpose", "period"), ("state", "making")),
                fields=("tenant",),
                name="snapshot_one_freeze_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["period", "question"])), name="snapshot_purpose_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["making", "made", "failed"])), name="snapshot_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("made_at__isnull", False), ("state", "made"), models.Q(("checksum", ""), _negated=True)),
                    models.Q(("state", "made"), _negated=True),
                    _connector="OR",
                ),
                name="snapshot_made_has_its_checksum",
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("tenant", "="),
                    ("kind", "="),
                    (
                        models.Func(
                            models.F("first_day"),
                            models.F("last_day"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="period_one_of_a_kind_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["month", "quarter", "half_year", "year", "campaign"])),
                name="period_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "closing", "frozen", "published"])),
                name="period_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gte", models.F("first_day"))), name="period_ends_not_before_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("snapshot__isnull", False), ("state__in", ["frozen", "published"])),
                    ("state__in", ["open", "closing"]),
                    _connector="OR",
                ),
                name="period_frozen_has_its_snapshot",
            ),
        ),
        migrations.AddConstraint(
            model_name="frozenvillage",
            constraint=models.UniqueConstraint(
                fields=("tenant", "snapshot", "village_code"), name="frozenvillage_once"
            ),
        ),
        migrations.AddIndex(
            model_name="frozenperson",
            index=models.Index(fields=["tenant", "snapshot", "village_code"], name="frozenperson_village"),
        ),
        migrations.AddConstraint(
            model_name="frozenperson",
            constraint=models.UniqueConstraint(fields=("tenant", "snapshot", "person_id"), name="frozenperson_once"),
        ),
        migrations.AddIndex(
            model_name="frozenhousehold",
            index=models.Index(fields=["tenant", "snapshot", "village_code"], name="frozenhousehold_village"),
        ),
        migrations.AddConstraint(
            model_name="frozenhousehold",
            constraint=models.UniqueConstraint(
                fields=("tenant", "snapshot", "household_id"), name="frozenhousehold_once"
            ),
        ),
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(fields=["tenant", "posting_id"], name="booking_posting"),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.UniqueConstraint(
                fields=("tenant", "snapshot", "posting_id"), name="booking_once_a_snapshot"
            ),
        ),
        ProtectTenantTable("period", policy=Policy.SHARED),
        ProtectTenantTable("periodstage", policy=Policy.SHARED, deletable=True),
        ProtectTenantTable("reopening", policy=Policy.RANGED),
        ProtectTenantTable("snapshot", policy=Policy.SHARED, deletable=True),
        ProtectTenantTable("frozenhousehold", policy=Policy.RANGED, deletable=True),
        ProtectTenantTable("frozenperson", policy=Policy.RANGED, deletable=True),
        ProtectTenantTable("frozenvillage", policy=Policy.RANGED, deletable=True),
        ProtectTenantTable("booking", policy=Policy.RANGED, append_only=True),
        TenantLink("period", "snapshot"),
        TenantLink("periodstage", "period"),
        TenantLink("reopening", "period"),
        TenantLink("snapshot", "period"),
        TenantLink("frozenhousehold", "snapshot"),
        TenantLink("frozenperson", "snapshot"),
        TenantLink("frozenvillage", "snapshot"),
        TenantLink("booking", "snapshot"),
    ]
