"""Pairing from a roster finds its households by their index under row-level security."""

import re

import pytest
from django.db import connection

from assistance.domain.assign import PAIRINGS
from households.domain.drafts import open_drafts
from registry.tenancy.scope import tenant_scope
from tests.factories.households import FIRST_DAY, registered
from tests.factories.tenants import county_office

MANY = 5_000
FILL = """
INSERT INTO households_household (id, tenant_id, scope_code, version, created_at, updated_at, village_id, number,
    group_name, address, bank_name, status, standard_code, attribute_code, main_cause_code, other_cause_codes,
    identified_precision, monitoring_state, monitoring_code)
SELECT gen_random_uuid(), h.tenant_id, h.scope_code, 1, now(), now(), h.village_id, 'F' || n, '', '', '', 'filed', '',
    '', '', '{}', '', 'none', '' FROM households_household h, generate_series(1, %s) AS n WHERE h.id = %s"""
DRAFT = """INSERT INTO draft_household (id, on_file_id, number, village_code, status, helper_name, helper_unit_name)
    SELECT gen_random_uuid(), %s, 'D1', '', '', '示例甲', '示例单位'"""


@pytest.mark.django_db
def test_households_of_a_roster_are_found_by_their_index_when_there_are_many() -> None:
    with tenant_scope(county_office()) as office, connection.cursor() as cursor:
        household = registered()
        cursor.execute(FILL, [MANY, household.pk])
        open_drafts()
        cursor.execute(DRAFT, [household.pk])
        cursor.execute("ANALYZE draft_household, households_household")
        # What the planner would choose depends on what else it knows; whether the index can answer does not.
        cursor.execute(
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"
        )
        cursor.execute(f"EXPLAIN {PAIRINGS}", {"tenant": office.tenant_id, "on": FIRST_DAY})
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert "Seq Scan on households_household" not in plan
    assert re.search(r"Index Cond: .*\bid = given\.household_id", plan), plan
