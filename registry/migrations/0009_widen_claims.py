"""Let a whole region bring its rosters in on one day, and never leave the lock of the count behind.

A region has about a million persons; each county may need two or three tries on the day on which all begin. Five million
a day still bounds a walk through the numbers of one county, of which there are some 36 million. The lock of the count is
the session's, so that it is given back before the transaction ends; a statement that is cancelled while it is held gives
it back too, since the session goes on to others in the pool.
"""

from django.db import migrations

CREATE = """
CREATE OR REPLACE FUNCTION claim_identities(claimed bytea[], released bytea[])
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
        SELECT greatest(%(floor)s, 3 * c.reltuples::bigint) INTO allowed
            FROM pg_class c WHERE c.oid = 'public.registry_identityclaim'::regclass;
        BEGIN
            PERFORM pg_advisory_lock(5499, 18);
            SELECT greatest(s.last_value, day) + asked INTO spent FROM public.registry_identityasked s;
            IF spent - day <= allowed THEN
                PERFORM setval('public.registry_identityasked', spent);
            END IF;
        EXCEPTION WHEN query_canceled OR OTHERS THEN
            PERFORM pg_advisory_unlock(5499, 18);
            RAISE;
        END;
        PERFORM pg_advisory_unlock(5499, 18);
        RAISE LOG 'claim_identities: tenant %% asked %%, all asked %% of %% today', mine, asked, spent - day, allowed;
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
"""
FLOOR, FORMER_FLOOR = 5_000_000, 1_000_000


class Migration(migrations.Migration):
    dependencies = [("registry", "0008_lighten_row_versions")]

    operations = [migrations.RunSQL(CREATE % {"floor": FLOOR}, CREATE % {"floor": FORMER_FLOOR})]
