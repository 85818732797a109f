import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

import registry.models.sentence
import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.folding import folded
from registry.tenancy.operations import CreateScopeFunctions, OwnRowsOnly, ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        BtreeGistExtension(),
        CreateScopeFunctions(),
        migrations.CreateModel(
            name="DivisionEdition",
            fields=[
                ("edition", models.CharField(max_length=20, primary_key=True, serialize=False, verbose_name="edition")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("loaded_at", models.DateTimeField(auto_now=True, verbose_name="loaded at")),
                ("row_count", models.PositiveIntegerField(default=0, verbose_name="divisions")),
            ],
            options={
                "verbose_name": "edition of divisions",
                "verbose_name_plural": "editions of divisions",
                "ordering": ["-edition"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "id",
                    models.UUIDField(
                        default=registry.tenancy.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("username", models.CharField(max_length=60, unique=True, verbose_name="user name")),
                ("name", models.CharField(max_length=60, verbose_name="Name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                (
                    "email_verified_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="address verified at"),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("zh-hans", "Simplified Chinese"), ("en", "English")],
                        default="zh-hans",
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="may log in")),
                (
                    "failed_logins",
                    models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="failed logins in a row"),
                ),
                (
                    "locked_until",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="locked until"),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "ordering": ["username"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("username", django.db.models.functions.text.Lower("username"))),
                        name="user_username_is_lower_case",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Code",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scheme", models.CharField(max_length=40, verbose_name="code list")),
                ("edition", models.CharField(max_length=20, verbose_name="edition")),
                ("code", models.CharField(max_length=20, verbose_name="code")),
                ("label_zh", models.CharField(max_length=100, verbose_name="label in Chinese")),
                ("label_en", models.CharField(max_length=120, verbose_name="label in English")),
                ("parent_code", models.CharField(blank=True, max_length=20, verbose_name="parent")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("gb_scheme", models.CharField(blank=True, max_length=40, verbose_name="GB standard")),
                ("gb_code", models.CharField(blank=True, max_length=20, verbose_name="code in that standard")),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="other spellings",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="source or note")),
            ],
            options={
                "verbose_name": "code",
                "verbose_name_plural": "code lists",
                "ordering": ["scheme", "edition", "position", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("scheme", "edition", "code"), name="code_once_an_edition")
                ],
            },
        ),
        migrations.CreateModel(
            name="Tenant",
            fields=[
                ("id", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("code", models.CharField(db_collation="C", max_length=12, unique=True, verbose_name="division code")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("is_active", models.BooleanField(default=True, verbose_name="in service")),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="opened on")),
                (
                    "index_version",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, verbose_name="version of the index key"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
            ],
            options={
                "verbose_name": "tenant",
                "verbose_name_plural": "tenants",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^\\d{6}0{6}$")), name="tenant_code_is_county"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditEvent",
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
                ("seq", models.PositiveBigIntegerField(verbose_name="number")),
                ("at", models.DateTimeField(verbose_name="when")),
                ("user_id", models.UUIDField(null=True, verbose_name="user id")),
                ("username", models.CharField(blank=True, max_length=60, verbose_name="who")),
                (
                    "role",
                    models.CharField(
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
                        verbose_name="role",
                    ),
                ),
                ("origin", models.CharField(blank=True, max_length=100, verbose_name="from where")),
                ("verb", models.CharField(max_length=60, verbose_name="verb")),
                ("object_type", models.CharField(blank=True, max_length=60, verbose_name="object")),
                ("object_id", models.UUIDField(null=True, verbose_name="object id")),
                (
                    "field_names",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None, verbose_name="fields"
                    ),
                ),
                ("object_count", models.PositiveIntegerField(default=1, verbose_name="objects")),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="digest of the detail")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="why")),
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
                "verbose_name": "audit event",
                "verbose_name_plural": "audit events",
                "ordering": ["-seq"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="AuditDetail",
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
                ("object_id", models.UUIDField(null=True, verbose_name="object id")),
                ("at", models.DateTimeField(verbose_name="when")),
                ("before", models.JSONField(null=True, verbose_name="before")),
                ("after", models.JSONField(null=True, verbose_name="after")),
                (
                    "event",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="details",
                        to="registry.auditevent",
                        verbose_name="event",
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
                "verbose_name": "detail of an audit event",
                "verbose_name_plural": "details of audit events",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="AuditCounter",
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
                ("last_seq", models.PositiveBigIntegerField(default=0)),
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
                "verbose_name": "counter of audit events",
                "verbose_name_plural": "counters of audit events",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=registry.tenancy.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "role",
                    models.CharField(
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
                        verbose_name="role",
                    ),
                ),
                ("label", models.CharField(max_length=100, verbose_name="purpose")),
                ("prefix", models.CharField(max_length=8, verbose_name="begins with")),
                ("digest", models.BinaryField(max_length=32, unique=True, verbose_name="digest")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
                ),
                ("expires_at", models.DateTimeField(verbose_name="expires at")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked at")),
                ("last_used_at", models.DateTimeField(blank=True, null=True, verbose_name="last used at")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tokens",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.tenant",
                        verbose_name="tenant",
                    ),
                ),
            ],
            options={
                "verbose_name": "token",
                "verbose_name_plural": "tokens",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Division",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(db_collation="C", max_length=12, verbose_name="code")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "province"), (2, "prefecture"), (3, "county"), (4, "township"), (5, "village")],
                        verbose_name="level",
                    ),
                ),
                ("parent_code", models.CharField(blank=True, db_collation="C", max_length=12, verbose_name="parent")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="divisions",
                        to="registry.divisionedition",
                        verbose_name="edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "division",
                "verbose_name_plural": "divisions",
                "ordering": ["code"],
                "indexes": [models.Index(fields=["edition", "parent_code"], name="division_parent")],
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "code"), name="division_code_once_an_edition"),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^\\d{12}$")), name="division_code_has_12_digits"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DivisionPredecessor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(db_collation="C", max_length=12, verbose_name="code")),
                ("predecessor_code", models.CharField(db_collation="C", max_length=12, verbose_name="earlier code")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="registry.divisionedition",
                        verbose_name="edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "predecessor of a division",
                "verbose_name_plural": "predecessors of divisions",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "code", "predecessor_code"), name="divisionpredecessor_once_an_edition"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("report", models.CharField(max_length=60, verbose_name="report")),
                ("month", models.DateField(help_text="First day of the month.", verbose_name="month")),
                ("edition", models.PositiveIntegerField(default=1, verbose_name="edition")),
                ("figures", models.JSONField(verbose_name="figures")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="published at")),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.tenant",
                        verbose_name="county",
                    ),
                ),
            ],
            options={
                "verbose_name": "published figures",
                "verbose_name_plural": "published figures",
                "ordering": ["-month", "tenant", "-edition"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "report", "month", "edition"), name="publishedfigure_edition_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=registry.tenancy.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "role",
                    models.CharField(
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
                        verbose_name="role",
                    ),
                ),
                ("division_code", models.CharField(db_collation="C", max_length=12, verbose_name="division")),
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
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until (not included)")),
                (
                    "granted_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="granted by",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="registry.tenant",
                        verbose_name="tenant",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "ordering": ["user", "tenant", "role", "division_code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "tenant", "role", "sector", "division_code", "starts_on"),
                        name="membership_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="registry_membership_ends_not_before_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role", "sector_clerk"), models.Q(("sector", ""), _negated=True)),
                            models.Q(models.Q(("role", "sector_clerk"), _negated=True), ("sector", "")),
                            _connector="OR",
                        ),
                        name="membership_sector_for_sector_clerk",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("division_code__regex", "^\\d{12}$")),
                        name="membership_division_has_12_digits",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=registry.tenancy.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=60, verbose_name="kind")),
                ("key", models.CharField(max_length=100, verbose_name="key")),
                ("payload", models.BinaryField(verbose_name="sealed payload")),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sent at")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("failure", models.CharField(blank=True, max_length=100, verbose_name="why it waits")),
                ("delivered_at", models.DateTimeField(null=True, verbose_name="delivered at")),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.tenant",
                        verbose_name="receiver",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.tenant",
                        verbose_name="sender",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter",
                "verbose_name_plural": "letters",
                "ordering": ["-sent_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("sender", "kind", "key"), name="letter_key_once_a_sender"),
                    models.CheckConstraint(
                        condition=models.Q(("sender", models.F("receiver")), _negated=True),
                        name="letter_goes_to_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Job",
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
                ("kind", models.CharField(max_length=60, verbose_name="kind")),
                ("key", models.CharField(max_length=100, verbose_name="key")),
                (
                    "state",
                    models.CharField(
                        choices=[("queued", "Queued"), ("running", "Running"), ("done", "Done"), ("failed", "Failed")],
                        default="queued",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("arguments", models.JSONField(default=dict, verbose_name="arguments")),
                ("actor", models.JSONField(default=dict, verbose_name="in whose name")),
                ("progress_done", models.PositiveIntegerField(default=0, verbose_name="done")),
                ("progress_total", models.PositiveIntegerField(default=0, verbose_name="of")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("result", models.JSONField(default=dict, verbose_name="result")),
                ("error_code", models.CharField(blank=True, max_length=100, verbose_name="error code")),
                ("error", registry.models.sentence.SentenceField(blank=True, verbose_name="error")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="created at")),
                ("started_at", models.DateTimeField(null=True, verbose_name="started at")),
                ("heartbeat_at", models.DateTimeField(null=True, verbose_name="last sign of life")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished at")),
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
                "verbose_name": "job",
                "verbose_name_plural": "jobs",
                "ordering": ["-created_at"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("tenant", "kind", "key"), name="job_key_once")],
            },
        ),
        migrations.CreateModel(
            name="DueWork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60, verbose_name="kind")),
                ("key", models.CharField(max_length=100, verbose_name="key")),
                ("due_at", models.DateTimeField(verbose_name="due at")),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.tenant",
                        verbose_name="tenant",
                    ),
                ),
            ],
            options={
                "verbose_name": "due work",
                "verbose_name_plural": "due work",
                "ordering": ["due_at"],
                "indexes": [models.Index(fields=["due_at"], name="duework_due")],
                "constraints": [models.UniqueConstraint(fields=("tenant", "kind", "key"), name="duework_once")],
            },
        ),
        migrations.CreateModel(
            name="Document",
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
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("name", models.CharField(max_length=200, verbose_name="file name")),
                ("media_type", models.CharField(max_length=100, verbose_name="media type")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("byte_count", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                ("stored_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="stored at")),
                ("stored_by", models.UUIDField(null=True, verbose_name="stored by")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="kept until (not included)")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="removed at")),
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
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "ordering": ["-stored_at"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["tenant", "sha256"], name="document_sha256")],
            },
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["tenant", "object_id"], name="auditevent_object"),
        ),
        migrations.AddConstraint(
            model_name="auditevent",
            constraint=models.UniqueConstraint(fields=("tenant", "seq"), name="auditevent_seq_once_a_tenant"),
        ),
        migrations.AddIndex(
            model_name="auditdetail",
            index=models.Index(fields=["tenant", "object_id"], name="auditdetail_object"),
        ),
        migrations.AddConstraint(
            model_name="auditdetail",
            constraint=models.UniqueConstraint(fields=("tenant", "event"), name="auditdetail_one_an_event"),
        ),
        migrations.AddConstraint(
            model_name="auditcounter",
            constraint=models.UniqueConstraint(fields=("tenant",), name="auditcounter_one_a_tenant"),
        ),
        ProtectTenantTable(
            "auditcounter",
            policy=Policy.SHARED,
            append_only=True,
            trigger="app_counts_up",
            updatable=("last_seq",),
        ),
        ProtectTenantTable("auditevent", policy=Policy.AUDIT, append_only=True),
        ProtectTenantTable(
            "auditdetail",
            policy=Policy.DETAIL,
            append_only=True,
            trigger="app_refuse_detail_change",
            updatable=("scope_code", "before", "after"),
        ),
        TenantLink("auditdetail", "event"),
        ProtectTenantTable(
            "job",
            policy=Policy.SHARED,
            updatable=(
                "state",
                "progress_done",
                "progress_total",
                "attempts",
                "result",
                "error_code",
                "error",
                "started_at",
                "heartbeat_at",
                "finished_at",
            ),
        ),
        ProtectTenantTable("document", policy=Policy.RANGED, updatable=("scope_code", "removed_at")),
        OwnRowsOnly("publishedfigure", column="tenant_id"),
        OwnRowsOnly("letter", column="sender_id"),
    ]
    operations = folded(operations)
