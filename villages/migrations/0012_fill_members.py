"""The leader of each team on file becomes its member, with the post and the days of the stay.

A name that a unit had in several villages on the same days is numbered from the second on: within a unit a name names
one person, and nobody is in two teams on a day. No name is lost; the county writes the right ones.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from registry.lib.gbcode import subtree
from registry.tenancy.context import system_actor
from registry.tenancy.scope import tenant_scope

PLATFORM_TENANT_ID = 1
FILL = """
WITH led AS (
    SELECT t.*, row_number() OVER (PARTITION BY t.unit_id, t.leader_name ORDER BY t.starts_on, t.id) AS place,
        EXISTS (
            SELECT 1 FROM villages_workteam e
            WHERE e.tenant_id = t.tenant_id AND e.unit_id = t.unit_id AND e.leader_name = t.leader_name
                AND (e.starts_on, e.id) < (t.starts_on, t.id)
                AND daterange(e.starts_on, e.ends_on) && daterange(t.starts_on, t.ends_on)
        ) AS is_doubled
    FROM villages_workteam t WHERE t.tenant_id = %s AND t.leader_name <> ''
)
INSERT INTO villages_teammember (id, tenant_id, scope_code, version, created_at, updated_at, team_id, unit_id, name,
    post_codes, starts_on, ends_on)
SELECT gen_random_uuid(), l.tenant_id, l.scope_code, 1, now(), now(), l.id, l.unit_id,
    CASE WHEN l.is_doubled THEN l.leader_name || '(' || l.place || ')' ELSE l.leader_name END,
    ARRAY['2'], l.starts_on, l.ends_on
FROM led l
WHERE NOT EXISTS (SELECT 1 FROM villages_teammember m WHERE m.tenant_id = l.tenant_id AND m.team_id = l.id)
"""
TAKE_BACK = """
UPDATE villages_workteam t SET leader_name = left(m.name, 60) FROM villages_teammember m
WHERE t.tenant_id = %s AND m.tenant_id = t.tenant_id AND m.team_id = t.id AND '2' = ANY(m.post_codes)
"""


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the members, one county after the other; done again it changes nothing."""
    _in_each_county(apps, schema_editor, FILL)


def take_back(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write a leader's name into each team that has one."""
    _in_each_county(apps, schema_editor, TAKE_BACK)


def _in_each_county(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor, statement: str) -> None:
    tenants = apps.get_model("registry", "Tenant").objects.exclude(pk=PLATFORM_TENANT_ID).order_by("pk")
    for tenant_id, code in tenants.values_list("pk", "code"):
        with tenant_scope(system_actor(tenant_id, code, (subtree(code),), origin="migration")):
            schema_editor.execute(statement, [tenant_id])


class Migration(migrations.Migration):
    dependencies = [("villages", "0011_teams_have_members")]

    operations = [migrations.RunPython(fill, take_back)]
