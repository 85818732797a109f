"""What stores the superseded versions of rows: the text of the triggers, written from the model of their table.

A trigger reads the old row, the new one and the settings of the transaction, and looks nothing up. A version is the old
row as a JSON object; its sealed values stay sealed. Blind indexes are left out: they would outlive their key.
"""

from dataclasses import dataclass
from typing import Final, Self

from django.db.models import Model

TABLE: Final = "registry_rowversion"
# What says nothing of the household: who may see the row now, and that something below it changed.
SILENT: Final = ("scope_code", "version", "updated_at")
# What follows from another column and helps to find rows: no change of its own, and no part of a version.
FOLLOWING: Final = ("sound_key", "sound_start")
_INDEX: Final = "_index"
# Tables below one with history that keep none, each with its reason; append-only tables need no line.
WITHOUT_HISTORY: Final[dict[str, str]] = {
    "households_duplicatenotice": "what two counties decided, in the audit trail of both",
    "households_nearduplicate": "what was found and what somebody decided on it, in the audit trail",
    "households_transfer": "an offer and its answer, both in the audit trail",
    "quality_finding": "each run of the rules writes it anew; what people decide on it is in the audit trail",
    "quality_exemption": "a request and its decision, both in the audit trail",
    "quality_suspicionline": "as it came from above; its answer is in the audit trail",
}

_COLUMNS: Final = "id, tenant_id, scope_code, table_name, row_id, owner_id, at, user_id, is_deleted, content"


@dataclass(frozen=True, slots=True)
class VersionKeeper:
    """The triggers of one table."""

    table: str
    owner: str
    silent: tuple[str, ...]
    indexes: tuple[str, ...]

    @classmethod
    def of_model(cls, model: type[Model], *, owner: str = "") -> Self:
        """Read the columns of a model."""
        columns = [str(field.column) for field in model._meta.local_fields]
        return cls(
            table=model._meta.db_table,
            owner=f"{owner}_id" if owner else "id",
            silent=tuple(name for name in (*SILENT, *FOLLOWING) if name in columns),
            # In one order, whether the model is read or a migration that added a column at the end.
            indexes=tuple(sorted(name for name in columns if name.endswith(_INDEX) or name in FOLLOWING)),
        )

    @property
    def function(self) -> str:
        """Name the function of the triggers."""
        return f"{self.table}_keep_version"

    def statements(self, *, each_row: bool) -> list[str]:
        """Make or replace function and triggers: once a statement, or for each row."""
        return [self.function_statement(each_row=each_row), *self._triggers(each_row=each_row)]

    def bodies(self) -> dict[bool, str]:
        """Give the text of the function, for each row (True) and once a statement; the system check compares it."""
        return {each_row: self._body(each_row=each_row) for each_row in (True, False)}

    def function_statement(self, *, each_row: bool) -> str:
        """Make or replace the function alone."""
        # A plan is kept for the session: one made for a single row must not join a bulk update row by row.
        planned = "" if each_row else " SET enable_nestloop = off"
        body = self._body(each_row=each_row)
        return f'CREATE OR REPLACE FUNCTION "{self.function}"() RETURNS trigger LANGUAGE plpgsql{planned} AS $${body}$$'

    def _body(self, *, each_row: bool) -> str:
        return self._for_each_row() if each_row else self._once_a_statement()

    def _triggers(self, *, each_row: bool) -> list[str]:
        rows = {"update": "OLD TABLE AS old_rows NEW TABLE AS new_rows", "delete": "OLD TABLE AS old_rows"}
        return [
            f'CREATE OR REPLACE TRIGGER "{self.table}_version_{event}" AFTER {event.upper()} ON "{self.table}"'
            + (" FOR EACH ROW" if each_row else f" REFERENCING {tables} FOR EACH STATEMENT")
            + f' EXECUTE FUNCTION "{self.function}"()'
            for event, tables in rows.items()
        ]

    def _once_a_statement(self) -> str:
        return f"""
DECLARE
    stamp CONSTANT text := app_version_stamp();
BEGIN
    IF app_renews_keys() THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'DELETE' THEN
        INSERT INTO {TABLE} ({_COLUMNS})
        SELECT {self._values("o", "o.scope_code", is_deleted="true")} FROM old_rows o;
    ELSE
        INSERT INTO {TABLE} ({_COLUMNS})
        SELECT {self._values("o", "n.scope_code", is_deleted="false")}
        FROM old_rows o JOIN new_rows n ON n.tenant_id = o.tenant_id AND n.id = o.id WHERE {self._changed("o", "n")};
    END IF;
    RETURN NULL;
END """  # noqa: S608  (names of our own tables and columns)

    def _for_each_row(self) -> str:
        return f"""
DECLARE
    stamp CONSTANT text := app_version_stamp();
BEGIN
    IF app_renews_keys() THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'DELETE' THEN
        INSERT INTO {TABLE} ({_COLUMNS})
        VALUES ({self._values("OLD", "OLD.scope_code", is_deleted="true")});
    ELSIF {self._changed("OLD", "NEW")} THEN
        INSERT INTO {TABLE} ({_COLUMNS})
        VALUES ({self._values("OLD", "NEW.scope_code", is_deleted="false")});
    END IF;
    RETURN NULL;
END """  # noqa: S608  (names of our own tables and columns)

    def _values(self, old: str, scope_code: str, *, is_deleted: str) -> str:
        """Write the values of a version: its id, whose it is, whence, when and by whom, and the row."""
        version_id = "(stamp || substr(gen_random_uuid()::text, 20))::uuid"
        content = f"to_jsonb({old}) - {_array(['scope_code', *self.indexes])}"
        whose = f"'{self.table}', {old}.id, {old}.{self.owner}"
        return f"{version_id}, {old}.tenant_id, {scope_code}, {whose}, now(), app_actor(), {is_deleted}, {content}"

    def _changed(self, old: str, new: str) -> str:
        """Write the condition that something changed besides what is silent; JSON is made only where that did."""
        quiet_same = " AND ".join(f"{old}.{name} = {new}.{name}" for name in self.silent)
        rest = _array(self.silent)
        return (
            f"{old} IS DISTINCT FROM {new} AND (({quiet_same}) OR to_jsonb({old}) - {rest} <> to_jsonb({new}) - {rest})"
        )


def _array(names: "list[str] | tuple[str, ...]") -> str:
    return "'{" + ",".join(names) + "}'::text[]"
