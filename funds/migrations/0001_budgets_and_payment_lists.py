"""Budgets and allocations, payment programmes, and payment lists with their lines and files."""

import datetime as dt

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
    initial = True

    dependencies = [
        ("households", "0038_mark_pairs_of_who_left"),
        ("registry", "0018_dispatch_office"),
    ]

    operations = [
        migrations.CreateModel(
            name="Budget",
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
                ("source_code", models.CharField(max_length=20, verbose_name="source of the money")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("notice_number", models.CharField(max_length=100, verbose_name="number of the notice")),
                ("notice_on", models.DateField(verbose_name="date of the notice")),
                ("amount_yuan", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="amount (yuan)")),
                (
                    "allocated_yuan",
                    models.DecimalField(
                        decimal_places=2, default=0, editable=False, max_digits=14, verbose_name="allocated (yuan)"
                    ),
                ),
                ("withdrawn_on", models.DateField(editable=False, null=True, verbose_name="withdrawn on")),
                (
                    "withdrawal_reason",
                    models.CharField(
                        blank=True, editable=False, max_length=200, verbose_name="reason of the withdrawal"
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
                "verbose_name": "budget",
                "verbose_name_plural": "budgets",
                "ordering": ["-year", "source_code", "notice_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Allocation",
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
                        choices=[
                            ("programme", "A payment programme"),
                            ("project", "Projects of a kind"),
                            ("area", "The division as a whole"),
                        ],
                        max_length=10,
                        verbose_name="purpose",
                    ),
                ),
                ("project_kind_code", models.CharField(blank=True, max_length=20, verbose_name="kind of project")),
                ("amount_yuan", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="amount (yuan)")),
                ("allocated_on", models.DateField(verbose_name="allocated on")),
                ("paper", models.CharField(max_length=200, verbose_name="paper")),
                (
                    "moved_back_yuan",
                    models.DecimalField(
                        decimal_places=2, default=0, editable=False, max_digits=14, verbose_name="moved back (yuan)"
                    ),
                ),
                (
                    "bound_yuan",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        editable=False,
                        max_digits=14,
                        verbose_name="bound by payment lists (yuan)",
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="recorded at")),
                ("recorded_by", models.UUIDField(editable=False, null=True, verbose_name="recorded by")),
                (
                    "moves_back",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moved_back",
                        to="funds.allocation",
                        verbose_name="moves back",
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
                    "budget",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="funds.budget",
                        verbose_name="budget",
                    ),
                ),
            ],
            options={
                "verbose_name": "allocation",
                "verbose_name_plural": "allocations",
                "ordering": ["-allocated_on", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PaymentList",
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
                ("period", models.CharField(db_collation="C", max_length=10, verbose_name="period")),
                (
                    "stated_yuan",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="total on paper (yuan)"),
                ),
                ("stated_count", models.PositiveIntegerField(verbose_name="lines on paper")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("approved", "Approved"),
                            ("paid", "Paid"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("made_by", models.UUIDField(editable=False, verbose_name="made by")),
                ("submitted_by", models.UUIDField(editable=False, null=True, verbose_name="submitted by")),
                ("submitted_at", models.DateTimeField(editable=False, null=True, verbose_name="submitted at")),
                ("decided_by", models.UUIDField(editable=False, null=True, verbose_name="decided by")),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="decided at")),
                (
                    "decision_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason of the decision"),
                ),
                ("paid_on", models.DateField(blank=True, null=True, verbose_name="paid on")),
                ("paid_paper", models.CharField(blank=True, max_length=200, verbose_name="paper of the payment")),
                (
                    "returned_yuan",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="returned (yuan)"),
                ),
                (
                    "file_taken_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="file for the bank first downloaded at"
                    ),
                ),
                (
                    "bank_word",
                    models.CharField(blank=True, max_length=200, verbose_name="paper of the bank that it paid nothing"),
                ),
                (
                    "allocation",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lists",
                        to="funds.allocation",
                        verbose_name="allocation",
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
                "verbose_name": "payment list",
                "verbose_name_plural": "payment lists",
                "ordering": ["-period", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="BankFile",
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
                ("line_count", models.PositiveIntegerField(verbose_name="lines")),
                ("total_yuan", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="total (yuan)")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made at")),
                (
                    "document",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.document",
                        verbose_name="file",
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
                    "payment_list",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_files",
                        to="funds.paymentlist",
                        verbose_name="payment list",
                    ),
                ),
            ],
            options={
                "verbose_name": "file for the bank",
                "verbose_name_plural": "files for the bank",
                "ordering": ["-made_at"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PaymentProgramme",
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
                ("kind_code", models.CharField(max_length=20, verbose_name="kind")),
                (
                    "payee",
                    models.CharField(
                        choices=[("household", "Household"), ("person", "Person")],
                        max_length=10,
                        verbose_name="paid to",
                    ),
                ),
                (
                    "cycle",
                    models.CharField(
                        choices=[
                            ("month", "Each month"),
                            ("quarter", "Each quarter"),
                            ("year", "Each year"),
                            ("once", "Once"),
                        ],
                        max_length=10,
                        verbose_name="cycle",
                    ),
                ),
                ("rule_text", models.CharField(max_length=500, verbose_name="rule")),
                ("source", models.CharField(max_length=200, verbose_name="source of the rule")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until (not included)")),
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
                "verbose_name": "payment programme",
                "verbose_name_plural": "payment programmes",
                "ordering": ["name"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="paymentlist",
            name="programme",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lists",
                to="funds.paymentprogramme",
                verbose_name="payment programme",
            ),
        ),
        migrations.CreateModel(
            name="PaymentLine",
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
                ("period", models.CharField(db_collation="C", max_length=10, verbose_name="period")),
                ("number", models.PositiveIntegerField(verbose_name="line")),
                ("amount_yuan", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="amount (yuan)")),
                ("reason_code", models.CharField(max_length=20, verbose_name="why it is paid")),
                ("entered_by", models.UUIDField(editable=False, verbose_name="entered by")),
                ("account_sealed", models.BinaryField(blank=True, null=True, verbose_name="bank account")),
                ("bank_name", models.CharField(blank=True, max_length=100, verbose_name="bank of the account")),
                ("is_live", models.BooleanField(default=True, verbose_name="stands")),
                ("strike_reason", models.CharField(blank=True, max_length=200, verbose_name="struck because")),
                ("paid_on", models.DateField(blank=True, null=True, verbose_name="paid on")),
                (
                    "village_code",
                    models.CharField(
                        blank=True, db_collation="C", max_length=12, verbose_name="village when it was paid"
                    ),
                ),
                ("returned_on", models.DateField(blank=True, null=True, verbose_name="returned on")),
                ("return_code", models.CharField(blank=True, max_length=20, verbose_name="returned because")),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payment_lines",
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
                        related_name="payment_lines",
                        to="households.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "repays",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repaid_by",
                        to="funds.paymentline",
                        verbose_name="repays",
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
                    "payment_list",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="funds.paymentlist",
                        verbose_name="payment list",
                    ),
                ),
                (
                    "programme",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="funds.paymentprogramme",
                        verbose_name="payment programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a payment list",
                "verbose_name_plural": "lines of payment lists",
                "ordering": ["payment_list", "number"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="allocation",
            name="programme",
            field=registry.tenancy.fields.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="allocations",
                to="funds.paymentprogramme",
                verbose_name="payment programme",
            ),
        ),
        migrations.AddIndex(
            model_name="budget",
            index=models.Index(fields=["tenant", "year"], name="budget_year"),
        ),
        migrations.AddConstraint(
            model_name="budget",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_on__isnull", True)),
                fields=("tenant", "year", "source_code", "notice_number"),
                name="budget_notice_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="budget",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 2000), ("year__lte", 2100)), name="budget_year_is_plausible"
            ),
        ),
        migrations.AddConstraint(
            model_name="budget",
            constraint=models.CheckConstraint(condition=models.Q(("amount_yuan__gt", 0)), name="budget_is_some"),
        ),
        migrations.AddConstraint(
            model_name="budget",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True),
                    models.Q(("source_code", ""), _negated=True),
                    models.Q(("notice_number", ""), _negated=True),
                ),
                name="budget_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="budget",
            constraint=models.CheckConstraint(
                condition=models.Q(("allocated_yuan__gte", 0), ("allocated_yuan__lte", models.F("amount_yuan"))),
                name="budget_allocates_its_amount_at_most",
            ),
        ),
        migrations.AddConstraint(
            model_name="budget",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_on__isnull", True),
                    models.Q(("allocated_yuan", 0), models.Q(("withdrawal_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="budget_withdrawn_is_free_and_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankfile",
            constraint=models.UniqueConstraint(fields=("tenant", "payment_list"), name="bankfile_once_a_list"),
        ),
        migrations.AddConstraint(
            model_name="paymentprogramme",
            constraint=models.UniqueConstraint(fields=("tenant", "name"), name="paymentprogramme_name_once"),
        ),
        migrations.AddConstraint(
            model_name="paymentprogramme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True),
                    models.Q(("kind_code", ""), _negated=True),
                    models.Q(("rule_text", ""), _negated=True),
                    models.Q(("source", ""), _negated=True),
                ),
                name="paymentprogramme_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentprogramme",
            constraint=models.CheckConstraint(
                condition=models.Q(("payee__in", ["household", "person"])), name="paymentprogramme_payee_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentprogramme",
            constraint=models.CheckConstraint(
                condition=models.Q(("cycle__in", ["month", "quarter", "year", "once"])),
                name="paymentprogramme_cycle_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentprogramme",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gt", models.F("starts_on")), _connector="OR"),
                name="paymentprogramme_ends_after_start",
            ),
        ),
        migrations.AddIndex(
            model_name="paymentlist",
            index=models.Index(fields=["tenant", "scope_code", "state"], name="paymentlist_scope"),
        ),
        migrations.AddIndex(
            model_name="paymentlist",
            index=models.Index(fields=["tenant", "allocation"], name="paymentlist_allocation"),
        ),
        migrations.AddConstraint(
            model_name="paymentlist",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "submitted", "approved", "paid", "withdrawn"])),
                name="paymentlist_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("period__regex", "(^20[0-9]{2}$)|(^20[0-9]{2}-(0[1-9]|1[0-2])$)|(^20[0-9]{2}-Q[1-4]$)|(^once$)")
                ),
                name="paymentlist_period_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentlist",
            constraint=models.CheckConstraint(
                condition=models.Q(("stated_count__gt", 0), ("stated_yuan__gt", 0)), name="paymentlist_total_is_some"
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "withdrawn"]),
                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                    _connector="OR",
                ),
                name="paymentlist_is_submitted_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "paid"]), _negated=True),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        models.Q(("decided_by", models.F("made_by")), _negated=True),
                        models.Q(("decided_by", models.F("submitted_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="paymentlist_is_approved_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("paid_on__isnull", False), ("state", "paid"), models.Q(("paid_paper", ""), _negated=True)
                    ),
                    models.Q(
                        models.Q(("state", "paid"), _negated=True),
                        ("paid_on__isnull", True),
                        ("paid_paper", ""),
                        ("returned_yuan", 0),
                    ),
                    _connector="OR",
                ),
                name="paymentlist_payment_has_day_and_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentlist",
            constraint=models.CheckConstraint(
                condition=models.Q(("returned_yuan__gte", 0), ("returned_yuan__lte", models.F("stated_yuan"))),
                name="paymentlist_returns_its_total_at_most",
            ),
        ),
        migrations.AddIndex(
            model_name="paymentline",
            index=models.Index(fields=["tenant", "household", "paid_on"], name="paymentline_household"),
        ),
        migrations.AddIndex(
            model_name="paymentline",
            index=models.Index(fields=["tenant", "village_code", "paid_on"], name="paymentline_village"),
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.UniqueConstraint(
                fields=("tenant", "payment_list", "number"), name="paymentline_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_live", True), ("person__isnull", True), ("repays__isnull", True)),
                fields=("tenant", "programme", "period", "household"),
                name="paymentline_household_once_a_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_live", True), ("person__isnull", False), ("repays__isnull", True)),
                fields=("tenant", "programme", "period", "person"),
                name="paymentline_person_once_a_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_live", True)), fields=("tenant", "repays"), name="paymentline_repaid_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_yuan__gt", 0), ("number__gt", 0)), name="paymentline_is_some"
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason_code", ""), _negated=True), name="paymentline_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_live", True), ("strike_reason", "")),
                    models.Q(("is_live", False), models.Q(("strike_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="paymentline_struck_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("return_code", ""), ("returned_on__isnull", True)),
                    models.Q(
                        ("paid_on__isnull", False),
                        ("returned_on__gte", models.F("paid_on")),
                        models.Q(("return_code", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="paymentline_return_follows_payment",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.CheckConstraint(
                condition=models.Q(("paid_on__isnull", True), ("is_live", True), _connector="OR"),
                name="paymentline_paid_stands",
            ),
        ),
        migrations.AddIndex(
            model_name="allocation",
            index=models.Index(fields=["tenant", "budget"], name="allocation_budget"),
        ),
        migrations.AddIndex(
            model_name="allocation",
            index=models.Index(fields=["tenant", "moves_back"], name="allocation_moves_back"),
        ),
        migrations.AddIndex(
            model_name="allocation",
            index=models.Index(fields=["tenant", "scope_code"], name="allocation_scope"),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("programme__isnull", False), ("project_kind_code", ""), ("purpose", "programme")),
                    models.Q(
                        ("programme__isnull", True),
                        ("purpose", "project"),
                        models.Q(("project_kind_code", ""), _negated=True),
                    ),
                    models.Q(("programme__isnull", True), ("project_kind_code", ""), ("purpose", "area")),
                    _connector="OR",
                ),
                name="allocation_purpose_is_said",
            ),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount_yuan__gt", 0), ("moves_back__isnull", True)),
                    models.Q(
                        ("amount_yuan__lt", 0),
                        ("moves_back__isnull", False),
                        models.Q(("moves_back", models.F("id")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="allocation_only_moving_back_is_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("bound_yuan__gte", 0),
                    ("moved_back_yuan__gte", 0),
                    models.Q(
                        models.Q(("bound_yuan", 0), ("moved_back_yuan", 0), ("moves_back__isnull", False)),
                        models.Q(
                            (
                                "amount_yuan__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("bound_yuan"), "+", models.F("moved_back_yuan")
                                ),
                            ),
                            ("moves_back__isnull", True),
                        ),
                        _connector="OR",
                    ),
                ),
                name="allocation_is_bound_by_its_amount_at_most",
            ),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("allocated_on__gte", dt.date(2000, 1, 1)), ("allocated_on__lt", dt.date(2101, 1, 1))
                ),
                name="allocation_day_is_plausible",
            ),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=models.Q(("paper", ""), _negated=True), name="allocation_names_its_paper"
            ),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("moves_back__isnull", False)),
                fields=("tenant", "moves_back", "allocated_on", "amount_yuan", "paper"),
                name="allocation_moves_back_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "withdrawn"), _negated=True),
                    ("file_taken_at__isnull", True),
                    models.Q(("bank_word", ""), _negated=True),
                    _connector="OR",
                ),
                name="paymentlist_withdrawn_was_not_paid_by_the_bank",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("paid_on__isnull", True), ("village_code", "")),
                    models.Q(("paid_on__isnull", False), models.Q(("village_code", ""), _negated=True)),
                    _connector="OR",
                ),
                name="paymentline_paid_has_its_village",
            ),
        ),
        ProtectTenantTable("paymentprogramme", policy=Policy.SHARED),
        ProtectTenantTable("budget", policy=Policy.SHARED),
        ProtectTenantTable(
            "allocation", policy=Policy.RANGED, updatable=("scope_code", "bound_yuan", "moved_back_yuan")
        ),
        TenantLink("allocation", "budget"),
        TenantLink("allocation", "programme"),
        TenantLink("allocation", "moves_back"),
        ProtectTenantTable(
            "paymentlist",
            policy=Policy.RANGED,
            updatable=(
                "scope_code",
                "stated_yuan",
                "stated_count",
                "state",
                "submitted_by",
                "submitted_at",
                "decided_by",
                "decided_at",
                "decision_reason",
                "paid_on",
                "paid_paper",
                "returned_yuan",
                "file_taken_at",
                "bank_word",
                "version",
                "updated_at",
            ),
        ),
        TenantLink("paymentlist", "programme"),
        TenantLink("paymentlist", "allocation"),
        ProtectTenantTable(
            "paymentline",
            policy=Policy.RANGED,
            updatable=(
                "scope_code",
                "account_sealed",
                "bank_name",
                "is_live",
                "strike_reason",
                "paid_on",
                "village_code",
                "returned_on",
                "return_code",
                "version",
                "updated_at",
            ),
        ),
        TenantLink("paymentline", "payment_list"),
        TenantLink("paymentline", "programme"),
        TenantLink("paymentline", "household"),
        TenantLink("paymentline", "person"),
        TenantLink("paymentline", "repays"),
        ProtectTenantTable("bankfile", policy=Policy.RANGED, append_only=True),
        TenantLink("bankfile", "payment_list"),
        TenantLink("bankfile", "document"),
    ]
    operations = folded(operations)
