"""Loans of households, what was paid out and back, extensions, and the county's limits."""

import datetime as dt
from typing import Final

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.folding import folded
from registry.tenancy.operations import KeepHistory, ProtectTenantTable, TenantLink

# A loan goes with its borrower into another household, and what was written below it goes along.
KEPT: Final = """
CREATE FUNCTION credit_row_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'scope_code' - 'household_id' = to_jsonb(NEW) - 'scope_code' - 'household_id'
        AND (NEW.household_id = OLD.household_id OR EXISTS (
            SELECT FROM credit_loan l
            WHERE l.tenant_id = NEW.tenant_id AND l.id = NEW.loan_id AND l.household_id = NEW.household_id
        )) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are kept as they were written', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0038_mark_pairs_of_who_left"),
        ("registry", "0018_dispatch_office"),
    ]

    operations = [
        migrations.CreateModel(
            name="Loan",
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
                ("lender", models.CharField(max_length=100, verbose_name="lender")),
                ("purpose_code", models.CharField(max_length=20, verbose_name="purpose")),
                ("rating", models.CharField(blank=True, max_length=20, verbose_name="credit rating")),
                ("amount_yuan", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="amount (yuan)")),
                ("granted_on", models.DateField(verbose_name="granted on")),
                ("due_on", models.DateField(verbose_name="due on")),
                ("rate_percent", models.DecimalField(decimal_places=3, max_digits=6, verbose_name="yearly rate (%)")),
                ("is_subsidised", models.BooleanField(verbose_name="interest is subsidised")),
                ("is_guaranteed", models.BooleanField(verbose_name="is guaranteed")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="withdrawn on")),
                (
                    "drawn_yuan",
                    models.DecimalField(
                        decimal_places=2, default=0, editable=False, max_digits=14, verbose_name="paid out (yuan)"
                    ),
                ),
                (
                    "outstanding_yuan",
                    models.DecimalField(
                        decimal_places=2, default=0, editable=False, max_digits=14, verbose_name="owed (yuan)"
                    ),
                ),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loans",
                        to="households.household",
                        verbose_name="household",
                    ),
                ),
                (
                    "person",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loans",
                        to="households.person",
                        verbose_name="borrower",
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
                "verbose_name": "loan",
                "verbose_name_plural": "loans",
                "ordering": ["household", "-granted_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="LoanEntry",
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
                            ("draw", "Paid out"),
                            ("principal", "Principal repaid"),
                            ("write_off", "Written off"),
                            ("interest", "Interest paid"),
                            ("subsidy", "Interest subsidy paid"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("occurred_on", models.DateField(verbose_name="on")),
                ("amount_yuan", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="amount (yuan)")),
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="recorded at"),
                ),
                ("recorded_by", models.UUIDField(editable=False, null=True, verbose_name="recorded by")),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loan_entries",
                        to="households.household",
                        verbose_name="household",
                    ),
                ),
                (
                    "loan",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="credit.loan",
                        verbose_name="loan",
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
                        to="credit.loanentry",
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
            ],
            options={
                "verbose_name": "entry of a loan",
                "verbose_name_plural": "entries of loans",
                "ordering": ["loan", "-occurred_on", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="LoanExtension",
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
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("agreed_on", models.DateField(verbose_name="agreed on")),
                ("former_due_on", models.DateField(verbose_name="due before")),
                ("due_on", models.DateField(verbose_name="due on")),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loan_extensions",
                        to="households.household",
                        verbose_name="household",
                    ),
                ),
                (
                    "loan",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="credit.loan",
                        verbose_name="loan",
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
                "verbose_name": "extension of a loan",
                "verbose_name_plural": "extensions of loans",
                "ordering": ["loan", "number"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="LoanLimit",
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
                (
                    "most_yuan",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="at most (yuan a loan)"),
                ),
                ("most_months", models.PositiveSmallIntegerField(verbose_name="for at most (months)")),
                ("source", models.CharField(max_length=200, verbose_name="source of the limits")),
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
                "verbose_name": "limit of micro-credit",
                "verbose_name_plural": "limits of micro-credit",
                "ordering": ["-from_year"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddIndex(
            model_name="loan",
            index=models.Index(fields=["tenant", "household"], name="loan_household"),
        ),
        migrations.AddIndex(
            model_name="loan",
            index=models.Index(fields=["tenant", "person"], name="loan_person"),
        ),
        migrations.AddIndex(
            model_name="loan",
            index=models.Index(
                condition=models.Q(("outstanding_yuan__gt", 0)),
                fields=["tenant", "due_on", "scope_code"],
                name="loan_owed",
            ),
        ),
        migrations.AddIndex(
            model_name="loan",
            index=models.Index(
                condition=models.Q(("outstanding_yuan__gt", 0)), fields=["tenant", "scope_code"], name="loan_owed_scope"
            ),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.UniqueConstraint(
                condition=models.Q(models.Q(("lender", "已清除"), _negated=True), ("withdrawn_on__isnull", True)),
                fields=("tenant", "household", "person", "lender", "granted_on", "amount_yuan"),
                name="loan_on_file_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lender", ""), _negated=True), models.Q(("purpose_code", ""), _negated=True)
                ),
                name="loan_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_yuan__gt", 0)), name="loan_amount_is_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gt", models.F("granted_on"))), name="loan_due_after_grant"
            ),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__lt", dt.date(2101, 1, 1)), ("granted_on__gte", dt.date(2000, 1, 1))),
                name="loan_day_is_plausible",
            ),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.CheckConstraint(
                condition=models.Q(("rate_percent__gte", 0), ("rate_percent__lte", 100)), name="loan_rate_is_plausible"
            ),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.CheckConstraint(
                condition=models.Q(("drawn_yuan__gte", 0), ("drawn_yuan__lte", models.F("amount_yuan"))),
                name="loan_drawn_within_its_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.CheckConstraint(
                condition=models.Q(("outstanding_yuan__gte", 0)), name="loan_owed_not_below_zero"
            ),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_on__isnull", True),
                    models.Q(("drawn_yuan", 0), ("outstanding_yuan", 0)),
                    _connector="OR",
                ),
                name="loan_withdrawn_is_empty",
            ),
        ),
        migrations.AddIndex(
            model_name="loanentry",
            index=models.Index(fields=["tenant", "loan"], name="loanentry_loan"),
        ),
        migrations.AddIndex(
            model_name="loanentry",
            index=models.Index(fields=["tenant", "household"], name="loanentry_household"),
        ),
        migrations.AddConstraint(
            model_name="loanentry",
            constraint=models.UniqueConstraint(fields=("tenant", "reverses"), name="loanentry_reversed_once"),
        ),
        migrations.AddConstraint(
            model_name="loanentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["draw", "principal", "write_off", "interest", "subsidy"])),
                name="loanentry_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="loanentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount_yuan__gt", 0), ("reverses__isnull", True)),
                    models.Q(("amount_yuan__lt", 0), ("reverses__isnull", False)),
                    _connector="OR",
                ),
                name="loanentry_only_reversals_are_negative",
            ),
        ),
        migrations.AddIndex(
            model_name="loanextension",
            index=models.Index(fields=["tenant", "household"], name="loanextension_household"),
        ),
        migrations.AddConstraint(
            model_name="loanextension",
            constraint=models.UniqueConstraint(fields=("tenant", "loan", "number"), name="loanextension_number_once"),
        ),
        migrations.AddConstraint(
            model_name="loanextension",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="loanextension_number_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="loanextension",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gt", models.F("former_due_on"))), name="loanextension_is_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="loanlimit",
            constraint=models.UniqueConstraint(fields=("tenant", "from_year"), name="loanlimit_once_a_year"),
        ),
        migrations.AddConstraint(
            model_name="loanlimit",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_year__gte", 2000), ("from_year__lte", 2100)),
                name="loanlimit_year_is_plausible",
            ),
        ),
        migrations.AddConstraint(
            model_name="loanlimit",
            constraint=models.CheckConstraint(
                condition=models.Q(("most_months__gt", 0), ("most_yuan__gt", 0)), name="loanlimit_is_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="loanlimit",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="loanlimit_names_its_source"
            ),
        ),
        ProtectTenantTable("loanlimit", policy=Policy.SHARED),
        ProtectTenantTable("loan", policy=Policy.RANGED),
        TenantLink("loan", "household"),
        TenantLink("loan", "person"),
        KeepHistory("loan", of="household"),
        migrations.RunSQL(KEPT, "DROP FUNCTION credit_row_is_kept();"),
        ProtectTenantTable(
            "loanentry",
            policy=Policy.RANGED,
            append_only=True,
            trigger="credit_row_is_kept",
            updatable=("scope_code", "household_id"),
        ),
        TenantLink("loanentry", "household"),
        TenantLink("loanentry", "loan"),
        TenantLink("loanentry", "reverses"),
        ProtectTenantTable(
            "loanextension",
            policy=Policy.RANGED,
            append_only=True,
            trigger="credit_row_is_kept",
            updatable=("scope_code", "household_id"),
        ),
        TenantLink("loanextension", "household"),
        TenantLink("loanextension", "loan"),
    ]
    operations = folded(operations)
