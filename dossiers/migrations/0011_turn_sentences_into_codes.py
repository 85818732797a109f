"""Turn the English sentence that the trigger used to write into its code, one county after the other."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from registry.lib.gbcode import subtree
from registry.tenancy.context import system_actor
from registry.tenancy.scope import tenant_scope

PLATFORM_TENANT_ID = 1
SENTENCE = "The household moved out of the area of the session."
TURN = """UPDATE dossiers_sessionentry SET reason = '', reason_code = 'moved'
    WHERE tenant_id = %s AND reason = %s AND taken_out_on IS NOT NULL"""
BACK = """UPDATE dossiers_sessionentry SET reason = %s, reason_code = ''
    WHERE tenant_id = %s AND reason_code = 'moved'"""


def turn(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Turn the sentences; done again it changes nothing."""
    for tenant_id, code in _tenants(apps):
        with tenant_scope(system_actor(tenant_id, code, (subtree(code),), origin="migration")):
            schema_editor.execute(TURN, [tenant_id, SENTENCE])


def back(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the sentences again."""
    for tenant_id, code in _tenants(apps):
        with tenant_scope(system_actor(tenant_id, code, (subtree(code),), origin="migration")):
            schema_editor.execute(BACK, [SENTENCE, tenant_id])


def _tenants(apps: StateApps) -> list[tuple[int, str]]:
    tenants = apps.get_model("registry", "Tenant").objects.exclude(pk=PLATFORM_TENANT_ID).order_by("pk")
    return list(tenants.values_list("pk", "code"))


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0010_name_why_by_code")]

    operations = [migrations.RunPython(turn, back)]
