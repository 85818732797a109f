"""Forms that offices send down, their columns and spellings, and the part of each village."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from households.workflow import guard_sql, unguard_sql
from registry.enums import Policy
from registry.tenancy.operations import ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0019_tallies"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormRequest",
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
                ("edition", models.PositiveSmallIntegerField(default=1, verbose_name="edition")),
                ("sender", models.CharField(max_length=100, verbose_name="office that asks")),
                ("received_on", models.DateField(verbose_name="received on")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                (
                    "level",
                    models.CharField(
                        choices=[("household", "Household"), ("person", "Person"), ("village", "Village")],
                        max_length=10,
                        verbose_name="a row for each",
                    ),
                ),
                (
                    "subjects",
                    models.CharField(
                        choices=[
                            ("all", "All on the register"),
                            ("filed", "Filed: not lifted and lifted"),
                            ("not_lifted", "Not lifted"),
                            ("lifted", "Lifted"),
                            ("monitored", "Monitored, risk not removed"),
                        ],
                        default="all",
                        max_length=12,
                        verbose_name="of whom",
                    ),
                ),
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
                ("picture_id", models.UUIDField(blank=True, editable=False, null=True, verbose_name="snapshot")),
                ("counted_of", models.DateField(blank=True, null=True, verbose_name="counted of")),
                (
                    "replaces",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="oneform.formrequest",
                        verbose_name="edition before",
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
                "verbose_name": "form sent down",
                "verbose_name_plural": "forms sent down",
                "ordering": ["-received_on", "title", "-edition"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="FormPart",
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
                ("village_code", models.CharField(db_collation="C", max_length=12, verbose_name="village")),
                ("row_count", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("filled_count", models.PositiveIntegerField(default=0, verbose_name="cells filled by the register")),
                ("empty_count", models.PositiveIntegerField(default=0, verbose_name="cells empty in the register")),
                ("by_hand_count", models.PositiveIntegerField(default=0, verbose_name="cells to be filled by hand")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                ("done_by", models.UUIDField(blank=True, editable=False, null=True, verbose_name="done by")),
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
                    "form",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="oneform.formrequest",
                        verbose_name="form sent down",
                    ),
                ),
            ],
            options={
                "verbose_name": "part of a form",
                "verbose_name_plural": "parts of forms",
                "ordering": ["form", "village_code"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="FormColumn",
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
                ("place", models.PositiveSmallIntegerField(verbose_name="place")),
                ("label", models.CharField(max_length=100, verbose_name="label")),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("held", "Held by the register"),
                            ("by_hand", "To be filled by hand"),
                            ("refused", "Not needed for assistance: left empty"),
                        ],
                        max_length=10,
                        verbose_name="what becomes of it",
                    ),
                ),
                (
                    "column_key",
                    models.CharField(
                        blank=True, db_collation="C", default="", max_length=60, verbose_name="column of the register"
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
                    "form",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="columns",
                        to="oneform.formrequest",
                        verbose_name="form sent down",
                    ),
                ),
            ],
            options={
                "verbose_name": "column of a form",
                "verbose_name_plural": "columns of forms",
                "ordering": ["form", "place"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="FormAlias",
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
                ("label_key", models.CharField(max_length=100, verbose_name="label")),
                (
                    "level",
                    models.CharField(
                        choices=[("household", "Household"), ("person", "Person"), ("village", "Village")],
                        max_length=10,
                        verbose_name="a row for each",
                    ),
                ),
                (
                    "column_key",
                    models.CharField(db_collation="C", max_length=60, verbose_name="column of the register"),
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
                "verbose_name": "spelling of a column",
                "verbose_name_plural": "spellings of columns",
                "ordering": ["label_key"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "level", "label_key"), name="formalias_label_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="formrequest",
            constraint=models.UniqueConstraint(fields=("tenant", "title", "edition"), name="formrequest_edition_once"),
        ),
        migrations.AddConstraint(
            model_name="formrequest",
            constraint=models.UniqueConstraint(fields=("tenant", "replaces"), name="formrequest_replaced_once"),
        ),
        migrations.AddConstraint(
            model_name="formrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["household", "person", "village"])), name="formrequest_level_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="formrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("subjects__in", ["all", "filed", "not_lifted", "lifted", "monitored"])),
                name="formrequest_subjects_are_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="formrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("level", "village"), _negated=True), ("subjects", "all"), _connector="OR"),
                name="formrequest_villages_are_all",
            ),
        ),
        migrations.AddConstraint(
            model_name="formrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("sender", ""), _negated=True)),
                name="formrequest_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="formrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__isnull", True), ("due_on__gte", models.F("received_on")), _connector="OR"),
                name="formrequest_due_after_receipt",
            ),
        ),
        migrations.AddConstraint(
            model_name="formrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on__isnull", True), ("state", "open")),
                    models.Q(("closed_on__isnull", False), ("state", "closed")),
                    _connector="OR",
                ),
                name="formrequest_closed_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="formpart",
            constraint=models.UniqueConstraint(fields=("tenant", "form", "village_code"), name="formpart_village_once"),
        ),
        migrations.AddConstraint(
            model_name="formcolumn",
            constraint=models.UniqueConstraint(fields=("tenant", "form", "place"), name="formcolumn_place_once"),
        ),
        migrations.AddConstraint(
            model_name="formcolumn",
            constraint=models.CheckConstraint(
                condition=models.Q(("use__in", ["held", "by_hand", "refused"])), name="formcolumn_use_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="formcolumn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("use", "held"), models.Q(("column_key", ""), _negated=True)),
                    models.Q(models.Q(("use", "held"), _negated=True), ("column_key", "")),
                    _connector="OR",
                ),
                name="formcolumn_held_names_its_column",
            ),
        ),
        ProtectTenantTable("formrequest", policy=Policy.SHARED),
        TenantLink("formrequest", "replaces"),
        ProtectTenantTable("formcolumn", policy=Policy.SHARED, updatable=("scope_code", "use", "column_key")),
        TenantLink("formcolumn", "form"),
        ProtectTenantTable("formalias", policy=Policy.SHARED),
        ProtectTenantTable("formpart", policy=Policy.RANGED),
        TenantLink("formpart", "form"),
        migrations.RunSQL(
            guard_sql("oneform_formrequest", "state", (("open", "closed"),)),
            unguard_sql("oneform_formrequest", "state"),
        ),
    ]
