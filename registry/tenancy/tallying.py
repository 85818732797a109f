"""The triggers that mark in which villages something changed that boards count."""

from typing import Final

from django.conf import settings
from django.db.models import Model
from typing_extensions import override

from registry.tenancy.operations import TableOperation

TABLE: Final = "registry_tallymark"
_EVENTS: Final = {
    "insert": "NEW TABLE AS new_rows",
    "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "OLD TABLE AS old_rows",
}


class MarkTallies(TableOperation):
    """Mark the villages of rows that came, went, moved, or changed in one of `columns`.

    A row of the county as a whole, such as a figure of a year, marks every village there is: `villages` names their
    table. A distributed database takes triggers for each row alone: `HISTORY_FOR_EACH_ROW`. A table that marks already
    names in `before` the columns that did: turned back, they mark again.
    """

    def __init__(
        self, model: str, *, columns: tuple[str, ...], villages: str = "", before: tuple[str, ...] = ()
    ) -> None:
        super().__init__(model)
        self.columns = columns
        self.villages = villages
        self.before = before

    @override
    def trigger_names(self, table: str) -> list[str]:
        """Name the triggers that mark."""
        return [f"{table}_tally_{event}" for event in _EVENTS]

    @override
    def forwards(self, model: type[Model]) -> list[str]:
        """Make the function and its triggers."""
        table, each_row = model._meta.db_table, settings.HISTORY_FOR_EACH_ROW
        body = self._for_each_row() if each_row else self._once_a_statement()
        function = f'CREATE OR REPLACE FUNCTION "{table}_tally"() RETURNS trigger LANGUAGE plpgsql AS $${body}$$'
        triggers = [
            f'CREATE OR REPLACE TRIGGER "{table}_tally_{event}" AFTER {event.upper()} ON "{table}"'
            + (" FOR EACH ROW" if each_row else f" REFERENCING {tables} FOR EACH STATEMENT")
            + f' EXECUTE FUNCTION "{table}_tally"()'
            for event, tables in _EVENTS.items()
        ]
        return [function, *triggers]

    @override
    def backwards(self, model: type[Model]) -> list[str]:
        """Drop them, or let the former columns mark again; marks that stand cost one count."""
        if self.before:
            return MarkTallies(self.model, columns=self.before, villages=self.villages).forwards(model)
        table = model._meta.db_table
        triggers = [f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"' for name in self.trigger_names(table)]
        return [*triggers, f'DROP FUNCTION IF EXISTS "{table}_tally"()']

    @override
    def describe(self) -> str:
        """Say what the operation does."""
        return f"Mark the villages in which {self.model} changes"

    def _once_a_statement(self) -> str:
        told = ", ".join(("id", "tenant_id", "scope_code", *self.columns))
        old, new = (f"SELECT {told} FROM {rows}" for rows in ("old_rows", "new_rows"))  # noqa: S608
        changed = f"({old} EXCEPT ALL {new}) UNION ALL ({new} EXCEPT ALL {old})"
        return f"""
BEGIN
    IF TG_OP = 'INSERT' THEN
        {self._mark("new_rows")}
    ELSIF TG_OP = 'DELETE' THEN
        {self._mark("old_rows")}
    ELSE
        {self._mark(f"({changed}) c")}
    END IF;
    RETURN NULL;
END """

    def _for_each_row(self) -> str:
        told = (*self.columns, "scope_code")
        before, after = (", ".join(f"{row}.{name}" for name in told) for row in ("OLD", "NEW"))
        old, new = (f"(SELECT {row}.tenant_id, {row}.scope_code) r" for row in ("OLD", "NEW"))
        return f"""
BEGIN
    IF TG_OP <> 'INSERT' AND (TG_OP = 'DELETE' OR ROW({before}) IS DISTINCT FROM ROW({after})) THEN
        {self._mark(old)}
    END IF;
    IF TG_OP <> 'DELETE' AND (TG_OP = 'INSERT' OR ROW({before}) IS DISTINCT FROM ROW({after})) THEN
        {self._mark(new)}
    END IF;
    RETURN NULL;
END """

    def _mark(self, rows: str) -> str:
        places = f"SELECT DISTINCT tenant_id, scope_code FROM {rows}"  # noqa: S608
        if self.villages:
            places = (
                f"SELECT v.tenant_id, v.scope_code FROM {self.villages} v"  # noqa: S608
                f" WHERE v.tenant_id IN (SELECT tenant_id FROM {rows})"
            )
        return (
            f"INSERT INTO {TABLE} (id, tenant_id, scope_code)"  # noqa: S608  (names of our own tables and columns)
            f" SELECT gen_random_uuid(), s.tenant_id, s.scope_code FROM ({places}) s;"
        )
