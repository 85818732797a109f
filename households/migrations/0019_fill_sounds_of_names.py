"""Fill how the names on file sound; those of anonymised persons have no sound."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from registry.lib.gbcode import subtree
from registry.lib.sounds import sound_of
from registry.tenancy.context import system_actor
from registry.tenancy.scope import tenant_scope

PLATFORM_TENANT_ID = 1
AT_ONCE = 10_000
FIRST_ID = "00000000-0000-0000-0000-000000000000"
NEXT = """SELECT id, name FROM households_person
    WHERE tenant_id = %s AND id > %s AND anonymised_on IS NULL ORDER BY id LIMIT %s"""
FILL = """UPDATE households_person AS person SET sound_key = sound.key, sound_start = sound.start
    FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS sound (id, key, start)
    WHERE person.tenant_id = %s AND person.id = sound.id AND person.sound_key <> sound.key"""


def fill_sounds(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill the keys, one county after the other; done again it changes nothing."""
    tenants = apps.get_model("registry", "Tenant").objects.exclude(pk=PLATFORM_TENANT_ID).order_by("pk")
    for tenant_id, code in tenants.values_list("pk", "code"):
        with tenant_scope(system_actor(tenant_id, code, (subtree(code),), origin="migration")):
            _fill(schema_editor, tenant_id)


def _fill(schema_editor: BaseDatabaseSchemaEditor, tenant_id: int) -> None:
    last = FIRST_ID
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute(NEXT, [tenant_id, last, AT_ONCE])
            rows = cursor.fetchall()
            if not rows:
                return
            sounds = [sound_of(name) for _id, name in rows]
            keys, starts = [sound.key for sound in sounds], [sound.start for sound in sounds]
            cursor.execute(FILL, [[row[0] for row in rows], keys, starts, tenant_id])
            last = rows[-1][0]


class Migration(migrations.Migration):
    dependencies = [("households", "0018_note_near_duplicates")]

    operations = [migrations.RunPython(fill_sounds, migrations.RunPython.noop)]
