"""What stores the superseded versions of rows: the text of the triggers, written from the model of their table.

A trigger reads the old row, the new one and the settings of the transaction, and looks nothing up. A version holds what
the columns that changed held before, as a JSON object; of a row that was deleted it holds all. Sealed values stay
sealed. Blind indexes are left out: they would outlive their key. The columns are named in the text, which makes a
version cheap (docs/decisions/0111); `manage.py migrate` ends with writing it anew where they changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from django.db.models import Model

TABLE: Final = "registry_rowversion"
# Whose former versions are read and move with them: what lies below one of these keeps its own, or says why not.
ROOTS: Final = ("households_household", "households_person")
# PostgreSQL takes a hundred arguments of a function.
_MOST_ARGUMENTS: Final = 50
# What says nothing of the household: who may see the row now, and that something below it changed.
SILENT: Final = ("scope_code", "version", "updated_at")
# Kept where something else changed with it.
_COUNTED: Final = ("version", "updated_at")
_KEY: Final = ("id", "tenant_id")
# What follows from another column and helps to find rows: no change of its own, and no part of a version.
FOLLOWING: Final = ("sound_key", "sound_start")
_INDEX: Final = "_index"
# Tables below one with history that keep none, each with its reason; append-only tables need no line.
WITHOUT_HISTORY: Final[dict[str, str]] = {
    "concerns_grievance": "each step and answer stands in the row; a former version would be read by whom it is about",
    "concerns_grievanceanswer": "an answer is not changed; a former version would be read by whom it is about",
    "concerns_helprequest": "its days stand in the row and each change in the audit trail; one may be of no household",
    "economy_projectwork": "a wage that is only withdrawn, both in the audit trail",
    "entitlements_entitlementfinding": "each run writes it anew; what people answer is in the audit trail",
    "funds_paymentcorrection": "a posting that never changes, with the lines that it touched",
    "funds_paymentline": "amount and payee never change; strike, payment and return are in the audit trail of the list",
    "households_changerequest": "a frozen request and its decision, both in the audit trail",
    "households_duplicatenotice": "what two counties decided, in the audit trail of both",
    "households_nearduplicate": "what was found and what somebody decided on it, in the audit trail",
    "households_transfer": "an offer and its answer, both in the audit trail",
    "partners_benefitlink": "an edition never changes; its successor or its withdrawal is in the audit trail",
    "partners_demonstrationmark": "a mark that is only withdrawn, both in the audit trail",
    "planning_helperchoice": "a choice never changes; what became of it stands in the pairings and their history",
    "planning_relatedpair": "deleted with the plan, so that nobody's relations stay on file",
    "sampling_sampledhousehold": "what was drawn never changes; its result and each correction are in the audit trail",
    "quality_finding": "each run of the rules writes it anew; what people decide on it is in the audit trail",
    "quality_exemption": "a request and its decision, both in the audit trail",
    "quality_suspicionline": "as it came from above; its answer is in the audit trail",
}

_COLUMNS: Final = "id, tenant_id, scope_code, table_name, row_id, owner_id, at, user_id, is_deleted, content"
# Memory for the join of old rows with new ones: those of a whole county would be joined on disk else.
_SETTINGS: Final = " SET enable_nestloop = off SET work_mem = '32MB'"


@dataclass(frozen=True, slots=True)
class VersionKeeper:
    """The triggers of one table, whose columns are held in the order of their names.

    With `or_itself` a row whose owner is not named owns its versions itself.
    """

    table: str
    owner: str
    columns: tuple[str, ...]
    or_itself: bool = False

    @classmethod
    def of_model(cls, model: type[Model], *, owner: str = "", or_itself: bool = False) -> Self:
        """Read the columns of a model."""
        columns = [str(field.column) for field in model._meta.local_fields]
        return cls.of_table(model._meta.db_table, columns, owner=owner, or_itself=or_itself)

    @classmethod
    def of_table(cls, table: str, columns: Iterable[str], *, owner: str = "", or_itself: bool = False) -> Self:
        """Take the columns of a table, in one order whether a model or the database names them."""
        return cls(table, f"{owner}_id" if owner else "id", tuple(sorted(columns)), or_itself)

    @property
    def function(self) -> str:
        """Name the function of the triggers."""
        return f"{self.table}_keep_version"

    def statements(self, *, each_row: bool) -> list[str]:
        """Make or replace function and triggers: once a statement, or for each row."""
        return [self.function_statement(each_row=each_row), *self._triggers(each_row=each_row)]

    def bodies(self) -> dict[bool, str]:
        """Give the text of the function, for each row (True) and once a statement; the system check compares it."""
        return {True: self._for_each_row(), False: self._once_a_statement()}

    def function_statement(self, *, each_row: bool) -> str:
        """Make or replace the function alone."""
        # A plan is kept for the session: one made for a single row must not join a bulk update row by row.
        planned = "" if each_row else _SETTINGS
        body = self.bodies()[each_row]
        return f'CREATE OR REPLACE FUNCTION "{self.function}"() RETURNS trigger LANGUAGE plpgsql{planned} AS $${body}$$'

    def _triggers(self, *, each_row: bool) -> list[str]:
        rows = {"update": "OLD TABLE AS old_rows NEW TABLE AS new_rows", "delete": "OLD TABLE AS old_rows"}
        return [
            f'CREATE OR REPLACE TRIGGER "{self.table}_version_{event}" AFTER {event.upper()} ON "{self.table}"'
            + (" FOR EACH ROW" if each_row else f" REFERENCING {tables} FOR EACH STATEMENT")
            + f' EXECUTE FUNCTION "{self.function}"()'
            for event, tables in rows.items()
        ]

    def _once_a_statement(self) -> str:
        """Write the text for transition tables; a row whose key was changed has no new one, and is kept whole."""
        version_id = "(stamp || lpad(to_hex(row_number() OVER ()), 8, '0'))::uuid"
        return f"""{_DECLARED}
