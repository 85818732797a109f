"""Let counties claim identities, so that two learn that both have the same person, and nothing else."""

import django.contrib.postgres.fields
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from registry.tenancy.operations import GrantTable

# To ask is to claim: who asks about an identity is entered as having it, and the others learn of it. How much was asked
# is counted in a sequence and written to the server's log, since neither is undone by a rollback. The sequence holds the
# day in front, the asked identities of that day behind.
CREATE = """
CREATE SEQUENCE registry_identityasked AS bigint;
CREATE FUNCTION claim_identities(claimed bytea[], released bytea[])
RETURNS TABLE (claim_index bytea, claiming_tenant integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    mine CONSTANT integer := public.app_tenant();
    asked CONSTANT bigint := coalesce(cardinality(claimed), 0);
    day CONSTANT bigint := (current_date - DATE '2020-01-01')::bigint * 1000000000000;
    spent bigint;
    allowed bigint;
BEGIN
    IF mine IS NULL THEN
        RAISE EXCEPTION 'identities are claimed in the scope of a tenant' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF asked > 0 THEN
        PERFORM pg_advisory_lock(5499, 18);
        SELECT greatest(s.last_value, day) + asked INTO spent FROM public.registry_identityasked s;
        SELECT greatest(1000000, 3 * c.reltuples::bigint) INTO allowed
            FROM pg_class c WHERE c.oid = 'public.registry_identityclaim'::regclass;
        IF spent - day <= allowed THEN
            PERFORM setval('public.registry_identityasked', spent);
        END IF;
        PERFORM pg_advisory_unlock(5499, 18);
        RAISE LOG 'claim_identities: tenant % asked %, all asked % of % today', mine, asked, spent - day, allowed;
        IF spent - day > allowed THEN
            RAISE EXCEPTION 'too many identities were asked about today' USING ERRCODE = 'program_limit_exceeded';
        END IF;
    END IF;
    IF coalesce(cardinality(released), 0) > 0 THEN
        WITH held AS MATERIALIZED (
            SELECT c.index FROM public.registry_identityclaim c
            WHERE c.index = ANY(released) AND mine = ANY(c.tenants) ORDER BY c.index FOR UPDATE
        ), shared AS (
            UPDATE public.registry_identityclaim c SET tenants = array_remove(c.tenants, mine)
            FROM held WHERE c.index = held.index AND cardinality(c.tenants) > 1
        )
        DELETE FROM public.registry_identityclaim c USING held WHERE c.index = held.index AND c.tenants = ARRAY[mine];
    END IF;
    IF asked > 0 THEN
        INSERT INTO public.registry_identityclaim AS c (index, tenants)
            SELECT DISTINCT wanted.index, ARRAY[mine] FROM unnest(claimed) AS wanted (index) ORDER BY 1
            ON CONFLICT (index) DO UPDATE SET tenants = c.tenants || mine WHERE NOT mine = ANY(c.tenants);
        RETURN QUERY SELECT c.index, other.tenant FROM public.registry_identityclaim c, unnest(c.tenants) AS other (tenant)
            WHERE c.index = ANY(claimed) AND cardinality(c.tenants) > 1 AND other.tenant <> mine;
    END IF;
END $$;
REVOKE ALL ON FUNCTION claim_identities(bytea[], bytea[]) FROM PUBLIC;
"""
DROP = "DROP FUNCTION claim_identities(bytea[], bytea[]); DROP SEQUENCE registry_identityasked;"


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the function, and let the app role call it."""
    schema_editor.execute(CREATE, params=None)
    call = f'GRANT EXECUTE ON FUNCTION claim_identities(bytea[], bytea[]) TO "{settings.DATABASE_APP_ROLE}"'
    schema_editor.execute(call, params=None)
    if settings.DATABASE_BACKUP_ROLE:
        read = f'GRANT SELECT ON SEQUENCE registry_identityasked TO "{settings.DATABASE_BACKUP_ROLE}"'
        schema_editor.execute(read, params=None)


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take both away again."""
    schema_editor.execute(DROP, params=None)


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_row_versions")]

    operations = [
        migrations.AddField(
            model_name="tenant",
            name="office_contact",
            field=models.CharField(
                blank=True,
                default="",
                help_text="The office and its telephone, as other counties see them.",
                max_length=100,
                verbose_name="whom to call",
            ),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="IdentityClaim",
            fields=[
                ("index", models.BinaryField(primary_key=True, serialize=False, verbose_name="index")),
                (
                    "tenants",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), size=None, verbose_name="counties"
                    ),
                ),
            ],
            options={"verbose_name": "claim of an identity", "verbose_name_plural": "claims of identities"},
        ),
        GrantTable("registry_tenant", "UPDATE (office_contact)"),
        GrantTable("registry_identityclaim", ""),
        migrations.RunPython(create, drop),
    ]
