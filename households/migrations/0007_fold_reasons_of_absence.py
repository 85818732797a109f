"""Fold the reasons of absence that say too much into long absence and return; docs/codes.md says what is not held."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from registry.lib.gbcode import subtree
from registry.tenancy.context import system_actor
from registry.tenancy.database import renewal
from registry.tenancy.scope import tenant_scope

PLATFORM_TENANT_ID = 1
# Missing persons and those abroad leave by long absence, and come back from it.
FOLDED = {"start_reason_code": {"17": "15"}, "end_reason_code": {"27": "25", "28": "25"}}


def fold_reasons(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Rewrite the codes, one county after the other; done again it changes nothing."""
    tenants = apps.get_model("registry", "Tenant").objects.exclude(pk=PLATFORM_TENANT_ID).order_by("pk")
    for tenant_id, code in tenants.values_list("pk", "code"):
        # No version keeps the former word: that is what is folded.
        with tenant_scope(system_actor(tenant_id, code, (subtree(code),), origin="migration")), renewal():
            for column, codes in FOLDED.items():
                for former, code_now in codes.items():
                    schema_editor.execute(
                        f"UPDATE households_membership SET {column} = %s WHERE tenant_id = %s AND {column} = %s",  # noqa: S608  (our own names)
                        [code_now, tenant_id, former],
                    )


class Migration(migrations.Migration):
    dependencies = [("households", "0006_add_ties_transfers_objection_periods")]

    # The former words are gone on purpose, so there is nothing to bring back.
    operations = [migrations.RunPython(fold_reasons, migrations.RunPython.noop)]
