"""Count who is released as well, lock claims in one order, and keep the log line from who asks.

How many rows a call read stands in the statistics of the database, which every role may read: a call that only released
showed thereby whether anybody claims an identity, without being counted or written to the log. Whoever releases some
identities and claims others locked the former first: two counties that exchanged numbers could wait for each other for
ever, until the database ended one of them.
"""

from importlib import import_module

from django.db import migrations

CREATE = """
CREATE OR REPLACE FUNCTION claim_identities(claimed bytea[], released bytea[])
RETURNS TABLE (claim_index bytea, claiming_tenant integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET client_min_messages = 'error' AS $$
DECLARE
    mine CONSTANT integer := public.app_tenant();
    claims CONSTANT bigint := coalesce(cardinality(claimed), 0);
    releases CONSTANT bigint := coalesce(cardinality(released), 0);
    asked CONSTANT bigint := claims + releases;
    day CONSTANT bigint := (current_date - DATE '2020-01-01')::bigint * 1000000000000;
    spent bigint;
    allowed bigint;
BEGIN
    IF mine IS NULL THEN
        RAISE EXCEPTION 'identities are claimed in the scope of a tenant' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF asked > 0 THEN
        SELECT greatest(5000000, 3 * c.reltuples::bigint) INTO allowed
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
        RAISE LOG 'claim_identities: tenant % claimed %, released %, all asked % of % today',
            mine, claims, releases, spent - day, allowed;
        IF spent - day > allowed THEN
            RAISE EXCEPTION 'too many identities were asked about today' USING ERRCODE = 'program_limit_exceeded';
        END IF;
    END IF;
    IF claims > 0 AND releases > 0 THEN
        PERFORM FROM public.registry_identityclaim c
            WHERE c.index = ANY(claimed) OR (c.index = ANY(released) AND mine = ANY(c.tenants))
            ORDER BY c.index FOR UPDATE;
    END IF;
    IF releases > 0 THEN
        WITH held AS MATERIALIZED (
            SELECT c.index FROM public.registry_identityclaim c
            WHERE c.index = ANY(released) AND mine = ANY(c.tenants) ORDER BY c.index FOR UPDATE
        ), shared AS (
            UPDATE public.registry_identityclaim c SET tenants = array_remove(c.tenants, mine)
            FROM held WHERE c.index = held.index AND cardinality(c.tenants) > 1
        )
        DELETE FROM public.registry_identityclaim c USING held WHERE c.index = held.index AND c.tenants = ARRAY[mine];
    END IF;
    IF claims > 0 THEN
        INSERT INTO public.registry_identityclaim AS c (index, tenants)
            SELECT DISTINCT wanted.index, ARRAY[mine] FROM unnest(claimed) AS wanted (index) ORDER BY 1
            ON CONFLICT (index) DO UPDATE SET tenants = c.tenants || mine WHERE NOT mine = ANY(c.tenants);
        RETURN QUERY SELECT c.index, other.tenant FROM public.registry_identityclaim c, unnest(c.tenants) AS other (tenant)
            WHERE c.index = ANY(claimed) AND cardinality(c.tenants) > 1 AND other.tenant <> mine;
    END IF;
END $$;
"""
_former = import_module("registry.migrations.0009_widen_claims")
FORMER = _former.CREATE % {"floor": _former.FLOOR}


class Migration(migrations.Migration):
    dependencies = [("registry", "0009_widen_claims")]

    operations = [migrations.RunSQL(CREATE, FORMER)]
