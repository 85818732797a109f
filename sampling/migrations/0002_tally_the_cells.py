"""What was found in a cell is kept with it: a household that moves to another township goes on counting where it was drawn."""

from typing import Final

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.lib.gbcode import subtree
from registry.tenancy.context import system_actor
from registry.tenancy.operations import ProtectTenantTable, TenantLink
from registry.tenancy.scope import tenant_scope

PLATFORM_TENANT_ID: Final = 1
COUNT_RESULTS: Final = """
CREATE FUNCTION sampling_count_result() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE sampling_sampletally t SET
        checked = t.checked + (NEW.outcome IN ('correct', 'wrong'))::int - (OLD.outcome IN ('correct', 'wrong'))::int,
        wrong = t.wrong + (NEW.outcome = 'wrong')::int - (OLD.outcome = 'wrong')::int
    WHERE t.tenant_id = NEW.tenant_id AND t.cell_id = NEW.cell_id;
    RETURN NULL;
END $$;
CREATE TRIGGER sampling_sampledhousehold_count_result AFTER UPDATE OF outcome ON sampling_sampledhousehold
    FOR EACH ROW WHEN (OLD.outcome IS DISTINCT FROM NEW.outcome) EXECUTE FUNCTION sampling_count_result();
"""
COUNT_NONE: Final = """
DROP TRIGGER sampling_sampledhousehold_count_result ON sampling_sampledhousehold;
DROP FUNCTION sampling_count_result();
"""
# Ids need no order here: a tally is found by its cell.
TALLY: Final = """
INSERT INTO sampling_sampletally (id, tenant_id, scope_code, cell_id, checked, wrong)
SELECT gen_random_uuid(), c.tenant_id, c.scope_code, c.id,
    count(*) FILTER (WHERE h.outcome IN ('correct', 'wrong')), count(*) FILTER (WHERE h.outcome = 'wrong')
FROM sampling_samplecell c LEFT JOIN sampling_sampledhousehold h ON h.tenant_id = c.tenant_id AND h.cell_id = c.id
WHERE c.tenant_id = %s GROUP BY c.tenant_id, c.id
"""


def tally_cells(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Count what was found in the cells on file, one county after the other."""
    tenants = apps.get_model("registry", "Tenant").objects.exclude(pk=PLATFORM_TENANT_ID).order_by("pk")
    for tenant_id, code in tenants.values_list("pk", "code"):
        with (
            tenant_scope(system_actor(tenant_id, code, (subtree(code),), origin="migration")),
            schema_editor.connection.cursor() as cursor,
        ):
            cursor.execute(TALLY, [tenant_id])


class Migration(migrations.Migration):
    dependencies = [("sampling", "0001_samples"), ("registry", "0020_published_areas")]

    operations = [
        migrations.CreateModel(
            name="SampleTally",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=registry.tenancy.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "scope_code",
                    models.CharField(db_collation="C", editable=False, max_length=12, verbose_name="division in scope"),
                ),
                ("checked", models.PositiveIntegerField(default=0, verbose_name="checked")),
                ("wrong", models.PositiveIntegerField(default=0, verbose_name="wrong")),
                (
                    "cell",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tallies",
                        to="sampling.samplecell",
                        verbose_name="cell of a sample",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.tenant",
                        verbose_name="tenant",
                    ),
                ),
            ],
            options={
                "verbose_name": "tally of a cell",
                "verbose_name_plural": "tallies of cells",
                "ordering": ["cell"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddConstraint(
            model_name="sampletally",
            constraint=models.UniqueConstraint(fields=("tenant", "cell"), name="sampletally_once_a_cell"),
        ),
        migrations.AddConstraint(
            model_name="sampletally",
            constraint=models.CheckConstraint(
                condition=models.Q(("wrong__lte", models.F("checked"))), name="sampletally_wrong_of_the_checked"
            ),
        ),
        ProtectTenantTable("sampletally", policy=Policy.SHARED, updatable=("scope_code", "checked", "wrong")),
        TenantLink("sampletally", "cell"),
        migrations.RunSQL(COUNT_RESULTS, COUNT_NONE),
        migrations.RunPython(tally_cells, migrations.RunPython.noop),
    ]
