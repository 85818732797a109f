from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.folding import folded
from registry.tenancy.operations import ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0009_widen_claims"),
        ("villages", "0001_villages_and_units"),
    ]

    operations = [
        migrations.CreateModel(
            name="CommitteeMember",
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
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("post_code", models.CharField(max_length=20, verbose_name="post")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until (not included)")),
            ],
            options={
                "verbose_name": "member of a village committee",
                "verbose_name_plural": "members of village committees",
                "ordering": ["village", "post_code", "-starts_on"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PriorityCategory",
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
                ("code", models.CharField(db_collation="C", max_length=20, verbose_name="code")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("is_offered", models.BooleanField(default=True, verbose_name="offered")),
            ],
            options={
                "verbose_name": "priority category of villages",
                "verbose_name_plural": "priority categories of villages",
                "ordering": ["code"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="SettlementPoint",
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
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("kind_code", models.CharField(max_length=20, verbose_name="kind")),
                (
                    "household_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="number of households"),
                ),
                ("person_count", models.PositiveIntegerField(blank=True, null=True, verbose_name="number of persons")),
                ("has_water", models.BooleanField(blank=True, null=True, verbose_name="safe water")),
                ("has_electricity", models.BooleanField(blank=True, null=True, verbose_name="electricity")),
                ("has_road", models.BooleanField(blank=True, null=True, verbose_name="hardened road")),
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
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until (not included)")),
            ],
            options={
                "verbose_name": "settlement point",
                "verbose_name_plural": "settlement points",
                "ordering": ["village", "name"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="VillageFacility",
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
                ("facility_code", models.CharField(max_length=20, verbose_name="facility")),
                ("goal", models.CharField(max_length=200, verbose_name="goal")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="to be reached by")),
                ("reached_on", models.DateField(blank=True, null=True, verbose_name="reached on")),
            ],
            options={
                "verbose_name": "facility of a village",
                "verbose_name_plural": "facilities of villages",
                "ordering": ["village", "facility_code"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="village",
            name="attribute_code",
            field=models.CharField(blank=True, max_length=20, verbose_name="kind of village"),
        ),
        migrations.AddField(
            model_name="village",
            name="direction_code",
            field=models.CharField(blank=True, max_length=20, verbose_name="direction of development"),
        ),
        migrations.AddField(
            model_name="village",
            name="latitude",
            field=models.DecimalField(
                blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="latitude (degrees)"
            ),
        ),
        migrations.AddField(
            model_name="village",
            name="longitude",
            field=models.DecimalField(
                blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="longitude (degrees)"
            ),
        ),
        migrations.AddField(
            model_name="village",
            name="terrain_code",
            field=models.CharField(blank=True, max_length=20, verbose_name="terrain"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="allowance_household_count",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="households with the minimum living allowance"
            ),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="allowance_person_count",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="persons with the minimum living allowance"
            ),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="broadband_household_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="households with broadband"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="broadband_school_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="village schools with broadband"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="clinic_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="health stations"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="cooperative_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="farmers' cooperatives"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="cropland_mu",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="cropland (mu)"
            ),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="dangerous_housing_household_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="households in dangerous houses"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="disabled_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="persons with a disability"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="doctor_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="licensed doctors and assistants"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="employee_pension_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="persons in the employees' pension"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="graduate_officer_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="graduates serving in the village"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="guesthouse_household_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="farm guesthouses"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="guesthouse_income_yuan",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                max_digits=14,
                null=True,
                verbose_name="income of a farm guesthouse (yuan, mean)",
            ),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="has_bus",
            field=models.BooleanField(blank=True, null=True, verbose_name="passenger bus"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="has_township_road",
            field=models.BooleanField(blank=True, null=True, verbose_name="paved road to the township"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="household_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="all households"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="information_officer_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="information officers"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="irrigated_mu",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="irrigated cropland (mu)"
            ),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="labour_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="persons able to work"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="library_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="culture rooms and libraries"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="medical_insured_count",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="persons in the rural medical insurance"
            ),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="mobile_internet_household_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="households with mobile internet"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="net_per_head_yuan",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                max_digits=14,
                null=True,
                verbose_name="net income of farmers per head (yuan)",
            ),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="orchard_mu",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="orchards (mu)"
            ),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="pasture_mu",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="pasture (mu)"
            ),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="person_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="registered rural persons"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="public_toilet_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="sanitary public toilets"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="resident_pension_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="persons in the residents' pension"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="returned_forest_mu",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="cropland returned to forest (mu)"
            ),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="supported_household_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="households with special support"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="supported_person_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="persons with special support"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="tourism_household_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="households in rural tourism"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="tourism_worker_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="persons working in tourism"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="unsafe_water_household_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="households without safe water"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="waste_point_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="collection points of waste"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="water_difficulty_household_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="households that hardly reach water"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="water_mu",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="water surface (mu)"
            ),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="women_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="women"),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="woodland_mu",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="woodland (mu)"
            ),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="working_away_count",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="persons away for work over three months"
            ),
        ),
        migrations.AddConstraint(
            model_name="village",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                    models.Q(
                        ("latitude__isnull", False),
                        ("latitude__range", (Decimal(3), Decimal(54))),
                        ("longitude__isnull", False),
                        ("longitude__range", (Decimal(73), Decimal(136))),
                    ),
                    _connector="OR",
                ),
                name="village_is_a_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("women_count__lte", models.F("person_count"))),
                name="villageyear_women_count_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("disabled_count__lte", models.F("person_count"))),
                name="villageyear_disabled_count_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("labour_count__lte", models.F("person_count"))),
                name="villageyear_labour_count_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("working_away_count__lte", models.F("person_count"))),
                name="villageyear_working_away_count_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("allowance_person_count__lte", models.F("person_count"))),
                name="villageyear_allowance_person_count_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("supported_person_count__lte", models.F("person_count"))),
                name="villageyear_supported_person_count_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("medical_insured_count__lte", models.F("person_count"))),
                name="villageyear_medical_insured_count_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("tourism_worker_count__lte", models.F("person_count"))),
                name="villageyear_tourism_worker_count_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("allowance_household_count__lte", models.F("household_count"))),
                name="villageyear_allowance_household_count_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("supported_household_count__lte", models.F("household_count"))),
                name="villageyear_supported_household_count_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("tourism_household_count__lte", models.F("household_count"))),
                name="villageyear_tourism_household_count_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("guesthouse_household_count__lte", models.F("household_count"))),
                name="villageyear_guesthouse_household_count_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("unsafe_water_household_count__lte", models.F("household_count"))),
                name="villageyear_unsafe_water_household_count_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("water_difficulty_household_count__lte", models.F("household_count"))),
                name="villageyear_water_difficulty_household_count_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("dangerous_housing_household_count__lte", models.F("household_count"))),
                name="villageyear_dangerous_housing_household_count_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("broadband_household_count__lte", models.F("household_count"))),
                name="villageyear_broadband_household_count_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("mobile_internet_household_count__lte", models.F("household_count"))),
                name="villageyear_mobile_internet_household_count_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("irrigated_mu__lte", models.F("cropland_mu"))),
                name="villageyear_irrigated_mu_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("cropland_mu__gte", 0)), name="villageyear_cropland_mu_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("irrigated_mu__gte", 0)), name="villageyear_irrigated_mu_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("woodland_mu__gte", 0)), name="villageyear_woodland_mu_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("returned_forest_mu__gte", 0)), name="villageyear_returned_forest_mu_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("orchard_mu__gte", 0)), name="villageyear_orchard_mu_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("pasture_mu__gte", 0)), name="villageyear_pasture_mu_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("water_mu__gte", 0)), name="villageyear_water_mu_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("net_per_head_yuan__gte", 0)), name="villageyear_net_per_head_yuan_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("guesthouse_income_yuan__gte", 0)),
                name="villageyear_guesthouse_income_yuan_not_negative",
            ),
        ),
        migrations.AddField(
            model_name="committeemember",
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
        migrations.AddField(
            model_name="committeemember",
            name="village",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="committee",
                to="villages.village",
                verbose_name="village",
            ),
        ),
        migrations.AddField(
            model_name="prioritycategory",
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
        migrations.AddField(
            model_name="settlementpoint",
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
        migrations.AddField(
            model_name="settlementpoint",
            name="village",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="points",
                to="villages.village",
                verbose_name="village",
            ),
        ),
        migrations.AddField(
            model_name="villagefacility",
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
        migrations.AddField(
            model_name="villagefacility",
            name="village",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="facilities",
                to="villages.village",
                verbose_name="village",
            ),
        ),
        migrations.AddIndex(
            model_name="committeemember",
            index=models.Index(fields=["tenant", "scope_code"], name="committeemember_scope"),
        ),
        migrations.AddConstraint(
            model_name="committeemember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("starts_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="committeemember_ends_not_before_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="committeemember",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("tenant", "="),
                    ("village", "="),
                    ("name", "="),
                    ("post_code", "="),
                    (
                        models.Func(
                            models.F("starts_on"),
                            models.F("ends_on"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="committeemember_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="committeemember",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("post_code", ""), _negated=True)),
                name="committeemember_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="prioritycategory",
            constraint=models.UniqueConstraint(fields=("tenant", "code"), name="prioritycategory_code_once"),
        ),
        migrations.AddConstraint(
            model_name="prioritycategory",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[0-9A-Za-z]{1,20}$"), models.Q(("name", ""), _negated=True)),
                name="prioritycategory_has_its_shape",
            ),
        ),
        migrations.AddIndex(
            model_name="settlementpoint",
            index=models.Index(fields=["tenant", "scope_code"], name="settlementpoint_scope"),
        ),
        migrations.AddConstraint(
            model_name="settlementpoint",
            constraint=models.UniqueConstraint(fields=("tenant", "village", "name"), name="settlementpoint_name_once"),
        ),
        migrations.AddConstraint(
            model_name="settlementpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("kind_code", ""), _negated=True)),
                name="settlementpoint_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlementpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                    models.Q(
                        ("latitude__isnull", False),
                        ("latitude__range", (Decimal(3), Decimal(54))),
                        ("longitude__isnull", False),
                        ("longitude__range", (Decimal(73), Decimal(136))),
                    ),
                    _connector="OR",
                ),
                name="settlementpoint_is_a_place",
            ),
        ),
        migrations.AddIndex(
            model_name="villagefacility",
            index=models.Index(fields=["tenant", "scope_code"], name="villagefacility_scope"),
        ),
        migrations.AddConstraint(
            model_name="villagefacility",
            constraint=models.UniqueConstraint(
                fields=("tenant", "village", "facility_code"), name="villagefacility_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="villagefacility",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("facility_code", ""), _negated=True), models.Q(("goal", ""), _negated=True)
                ),
                name="villagefacility_is_named",
            ),
        ),
        ProtectTenantTable("prioritycategory", policy=Policy.SHARED),
        ProtectTenantTable("villagefacility", policy=Policy.RANGED),
        ProtectTenantTable("committeemember", policy=Policy.RANGED),
        ProtectTenantTable("settlementpoint", policy=Policy.RANGED),
        TenantLink("villagefacility", "village"),
        TenantLink("committeemember", "village"),
        TenantLink("settlementpoint", "village"),
    ]
    operations = folded(operations)
