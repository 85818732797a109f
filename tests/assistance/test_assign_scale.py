"""Pairing from a roster finds its households by their index under row-level security."""

from django.db import connection

from assistance.domain.assign import assign_helpers
from assistance.models import Pairing
from households.domain.drafts import index_drafts, open_drafts
from registry.tenancy.scope import tenant_scope
from tests.factories.households import FIRST_DAY, registered
from tests.factories.tenants import county_office
from tests.support.database import Database, owner_connection
from tests.support.reading import rows_read

MANY = 5_000
FILL = """
INSERT INTO households_household (id, tenant_id, scope_code, version, created_at, updated_at, village_id, number,
    group_name, address, bank_name, status, standard_code, attribute_code, main_cause_code, other_cause_codes,
    identified_precision, monitoring_state, monitoring_code)
SELECT gen_random_uuid(), h.tenant_id, h.scope_code, 1, now(), now(), h.village_id, 'F' || n, '', '', '', 'filed', '',
    '', '', '{}', '', 'none', '' FROM households_household h, generate_series(1, %s) AS n WHERE h.id = %s"""
DRAFT = """INSERT INTO draft_household (id, on_file_id, number, village_code, status, helper_name, helper_unit_name)
    SELECT gen_random_uuid(), %s, 'D1', '', '', '示例甲', '示例单位'"""


def test_households_of_a_roster_are_found_by_their_index_when_there_are_many(committed_database: Database) -> None:
    with tenant_scope(county_office()), connection.cursor() as cursor:
        household = registered()
        cursor.execute(FILL, [MANY, household.pk])
    with owner_connection(committed_database.name) as owner:
        owner.execute("ANALYZE")

    with tenant_scope(county_office()) as office, connection.cursor() as cursor:
        open_drafts()
        cursor.execute(DRAFT, [household.pk])
        index_drafts()
        read = rows_read(["households_household"], lambda: assign_helpers(actor=office, on=FIRST_DAY, reason="roster"))
        paired = Pairing.objects.filter(household=household).count()

    assert paired == 1
    assert read["households_household"] < MANY / 2
