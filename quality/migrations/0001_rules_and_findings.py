import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
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
        ("households", "0002_arm_workflow"),
        ("registry", "0003_open_platform_tenant"),
        ("villages", "0001_villages_and_units"),
    ]

    operations = [
        migrations.CreateModel(
            name="SuspicionList",
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
                ("sender", models.CharField(max_length=100, verbose_name="sender")),
                ("received_on", models.DateField(verbose_name="received on")),
                ("due_on", models.DateField(verbose_name="to be answered by")),
                (
                    "headings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), default=list, size=None, verbose_name="headings"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("uploaded_by", models.UUIDField(null=True, verbose_name="uploaded by")),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="uploaded at")),
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
                "verbose_name": "suspicion list",
                "verbose_name_plural": "suspicion lists",
                "ordering": ["-uploaded_at", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="SuspicionLine",
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
                ("line_number", models.PositiveIntegerField(verbose_name="line of the list")),
                ("rule_text", models.CharField(max_length=300, verbose_name="what is doubted")),
                ("cells_sealed", models.BinaryField(verbose_name="cells of the sender")),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspicion_lines",
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
                        related_name="suspicion_lines",
                        to="households.person",
                        verbose_name="person",
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
                    "suspicion_list",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="quality.suspicionlist",
                        verbose_name="suspicion list",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a suspicion list",
                "verbose_name_plural": "lines of suspicion lists",
                "ordering": ["suspicion_list", "line_number"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Finding",
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
                ("rule_code", models.CharField(blank=True, db_collation="C", max_length=20, verbose_name="rule")),
                ("rule_version", models.PositiveSmallIntegerField(default=0, verbose_name="version of the rule")),
                (
                    "severity",
                    models.CharField(
                        choices=[("refuse", "Refused at entry"), ("warn", "Warning"), ("suspicion", "Suspicion")],
                        max_length=10,
                        verbose_name="severity",
                    ),
                ),
                (
                    "sector",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("education", "Education"),
                            ("medical_insurance", "Medical insurance"),
                            ("civil_affairs", "Civil affairs"),
                            ("housing", "Housing"),
                            ("water", "Water"),
                            ("disability", "Disability"),
                        ],
                        max_length=20,
                        verbose_name="sector",
                    ),
                ),
                ("subject_id", models.UUIDField(editable=False, verbose_name="object")),
                ("first_seen_on", models.DateField(verbose_name="first seen on")),
                ("last_seen_on", models.DateField(verbose_name="last seen on")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("assigned", "Assigned"),
                            ("fixed", "Fixed"),
                            ("exempted", "Exempted"),
                            ("as_recorded", "True as recorded"),
                        ],
                        default="new",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("reopened_count", models.PositiveSmallIntegerField(default=0, verbose_name="opened again")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                (
                    "assignee_role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("system_administrator", "System administrator"),
                            ("security_administrator", "Security administrator"),
                            ("audit_administrator", "Audit administrator"),
                            ("county_office", "County office"),
                            ("sector_clerk", "Sector clerk"),
                            ("township_clerk", "Township clerk"),
                            ("village_team", "Village team"),
                            ("helper", "Helper"),
                            ("prefecture_reader", "Prefecture reader"),
                            ("province_reader", "Province reader"),
                            ("machine_client", "Machine client"),
                            ("service", "Automatic work"),
                        ],
                        max_length=30,
                        verbose_name="assigned to the role",
                    ),
                ),
                ("assignee_id", models.UUIDField(blank=True, null=True, verbose_name="assigned to")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="to be settled by")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("answered_by", models.UUIDField(blank=True, null=True, verbose_name="answered by")),
                ("line_number", models.PositiveIntegerField(blank=True, null=True, verbose_name="line of the list")),
                (
                    "evidence",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="registry.document",
                        verbose_name="evidence",
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
                        related_name="findings",
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
                        related_name="findings",
                        to="households.person",
                        verbose_name="person",
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
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="villages.village",
                        verbose_name="village",
                    ),
                ),
                (
                    "suspicion_list",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="quality.suspicionlist",
                        verbose_name="suspicion list",
                    ),
                ),
            ],
            options={
                "verbose_name": "finding",
                "verbose_name_plural": "findings",
                "ordering": ["due_on", "scope_code", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Exemption",
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
                (
                    "state",
                    models.CharField(
                        choices=[("requested", "Requested"), ("approved", "Approved"), ("refused", "Refused")],
                        default="requested",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("expires_on", models.DateField(verbose_name="valid until (not included)")),
                ("requested_by", models.UUIDField(verbose_name="requested by")),
                ("requested_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="requested at")),
                ("decided_by", models.UUIDField(blank=True, null=True, verbose_name="decided by")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                (
                    "decision_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason of the decision"),
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
                    "finding",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exemptions",
                        to="quality.finding",
                        verbose_name="finding",
                    ),
                ),
            ],
            options={
                "verbose_name": "exemption",
                "verbose_name_plural": "exemptions",
                "ordering": ["-requested_at", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["tenant", "finding"], name="exemption_finding")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "requested")),
                        fields=("tenant", "finding"),
                        name="exemption_one_request_at_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["requested", "approved", "refused"])),
                        name="exemption_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="exemption_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "requested")
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("state__in", ["approved", "refused"]),
                                models.Q(("decided_by", models.F("requested_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="exemption_decided_by_a_second_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleParameter",
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
                ("rule_code", models.CharField(db_collation="C", max_length=20, verbose_name="rule")),
                ("name", models.CharField(db_collation="C", max_length=40, verbose_name="parameter")),
                ("from_year", models.PositiveSmallIntegerField(verbose_name="from the year")),
                ("value", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="value")),
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
                "verbose_name": "parameter of a rule",
                "verbose_name_plural": "parameters of rules",
                "ordering": ["rule_code", "name", "-from_year"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "rule_code", "name", "from_year"), name="ruleparameter_once_a_year"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_year__gte", 2000), ("from_year__lte", 2100)),
                        name="ruleparameter_year_is_plausible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", "enabled"), _negated=True), ("value__in", [0, 1]), _connector="OR"
                        ),
                        name="ruleparameter_switch_is_0_or_1",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="suspicionlist",
            constraint=models.UniqueConstraint(fields=("tenant", "sha256"), name="suspicionlist_once"),
        ),
        migrations.AddConstraint(
            model_name="suspicionlist",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("sender", ""), _negated=True)),
                name="suspicionlist_has_a_sender",
            ),
        ),
        migrations.AddIndex(
            model_name="suspicionline",
            index=models.Index(fields=["tenant", "household"], name="suspicionline_household"),
        ),
        migrations.AddConstraint(
            model_name="suspicionline",
            constraint=models.UniqueConstraint(
                fields=("tenant", "suspicion_list", "line_number"), name="suspicionline_once"
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(fields=["tenant", "household"], name="finding_household"),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(fields=["tenant", "person"], name="finding_person"),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                condition=models.Q(("state__in", ["new", "assigned"])),
                fields=["tenant", "scope_code"],
                name="finding_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("suspicion_list__isnull", True)),
                fields=("tenant", "rule_code", "household", "subject_id"),
                name="finding_once_a_rule_and_object",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("suspicion_list__isnull", False)),
                fields=("tenant", "suspicion_list", "line_number"),
                name="finding_once_a_line",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("line_number__isnull", True),
                        ("suspicion_list__isnull", True),
                        models.Q(("rule_code", ""), _negated=True),
                    ),
                    models.Q(("line_number__isnull", False), ("rule_code", ""), ("suspicion_list__isnull", False)),
                    _connector="OR",
                ),
                name="finding_is_of_a_rule_or_a_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "subject_id",
                        django.db.models.functions.comparison.Coalesce(
                            models.F("person"), models.F("household"), models.F("village")
                        ),
                    )
                ),
                name="finding_has_its_object",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["new", "assigned", "fixed", "exempted", "as_recorded"])),
                name="finding_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on__isnull", True), ("state__in", ["new", "assigned"])),
                    models.Q(models.Q(("state__in", ["new", "assigned"]), _negated=True), ("closed_on__isnull", False)),
                    _connector="OR",
                ),
                name="finding_closed_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "assigned"), _negated=True),
                    models.Q(("assignee_role", ""), _negated=True),
                    ("assignee_id__isnull", False),
                    _connector="OR",
                ),
                name="finding_assigned_to_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_seen_on__gte", models.F("first_seen_on"))),
                name="finding_last_seen_not_before_first",
            ),
        ),
        ProtectTenantTable("ruleparameter", policy=Policy.SHARED),
        ProtectTenantTable("suspicionlist", policy=Policy.SHARED),
        ProtectTenantTable("suspicionline", policy=Policy.RANGED),
        ProtectTenantTable("finding", policy=Policy.RANGED),
        ProtectTenantTable("exemption", policy=Policy.RANGED),
        TenantLink("suspicionline", "suspicion_list"),
        TenantLink("suspicionline", "household"),
        TenantLink("suspicionline", "person"),
        TenantLink("finding", "household"),
        TenantLink("finding", "person"),
        TenantLink("finding", "village"),
        TenantLink("finding", "evidence"),
        TenantLink("finding", "suspicion_list"),
        TenantLink("exemption", "finding"),
    ]
    operations = folded(operations)
