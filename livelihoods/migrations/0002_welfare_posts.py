"""Public-welfare posts, terms in them, and the months that were worked and paid."""

import datetime as dt
from typing import Final

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.folding import folded
from registry.tenancy.operations import KeepHistory, ProtectTenantTable, TenantLink

# A check constraint cannot look at another row. They look after the row is written, so that the policy answers first.
HELD: Final = """
CREATE FUNCTION livelihoods_seat_of_post() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    post livelihoods_welfarepost;
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.post_id, NEW.person_id, NEW.seat_number, NEW.starts_on)
            IS DISTINCT FROM (OLD.post_id, OLD.person_id, OLD.seat_number, OLD.starts_on) THEN
        RAISE EXCEPTION 'a term is ended, and otherwise stays'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'postholding_is_ended_alone';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.ends_on > OLD.ends_on THEN
        RAISE EXCEPTION 'a longer term is the next one'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'postholding_is_ended_alone';
    END IF;
    IF TG_OP = 'UPDATE' AND EXISTS (
        SELECT FROM livelihoods_postmonth m
        WHERE m.tenant_id = NEW.tenant_id AND m.holding_id = NEW.id AND m.reverses_id IS NULL
            AND (m.month >= NEW.ends_on OR NEW.ends_on = NEW.starts_on)
            AND NOT EXISTS (
                SELECT FROM livelihoods_postmonth r WHERE r.tenant_id = m.tenant_id AND r.reverses_id = m.id
            )
    ) THEN
        RAISE EXCEPTION 'a term ends after its months'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'postholding_ends_after_its_months';
    END IF;
    IF TG_OP = 'INSERT' THEN
        SELECT * INTO post FROM livelihoods_welfarepost p
        WHERE p.tenant_id = NEW.tenant_id AND p.id = NEW.post_id FOR UPDATE;
        IF NOT FOUND OR NEW.seat_number > post.seat_count OR NEW.starts_on < post.starts_on
                OR NEW.ends_on > coalesce(post.ends_on, 'infinity'::date) THEN
            RAISE EXCEPTION 'a term lies in a seat and in the time of its post'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'postholding_fits_its_post';
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER livelihoods_postholding_seat
    AFTER INSERT OR UPDATE OF post_id, person_id, seat_number, starts_on, ends_on
    ON livelihoods_postholding FOR EACH ROW EXECUTE FUNCTION livelihoods_seat_of_post();
CREATE FUNCTION livelihoods_month_of_term() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    term livelihoods_postholding;
BEGIN
    SELECT * INTO term FROM livelihoods_postholding h
    WHERE h.tenant_id = NEW.tenant_id AND h.id = NEW.holding_id FOR UPDATE;
    IF NOT FOUND OR term.person_id <> NEW.person_id THEN
        RAISE EXCEPTION 'a month is one of a term of its person'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'postmonth_of_its_term';
    END IF;
    IF NEW.reverses_id IS NOT NULL THEN
        IF NOT EXISTS (
            SELECT FROM livelihoods_postmonth m WHERE m.tenant_id = NEW.tenant_id AND m.id = NEW.reverses_id
                AND m.reverses_id IS NULL AND m.holding_id = NEW.holding_id AND m.month = NEW.month
                AND m.item_code = NEW.item_code AND m.source = NEW.source AND m.amount_yuan = -NEW.amount_yuan
        ) THEN
            RAISE EXCEPTION 'a reversal is the mirror of one month'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'postmonth_reversal_mirrors';
        END IF;
        RETURN NULL;
    END IF;
    IF NEW.month >= term.ends_on OR NEW.month + interval '1 month' <= term.starts_on
            OR term.ends_on = term.starts_on THEN
        RAISE EXCEPTION 'a month lies in its term'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'postmonth_lies_in_its_term';
    END IF;
    -- A month in which one term follows another is a month of both: the post pays it once.
    PERFORM 1 FROM livelihoods_postholding h
    WHERE h.tenant_id = NEW.tenant_id AND h.person_id = NEW.person_id AND h.post_id = term.post_id
    ORDER BY h.id FOR UPDATE;
    IF EXISTS (
        SELECT FROM livelihoods_postmonth m
        JOIN livelihoods_postholding h ON h.tenant_id = m.tenant_id AND h.id = m.holding_id
        WHERE m.tenant_id = NEW.tenant_id AND m.person_id = NEW.person_id AND m.month = NEW.month AND m.id <> NEW.id
            AND h.post_id = term.post_id AND m.reverses_id IS NULL AND NOT EXISTS (
                SELECT FROM livelihoods_postmonth r WHERE r.tenant_id = m.tenant_id AND r.reverses_id = m.id
            )
    ) THEN
        RAISE EXCEPTION 'a month is paid once'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'postmonth_once';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER livelihoods_postmonth_term AFTER INSERT ON livelihoods_postmonth
    FOR EACH ROW EXECUTE FUNCTION livelihoods_month_of_term();
"""
UNDO: Final = """
DROP TRIGGER livelihoods_postmonth_term ON livelihoods_postmonth;
DROP FUNCTION livelihoods_month_of_term();
DROP TRIGGER livelihoods_postholding_seat ON livelihoods_postholding;
DROP FUNCTION livelihoods_seat_of_post();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0038_mark_pairs_of_who_left"),
        ("livelihoods", "0001_training"),
        ("registry", "0018_dispatch_office"),
        ("villages", "0013_drop_leader_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="WelfarePost",
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
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("kind_code", models.CharField(max_length=20, verbose_name="kind of post")),
                ("seat_count", models.PositiveSmallIntegerField(verbose_name="seats")),
                (
                    "monthly_yuan",
                    models.DecimalField(decimal_places=2, max_digits=10, verbose_name="pay a month (yuan)"),
                ),
                ("funding_code", models.CharField(max_length=20, verbose_name="source of the money")),
                ("pay_item_code", models.CharField(max_length=20, verbose_name="paid by")),
                ("duties", models.CharField(max_length=300, verbose_name="duties")),
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
                (
                    "village",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="welfare_posts",
                        to="villages.village",
                        verbose_name="village",
                    ),
                ),
            ],
            options={
                "verbose_name": "public-welfare post",
                "verbose_name_plural": "public-welfare posts",
                "ordering": ["village", "name"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PostHolding",
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
                ("seat_number", models.PositiveSmallIntegerField(editable=False, verbose_name="seat")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="until (not included)")),
                ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="why it ended early")),
                (
                    "person",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="post_holdings",
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
                    "post",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to="livelihoods.welfarepost",
                        verbose_name="public-welfare post",
                    ),
                ),
            ],
            options={
                "verbose_name": "term in a post",
                "verbose_name_plural": "terms in posts",
                "ordering": ["-starts_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PostMonth",
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
                ("month", models.DateField(verbose_name="month")),
                ("amount_yuan", models.DecimalField(decimal_places=2, max_digits=10, verbose_name="pay (yuan)")),
                ("item_code", models.CharField(max_length=20, verbose_name="item of income")),
                ("source", models.CharField(max_length=100, verbose_name="source in the income ledger")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="recorded at")),
                ("recorded_by", models.UUIDField(editable=False, null=True, verbose_name="recorded by")),
                (
                    "holding",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="months",
                        to="livelihoods.postholding",
                        verbose_name="term in a post",
                    ),
                ),
                (
                    "person",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="post_months",
                        to="households.person",
                        verbose_name="person",
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
                        to="livelihoods.postmonth",
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
                "verbose_name": "month in a post",
                "verbose_name_plural": "months in posts",
                "ordering": ["-month", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "holding", "month"], name="postmonth_holding"),
                    models.Index(fields=["tenant", "person", "month"], name="postmonth_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "reverses"), name="postmonth_reversed_once"),
                    models.CheckConstraint(condition=models.Q(("month__day", 1)), name="postmonth_is_a_month"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount_yuan__gt", 0), ("reverses__isnull", True)),
                            models.Q(("amount_yuan__lt", 0), ("reverses__isnull", False)),
                            _connector="OR",
                        ),
                        name="postmonth_only_reversals_are_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("item_code__in", ("1021", "1022", "1023"))),
                        name="postmonth_counts_under_an_item",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="welfarepost",
            index=models.Index(fields=["tenant", "scope_code"], name="welfarepost_scope"),
        ),
        migrations.AddConstraint(
            model_name="welfarepost",
            constraint=models.UniqueConstraint(
                fields=("tenant", "village", "name"), name="welfarepost_name_once_a_village"
            ),
        ),
        migrations.AddConstraint(
            model_name="welfarepost",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True),
                    models.Q(("kind_code", ""), _negated=True),
                    models.Q(("funding_code", ""), _negated=True),
                    models.Q(("duties", ""), _negated=True),
                ),
                name="welfarepost_is_described",
            ),
        ),
        migrations.AddConstraint(
            model_name="welfarepost",
            constraint=models.CheckConstraint(
                condition=models.Q(("monthly_yuan__gt", 0), ("seat_count__gte", 1)),
                name="welfarepost_has_seats_and_pay",
            ),
        ),
        migrations.AddConstraint(
            model_name="welfarepost",
            constraint=models.CheckConstraint(
                condition=models.Q(("pay_item_code__in", ("1021", "1022", "1023"))),
                name="welfarepost_is_paid_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="welfarepost",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gt", models.F("starts_on")), _connector="OR"),
                name="welfarepost_ends_after_start",
            ),
        ),
        migrations.AddIndex(
            model_name="postholding",
            index=models.Index(fields=["tenant", "person"], name="postholding_person"),
        ),
        migrations.AddIndex(
            model_name="postholding",
            index=models.Index(fields=["tenant", "post"], name="postholding_post"),
        ),
        migrations.AddIndex(
            model_name="postholding",
            index=models.Index(fields=["tenant", "scope_code", "ends_on"], name="postholding_scope"),
        ),
        migrations.AddConstraint(
            model_name="postholding",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("tenant", "="),
                    ("post", "="),
                    ("seat_number", "="),
                    (
                        models.Func(
                            models.F("starts_on"),
                            models.F("ends_on"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="postholding_one_a_seat_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="postholding",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("tenant", "="),
                    ("person", "="),
                    (
                        models.Func(
                            models.F("starts_on"),
                            models.F("ends_on"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="postholding_one_post_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="postholding",
            constraint=models.CheckConstraint(
                condition=models.Q(("seat_number__gte", 1)), name="postholding_has_a_seat"
            ),
        ),
        migrations.AddConstraint(
            model_name="postholding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__gte", models.F("starts_on")),
                    (
                        "ends_on__lte",
                        models.Func(
                            models.F("starts_on"),
                            output_field=models.DateField(),
                            template="((%(expressions)s) + interval '1 year')::date",
                        ),
                    ),
                    ("starts_on__gte", dt.date(2000, 1, 1)),
                ),
                name="postholding_lasts_a_year_at_most",
            ),
        ),
        ProtectTenantTable("welfarepost", policy=Policy.RANGED),
        TenantLink("welfarepost", "village"),
        ProtectTenantTable("postholding", policy=Policy.RANGED),
        TenantLink("postholding", "post"),
        TenantLink("postholding", "person"),
        KeepHistory("postholding", of="person"),
        ProtectTenantTable("postmonth", policy=Policy.RANGED, append_only=True),
        TenantLink("postmonth", "holding"),
        TenantLink("postmonth", "person"),
        TenantLink("postmonth", "reverses"),
        migrations.RunSQL(HELD, UNDO),
    ]
    operations = folded(operations)
