"""Shares in the collective or a project, and dividends that add up."""

from typing import Final

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

# Rows of other households are read as the scope shows them: one who does not see all lines cannot approve.
ADDS_UP: Final = """
CREATE FUNCTION economy_dividend_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'proposed' AND NEW.state <> OLD.state THEN
        RAISE EXCEPTION 'a dividend is decided once'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'dividend_is_decided_once';
    END IF;
    IF NEW.state = 'approved' AND OLD.state <> 'approved' AND NEW.amount_yuan - NEW.kept_yuan IS DISTINCT FROM (
        SELECT sum(l.amount_yuan) FROM economy_dividendline l
        WHERE l.tenant_id = NEW.tenant_id AND l.dividend_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'the parts of a dividend add up to it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'dividend_adds_up';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER economy_dividend_adds_up BEFORE UPDATE ON economy_dividend
    FOR EACH ROW EXECUTE FUNCTION economy_dividend_adds_up();
CREATE FUNCTION economy_line_of_proposed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM economy_dividend d
        WHERE d.tenant_id = NEW.tenant_id AND d.id = NEW.dividend_id AND d.state = 'proposed'
    ) THEN
        RAISE EXCEPTION 'only a proposed dividend gets lines'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'dividendline_of_a_proposed_one';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER economy_dividendline_proposed AFTER INSERT ON economy_dividendline
    FOR EACH ROW EXECUTE FUNCTION economy_line_of_proposed();
"""
UNDO: Final = """
DROP TRIGGER economy_dividendline_proposed ON economy_dividendline;
DROP FUNCTION economy_line_of_proposed();
DROP TRIGGER economy_dividend_adds_up ON economy_dividend;
DROP FUNCTION economy_dividend_adds_up();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("economy", "0001_collective_ledger"),
        ("households", "0031_keep_figures_of_closed_years"),
        ("registry", "0012_ask_for_corrections"),
        ("villages", "0001_villages_and_units"),
    ]

    operations = [
        migrations.CreateModel(
            name="ShareFund",
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
                (
                    "folded_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="money turned to shares (yuan)",
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
                        related_name="share_funds",
                        to="villages.village",
                        verbose_name="village",
                    ),
                ),
            ],
            options={
                "verbose_name": "fund of shares",
                "verbose_name_plural": "funds of shares",
                "ordering": ["village", "name"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Dividend",
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
                ("paid_on", models.DateField(verbose_name="day of the dividend")),
                ("amount_yuan", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="amount (yuan)")),
                (
                    "kept_yuan",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="kept by the village (yuan)"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("proposed_by", models.UUIDField(editable=False, verbose_name="proposed by")),
                (
                    "proposed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="proposed at"),
                ),
                ("decided_by", models.UUIDField(editable=False, null=True, verbose_name="decided by")),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="decided at")),
                (
                    "decision_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason of the decision"),
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
                    "fund",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dividends",
                        to="economy.sharefund",
                        verbose_name="fund of shares",
                    ),
                ),
            ],
            options={
                "verbose_name": "dividend",
                "verbose_name_plural": "dividends",
                "ordering": ["-paid_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Shareholding",
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
                ("share_count", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="number of shares")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until (not included)")),
                (
                    "fund",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to="economy.sharefund",
                        verbose_name="fund of shares",
                    ),
                ),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shareholdings",
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
                "verbose_name": "shareholding",
                "verbose_name_plural": "shareholdings",
                "ordering": ["fund", "starts_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="DividendLine",
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
                ("share_count", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="number of shares")),
                ("amount_yuan", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="amount (yuan)")),
                (
                    "dividend",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="economy.dividend",
                        verbose_name="dividend",
                    ),
                ),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dividend_lines",
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
                "verbose_name": "part of a dividend",
                "verbose_name_plural": "parts of a dividend",
                "ordering": ["dividend", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["tenant", "household"], name="dividendline_household")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "dividend", "household"),
                        name="dividendline_once_a_holder",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_yuan__gte", 0)), name="dividendline_is_not_negative"
                    ),
                    models.CheckConstraint(condition=models.Q(("share_count__gt", 0)), name="dividendline_has_shares"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="sharefund",
            index=models.Index(fields=["tenant", "scope_code"], name="sharefund_scope"),
        ),
        migrations.AddConstraint(
            model_name="sharefund",
            constraint=models.UniqueConstraint(
                fields=("tenant", "village", "name"), name="sharefund_name_once_a_village"
            ),
        ),
        migrations.AddConstraint(
            model_name="sharefund",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="sharefund_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="sharefund",
            constraint=models.CheckConstraint(
                condition=models.Q(("folded_yuan__isnull", True), ("folded_yuan__gte", 0), _connector="OR"),
                name="sharefund_money_is_not_negative",
            ),
        ),
        migrations.AddIndex(
            model_name="dividend",
            index=models.Index(fields=["tenant", "scope_code"], name="dividend_scope"),
        ),
        migrations.AddConstraint(
            model_name="dividend",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["proposed", "approved"])),
                fields=("tenant", "fund", "paid_on"),
                name="dividend_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="dividend",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["proposed", "approved", "refused", "withdrawn"])),
                name="dividend_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="dividend",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_yuan__gt", models.F("kept_yuan")), ("kept_yuan__gte", 0)),
                name="dividend_keeps_a_part_at_most",
            ),
        ),
        migrations.AddConstraint(
            model_name="dividend",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["proposed", "withdrawn"]),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="dividend_is_decided_by_another",
            ),
        ),
        migrations.AddIndex(
            model_name="shareholding",
            index=models.Index(fields=["tenant", "fund"], name="shareholding_fund"),
        ),
        migrations.AddIndex(
            model_name="shareholding",
            index=models.Index(fields=["tenant", "household"], name="shareholding_household"),
        ),
        migrations.AddConstraint(
            model_name="shareholding",
            constraint=models.CheckConstraint(condition=models.Q(("share_count__gt", 0)), name="shareholding_is_some"),
        ),
        migrations.AddConstraint(
            model_name="shareholding",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gt", models.F("starts_on")), _connector="OR"),
                name="shareholding_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="shareholding",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("household__isnull", False)),
                expressions=[
                    ("tenant", "="),
                    ("fund", "="),
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
                name="shareholding_one_a_household_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="shareholding",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("household__isnull", True)),
                expressions=[
                    ("tenant", "="),
                    ("fund", "="),
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
                name="shareholding_one_of_the_village_a_day",
            ),
        ),
        ProtectTenantTable("sharefund", policy=Policy.RANGED),
        TenantLink("sharefund", "village"),
        ProtectTenantTable("shareholding", policy=Policy.RANGED),
        TenantLink("shareholding", "fund"),
        TenantLink("shareholding", "household"),
        ProtectTenantTable(
            "dividend",
            policy=Policy.RANGED,
            updatable=(
                "scope_code",
                "state",
                "decided_by",
                "decided_at",
                "decision_reason",
                "version",
                "updated_at",
            ),
        ),
        TenantLink("dividend", "fund"),
        ProtectTenantTable("dividendline", policy=Policy.RANGED, append_only=True),
        TenantLink("dividendline", "dividend"),
        TenantLink("dividendline", "household"),
        migrations.RunSQL(ADDS_UP, UNDO),
    ]
    operations = folded(operations)