BEGIN
    IF app_renews_keys() THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'DELETE' THEN
        INSERT INTO {TABLE} ({_COLUMNS})
        SELECT {version_id}, o.tenant_id, o.scope_code, {self._whose("o")}, true, {self._whole("o")} FROM old_rows o;
        RETURN NULL;
    END IF;
    INSERT INTO {TABLE} ({_COLUMNS})
    SELECT {version_id}, s.tenant_id, s.scope_code, '{self.table}', s.id, s.owner_id, now(), who, s.is_gone,
        coalesce(s.whole, ('{{' || s.said || s.counted || '}}')::jsonb)
    FROM (
        SELECT o.id, o.tenant_id, coalesce(n.scope_code, o.scope_code) AS scope_code, {self._owner("o")} AS owner_id,
            n.id IS NULL AS is_gone,
            CASE WHEN n.id IS NULL THEN {self._whole("o")} END AS whole,
            {self._said("o", "n")} AS said,
            {self._counted("o", "n")} AS counted
        FROM old_rows o LEFT JOIN new_rows n ON n.tenant_id = o.tenant_id AND n.id = o.id OFFSET 0
    ) s WHERE s.is_gone OR s.said <> '';
    RETURN NULL;
END """  # noqa: S608  (names of our own tables and columns)

    def _for_each_row(self) -> str:
        return f"""{_DECLARED}
    said text;
BEGIN
    IF app_renews_keys() THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'DELETE' OR (OLD.tenant_id, OLD.id) IS DISTINCT FROM (NEW.tenant_id, NEW.id) THEN
        INSERT INTO {TABLE} ({_COLUMNS})
        VALUES ((stamp || '00000001')::uuid, OLD.tenant_id, OLD.scope_code, {self._whose("OLD")}, true,
            {self._whole("OLD")});
        RETURN NULL;
    END IF;
    said := {self._said("OLD", "NEW")};
    IF said <> '' THEN
        INSERT INTO {TABLE} ({_COLUMNS})
        VALUES ((stamp || '00000001')::uuid, OLD.tenant_id, NEW.scope_code, {self._whose("OLD")}, false,
            ('{{' || said || {self._counted("OLD", "NEW")} || '}}')::jsonb);
    END IF;
    RETURN NULL;
END """  # noqa: S608  (names of our own tables and columns)

    def _whose(self, old: str) -> str:
        """Write which row a version is of, and when and by whom it was superseded."""
        return f"'{self.table}', {old}.id, {self._owner(old)}, now(), who"

    def _owner(self, old: str) -> str:
        return f"coalesce({old}.{self.owner}, {old}.id)" if self.or_itself else f"{old}.{self.owner}"

    def _whole(self, old: str) -> str:
        left_out = [name for name in self.columns if name.endswith(_INDEX) or name in FOLLOWING]
        return f"to_jsonb({old}) - {_array(['scope_code', *left_out])}"

    def _said(self, old: str, new: str) -> str:
        """Write the former values of what changed, as the members of a JSON object; nothing where all is the same."""
        silent = (*SILENT, *FOLLOWING, *_KEY)
        told = [name for name in self.columns if name not in silent and not name.endswith(_INDEX)]
        parts = [", ".join(_changed(name, old, new) for name in some) for some in _parts(told, _MOST_ARGUMENTS)]
        joined = ", ".join(f"nullif(concat_ws(',', {part}), '')" for part in parts)
        return f"concat_ws(',', {joined})"

    def _counted(self, old: str, new: str) -> str:
        """Write the former values of what only counts changes, each with a comma before it."""
        told = [name for name in _COUNTED if name in self.columns]
        changed = ", ".join(_changed(name, old, new, comma=True) for name in told)
        return f"concat({changed})" if told else "''"


# The versions of one statement have the order in which it wrote them: the moment of the clock, a random part, a number.
_DECLARED: Final = """
DECLARE
    stamp CONSTANT text := app_version_stamp() || substr(gen_random_uuid()::text, 20, 9);
    who CONSTANT uuid := app_actor();"""


def _changed(name: str, old: str, new: str, *, comma: bool = False) -> str:
    before = "," if comma else ""
    key = f"""'{before}"{name}":'"""
    value = f"coalesce(to_json({old}.{name})::text, 'null')"
    return f"CASE WHEN {old}.{name} IS DISTINCT FROM {new}.{name} THEN {key} || {value} END"


def _parts(names: list[str], size: int) -> list[list[str]]:
    return [names[start : start + size] for start in range(0, len(names), size)]


def _array(names: "list[str] | tuple[str, ...]") -> str:
    return "'{" + ",".join(names) + "}'::text[]"
