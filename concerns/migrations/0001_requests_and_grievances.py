"""Requests for help, grievances with their answers, and the county's periods."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.folding import folded
from registry.tenancy.operations import ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("assistance", "0011_help_visits"),
        ("households", "0038_mark_pairs_of_who_left"),
        ("registry", "0018_dispatch_office"),
        ("villages", "0013_drop_leader_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Grievance",
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
                    "reach",
                    models.CharField(
                        choices=[
                            ("village", "The village and above"),
                            ("township", "The township and above"),
                            ("county", "The county office alone"),
                            ("above", "The audit administrator alone"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="seen from",
                    ),
                ),
                (
                    "hidden_from",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        default=list,
                        editable=False,
                        size=None,
                        verbose_name="hidden from",
                    ),
                ),
                ("number", models.CharField(db_collation="C", editable=False, max_length=20, verbose_name="number")),
                ("household_number", models.CharField(editable=False, max_length=32, verbose_name="household number")),
                (
                    "village_code",
                    models.CharField(db_collation="C", editable=False, max_length=12, verbose_name="village"),
                ),
                ("filed_on", models.DateField(verbose_name="filed on")),
                ("channel_code", models.CharField(max_length=20, verbose_name="how it was told")),
                ("matter_code", models.CharField(max_length=20, verbose_name="about")),
                ("text", models.CharField(max_length=1000, verbose_name="what is complained of")),
                (
                    "against",
                    models.CharField(
                        choices=[
                            ("nobody", "Nobody: the matter itself"),
                            ("helper", "A helper"),
                            ("team", "A work team"),
                            ("account", "Somebody with a login"),
                            ("township", "The township"),
                            ("county", "The county office"),
                        ],
                        max_length=10,
                        verbose_name="against whom",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("township", "The township"),
                            ("county", "The county office"),
                            ("above", "The level above the county"),
                        ],
                        max_length=10,
                        verbose_name="who answers",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("filed", "Filed"),
                            ("acknowledged", "Acknowledged"),
                            ("answered", "Answered"),
                            ("settled", "Settled: the household is content"),
                            ("exhausted", "Ended: the last level has answered"),
                            ("withdrawn", "Withdrawn by the household"),
                        ],
                        default="filed",
                        max_length=15,
                        verbose_name="state",
                    ),
                ),
                ("acknowledge_by", models.DateField(verbose_name="acknowledge by")),
                ("answer_by", models.DateField(verbose_name="answer by")),
                ("acknowledged_on", models.DateField(blank=True, null=True, verbose_name="acknowledged on")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                ("filed_by", models.UUIDField(editable=False, verbose_name="filed by")),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="login",
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
                        related_name="grievances",
                        to="households.household",
                        verbose_name="household",
                    ),
                ),
                (
                    "team",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
            ],
            options={
                "verbose_name": "grievance",
                "verbose_name_plural": "grievances",
                "ordering": ["answer_by", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="GrievanceAnswer",
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
                    "reach",
                    models.CharField(
                        choices=[
                            ("village", "The village and above"),
                            ("township", "The township and above"),
                            ("county", "The county office alone"),
                            ("above", "The audit administrator alone"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="seen from",
                    ),
                ),
                (
                    "hidden_from",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        default=list,
                        editable=False,
                        size=None,
                        verbose_name="hidden from",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("township", "The township"),
                            ("county", "The county office"),
                            ("above", "The level above the county"),
                        ],
                        max_length=10,
                        verbose_name="who answered",
                    ),
                ),
                ("answered_on", models.DateField(verbose_name="answered on")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("upheld", "Upheld"), ("partly", "Upheld in part"), ("not_upheld", "Not upheld")],
                        max_length=10,
                        verbose_name="the answer in a word",
                    ),
                ),
                ("remedy_code", models.CharField(blank=True, max_length=20, verbose_name="where it is put right")),
                ("text", models.CharField(max_length=1000, verbose_name="answer")),
                ("answered_by", models.UUIDField(editable=False, verbose_name="answered by")),
                (
                    "reply",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("content", "Content with the answer"),
                            ("not_content", "Not content: to the next level"),
                        ],
                        max_length=15,
                        verbose_name="the household says",
                    ),
                ),
                ("replied_on", models.DateField(blank=True, null=True, verbose_name="said on")),
                ("replied_by", models.UUIDField(editable=False, null=True, verbose_name="entered by")),
                (
                    "grievance",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="concerns.grievance",
                        verbose_name="grievance",
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
                "verbose_name": "answer to a grievance",
                "verbose_name_plural": "answers to a grievance",
                "ordering": ["grievance", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="HelpRequest",
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
                ("kind_code", models.CharField(max_length=20, verbose_name="kind of request")),
                ("channel_code", models.CharField(max_length=20, verbose_name="how it was told")),
                ("told_on", models.DateField(verbose_name="told on")),
                ("text", models.CharField(max_length=500, verbose_name="what is asked for")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("taken", "Taken on"),
                            ("solved", "Solved, not confirmed yet"),
                            ("confirmed", "Confirmed as solved"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "owner_role",
                    models.CharField(
                        choices=[
                            ("helper", "Helper"),
                            ("village_team", "Village team"),
                            ("township_clerk", "Township clerk"),
                            ("county_office", "County office"),
                        ],
                        default="village_team",
                        max_length=20,
                        verbose_name="who solves it",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due on")),
                ("taken_on", models.DateField(blank=True, null=True, verbose_name="taken on")),
                ("solved_on", models.DateField(blank=True, null=True, verbose_name="solved on")),
                ("solution", models.CharField(blank=True, max_length=500, verbose_name="what was done")),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="confirmed on")),
                ("confirmation_code", models.CharField(blank=True, max_length=20, verbose_name="how it was confirmed")),
                ("reopened_count", models.PositiveSmallIntegerField(default=0, verbose_name="opened again")),
                ("closing_reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("entered_by", models.UUIDField(editable=False, null=True, verbose_name="entered by")),
                ("key", models.CharField(blank=True, db_collation="C", editable=False, max_length=64)),
                (
                    "document",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.document",
                        verbose_name="supporting document",
                    ),
                ),
                (
                    "help_visit",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="assistance.helpvisit",
                        verbose_name="help visit",
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
                        related_name="help_requests",
                        to="households.household",
                        verbose_name="household",
                    ),
                ),
                (
                    "owner_user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
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
                        related_name="help_requests",
                        to="villages.village",
                        verbose_name="village",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for help",
                "verbose_name_plural": "requests for help",
                "ordering": ["due_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ConcernPeriod",
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
                ("code", models.CharField(max_length=20, verbose_name="kind of request, or step of a grievance")),
                ("days", models.PositiveSmallIntegerField(verbose_name="days")),
                ("counts_working_days", models.BooleanField(default=True, verbose_name="these are working days")),
                ("source", models.CharField(max_length=200, verbose_name="source of the period")),
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
                "verbose_name": "period of requests and grievances",
                "verbose_name_plural": "periods of requests and grievances",
                "ordering": ["code"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "code"), name="concernperiod_once_a_code"),
                    models.CheckConstraint(
                        condition=models.Q(("days__gte", 1), ("days__lte", 366)), name="concernperiod_is_plausible"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source", ""), _negated=True), models.Q(("code", ""), _negated=True)
                        ),
                        name="concernperiod_names_its_source",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="grievance",
            index=models.Index(fields=["tenant", "household"], name="grievance_household"),
        ),
        migrations.AddIndex(
            model_name="grievance",
            index=models.Index(
                condition=models.Q(("state__in", ["filed", "acknowledged"])),
                fields=["tenant", "answer_by", "id"],
                name="grievance_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="grievance",
            constraint=models.UniqueConstraint(fields=("tenant", "number"), name="grievance_number_once"),
        ),
        migrations.AddConstraint(
            model_name="grievance",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=(
                    "tenant",
                    "filed_by",
                    "household",
                    "filed_on",
                    "matter_code",
                    "against",
                    "helper",
                    "team",
                    "account",
                ),
                name="grievance_once_a_day",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="grievance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("account__isnull", True),
                        ("against", "helper"),
                        ("helper__isnull", False),
                        ("team__isnull", True),
                    ),
                    models.Q(
                        ("account__isnull", True),
                        ("against", "team"),
                        ("helper__isnull", True),
                        ("team__isnull", False),
                    ),
                    models.Q(
                        ("account__isnull", False),
                        ("against", "account"),
                        ("helper__isnull", True),
                        ("team__isnull", True),
                    ),
                    models.Q(
                        ("account__isnull", True),
                        ("against", "nobody"),
                        ("helper__isnull", True),
                        ("team__isnull", True),
                    ),
                    models.Q(
                        ("account__isnull", True),
                        ("against", "township"),
                        ("helper__isnull", True),
                        ("team__isnull", True),
                    ),
                    models.Q(
                        ("account__isnull", True),
                        ("against", "county"),
                        ("helper__isnull", True),
                        ("team__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="grievance_names_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="grievance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("against", "team"), _negated=True),
                        models.Q(("reach", "village"), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("against", "township"), _negated=True),
                        ("reach__in", ["county", "above"]),
                        _connector="OR",
                    ),
                    models.Q(models.Q(("against", "county"), _negated=True), ("reach", "above"), _connector="OR"),
                ),
                name="grievance_against_is_beyond_reach",
            ),
        ),
        migrations.AddConstraint(
            model_name="grievance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level__in", ["township", "county", "above"]), ("reach__in", ["village", "township"])),
                    models.Q(("level__in", ["county", "above"]), ("reach", "county")),
                    models.Q(("level", "above"), ("reach", "above")),
                    _connector="OR",
                ),
                name="grievance_level_sees_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="grievance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["filed", "acknowledged", "answered", "settled", "exhausted", "withdrawn"])
                ),
                name="grievance_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="grievance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("channel_code", ""), _negated=True),
                    models.Q(("matter_code", ""), _negated=True),
                    models.Q(("text", ""), _negated=True),
                ),
                name="grievance_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="grievance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("acknowledge_by__gte", models.F("filed_on")),
                    ("answer_by__gte", models.F("acknowledge_by")),
                    models.Q(
                        ("acknowledged_on__isnull", True),
                        ("acknowledged_on__gte", models.F("filed_on")),
                        _connector="OR",
                    ),
                    models.Q(("closed_on__isnull", True), ("closed_on__gte", models.F("filed_on")), _connector="OR"),
                ),
                name="grievance_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="grievance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "acknowledged"), _negated=True),
                    ("acknowledged_on__isnull", False),
                    _connector="OR",
                ),
                name="grievance_acknowledged_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="grievance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on__isnull", True), ("state__in", ["filed", "acknowledged", "answered"])),
                    models.Q(("closed_on__isnull", False), ("state__in", ["settled", "exhausted", "withdrawn"])),
                    _connector="OR",
                ),
                name="grievance_closed_on_a_day",
            ),
        ),
        migrations.AddIndex(
            model_name="grievanceanswer",
            index=models.Index(fields=["tenant", "household"], name="grievanceanswer_household"),
        ),
        migrations.AddConstraint(
            model_name="grievanceanswer",
            constraint=models.UniqueConstraint(
                fields=("tenant", "grievance", "level"), name="grievanceanswer_once_a_level"
            ),
        ),
        migrations.AddConstraint(
            model_name="grievanceanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("text", ""), _negated=True), models.Q(("verdict", ""), _negated=True)),
                name="grievanceanswer_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="grievanceanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("remedy_code", ""), ("verdict", "not_upheld")),
                    models.Q(
                        models.Q(("verdict", "not_upheld"), _negated=True), models.Q(("remedy_code", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="grievanceanswer_upheld_is_put_right",
            ),
        ),
        migrations.AddConstraint(
            model_name="grievanceanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("replied_on__isnull", True), ("reply", "")),
                    models.Q(models.Q(("reply", ""), _negated=True), ("replied_on__gte", models.F("answered_on"))),
                    _connector="OR",
                ),
                name="grievanceanswer_reply_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="grievanceanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reply__in", ["", "not_content"]),
                    ("level", "above"),
                    models.Q(
                        ("replied_by__isnull", False),
                        models.Q(("replied_by", models.F("answered_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="grievanceanswer_reply_by_another",
            ),
        ),
        migrations.AddIndex(
            model_name="helprequest",
            index=models.Index(fields=["tenant", "household"], name="helprequest_household"),
        ),
        migrations.AddIndex(
            model_name="helprequest",
            index=models.Index(
                condition=models.Q(("state__in", ("open", "taken"))),
                fields=["tenant", "due_on", "id"],
                name="helprequest_due",
            ),
        ),
        migrations.AddIndex(
            model_name="helprequest",
            index=models.Index(
                condition=models.Q(("state__in", ("open", "taken"))),
                fields=["tenant", "scope_code", "kind_code", "due_on"],
                name="helprequest_board",
            ),
        ),
        migrations.AddConstraint(
            model_name="helprequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("household__isnull", True), ("village__isnull", False)),
                    models.Q(("household__isnull", False), ("village__isnull", True)),
                    _connector="OR",
                ),
                name="helprequest_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="helprequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("refused", "withdrawn")), _negated=True),
                fields=("tenant", "household", "village", "kind_code", "told_on"),
                name="helprequest_once_a_day",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="helprequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key", ""), _negated=True),
                fields=("tenant", "entered_by", "key"),
                name="helprequest_key_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="helprequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "taken", "solved", "confirmed", "refused", "withdrawn"])),
                name="helprequest_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="helprequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("owner_role__in", ["helper", "village_team", "township_clerk", "county_office"])),
                name="helprequest_owner_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="helprequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind_code", ""), _negated=True),
                    models.Q(("channel_code", ""), _negated=True),
                    models.Q(("text", ""), _negated=True),
                ),
                name="helprequest_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="helprequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("told_on"))), name="helprequest_due_after_told"
            ),
        ),
        migrations.AddConstraint(
            model_name="helprequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["taken", "solved", "confirmed"]), _negated=True),
                    models.Q(
                        ("owner_user__isnull", False),
                        ("taken_on__isnull", False),
                        ("taken_on__gte", models.F("told_on")),
                    ),
                    _connector="OR",
                ),
                name="helprequest_taken_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="helprequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ("solved", "confirmed")),
                        ("solved_on__gte", models.F("told_on")),
                        models.Q(("solution", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state__in", ("solved", "confirmed")), _negated=True), ("solved_on__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="helprequest_solved_with_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="helprequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("confirmed_on__gte", models.F("solved_on")),
                        ("state", "confirmed"),
                        models.Q(("confirmation_code", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "confirmed"), _negated=True),
                        ("confirmation_code", ""),
                        ("confirmed_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="helprequest_confirmed_after_solved",
            ),
        ),
        migrations.AddConstraint(
            model_name="helprequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("refused", "withdrawn")), _negated=True),
                    models.Q(("closing_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="helprequest_closed_with_reason",
            ),
        ),
        ProtectTenantTable("concernperiod", policy=Policy.SHARED),
        ProtectTenantTable("helprequest", policy=Policy.RANGED),
        TenantLink("helprequest", "household"),
        TenantLink("helprequest", "village"),
        TenantLink("helprequest", "help_visit"),
        TenantLink("helprequest", "document"),
        ProtectTenantTable("grievance", policy=Policy.CONCEALED),
        TenantLink("grievance", "household"),
        TenantLink("grievance", "helper"),
        TenantLink("grievance", "team"),
        ProtectTenantTable("grievanceanswer", policy=Policy.CONCEALED),
        TenantLink("grievanceanswer", "grievance"),
        TenantLink("grievanceanswer", "household"),
    ]
    operations = folded(operations)
