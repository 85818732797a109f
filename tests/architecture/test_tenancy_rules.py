"""Rules of tenancy that only the source can show."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from registry.tenancy.checks import tenant_models
from tests.architecture.sources import modules_with

ROOT = Path(settings.BASE_DIR)
SETTING = r"""["'` ]app\.(tenant|actor|audit|retention|lo\d|hi\d)\b"""
TRANSACTION = r"\batomic\(|set_autocommit|SELECT set_config"
EXCLUDES_OVER_RELATION = r"\.exclude\([^)]*?\b[a-z]+__(?!in\b|isnull\b|lte?\b|gte?\b)\w+"


def test_scope_settings_are_named_in_one_module_when_the_source_is_read() -> None:
    found = modules_with(SETTING)

    assert found == ["registry/tenancy/database.py"]


def test_transactions_are_opened_by_the_scope_alone_when_the_source_is_read() -> None:
    found = modules_with(TRANSACTION)

    assert found == ["registry/tenancy/scope.py"]


def test_no_query_excludes_over_a_relation_when_the_source_is_read() -> None:
    found = modules_with(EXCLUDES_OVER_RELATION)

    assert found == []


@pytest.mark.django_db
def test_shared_tables_are_documented_when_a_policy_asks_only_the_tenant() -> None:
    text = (ROOT / "docs" / "tenancy.md").read_text(encoding="utf-8")
    table = text.split("<!-- shared tables -->")[1].split("<!-- end -->")[0]
    listed = set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))
    ours = [model._meta.db_table for model in tenant_models()]

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_policies WHERE tablename = ANY(%s) AND policyname = 'scope'"
            " AND qual NOT LIKE '%%app_in_scope%%'",
            [ours],
        )
        shared = {row[0] for row in cursor.fetchall()}

    assert listed == shared
