"""Mark the lines of income on file that count otherwise than the county's rule, so that a new rule leaves them alone."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from registry.lib.gbcode import subtree
from registry.tenancy.context import system_actor
from registry.tenancy.scope import tenant_scope

PLATFORM_TENANT_ID = 1
AT_ONCE = 20_000
FIRST_ID = "00000000-0000-0000-0000-000000000000"
# What did not count without a word of the county when this was written: households/data/income_items.csv.
NOT_COUNTED = ["4191", "4192", "4193"]
BOUND = """SELECT max(id::text) FROM (SELECT id FROM households_incomeline
    WHERE tenant_id = %s AND id > %s ORDER BY id LIMIT %s) AS batch"""
MARK = """UPDATE households_incomeline AS line SET counts_by_exception = true
    WHERE line.tenant_id = %(tenant)s AND line.id > %(after)s AND line.id <= %(until)s AND NOT line.counts_by_exception
    AND line.counts_toward_net <> coalesce((SELECT rule.counts_toward_net FROM households_incomerule rule
        WHERE rule.tenant_id = %(tenant)s AND rule.item_code = line.item_code AND rule.from_year <= line.year
        ORDER BY rule.from_year DESC LIMIT 1), line.item_code <> ALL(%(not_counted)s))"""


def mark_lines(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Mark them, one county after the other; done again it changes nothing."""
    tenants = apps.get_model("registry", "Tenant").objects.exclude(pk=PLATFORM_TENANT_ID).order_by("pk")
    for tenant_id, code in tenants.values_list("pk", "code"):
        with tenant_scope(system_actor(tenant_id, code, (subtree(code),), origin="migration")):
            _mark(schema_editor, tenant_id)


def _mark(schema_editor: BaseDatabaseSchemaEditor, tenant_id: int) -> None:
    last = FIRST_ID
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute(BOUND, [tenant_id, last, AT_ONCE])
            (until,) = cursor.fetchone()
            if until is None:
                return
            cursor.execute(MARK, {"tenant": tenant_id, "after": last, "until": until, "not_counted": NOT_COUNTED})
            last = until


class Migration(migrations.Migration):
    dependencies = [("households", "0027_withdraw_figures")]

    operations = [migrations.RunPython(mark_lines, migrations.RunPython.noop)]
