"""The plan of a household for a year, what it holds, and its editions."""

from typing import Final

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.folding import folded
from registry.tenancy.operations import KeepHistory, ProtectTenantTable, TenantLink

# Its words may be emptied when somebody is forgotten, and nothing else of an edition changes.
KEPT: Final = """
CREATE FUNCTION assistance_edition_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'scope_code' - 'goals' - 'reason' - 'no_development_reason'
        = to_jsonb(NEW) - 'scope_code' - 'goals' - 'reason' - 'no_development_reason'
        AND NEW.goals IN (OLD.goals, '已清除') AND NEW.reason IN (OLD.reason, '已清除')
        AND NEW.no_development_reason IN (OLD.no_development_reason, '已清除') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are kept as they were written', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("assistance", "0011_help_visits"),
        ("households", "0038_mark_pairs_of_who_left"),
        ("registry", "0018_dispatch_office"),
    ]

    operations = [
        migrations.CreateModel(
            name="HouseholdPlan",
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
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "Drafted"),
                            ("adopted", "Adopted"),
                            ("amended", "Amended, to be adopted again"),
                            ("closed", "Closed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="drafted",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("edition", models.PositiveSmallIntegerField(default=0, verbose_name="edition")),
                ("goals", models.TextField(max_length=2000, verbose_name="goals")),
                (
                    "target_yuan",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="target net income per person (yuan a year)"
                    ),
                ),
                (
                    "no_development_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why without a development measure"),
                ),
                ("prepared_by", models.UUIDField(editable=False, null=True, verbose_name="prepared by")),
                ("adopted_by", models.UUIDField(editable=False, null=True, verbose_name="adopted by")),
                ("adopted_on", models.DateField(blank=True, null=True, verbose_name="adopted on")),
                (
                    "agreement_code",
                    models.CharField(blank=True, max_length=20, verbose_name="agreement of the household"),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                ("result", models.TextField(blank=True, max_length=2000, verbose_name="result")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="withdrawn on")),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
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
                "verbose_name": "household plan",
                "verbose_name_plural": "household plans",
                "ordering": ["-year", "household"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="HouseholdPlanEdition",
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
                ("number", models.PositiveSmallIntegerField(verbose_name="edition")),
                ("adopted_on", models.DateField(verbose_name="adopted on")),
                ("adopted_by", models.UUIDField(editable=False, verbose_name="adopted by")),
                ("agreement_code", models.CharField(max_length=20, verbose_name="agreement of the household")),
                ("goals", models.TextField(max_length=2000, verbose_name="goals")),
                (
                    "target_yuan",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="target net income per person (yuan a year)"
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason of the amendment")),
                ("has_labour", models.BooleanField(null=True, verbose_name="somebody is able to work")),
                ("development_count", models.PositiveSmallIntegerField(verbose_name="development measures")),
                (
                    "no_development_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why without a development measure"),
                ),
                ("planned_yuan", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="planned (yuan)")),
                ("measures", models.JSONField(verbose_name="planned measures")),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_editions",
                        to="households.household",
                        verbose_name="household",
                    ),
                ),
                (
                    "plan",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="assistance.householdplan",
                        verbose_name="household plan",
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
                "verbose_name": "edition of a household plan",
                "verbose_name_plural": "editions of household plans",
                "ordering": ["plan", "number"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PlannedMeasure",
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
                ("category_code", models.CharField(max_length=20, verbose_name="kind of measure")),
                ("action_code", models.CharField(blank=True, max_length=20, verbose_name="enrichment action")),
                ("what", models.CharField(max_length=200, verbose_name="what is to be done")),
                ("is_development", models.BooleanField(verbose_name="development measure")),
                (
                    "planned_yuan",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="planned (yuan)"),
                ),
                ("source_code", models.CharField(blank=True, max_length=20, verbose_name="source of the money")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="to be done by")),
                ("dropped_on", models.DateField(blank=True, null=True, verbose_name="dropped on")),
                (
                    "helper",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_measures",
                        to="assistance.helper",
                        verbose_name="who sees to it",
                    ),
                ),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_measures",
                        to="households.household",
                        verbose_name="household",
                    ),
                ),
                (
                    "plan",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="assistance.householdplan",
                        verbose_name="household plan",
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
                "verbose_name": "planned measure",
                "verbose_name_plural": "planned measures",
                "ordering": ["plan", "category_code", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="measure",
            name="planned",
            field=registry.tenancy.fields.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="done",
                to="assistance.plannedmeasure",
                verbose_name="measure of the plan",
            ),
        ),
        migrations.AddIndex(
            model_name="measure",
            index=models.Index(
                condition=models.Q(("planned__isnull", False)), fields=["tenant", "planned"], name="measure_planned"
            ),
        ),
        migrations.AddIndex(
            model_name="householdplan",
            index=models.Index(fields=["tenant", "scope_code"], name="householdplan_scope"),
        ),
        migrations.AddIndex(
            model_name="householdplan",
            index=models.Index(fields=["tenant", "year", "household"], name="householdplan_year"),
        ),
        migrations.AddConstraint(
            model_name="householdplan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=("tenant", "household", "year"),
                name="householdplan_year_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="householdplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 2000), ("year__lte", 2100)), name="householdplan_year_is_plausible"
            ),
        ),
        migrations.AddConstraint(
            model_name="householdplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["drafted", "adopted", "amended", "closed", "withdrawn"])),
                name="householdplan_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="householdplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("goals", ""), _negated=True), name="householdplan_has_goals"
            ),
        ),
        migrations.AddConstraint(
            model_name="householdplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("target_yuan__gte", 0)), name="householdplan_target_is_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="householdplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("adopted_on__isnull", True), ("agreement_code", ""), ("edition", 0)),
                        ("state", "drafted"),
                    ),
                    models.Q(
                        models.Q(
                            ("adopted_on__isnull", False),
                            ("edition__gte", 1),
                            models.Q(("agreement_code", ""), _negated=True),
                        ),
                        ("state__in", ["adopted", "amended", "closed"]),
                    ),
                    models.Q(
                        models.Q(
                            models.Q(("adopted_on__isnull", True), ("agreement_code", ""), ("edition", 0)),
                            models.Q(
                                ("adopted_on__isnull", False),
                                ("edition__gte", 1),
                                models.Q(("agreement_code", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        ("state", "withdrawn"),
                    ),
                    _connector="OR",
                ),
                name="householdplan_adopted_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="householdplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["adopted", "closed"]), _negated=True),
                    models.Q(("adopted_by__isnull", False), ("prepared_by__isnull", True)),
                    models.Q(
                        ("adopted_by__isnull", False),
                        ("prepared_by__isnull", False),
                        models.Q(("prepared_by", models.F("adopted_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="householdplan_adopted_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="householdplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(models.Q(("state", "closed"), _negated=True), ("closed_on__isnull", True), ("result", "")),
                    models.Q(
                        models.Q(("result", ""), _negated=True),
                        ("closed_on__gte", models.F("adopted_on")),
                        ("closed_on__isnull", False),
                        ("state", "closed"),
                    ),
                    _connector="OR",
                ),
                name="householdplan_closed_has_its_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="householdplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "withdrawn"), ("withdrawn_on__isnull", False)),
                    models.Q(models.Q(("state", "withdrawn"), _negated=True), ("withdrawn_on__isnull", True)),
                    _connector="OR",
                ),
                name="householdplan_withdrawn_has_its_day",
            ),
        ),
        migrations.AddIndex(
            model_name="householdplanedition",
            index=models.Index(fields=["tenant", "household"], name="householdplanedition_household"),
        ),
        migrations.AddConstraint(
            model_name="householdplanedition",
            constraint=models.UniqueConstraint(
                fields=("tenant", "plan", "number"), name="householdplanedition_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="householdplanedition",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="householdplanedition_number_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="householdplanedition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number", 1), models.Q(("number__gt", 1), models.Q(("reason", ""), _negated=True)), _connector="OR"
                ),
                name="householdplanedition_later_has_its_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="householdplanedition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("has_labour__isnull", True),
                    ("has_labour", False),
                    ("development_count__gte", 1),
                    models.Q(("no_development_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="householdplanedition_develops_labour",
            ),
        ),
        migrations.AddConstraint(
            model_name="householdplanedition",
            constraint=models.CheckConstraint(
                condition=models.Q(("agreement_code__in", ["", "0"]), _negated=True),
                name="householdplanedition_is_agreed",
            ),
        ),
        migrations.AddIndex(
            model_name="plannedmeasure",
            index=models.Index(fields=["tenant", "plan"], name="plannedmeasure_plan"),
        ),
        migrations.AddIndex(
            model_name="plannedmeasure",
            index=models.Index(fields=["tenant", "household"], name="plannedmeasure_household"),
        ),
        migrations.AddConstraint(
            model_name="plannedmeasure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("what", ""), _negated=True), models.Q(("category_code", ""), _negated=True)
                ),
                name="plannedmeasure_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="plannedmeasure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("planned_yuan", 0),
                    models.Q(("planned_yuan__gt", 0), models.Q(("source_code", ""), _negated=True)),
                    _connector="OR",
                ),
                name="plannedmeasure_money_has_its_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="plannedmeasure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on__isnull", True),
                    ("due_on__isnull", True),
                    ("due_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="plannedmeasure_due_after_start",
            ),
        ),
        ProtectTenantTable("householdplan", policy=Policy.RANGED),
        TenantLink("householdplan", "household"),
        KeepHistory("householdplan", of="household"),
        ProtectTenantTable("plannedmeasure", policy=Policy.RANGED),
        TenantLink("plannedmeasure", "household"),
        TenantLink("plannedmeasure", "plan"),
        TenantLink("plannedmeasure", "helper"),
        KeepHistory("plannedmeasure", of="household"),
        migrations.RunSQL(KEPT, "DROP FUNCTION assistance_edition_is_kept();"),
        ProtectTenantTable(
            "householdplanedition",
            policy=Policy.RANGED,
            append_only=True,
            trigger="assistance_edition_is_kept",
            updatable=("scope_code", "goals", "reason", "no_development_reason"),
        ),
        TenantLink("householdplanedition", "household"),
        TenantLink("householdplanedition", "plan"),
        TenantLink("measure", "planned"),
    ]
    operations = folded(operations)
