import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.math
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.folding import folded
from registry.tenancy.operations import ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0003_open_platform_tenant"),
        ("villages", "0001_villages_and_units"),
    ]

    operations = [
        migrations.CreateModel(
            name="Household",
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
                ("number", models.CharField(db_collation="C", max_length=32, verbose_name="household number")),
                ("group_name", models.CharField(blank=True, max_length=60, verbose_name="natural village or group")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("candidate", "Candidate"),
                            ("filed", "Filed, not lifted"),
                            ("lifted", "Lifted"),
                            ("returned", "Returned to poverty"),
                            ("ordinary", "Ordinary household"),
                            ("closed", "Closed"),
                        ],
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "standard_code",
                    models.CharField(blank=True, max_length=20, verbose_name="standard of identification"),
                ),
                ("attribute_code", models.CharField(blank=True, max_length=20, verbose_name="household attribute")),
                ("main_cause_code", models.CharField(blank=True, max_length=20, verbose_name="main cause of poverty")),
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
                    models.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month")],
                        max_length=5,
                        verbose_name="precision of that date",
                    ),
                ),
                (
                    "monitoring_state",
                    models.CharField(
                        choices=[
                            ("none", "Not monitored"),
                            ("identified", "Identified, risk not removed"),
                            ("removed", "Risk removed"),
                            ("relapsed", "Relapsed, risk not removed"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="monitoring",
                    ),
                ),
                ("monitoring_code", models.CharField(blank=True, max_length=20, verbose_name="monitoring category")),
                ("phone_sealed", models.BinaryField(blank=True, null=True, verbose_name="telephone")),
                ("phone_index", models.BinaryField(blank=True, null=True)),
                ("account_sealed", models.BinaryField(blank=True, null=True, verbose_name="bank account")),
                ("account_index", models.BinaryField(blank=True, null=True)),
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
                    "village",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="households",
                        to="villages.village",
                        verbose_name="village",
                    ),
                ),
            ],
            options={
                "verbose_name": "household",
                "verbose_name_plural": "households",
                "ordering": ["number"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="HouseholdSpell",
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
                ("village_code", models.CharField(db_collation="C", max_length=12, verbose_name="village")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("candidate", "Candidate"),
                            ("filed", "Filed, not lifted"),
                            ("lifted", "Lifted"),
                            ("returned", "Returned to poverty"),
                            ("ordinary", "Ordinary household"),
                            ("closed", "Closed"),
                        ],
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until (not included)")),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spells",
                        to="households.household",
                        verbose_name="household",
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
                "verbose_name": "status over time",
                "verbose_name_plural": "statuses over time",
                "ordering": ["household", "starts_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="HouseholdYear",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("period_start", models.DateField(blank=True, null=True, verbose_name="income counted from")),
                (
                    "period_end",
                    models.DateField(blank=True, null=True, verbose_name="income counted until (not included)"),
                ),
                (
                    "person_count",
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
                ("is_declared", models.BooleanField(default=False, verbose_name="declared, classes unknown")),
                ("source", models.CharField(blank=True, max_length=100, verbose_name="source of the figure")),
                (
                    "dangerous_housing",
                    models.BooleanField(blank=True, null=True, verbose_name="lives in a dangerous house"),
                ),
                ("safe_water", models.BooleanField(blank=True, null=True, verbose_name="has safe drinking water")),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="years",
                        to="households.household",
                        verbose_name="household",
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
                "verbose_name": "year of a household",
                "verbose_name_plural": "years of households",
                "ordering": ["household", "-year"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="MonitoringSpell",
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
                ("category_code", models.CharField(max_length=20, verbose_name="monitoring category")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                (
                    "starts_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month")],
                        max_length=5,
                        verbose_name="precision of that date",
                    ),
                ),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until (not included)")),
                ("end_code", models.CharField(blank=True, max_length=20, verbose_name="how it ended")),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="monitoring_spells",
                        to="households.household",
                        verbose_name="household",
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
                "verbose_name": "monitoring over time",
                "verbose_name_plural": "monitoring over time",
                "ordering": ["household", "starts_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Person",
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
                ("number", models.CharField(blank=True, db_collation="C", max_length=32, verbose_name="person number")),
                ("name", models.CharField(max_length=60, verbose_name="Name")),
                ("sex_code", models.CharField(max_length=1, verbose_name="sex")),
                ("birth_on", models.DateField(blank=True, null=True, verbose_name="born on")),
                (
                    "birth_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month")],
                        max_length=5,
                        verbose_name="precision of that date",
                    ),
                ),
                ("document_code", models.CharField(blank=True, max_length=20, verbose_name="kind of document")),
                ("document_sealed", models.BinaryField(blank=True, null=True, verbose_name="document number")),
                ("document_index", models.BinaryField(blank=True, null=True)),
                ("is_placeholder", models.BooleanField(default=False, verbose_name="has no number of its own")),
                ("phone_sealed", models.BinaryField(blank=True, null=True, verbose_name="telephone")),
                ("phone_index", models.BinaryField(blank=True, null=True)),
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
                "verbose_name": "person",
                "verbose_name_plural": "persons",
                "ordering": ["number", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                ("relation_code", models.CharField(max_length=20, verbose_name="relation to the head")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                (
                    "starts_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month")],
                        max_length=5,
                        verbose_name="precision of that date",
                    ),
                ),
                ("start_reason_code", models.CharField(blank=True, max_length=20, verbose_name="why added")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until (not included)")),
                ("end_reason_code", models.CharField(blank=True, max_length=20, verbose_name="why ended")),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="households.household",
                        verbose_name="household",
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
                    "person",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="households.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership of a household",
                "verbose_name_plural": "memberships of households",
                "ordering": ["household", "relation_code", "starts_on"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PersonYear",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("education_code", models.CharField(blank=True, max_length=20, verbose_name="education")),
                ("school_code", models.CharField(blank=True, max_length=20, verbose_name="stage of school")),
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
                ("skill_code", models.CharField(blank=True, max_length=20, verbose_name="ability to work")),
                ("work_place", models.CharField(blank=True, max_length=100, verbose_name="place of work")),
                (
                    "work_months",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=3, null=True, verbose_name="months of work"
                    ),
                ),
                (
                    "has_basic_medical",
                    models.BooleanField(blank=True, null=True, verbose_name="has basic medical insurance"),
                ),
                (
                    "has_serious_illness_cover",
                    models.BooleanField(blank=True, null=True, verbose_name="has cover of serious illness"),
                ),
                (
                    "person",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="years",
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
                "verbose_name": "year of a person",
                "verbose_name_plural": "years of persons",
                "ordering": ["person", "-year"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Posting",
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
                            ("takeover", "Taken over"),
                            ("filed", "Filed"),
                            ("returned", "Returned to poverty"),
                            ("lifted", "Lifted"),
                            ("identified", "Identified for monitoring"),
                            ("relapsed", "Relapsed"),
                            ("risk_removed", "Risk removed"),
                            ("natural_in", "Natural increase"),
                            ("natural_out", "Natural decrease"),
                            ("moved_in", "Moved in from another village"),
                            ("moved_out", "Moved out to another village"),
                            ("split", "Split"),
                            ("merge", "Merged"),
                            ("wrongly_filed", "Wrongly filed"),
                            ("correction", "Correction"),
                        ],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                (
                    "stock",
                    models.CharField(
                        choices=[
                            ("not_lifted", "Not lifted"),
                            ("lifted", "Lifted"),
                            ("monitored", "Monitored, risk not removed"),
                        ],
                        max_length=10,
                        verbose_name="stock",
                    ),
                ),
                ("effective_on", models.DateField(verbose_name="effective on")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="recorded at")),
                ("households_delta", models.SmallIntegerField(verbose_name="households")),
                ("persons_delta", models.SmallIntegerField(verbose_name="persons")),
                ("village_code", models.CharField(db_collation="C", max_length=12, verbose_name="village")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="households.household",
                        verbose_name="household",
                    ),
                ),
                (
                    "person",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
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
                "verbose_name": "posting",
                "verbose_name_plural": "postings",
                "ordering": ["effective_on", "recorded_at", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddIndex(
            model_name="household",
            index=models.Index(fields=["tenant", "village"], name="household_village"),
        ),
        migrations.AddIndex(
            model_name="household",
            index=models.Index(fields=["tenant", "scope_code"], name="household_scope"),
        ),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.UniqueConstraint(fields=("tenant", "number"), name="household_number_once_a_tenant"),
        ),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__regex", "^[0-9A-Za-z-]{1,32}$")), name="household_number_has_its_shape"
            ),
        ),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["candidate", "filed", "lifted", "returned", "ordinary", "closed"])),
                name="household_status_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("monitoring_code", ""), ("monitoring_state", "none")),
                    models.Q(
                        ("monitoring_state__in", ["identified", "relapsed", "removed"]),
                        models.Q(("monitoring_code", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="household_monitoring_has_a_category",
            ),
        ),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("monitoring_state__in", ["none", "removed"]),
                    ("status__in", ["filed", "lifted", "ordinary", "returned"]),
                    _connector="OR",
                ),
                name="household_at_risk_is_on_the_register",
            ),
        ),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.CheckConstraint(
                condition=models.Q(("other_cause_codes__len__lte", 2)), name="household_other_causes_are_two_at_most"
            ),
        ),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("main_cause_code", ""),
                    models.Q(
                        (
                            "other_cause_codes__contains",
                            models.Func(models.F("main_cause_code"), template="ARRAY[%(expressions)s]"),
                        ),
                        _negated=True,
                    ),
                    _connector="OR",
                ),
                name="household_other_causes_are_others",
            ),
        ),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("identified_on__isnull", True), ("identified_precision", "")),
                    models.Q(("identified_on__isnull", False), ("identified_precision", "day")),
                    models.Q(
                        ("identified_on__day", 1), ("identified_on__isnull", False), ("identified_precision", "month")
                    ),
                    _connector="OR",
                ),
                name="household_identified_on_has_its_precision",
            ),
        ),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("phone_index__isnull", False), ("phone_sealed__isnull", False)),
                    models.Q(("phone_index__isnull", True), ("phone_sealed__isnull", True)),
                    _connector="OR",
                ),
                name="household_phone_sealed_with_index",
            ),
        ),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("account_index__isnull", False), ("account_sealed__isnull", False)),
                    models.Q(("account_index__isnull", True), ("account_sealed__isnull", True)),
                    _connector="OR",
                ),
                name="household_account_sealed_with_index",
            ),
        ),
        migrations.AddIndex(
            model_name="householdspell",
            index=models.Index(fields=["tenant", "household"], name="householdspell_household"),
        ),
        migrations.AddConstraint(
            model_name="householdspell",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("tenant", "="),
                    ("household", "="),
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
                name="householdspell_one_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="householdspell",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("starts_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="householdspell_ends_not_before_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="householdspell",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["candidate", "filed", "lifted", "returned", "ordinary", "closed"])),
                name="householdspell_status_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="householdspell",
            constraint=models.CheckConstraint(
                condition=models.Q(("village_code__regex", "^\\d{12}$")), name="householdspell_village_has_12_digits"
            ),
        ),
        migrations.AddConstraint(
            model_name="householdyear",
            constraint=models.UniqueConstraint(fields=("tenant", "household", "year"), name="householdyear_year_once"),
        ),
        migrations.AddConstraint(
            model_name="householdyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 2000), ("year__lte", 2100)), name="householdyear_year_is_plausible"
            ),
        ),
        migrations.AddConstraint(
            model_name="householdyear",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(
                            ("business_cost_yuan__isnull", False),
                            ("business_income_yuan__isnull", False),
                            ("period_start__isnull", False),
                            ("person_count__isnull", False),
                            ("property_income_yuan__isnull", False),
                            ("transfer_income_yuan__isnull", False),
                            ("wage_income_yuan__isnull", False),
                        ),
                        ("is_declared", False),
                        (
                            "net_per_head_yuan",
                            django.db.models.functions.math.Round(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    models.F("wage_income_yuan"), "+", models.F("business_income_yuan")
                                                ),
                                                "+",
                                                models.F("property_income_yuan"),
                                            ),
                                            "+",
                                            models.F("transfer_income_yuan"),
                                        ),
                                        "-",
                                        models.F("business_cost_yuan"),
                                    ),
                                    "/",
                                    models.F("person_count"),
                                ),
                                precision=2,
                            ),
                        ),
                        ("person_count__gt", 0),
                    ),
                    models.Q(
                        models.Q(
                            ("business_cost_yuan__isnull", True),
                            ("business_income_yuan__isnull", True),
                            ("property_income_yuan__isnull", True),
                            ("transfer_income_yuan__isnull", True),
                            ("wage_income_yuan__isnull", True),
                        ),
                        ("is_declared", True),
                        ("net_per_head_yuan__isnull", False),
                        models.Q(("source", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(
                            ("business_cost_yuan__isnull", True),
                            ("business_income_yuan__isnull", True),
                            ("property_income_yuan__isnull", True),
                            ("transfer_income_yuan__isnull", True),
                            ("wage_income_yuan__isnull", True),
                        ),
                        ("is_declared", False),
                        ("net_per_head_yuan__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="householdyear_income_is_computed_or_declared",
            ),
        ),
        migrations.AddConstraint(
            model_name="householdyear",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("business_cost_yuan__isnull", True),
                        ("business_income_yuan__isnull", True),
                        ("property_income_yuan__isnull", True),
                        ("transfer_income_yuan__isnull", True),
                        ("wage_income_yuan__isnull", True),
                    ),
                    models.Q(
                        ("business_cost_yuan__gte", 0),
                        ("business_income_yuan__gte", 0),
                        ("property_income_yuan__gte", 0),
                        ("transfer_income_yuan__gte", 0),
                        ("wage_income_yuan__gte", 0),
                    ),
                    _connector="OR",
                ),
                name="householdyear_classes_are_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="householdyear",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("period_end__isnull", True), ("period_start__isnull", True)),
                    models.Q(
                        ("period_end__gt", models.F("period_start")),
                        ("period_end__isnull", False),
                        ("period_start__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="householdyear_period_has_two_ends",
            ),
        ),
        migrations.AddIndex(
            model_name="monitoringspell",
            index=models.Index(fields=["tenant", "household"], name="monitoringspell_household"),
        ),
        migrations.AddConstraint(
            model_name="monitoringspell",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("tenant", "="),
                    ("household", "="),
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
                name="monitoringspell_one_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoringspell",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("starts_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="monitoringspell_ends_not_before_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoringspell",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("starts_on__isnull", True), ("starts_precision", "")),
                    models.Q(("starts_on__isnull", False), ("starts_precision", "day")),
                    models.Q(("starts_on__day", 1), ("starts_on__isnull", False), ("starts_precision", "month")),
                    _connector="OR",
                ),
                name="monitoringspell_starts_on_has_its_precision",
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoringspell",
            constraint=models.CheckConstraint(
                condition=models.Q(("category_code", ""), _negated=True), name="monitoringspell_has_a_category"
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["tenant", "scope_code"], name="person_scope"),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                fields=("tenant", "document_index"), name="person_document_once_a_tenant"
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True),
                fields=("tenant", "number"),
                name="person_number_once_a_tenant",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="person_name_is_given"
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("sex_code__in", ["0", "1", "2", "9"])), name="person_sex_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("document_index__isnull", True), ("is_placeholder", True)),
                    models.Q(
                        ("document_index__isnull", False), ("document_sealed__isnull", False), ("is_placeholder", False)
                    ),
                    _connector="OR",
                ),
                name="person_has_a_document_or_a_placeholder",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("birth_on__isnull", True), ("birth_precision", "")),
                    models.Q(("birth_on__isnull", False), ("birth_precision", "day")),
                    models.Q(("birth_on__day", 1), ("birth_on__isnull", False), ("birth_precision", "month")),
                    _connector="OR",
                ),
                name="person_birth_on_has_its_precision",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("phone_index__isnull", False), ("phone_sealed__isnull", False)),
                    models.Q(("phone_index__isnull", True), ("phone_sealed__isnull", True)),
                    _connector="OR",
                ),
                name="person_phone_sealed_with_index",
            ),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(fields=["tenant", "household"], name="membership_household"),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(fields=["tenant", "person"], name="membership_person"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("tenant", "="),
                    ("person", "="),
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
                name="membership_one_household_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("relation_code", "01")),
                expressions=[
                    ("tenant", "="),
                    ("household", "="),
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
                name="membership_one_head_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("starts_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="membership_ends_not_before_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("starts_on__isnull", True), ("starts_precision", "")),
                    models.Q(("starts_on__isnull", False), ("starts_precision", "day")),
                    models.Q(("starts_on__day", 1), ("starts_on__isnull", False), ("starts_precision", "month")),
                    _connector="OR",
                ),
                name="membership_starts_on_has_its_precision",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end_reason_code", ""), ("ends_on__isnull", True)),
                    models.Q(("ends_on__isnull", False), models.Q(("end_reason_code", ""), _negated=True)),
                    _connector="OR",
                ),
                name="membership_end_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="personyear",
            constraint=models.UniqueConstraint(fields=("tenant", "person", "year"), name="personyear_year_once"),
        ),
        migrations.AddConstraint(
            model_name="personyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 2000), ("year__lte", 2100)), name="personyear_year_is_plausible"
            ),
        ),
        migrations.AddConstraint(
            model_name="personyear",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("work_months__isnull", True),
                    models.Q(("work_months__gte", 0), ("work_months__lte", 12)),
                    _connector="OR",
                ),
                name="personyear_months_are_twelve_at_most",
            ),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(fields=["tenant", "household"], name="posting_household"),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(fields=["tenant", "effective_on"], name="posting_effective"),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "takeover",
                            "filed",
                            "returned",
                            "lifted",
                            "identified",
                            "relapsed",
                            "risk_removed",
                            "natural_in",
                            "natural_out",
                            "moved_in",
                            "moved_out",
                            "split",
                            "merge",
                            "wrongly_filed",
                            "correction",
                        ],
                    )
                ),
                name="posting_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(("stock__in", ["not_lifted", "lifted", "monitored"])), name="posting_stock_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(("households_delta__gte", -1), ("households_delta__lte", 1)),
                name="posting_moves_one_household_at_most",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(("households_delta", 0), ("persons_delta", 0), _negated=True),
                name="posting_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(("village_code__regex", "^\\d{12}$")), name="posting_village_has_12_digits"
            ),
        ),
        ProtectTenantTable("household", policy=Policy.RANGED),
        ProtectTenantTable("person", policy=Policy.RANGED),
        ProtectTenantTable("membership", policy=Policy.RANGED),
        ProtectTenantTable("householdspell", policy=Policy.RANGED),
        ProtectTenantTable("monitoringspell", policy=Policy.RANGED),
        ProtectTenantTable("householdyear", policy=Policy.RANGED),
        ProtectTenantTable("personyear", policy=Policy.RANGED),
        ProtectTenantTable("posting", policy=Policy.RANGED, append_only=True),
        TenantLink("household", "village"),
        TenantLink("membership", "household"),
        TenantLink("membership", "person"),
        TenantLink("householdspell", "household"),
        TenantLink("monitoringspell", "household"),
        TenantLink("householdyear", "household"),
        TenantLink("personyear", "person"),
        TenantLink("posting", "household"),
        TenantLink("posting", "person"),
    ]
    operations = folded(operations)
