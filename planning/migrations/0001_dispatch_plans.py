"""Units to be sent, plans, proposals, and the parts that counties decide."""

from decimal import Decimal

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from households.workflow import guard_sql, unguard_sql
from registry.enums import Policy
from registry.tenancy.folding import folded
from registry.tenancy.operations import ProtectTenantTable, TenantLink

PLAN_PAIRS = (("draft", "published"), ("draft", "withdrawn"))
PART_PAIRS = (("offered", "accepted"), ("offered", "declined"))


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0018_dispatch_office"),
        ("villages", "0002_basics"),
    ]

    operations = [
        migrations.CreateModel(
            name="DispatchPlan",
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
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="until (not included)")),
                ("weight_income", models.PositiveSmallIntegerField(default=1, verbose_name="weight of income")),
                ("weight_risk", models.PositiveSmallIntegerField(default=1, verbose_name="weight of risk")),
                ("weight_remoteness", models.PositiveSmallIntegerField(default=1, verbose_name="weight of remoteness")),
                ("weight_facilities", models.PositiveSmallIntegerField(default=1, verbose_name="weight of facilities")),
                (
                    "weight_hardest",
                    models.PositiveSmallIntegerField(default=4, verbose_name="weight of the strongest to the hardest"),
                ),
                (
                    "weight_skills",
                    models.PositiveSmallIntegerField(default=3, verbose_name="weight of skills that are needed"),
                ),
                ("weight_distance", models.PositiveSmallIntegerField(default=2, verbose_name="weight of a short way")),
                ("weight_change", models.PositiveSmallIntegerField(default=1, verbose_name="weight of staying on")),
                (
                    "farthest_km",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="In a straight line. Empty: no limit. Where a place is not known the limit cannot be asked.",
                        null=True,
                        verbose_name="farthest (km)",
                    ),
                ),
                (
                    "keeps_teams",
                    models.BooleanField(
                        default=False,
                        help_text="Whoever is in a village now stays there.",
                        verbose_name="teams that are there stay",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published"), ("withdrawn", "Withdrawn")],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "needs_taken_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="figures of need taken at"),
                ),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="decided at")),
                ("reason", models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason")),
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
                "verbose_name": "dispatch plan",
                "verbose_name_plural": "dispatch plans",
                "ordering": ["-starts_on", "title"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="DispatchUnit",
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
                ("level_code", models.CharField(max_length=20, verbose_name="level")),
                ("uscc", models.CharField(blank=True, max_length=18, verbose_name="unified social credit code")),
                ("capacity", models.PositiveSmallIntegerField(default=1, verbose_name="teams it can send")),
                (
                    "strength",
                    models.PositiveSmallIntegerField(
                        default=50,
                        help_text="What the unit can bring in people and means, as the authority rates it.",
                        verbose_name="strength (0 to 100)",
                    ),
                ),
                (
                    "skills",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("income", "Income: industry, sales, jobs"),
                                ("risk", "Risk: health, care, insurance, school"),
                                ("facilities", "Facilities: works and supplies"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="good at",
                    ),
                ),
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
                ("is_active", models.BooleanField(default=True, verbose_name="takes part")),
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
                "verbose_name": "unit to be sent",
                "verbose_name_plural": "units to be sent",
                "ordering": ["name"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PlanPart",
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
                ("key", models.UUIDField(editable=False, verbose_name="key")),
                (
                    "direction",
                    models.CharField(
                        choices=[("sent", "Sent to a county"), ("received", "Received from above")],
                        max_length=8,
                        verbose_name="direction",
                    ),
                ),
                (
                    "other_code",
                    models.CharField(db_collation="C", max_length=12, verbose_name="code of the other side"),
                ),
                ("other_name", models.CharField(max_length=100, verbose_name="other side")),
                ("title", models.CharField(max_length=100, verbose_name="title")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="until (not included)")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "Waits for the county"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                        ],
                        default="offered",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=200, verbose_name="answer")),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="decided at")),
                (
                    "plan",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="planning.dispatchplan",
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
                "verbose_name": "part of a dispatch plan",
                "verbose_name_plural": "parts of dispatch plans",
                "ordering": ["-created_at"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PartVillage",
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
                ("village_code", models.CharField(db_collation="C", max_length=12, verbose_name="division code")),
                ("village_name", models.CharField(max_length=100, verbose_name="village")),
                ("unit_name", models.CharField(max_length=100, verbose_name="unit")),
                ("level_code", models.CharField(max_length=20, verbose_name="level")),
                ("uscc", models.CharField(blank=True, max_length=18, verbose_name="unified social credit code")),
                ("why", models.JSONField(default=dict, verbose_name="explanation")),
                (
                    "team",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatched",
                        to="villages.workteam",
                        verbose_name="work team",
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
                    "part",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="villages",
                        to="planning.planpart",
                        verbose_name="part",
                    ),
                ),
            ],
            options={
                "verbose_name": "village of a part",
                "verbose_name_plural": "villages of a part",
                "ordering": ["part", "village_code"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PlanVillage",
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
                ("code", models.CharField(db_collation="C", max_length=12, verbose_name="division code")),
                ("name", models.CharField(max_length=100, verbose_name="village")),
                ("county_code", models.CharField(db_collation="C", max_length=12, verbose_name="county's code")),
                ("county_name", models.CharField(max_length=100, verbose_name="county")),
                (
                    "income",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=4, null=True, verbose_name="income gap"
                    ),
                ),
                (
                    "risk",
                    models.DecimalField(blank=True, decimal_places=3, max_digits=4, null=True, verbose_name="risk"),
                ),
                (
                    "facilities",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=4, null=True, verbose_name="facilities missing"
                    ),
                ),
                (
                    "remoteness_km",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="from the middle of the county (km)"
                    ),
                ),
                ("difficulty", models.DecimalField(decimal_places=3, max_digits=4, verbose_name="difficulty")),
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
                (
                    "plan",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="villages",
                        to="planning.dispatchplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "present_unit",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="planning.dispatchunit",
                        verbose_name="unit that is there now",
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
                "verbose_name": "village of a plan",
                "verbose_name_plural": "villages of a plan",
                "ordering": ["plan", "-difficulty", "code"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Proposal",
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
                ("villages_count", models.PositiveIntegerField(verbose_name="villages")),
                ("covered_count", models.PositiveIntegerField(verbose_name="villages with a unit")),
                ("moved_count", models.PositiveIntegerField(verbose_name="villages whose unit changes")),
                ("mean_km", models.PositiveIntegerField(null=True, verbose_name="mean way (km)")),
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
                        to="planning.dispatchplan",
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
                "verbose_name": "proposal",
                "verbose_name_plural": "proposals",
                "ordering": ["plan", "-number"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ProposalChoice",
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
                ("by_hand", models.BooleanField(default=False, verbose_name="chosen by hand")),
                ("km", models.PositiveIntegerField(null=True, verbose_name="way (km)")),
                ("points", models.PositiveIntegerField(default=0, verbose_name="points")),
                (
                    "met",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        default=list,
                        size=None,
                        verbose_name="needs that are met",
                    ),
                ),
                ("next_more", models.IntegerField(null=True, verbose_name="worse by (points)")),
                (
                    "next_unit",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="planning.dispatchunit",
                        verbose_name="next best",
                    ),
                ),
                (
                    "proposal",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="choices",
                        to="planning.proposal",
                        verbose_name="proposal",
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
                    "unit",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="planning.dispatchunit",
                        verbose_name="unit",
                    ),
                ),
                (
                    "village",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="choices",
                        to="planning.planvillage",
                        verbose_name="village",
                    ),
                ),
            ],
            options={
                "verbose_name": "choice",
                "verbose_name_plural": "choices",
                "ordering": ["proposal", "village"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddConstraint(
            model_name="dispatchplan",
            constraint=models.UniqueConstraint(
                fields=("tenant", "scope_code", "title"), name="dispatchplan_title_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatchplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="dispatchplan_title_is_given"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatchplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="dispatchplan_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatchplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("weight_change__lte", 10),
                    ("weight_distance__lte", 10),
                    ("weight_facilities__lte", 10),
                    ("weight_hardest__lte", 10),
                    ("weight_income__lte", 10),
                    ("weight_remoteness__lte", 10),
                    ("weight_risk__lte", 10),
                    ("weight_skills__lte", 10),
                ),
                name="dispatchplan_weights_are_ten_at_most",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatchunit",
            constraint=models.UniqueConstraint(fields=("tenant", "scope_code", "name"), name="dispatchunit_name_once"),
        ),
        migrations.AddConstraint(
            model_name="dispatchunit",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="dispatchunit_name_is_given"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatchunit",
            constraint=models.CheckConstraint(
                condition=models.Q(("strength__lte", 100)), name="dispatchunit_strength_is_a_share"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatchunit",
            constraint=models.CheckConstraint(
                condition=models.Q(("capacity__lte", 500)), name="dispatchunit_capacity_is_plausible"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatchunit",
            constraint=models.CheckConstraint(
                condition=models.Q(("skills__contained_by", ["facilities", "income", "risk"])),
                name="dispatchunit_skills_are_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatchunit",
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
                name="dispatchunit_is_a_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="planpart",
            constraint=models.UniqueConstraint(fields=("tenant", "key"), name="planpart_key_once"),
        ),
        migrations.AddConstraint(
            model_name="planpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="planpart_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="planpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("direction", "sent"), ("plan__isnull", False)),
                    models.Q(("direction", "received"), ("plan__isnull", True)),
                    _connector="OR",
                ),
                name="planpart_sent_has_its_plan",
            ),
        ),
        migrations.AddConstraint(
            model_name="partvillage",
            constraint=models.UniqueConstraint(
                fields=("tenant", "part", "village_code"), name="partvillage_once_a_part"
            ),
        ),
        migrations.AddConstraint(
            model_name="planvillage",
            constraint=models.UniqueConstraint(fields=("tenant", "plan", "code"), name="planvillage_once_a_plan"),
        ),
        migrations.AddConstraint(
            model_name="planvillage",
            constraint=models.CheckConstraint(
                condition=models.Q(("difficulty__gte", 0), ("difficulty__lte", 1)),
                name="planvillage_difficulty_is_a_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="planvillage",
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
                name="planvillage_is_a_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(fields=("tenant", "plan", "number"), name="proposal_number_once"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_chosen", True)), fields=("tenant", "plan"), name="proposal_one_is_published"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("bound__lte", models.F("cost"))), name="proposal_bound_is_below"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("covered_count__lte", models.F("villages_count"))),
                name="proposal_covers_no_more_than_there_are",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposalchoice",
            constraint=models.UniqueConstraint(
                fields=("tenant", "proposal", "village"), name="proposalchoice_village_once"
            ),
        ),
        ProtectTenantTable("dispatchunit", policy=Policy.RANGED),
        ProtectTenantTable("dispatchplan", policy=Policy.RANGED),
        ProtectTenantTable("planvillage", policy=Policy.RANGED, deletable=True),
        ProtectTenantTable("proposal", policy=Policy.RANGED),
        ProtectTenantTable("proposalchoice", policy=Policy.RANGED),
        ProtectTenantTable("planpart", policy=Policy.RANGED),
        ProtectTenantTable("partvillage", policy=Policy.RANGED),
        TenantLink("planvillage", "plan"),
        TenantLink("planvillage", "present_unit"),
        TenantLink("proposal", "plan"),
        TenantLink("proposalchoice", "proposal"),
        TenantLink("proposalchoice", "village"),
        TenantLink("proposalchoice", "unit"),
        TenantLink("proposalchoice", "next_unit"),
        TenantLink("planpart", "plan"),
        TenantLink("partvillage", "part"),
        TenantLink("partvillage", "team"),
        migrations.RunSQL(
            guard_sql("planning_dispatchplan", "state", PLAN_PAIRS), unguard_sql("planning_dispatchplan", "state")
        ),
        migrations.RunSQL(
            guard_sql("planning_planpart", "state", PART_PAIRS), unguard_sql("planning_planpart", "state")
        ),
    ]
    operations = folded(operations)
