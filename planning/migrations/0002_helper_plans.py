"""Plans of helpers: proposals and choices, the parts that townships confirm, and who is related."""

import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.lib.states import guard_sql, unguard_sql
from registry.tenancy.folding import folded
from registry.tenancy.operations import ProtectTenantTable, TenantLink

PLAN_PAIRS = (("draft", "published"), ("draft", "withdrawn"), ("published", "over"))
PART_PAIRS = (("offered", "confirmed"), ("offered", "declined"), ("offered", "ended"))


class Migration(migrations.Migration):
    dependencies = [
        ("assistance", "0015_helper_ranks"),
        ("households", "0040_tell_the_sex_of_who_is_offered"),
        ("planning", "0001_dispatch_plans"),
        ("registry", "0018_dispatch_office"),
    ]

    operations = [
        migrations.CreateModel(
            name="HelperPlan",
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
                ("title", models.CharField(max_length=100, verbose_name="title")),
                ("area_code", models.CharField(db_collation="C", max_length=12, verbose_name="county or township")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("weight_near", models.PositiveSmallIntegerField(default=3, verbose_name="weight of a short way")),
                ("weight_stay", models.PositiveSmallIntegerField(default=2, verbose_name="weight of staying on")),
                (
                    "keeps_leads",
                    models.BooleanField(
                        default=True,
                        help_text="A household keeps its lead unless that one cannot stay.",
                        verbose_name="leads stay",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "Published"),
                            ("over", "Over"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="decided at")),
                ("reason", models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason")),
                (
                    "open_parts_count",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="townships that have not decided"
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
                "verbose_name": "plan of helpers",
                "verbose_name_plural": "plans of helpers",
                "ordering": ["-starts_on", "title"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="HelperProposal",
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
                (
                    "origin",
                    models.CharField(
                        choices=[("solver", "Reckoned"), ("hand", "Changed by hand")],
                        max_length=6,
                        verbose_name="how it came about",
                    ),
                ),
                ("cost", models.BigIntegerField(verbose_name="points")),
                ("bound", models.BigIntegerField(verbose_name="no plan has fewer points than")),
                ("helpers_count", models.PositiveIntegerField(verbose_name="helpers who take part")),
                ("households_count", models.PositiveIntegerField(verbose_name="households")),
                ("covered_count", models.PositiveIntegerField(verbose_name="households with a lead")),
                ("changed_count", models.PositiveIntegerField(verbose_name="households whose lead changes")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="why it was changed")),
                ("is_chosen", models.BooleanField(default=False, verbose_name="published")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="made at"),
                ),
                (
                    "plan",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="planning.helperplan",
                        verbose_name="plan",
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
                "verbose_name": "proposal of helpers",
                "verbose_name_plural": "proposals of helpers",
                "ordering": ["plan", "-number"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="HelperPart",
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
                ("changed_count", models.PositiveIntegerField(verbose_name="households whose lead changes")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "Waits for the township"),
                            ("confirmed", "Confirmed and applied"),
                            ("declined", "Declined"),
                            ("ended", "Ended by the office"),
                        ],
                        default="offered",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("published_by", models.UUIDField(editable=False, null=True, verbose_name="published by")),
                ("decided_by", models.UUIDField(editable=False, null=True, verbose_name="decided by")),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="decided at")),
                ("answer", models.CharField(blank=True, editable=False, max_length=200, verbose_name="answer")),
                ("applied_count", models.PositiveIntegerField(default=0, editable=False, verbose_name="applied")),
                ("left_count", models.PositiveIntegerField(default=0, editable=False, verbose_name="left as they are")),
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
                    "plan",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="planning.helperplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "proposal",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="planning.helperproposal",
                        verbose_name="proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "part of a plan of helpers",
                "verbose_name_plural": "parts of plans of helpers",
                "ordering": ["-created_at", "scope_code"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="HelperChoice",
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
                    "why",
                    models.CharField(
                        choices=[
                            ("stays", "Stays with its lead"),
                            ("team", "The unit's team is in the village"),
                            ("known", "Leads in the village already"),
                            ("near", "From another village"),
                            ("elsewhere", "From anywhere"),
                            ("hand", "Chosen by hand"),
                            ("full", "Nobody has room"),
                            ("no_helper", "Nobody takes part"),
                            ("barred", "Nobody with room may lead it"),
                        ],
                        max_length=10,
                        verbose_name="why",
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("nobody", "Nobody led it"),
                            ("stand_in", "A unit stood in"),
                            ("stayed", "The lead stays"),
                            ("left", "The lead takes part no more"),
                            ("loaded", "The lead has more households than the limit"),
                            ("better", "Another one suits better"),
                        ],
                        max_length=10,
                        verbose_name="who led before",
                    ),
                ),
                ("by_hand", models.BooleanField(default=False, verbose_name="chosen by hand")),
                ("changes", models.BooleanField(default=False, verbose_name="changes the lead")),
                ("km", models.PositiveIntegerField(null=True, verbose_name="way (km)")),
                ("points", models.BigIntegerField(default=0, verbose_name="points")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waits", "Waits"),
                            ("paired", "Paired"),
                            ("handed_over", "Handed over"),
                            ("changed_since", "Left: its lead changed since"),
                            ("needs_none", "Left: it needs no lead any more"),
                            ("barred_since", "Left: this helper may not lead it"),
                            ("full_since", "Left: the helper has as many households as the limit allows"),
                            ("left_since", "Left: the helper takes part no more"),
                        ],
                        default="waits",
                        max_length=13,
                        verbose_name="what became of it",
                    ),
                ),
                (
                    "helper",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assistance.helper",
                        verbose_name="helper",
                    ),
                ),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.household",
                        verbose_name="household",
                    ),
                ),
                (
                    "present",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assistance.helper",
                        verbose_name="leads now",
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
                    "proposal",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="choices",
                        to="planning.helperproposal",
                        verbose_name="proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "choice of a helper",
                "verbose_name_plural": "choices of helpers",
                "ordering": ["proposal", "scope_code", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="RelatedPair",
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
                    "helper",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assistance.helper",
                        verbose_name="helper",
                    ),
                ),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                        related_name="related_pairs",
                        to="planning.helperplan",
                        verbose_name="plan",
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
                "verbose_name": "related pair",
                "verbose_name_plural": "related pairs",
                "ordering": ["plan", "household"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddConstraint(
            model_name="helperplan",
            constraint=models.UniqueConstraint(fields=("tenant", "title"), name="helperplan_title_once"),
        ),
        migrations.AddConstraint(
            model_name="helperplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="helperplan_title_is_given"
            ),
        ),
        migrations.AddConstraint(
            model_name="helperplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "published"), ("open_parts_count", 0), _connector="OR"),
                name="helperplan_open_parts_while_published",
            ),
        ),
        migrations.AddConstraint(
            model_name="helperplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight_near__lte", 10), ("weight_stay__lte", 10)),
                name="helperplan_weights_are_ten_at_most",
            ),
        ),
        migrations.AddConstraint(
            model_name="helperproposal",
            constraint=models.UniqueConstraint(fields=("tenant", "plan", "number"), name="helperproposal_number_once"),
        ),
        migrations.AddConstraint(
            model_name="helperproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_chosen", True)),
                fields=("tenant", "plan"),
                name="helperproposal_one_is_published",
            ),
        ),
        migrations.AddConstraint(
            model_name="helperproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("bound__lte", models.F("cost"))), name="helperproposal_bound_is_below"
            ),
        ),
        migrations.AddConstraint(
            model_name="helperproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("changed_count__lte", models.F("covered_count")),
                    ("covered_count__lte", models.F("households_count")),
                ),
                name="helperproposal_counts_are_parts",
            ),
        ),
        migrations.AddConstraint(
            model_name="helperpart",
            constraint=models.UniqueConstraint(
                fields=("tenant", "plan", "scope_code"), name="helperpart_once_a_township"
            ),
        ),
        migrations.AddConstraint(
            model_name="helperpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["confirmed", "declined"]), _negated=True),
                    ("published_by__isnull", True),
                    ("decided_by__isnull", True),
                    models.Q(("published_by", models.F("decided_by")), _negated=True),
                    _connector="OR",
                ),
                name="helperpart_second_person_decides",
            ),
        ),
        migrations.AddConstraint(
            model_name="helperpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "confirmed"), _negated=True),
                    (
                        "changed_count",
                        django.db.models.expressions.CombinedExpression(
                            models.F("applied_count"), "+", models.F("left_count")
                        ),
                    ),
                    _connector="OR",
                ),
                name="helperpart_counts_add_up",
            ),
        ),
        migrations.AddIndex(
            model_name="helperchoice",
            index=models.Index(fields=["tenant", "proposal", "scope_code", "id"], name="helperchoice_by_village"),
        ),
        migrations.AddConstraint(
            model_name="helperchoice",
            constraint=models.UniqueConstraint(
                fields=("tenant", "household", "proposal"), name="helperchoice_household_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="helperchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("changes", False),
                        ("helper__isnull", True),
                        ("why__in", ["full", "no_helper", "barred", "hand"]),
                    ),
                    models.Q(
                        ("helper__isnull", False),
                        models.Q(("why__in", ("full", "no_helper", "barred")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="helperchoice_says_why_nobody",
            ),
        ),
        migrations.AddConstraint(
            model_name="relatedpair",
            constraint=models.UniqueConstraint(
                fields=("tenant", "household", "helper", "plan"), name="relatedpair_once_a_plan"
            ),
        ),
        ProtectTenantTable("helperplan", policy=Policy.SHARED),
        ProtectTenantTable("helperproposal", policy=Policy.SHARED),
        # A choice never changes; what became of it is written once.
        ProtectTenantTable("helperchoice", policy=Policy.RANGED, updatable=("scope_code", "outcome")),
        ProtectTenantTable("helperpart", policy=Policy.RANGED),
        ProtectTenantTable("relatedpair", policy=Policy.RANGED, deletable=True),
        TenantLink("helperproposal", "plan"),
        TenantLink("helperchoice", "proposal"),
        TenantLink("helperchoice", "household"),
        TenantLink("helperchoice", "helper"),
        TenantLink("helperchoice", "present"),
        TenantLink("helperpart", "plan"),
        TenantLink("helperpart", "proposal"),
        TenantLink("relatedpair", "plan"),
        TenantLink("relatedpair", "household"),
        TenantLink("relatedpair", "helper"),
        migrations.RunSQL(
            guard_sql("planning_helperplan", "state", PLAN_PAIRS), unguard_sql("planning_helperplan", "state")
        ),
        migrations.RunSQL(
            guard_sql("planning_helperpart", "state", PART_PAIRS), unguard_sql("planning_helperpart", "state")
        ),
    ]
    operations = folded(operations)
