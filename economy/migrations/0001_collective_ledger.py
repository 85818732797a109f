"""The ledger of a village's collective, and the county's goals for its income."""

import datetime as dt
from typing import Final

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.operations import ProtectTenantTable, TenantLink

# A reversal is the mirror of one entry: a check constraint cannot look at another row. It reads as the app role, so an
# entry out of the scope counts as none.
MIRROR: Final = """
CREATE FUNCTION economy_mirror_reversal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.reverses_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM economy_ledgerentry e WHERE e.tenant_id = NEW.tenant_id AND e.id = NEW.reverses_id
            AND e.reverses_id IS NULL AND e.village_id = NEW.village_id AND e.kind = NEW.kind
            AND e.source_code = NEW.source_code AND e.occurred_on = NEW.occurred_on
            AND e.amount_yuan = -NEW.amount_yuan
    ) THEN
        RAISE EXCEPTION 'a reversal is the mirror of one entry'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledgerentry_reversal_mirrors';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER economy_ledgerentry_mirror BEFORE INSERT ON economy_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION economy_mirror_reversal();
"""
UNDO: Final = """
DROP TRIGGER economy_ledgerentry_mirror ON economy_ledgerentry;
DROP FUNCTION economy_mirror_reversal();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0012_ask_for_corrections"),
        ("villages", "0001_villages_and_units"),
    ]

    operations = [
        migrations.CreateModel(
            name="IncomeGoal",
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
                ("goal_yuan", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="goal (yuan a year)")),
                ("source", models.CharField(max_length=200, verbose_name="source of the goal")),
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
                "verbose_name": "goal of the collective income",
                "verbose_name_plural": "goals of the collective income",
                "ordering": ["-from_year"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "from_year"), name="incomegoal_once_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(("from_year__gte", 2000), ("from_year__lte", 2100)),
                        name="incomegoal_year_is_plausible",
                    ),
                    models.CheckConstraint(condition=models.Q(("goal_yuan__gt", 0)), name="incomegoal_is_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="incomegoal_names_its_source"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
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
                        choices=[("income", "Income"), ("cost", "Cost")], max_length=10, verbose_name="income or cost"
                    ),
                ),
                ("source_code", models.CharField(blank=True, max_length=20, verbose_name="source of the income")),
                ("occurred_on", models.DateField(verbose_name="received or paid on")),
                ("amount_yuan", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="amount (yuan)")),
                ("purpose", models.CharField(max_length=200, verbose_name="what for")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="recorded at")),
                ("recorded_by", models.UUIDField(editable=False, null=True, verbose_name="recorded by")),
                (
                    "document",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.document",
                        verbose_name="supporting document",
                    ),
                ),
                (
                    "reverses",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversals",
                        to="economy.ledgerentry",
                        verbose_name="reverses",
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
                    "village",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger_entries",
                        to="villages.village",
                        verbose_name="village",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of the collective ledger",
                "verbose_name_plural": "entries of the collective ledger",
                "ordering": ["-occurred_on", "-recorded_at", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "village", "occurred_on"], name="ledgerentry_village"),
                    models.Index(fields=["tenant", "scope_code", "occurred_on"], name="ledgerentry_scope"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "reverses"), name="ledgerentry_reversed_once"),
                    models.UniqueConstraint(fields=("tenant", "document"), name="ledgerentry_document_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["income", "cost"])), name="ledgerentry_kind_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "income"), models.Q(("source_code", ""), _negated=True)),
                            models.Q(("kind", "cost"), ("source_code", "")),
                            _connector="OR",
                        ),
                        name="ledgerentry_income_alone_has_a_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount_yuan__gt", 0), ("reverses__isnull", True)),
                            models.Q(("amount_yuan__lt", 0), ("reverses__isnull", False)),
                            _connector="OR",
                        ),
                        name="ledgerentry_only_reversals_are_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("occurred_on__gte", dt.date(2000, 1, 1)),
                            ("occurred_on__lt", dt.date(2101, 1, 1)),
                        ),
                        name="ledgerentry_day_is_plausible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("purpose", ""), _negated=True), name="ledgerentry_says_what_for"
                    ),
                ],
            },
        ),
        ProtectTenantTable("incomegoal", policy=Policy.SHARED),
        ProtectTenantTable("ledgerentry", policy=Policy.RANGED, append_only=True),
        TenantLink("ledgerentry", "village"),
        TenantLink("ledgerentry", "document"),
        TenantLink("ledgerentry", "reverses"),
        migrations.RunSQL(MIRROR, UNDO),
    ]
