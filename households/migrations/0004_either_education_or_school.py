"""Bring yearly facts of persons in line with two rules that the next migration holds in the database.

Education is blank for those at school (rule 13 of the provincial checks), and who is ill or disabled is not healthy
besides. Where a row said both, the stage of school and the illness stay: docs/decisions/0055.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from registry.lib.gbcode import subtree
from registry.tenancy.context import system_actor
from registry.tenancy.database import apply_scope

PLATFORM_TENANT_ID = 1
STATEMENTS = (
    """UPDATE households_personyear SET education_code = ''
       WHERE tenant_id = %(tenant)s AND education_code <> '' AND school_code NOT IN ('', '00')""",
    """UPDATE households_personyear SET health_codes = array_remove(health_codes, '1')
       WHERE tenant_id = %(tenant)s AND '1' = ANY (health_codes) AND health_codes <> ARRAY['1']::varchar[]
           AND array_remove(health_codes, '1') <> '{}'""",
    """UPDATE households_personyear SET health_codes = ARRAY['1']
       WHERE tenant_id = %(tenant)s AND '1' = ANY (health_codes) AND cardinality(health_codes) > 1""",
)


def decide(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Go through the counties, each in its own scope, since row-level security holds the owner too."""
    tenants = apps.get_model("registry", "Tenant").objects.exclude(pk=PLATFORM_TENANT_ID).order_by("pk")
    for tenant in tenants:
        apply_scope(system_actor(tenant.pk, tenant.code, (subtree(tenant.code),), origin="migration"))
        with schema_editor.connection.cursor() as cursor:
            for statement in STATEMENTS:
                cursor.execute(statement, {"tenant": tenant.pk})
    apply_scope(None)


class Migration(migrations.Migration):
    dependencies = [("households", "0003_household_form_in_full")]

    operations = [migrations.RunPython(decide, migrations.RunPython.noop, elidable=False)]
