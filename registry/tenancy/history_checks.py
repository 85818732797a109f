"""System checks of history: who must keep it does, and the triggers store what the models hold today."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.core.checks import CheckMessage, Error

from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.history import ROOTS, WITHOUT_HISTORY
from registry.tenancy.models import TenantModel
from registry.tenancy.operations import KeepHistory, ProtectTenantTable, TableOperation

FUNCTIONS_SQL: Final = "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
Models = Mapping[str, type[TenantModel]]


def history_messages(
    models: Models, written: Iterable[tuple[str, TableOperation]], functions: Mapping[str, str]
) -> Iterable[CheckMessage]:
    """Find tables below a household that lose their former versions, and triggers that another model was read for."""
    operations = list(written)
    keepers = {table: one for table, one in operations if isinstance(one, KeepHistory)}
    kept_anyway = {table for table, one in operations if isinstance(one, ProtectTenantTable) and one.append_only}
    kept_below = below(keepers.keys() & set(ROOTS), models)
    for table in sorted(kept_below - keepers.keys() - kept_anyway - WITHOUT_HISTORY.keys()):
        yield Error(f"{table} lies below a table with history and keeps none.", obj=models[table], id="registry.E020")
    own = {table for table, one in keepers.items() if not one.of}
    for table, operation in sorted(keepers.items()):
        model = models[table]
        keeper = operation.keeper(model)
        if functions.get(keeper.function) not in keeper.bodies().values():
            message = (
                f"The history of {table} was written for other columns. Run migrate, which ends with writing it anew."
            )
            yield Error(message, obj=model, id="registry.E021")
        if operation.of and targets(model).get(operation.of) not in own:
            message = f"The versions of {table} must belong to a row that owns its own, not to {operation.of}."
            yield Error(message, obj=model, id="registry.E021")


def below(tables: Iterable[str], models: Models) -> set[str]:
    """Give the tables and all that point at them, directly or through others."""
    found = set(tables)
    while True:
        more = {table for table, model in models.items() if found & set(targets(model).values())} - found
        if not more:
            return found
        found |= more


def targets(model: type[TenantModel]) -> dict[str, str]:
    """Give the table to which each relation of a model within the tenant leads."""
    return {
        field.name: field.remote_field.model._meta.db_table
        for field in model._meta.local_fields
        if isinstance(field, TenantForeignKey)
    }
