"""Count what is due in a monitoring case, keep the evidence of its end, and count sweeps by village."""

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
        ("dossiers", "0003_keep_history"),
        ("households", "0008_note_duplicates"),
        ("registry", "0005_claim_identities"),
        ("villages", "0001_villages_and_units"),
    ]

    operations = [
        migrations.CreateModel(
            name="SweepCampaign",
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
                ("name", models.CharField(max_length=100, verbose_name="Name")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="until (not included)")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("closed", "Closed")],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
            ],
            options={
                "verbose_name": "sweep campaign",
                "verbose_name_plural": "sweep campaigns",
                "ordering": ["-starts_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="SweepVillage",
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
                ("registered_count", models.PositiveIntegerField(default=0, verbose_name="of these on the register")),
                (
                    "to_visit_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="households to visit"),
                ),
                ("visited_count", models.PositiveIntegerField(default=0, verbose_name="visited")),
                (
                    "nobody_home_count",
                    models.PositiveIntegerField(default=0, verbose_name="not reached: nobody at home"),
                ),
                (
                    "working_away_count",
                    models.PositiveIntegerField(default=0, verbose_name="not reached: whole household works elsewhere"),
                ),
                (
                    "refused_count",
                    models.PositiveIntegerField(default=0, verbose_name="not reached: did not want a visit"),
                ),
                (
                    "other_reason_count",
                    models.PositiveIntegerField(default=0, verbose_name="not reached: other reason"),
                ),
                ("is_done", models.BooleanField(default=False, verbose_name="done")),
                ("counted_on", models.DateField(blank=True, null=True, verbose_name="counted on")),
                ("entered_by", models.UUIDField(editable=False, null=True, verbose_name="entered by")),
            ],
            options={
                "verbose_name": "village of a sweep campaign",
                "verbose_name_plural": "villages of sweep campaigns",
                "ordering": ["campaign", "scope_code", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.RemoveConstraint(
            model_name="monitoringcase",
            name="monitoringcase_without_labour_stays",
        ),
        migrations.RemoveConstraint(
            model_name="monitoringcase",
            name="monitoringcase_removed_not_early",
        ),
        migrations.RemoveIndex(
            model_name="monitoringcase",
            name="monitoringcase_due",
        ),
        migrations.AddField(
            model_name="countyprocedure",
            name="development_months",
            field=models.PositiveSmallIntegerField(default=6, verbose_name="months until a development measure begins"),
        ),
        migrations.AddField(
            model_name="monitoringcase",
            name="checked_on",
            field=models.DateField(blank=True, null=True, verbose_name="checked on"),
        ),
        migrations.AddField(
            model_name="monitoringcase",
            name="checked_year",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="income of the year"),
        ),
        migrations.AddField(
            model_name="monitoringcase",
            name="developed_on",
            field=models.DateField(blank=True, null=True, verbose_name="first development measure on"),
        ),
        migrations.AddField(
            model_name="monitoringcase",
            name="development_due_on",
            field=models.DateField(blank=True, null=True, verbose_name="development measure to begin by"),
        ),
        migrations.AddField(
            model_name="monitoringcase",
            name="due_basis",
            field=models.CharField(
                choices=[
                    ("calendar_days", "Calendar days"),
                    ("working_days", "Working days by the public calendar"),
                    (
                        "weekdays",
                        "Monday to Friday but for fixed festivals, since the holidays of the year are not known yet",
                    ),
                ],
                default="calendar_days",
                max_length=13,
                verbose_name="these days are",
            ),
        ),
        migrations.AddField(
            model_name="monitoringcase",
            name="has_medical_care",
            field=models.BooleanField(blank=True, null=True, verbose_name="basic medical care assured"),
        ),
        migrations.AddField(
            model_name="monitoringcase",
            name="has_safe_housing",
            field=models.BooleanField(blank=True, null=True, verbose_name="safe housing assured"),
        ),
        migrations.AddField(
            model_name="monitoringcase",
            name="has_safe_water",
            field=models.BooleanField(blank=True, null=True, verbose_name="safe drinking water assured"),
        ),
        migrations.AddField(
            model_name="monitoringcase",
            name="has_schooling",
            field=models.BooleanField(blank=True, null=True, verbose_name="compulsory education assured"),
        ),
        migrations.AddField(
            model_name="monitoringcase",
            name="line_yuan",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="monitoring line (yuan)"
            ),
        ),
        migrations.AddField(
            model_name="monitoringcase",
            name="net_per_head_yuan",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="net income per person (yuan)"
            ),
        ),
        migrations.AddField(
            model_name="sweepcampaign",
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
            model_name="sweepvillage",
            name="campaign",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="villages",
                to="dossiers.sweepcampaign",
                verbose_name="sweep campaign",
            ),
        ),
        migrations.AddField(
            model_name="sweepvillage",
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
            model_name="sweepvillage",
            name="village",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="villages.village",
                verbose_name="village",
            ),
        ),
        migrations.AddField(
            model_name="monitoringcase",
            name="sweep_village",
            field=registry.tenancy.fields.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="leads",
                to="dossiers.sweepvillage",
                verbose_name="found in the sweep",
            ),
        ),
        migrations.AddField(
            model_name="monitoringcase",
            name="next_due",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(state="lead", then=models.Value("decision")),
                    models.When(
                        models.Q(("measured_on__isnull", True), ("state", "confirmed")),
                        then=models.Value("first_measure"),
                    ),
                    models.When(
                        models.Q(("developed_on__isnull", True), ("is_without_labour", False), ("state", "confirmed")),
                        then=models.Value("development_measure"),
                    ),
                    default=models.Value(""),
                ),
                output_field=models.CharField(
                    choices=[
                        ("", "Nothing is due"),
                        ("decision", "Decision on the lead"),
                        ("first_measure", "First measure"),
                        ("development_measure", "First development measure"),
                    ],
                    max_length=19,
                ),
                verbose_name="what is due",
            ),
        ),
        migrations.AddField(
            model_name="monitoringcase",
            name="next_due_on",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(state="lead", then=models.F("due_on")),
                    models.When(
                        models.Q(("measured_on__isnull", True), ("state", "confirmed")),
                        then=models.F("measures_due_on"),
                    ),
                    models.When(
                        models.Q(("developed_on__isnull", True), ("is_without_labour", False), ("state", "confirmed")),
                        then=models.F("development_due_on"),
                    ),
                    default=None,
                ),
                output_field=models.DateField(null=True),
                verbose_name="due by",
            ),
        ),
        migrations.AddIndex(
            model_name="monitoringcase",
            index=models.Index(
                condition=models.Q(("next_due_on__isnull", False)),
                fields=["tenant", "next_due_on", "id"],
                name="monitoringcase_next_due",
            ),
        ),
        migrations.AddIndex(
            model_name="monitoringcase",
            index=models.Index(fields=["tenant", "sweep_village"], name="monitoringcase_sweep"),
        ),
        migrations.AddConstraint(
            model_name="monitoringcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("confirmed_on__isnull", True), ("confirmed_on__gte", models.F("lead_on")), _connector="OR"
                    ),
                    models.Q(("ended_on__isnull", True), ("ended_on__gte", models.F("lead_on")), _connector="OR"),
                    models.Q(
                        ("ended_on__isnull", True),
                        ("confirmed_on__isnull", True),
                        ("ended_on__gte", models.F("confirmed_on")),
                        _connector="OR",
                    ),
                ),
                name="monitoringcase_days_are_ordered",
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoringcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_on__isnull", True),
                    models.Q(
                        ("development_due_on__isnull", False),
                        ("measures_due_on__isnull", False),
                        ("removable_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="monitoringcase_confirmed_has_its_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoringcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("developed_on__isnull", True),
                    models.Q(("measured_on__isnull", False), ("measured_on__lte", models.F("developed_on"))),
                    _connector="OR",
                ),
                name="monitoringcase_development_is_a_measure",
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoringcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("checked_on__isnull", True),
                        ("checked_year__isnull", True),
                        ("has_medical_care__isnull", True),
                        ("has_safe_housing__isnull", True),
                        ("has_safe_water__isnull", True),
                        ("has_schooling__isnull", True),
                        ("line_yuan__isnull", True),
                        ("net_per_head_yuan__isnull", True),
                    ),
                    models.Q(
                        ("checked_on__isnull", False),
                        ("checked_year__isnull", False),
                        ("has_medical_care__isnull", False),
                        ("has_safe_housing__isnull", False),
                        ("has_safe_water__isnull", False),
                        ("has_schooling__isnull", False),
                        ("line_yuan__isnull", False),
                        ("net_per_head_yuan__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="monitoringcase_checked_in_full",
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoringcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("removal_code", "1"), _negated=True), ("is_without_labour", False), _connector="OR"
                ),
                name="monitoringcase_without_labour_stays",
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoringcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("removal_code", "1"), _negated=True),
                    ("ended_on__gte", models.F("removable_on")),
                    _connector="OR",
                ),
                name="monitoringcase_removed_not_early",
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoringcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("removal_code", "1"), _negated=True),
                    models.Q(
                        ("checked_on__isnull", False),
                        ("checked_on__lte", models.F("ended_on")),
                        ("has_medical_care", True),
                        ("has_safe_housing", True),
                        ("has_safe_water", True),
                        ("has_schooling", True),
                        ("net_per_head_yuan__gte", models.F("line_yuan")),
                    ),
                    _connector="OR",
                ),
                name="monitoringcase_removed_on_evidence",
            ),
        ),
        migrations.AddConstraint(
            model_name="sweepcampaign",
            constraint=models.UniqueConstraint(fields=("tenant", "name"), name="sweepcampaign_name_once"),
        ),
        migrations.AddConstraint(
            model_name="sweepcampaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="sweepcampaign_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="sweepcampaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "closed"])), name="sweepcampaign_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="sweepcampaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="sweepcampaign_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="sweepcampaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on__isnull", True), ("state", "open")),
                    models.Q(
                        ("closed_on__gte", models.F("starts_on")), ("closed_on__isnull", False), ("state", "closed")
                    ),
                    _connector="OR",
                ),
                name="sweepcampaign_closed_has_its_day",
            ),
        ),
        migrations.AddIndex(
            model_name="sweepvillage",
            index=models.Index(fields=["tenant", "scope_code"], name="sweepvillage_scope"),
        ),
        migrations.AddConstraint(
            model_name="sweepvillage",
            constraint=models.UniqueConstraint(fields=("tenant", "campaign", "village"), name="sweepvillage_once"),
        ),
        migrations.AddConstraint(
            model_name="sweepvillage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("counted_on__isnull", True),
                        ("is_done", False),
                        ("to_visit_count__isnull", True),
                        ("visited_count", 0),
                        ("nobody_home_count", 0),
                        ("other_reason_count", 0),
                        ("refused_count", 0),
                        ("working_away_count", 0),
                    ),
                    models.Q(
                        ("counted_on__isnull", False),
                        (
                            "to_visit_count__gte",
                            django.db.models.expressions.CombinedExpression(
                                models.F("visited_count"),
                                "+",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("nobody_home_count"), "+", models.F("working_away_count")
                                        ),
                                        "+",
                                        models.F("refused_count"),
                                    ),
                                    "+",
                                    models.F("other_reason_count"),
                                ),
                            ),
                        ),
                        ("to_visit_count__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="sweepvillage_counts_add_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="sweepvillage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_done", False),
                    (
                        "to_visit_count",
                        django.db.models.expressions.CombinedExpression(
                            models.F("visited_count"),
                            "+",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("nobody_home_count"), "+", models.F("working_away_count")
                                    ),
                                    "+",
                                    models.F("refused_count"),
                                ),
                                "+",
                                models.F("other_reason_count"),
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="sweepvillage_done_left_nobody_out",
            ),
        ),
        ProtectTenantTable("sweepcampaign", policy=Policy.SHARED),
        ProtectTenantTable("sweepvillage", policy=Policy.RANGED),
        TenantLink("sweepvillage", "campaign"),
        TenantLink("sweepvillage", "village"),
        TenantLink("monitoringcase", "sweep_village"),
    ]
    operations = folded(operations)
