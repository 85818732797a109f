"""Visits of helpers, and how many a county owes."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.folding import folded
from registry.tenancy.operations import KeepHistory, ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    dependencies = [
        ("assistance", "0010_helper_kinds"),
        ("households", "0031_keep_figures_of_closed_years"),
        ("registry", "0012_ask_for_corrections"),
    ]

    operations = [
        migrations.CreateModel(
            name="HelpVisit",
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
                ("visited_on", models.DateField(verbose_name="visited on")),
                ("place_code", models.CharField(max_length=20, verbose_name="place")),
                ("confirmation_code", models.CharField(max_length=20, verbose_name="confirmed by the household")),
                ("found", models.CharField(blank=True, max_length=500, verbose_name="what was found")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="withdrawn on")),
            ],
            options={
                "verbose_name": "help visit",
                "verbose_name_plural": "help visits",
                "ordering": ["household", "-visited_on", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="VisitPlan",
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
                    "visits",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "1"), (2, "2"), (3, "3"), (4, "4"), (6, "6"), (12, "12")],
                        verbose_name="visits a year",
                    ),
                ),
                (
                    "risk_visits",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "1"), (2, "2"), (3, "3"), (4, "4"), (6, "6"), (12, "12")],
                        null=True,
                        verbose_name="visits a year where a risk is not removed",
                    ),
                ),
            ],
            options={
                "verbose_name": "visit plan",
                "verbose_name_plural": "visit plans",
                "ordering": ["-year"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="helpvisit",
            name="helper",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="visits",
                to="assistance.helper",
                verbose_name="helper",
            ),
        ),
        migrations.AddField(
            model_name="helpvisit",
            name="household",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="help_visits",
                to="households.household",
                verbose_name="household",
            ),
        ),
        migrations.AddField(
            model_name="helpvisit",
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
            model_name="visitplan",
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
            model_name="helpvisit",
            index=models.Index(fields=["tenant", "household", "visited_on"], name="helpvisit_household"),
        ),
        migrations.AddIndex(
            model_name="helpvisit",
            index=models.Index(fields=["tenant", "visited_on", "household"], name="helpvisit_day"),
        ),
        migrations.AddIndex(
            model_name="helpvisit",
            index=models.Index(fields=["tenant", "helper", "visited_on"], name="helpvisit_helper"),
        ),
        migrations.AddConstraint(
            model_name="helpvisit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_on__isnull", True)),
                fields=("tenant", "household", "helper", "visited_on"),
                name="helpvisit_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="helpvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "visited_on__lte",
                        models.Func(
                            models.F("updated_at"),
                            output_field=models.DateField(),
                            template="((%(expressions)s) AT TIME ZONE 'Asia/Shanghai')::date",
                        ),
                    )
                ),
                name="helpvisit_is_not_in_the_future",
            ),
        ),
        migrations.AddConstraint(
            model_name="helpvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("place_code", ""), _negated=True), models.Q(("confirmation_code", ""), _negated=True)
                ),
                name="helpvisit_has_its_codes",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitplan",
            constraint=models.UniqueConstraint(fields=("tenant", "year"), name="visitplan_year_once"),
        ),
        migrations.AddConstraint(
            model_name="visitplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 2000), ("year__lte", 2100)), name="visitplan_year_is_plausible"
            ),
        ),
        migrations.AddConstraint(
            model_name="visitplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("visits__in", (1, 2, 3, 4, 6, 12))), name="visitplan_cuts_whole_months"
            ),
        ),
        migrations.AddConstraint(
            model_name="visitplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("risk_visits__isnull", True), ("risk_visits__in", (1, 2, 3, 4, 6, 12)), _connector="OR"
                ),
                name="visitplan_risk_cuts_whole_months",
            ),
        ),
        ProtectTenantTable("helpvisit", policy=Policy.RANGED),
        ProtectTenantTable("visitplan", policy=Policy.SHARED),
        TenantLink("helpvisit", "household"),
        TenantLink("helpvisit", "helper"),
        KeepHistory("helpvisit", of="household"),
    ]
    operations = folded(operations)
