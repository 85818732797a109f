"""Migration operations: what each tenant table needs beside Django's own CREATE TABLE.

A failed migration leaves nothing behind, since PostgreSQL's DDL is transactional. The text of a policy comes from
`policies` alone, so that the system check can compare the database with it.
"""

from typing import Final

from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState
from django.db.models import Field, Model
from typing_extensions import override

from registry.enums import Policy
from registry.tenancy.database import DROP_FUNCTIONS, DROP_HISTORY_FUNCTIONS, FUNCTIONS, HISTORY_FUNCTIONS
from registry.tenancy.history import VersionKeeper

_TENANT: Final = "tenant_id = app_tenant()"
_RANGED: Final = f"{_TENANT} AND app_in_scope(scope_code)"
_DETAIL: Final = f"{_TENANT} AND (app_in_scope(scope_code) OR app_empties_details())"
# A row that lies above the county is read with the audit right, and by automatic work, which is nobody's.
_ABOVE: Final = "(reach = 'above' AND (app_reads_audit() OR app_actor() IS NULL))"
_NOT_HIDDEN: Final = "coalesce(app_actor() <> ALL (hidden_from), true)"
CONCEALED: Final = f"{_TENANT} AND (app_in_scope(scope_code) OR {_ABOVE}) AND {_NOT_HIDDEN}"


def policy_statements(table: str, policy: Policy) -> list[str]:
    """Write the policies of a table: one permissive policy, or for audit one each for reading and writing."""
    return [
        f'CREATE POLICY {name} ON "{table}" FOR {command} {_clauses(using, check)}'
        for name, command, using, check in policies(policy)
    ]


def policies(policy: Policy) -> list[tuple[str, str, str, str]]:
    """Give name, command, USING and WITH CHECK of each policy; the system check compares the database with them."""
    match policy:
        case Policy.AUDIT:
            return [
                ("scope_read", "SELECT", f"{_TENANT} AND app_reads_audit()", ""),
                ("scope_write", "INSERT", "", _TENANT),
            ]
        case Policy.DETAIL:
            return [
                ("scope_read", "SELECT", _DETAIL, ""),
                ("scope_write", "INSERT", "", _TENANT),
                ("scope_change", "UPDATE", _DETAIL, _DETAIL),
            ]
        case Policy.CONCEALED:
            return [
                ("scope_read", "SELECT", CONCEALED, ""),
                ("scope_write", "INSERT", "", _TENANT),
                ("scope_change", "UPDATE", CONCEALED, CONCEALED),
            ]
        case Policy.RANGED:
            return [("scope", "ALL", _RANGED, _RANGED)]
        case Policy.SHARED:
            return [("scope", "ALL", _TENANT, _TENANT)]


def _clauses(using: str, check: str) -> str:
    parts = [f"USING ({using})" if using else "", f"WITH CHECK ({check})" if check else ""]
    return " ".join(part for part in parts if part)


def _grants(table: str, *, app: str) -> list[str]:
    backup = settings.DATABASE_BACKUP_ROLE
    grants = [f'GRANT {app} ON "{table}" TO "{settings.DATABASE_APP_ROLE}"'] if app else []
    return [*grants, f'GRANT SELECT ON "{table}" TO "{backup}"'] if backup else grants


class TableOperation(Operation):
    """An operation on the table of one model; it changes nothing in Django's state."""

    reversible = True
    reduces_to_sql = True
    category = OperationCategory.SQL

    def __init__(self, model: str) -> None:
        self.model = model

    @override
    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Leave the state of the models alone."""

    def forwards(self, model: type[Model]) -> list[str]:
        """Give the statements that do it."""
        raise NotImplementedError

    def backwards(self, model: type[Model]) -> list[str]:
        """Give the statements that undo it."""
        raise NotImplementedError

    def trigger_names(self, table: str) -> list[str]:
        """Name the triggers that it made; the system check looks for them."""
        return []

    @override
    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Run the statements, each alone."""
        for statement in self.forwards(to_state.apps.get_model(app_label, self.model)):
            schema_editor.execute(statement, params=None)

    @override
    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Undo the statements, each alone."""
        for statement in self.backwards(from_state.apps.get_model(app_label, self.model)):
            schema_editor.execute(statement, params=None)


class ProtectTenantTable(TableOperation):
    """Give a new tenant table its key (tenant_id, id), FORCE row-level security, policy and grants.

    `append_only` rows may be inserted, and only their `scope_code` may change afterwards; a table with another rule
    names its own `trigger` function and `updatable` columns. `deletable` grants DELETE to the app role, which has it
    nowhere else.
    """

    def __init__(
        self,
        model: str,
        *,
        policy: Policy,
        append_only: bool = False,
        deletable: bool = False,
        trigger: str = "app_refuse_change",
        updatable: tuple[str, ...] = ("scope_code",),
    ) -> None:
        super().__init__(model)
        self.policy = Policy(policy)
        self.append_only = append_only
        self.deletable = deletable
        self.trigger = trigger
        self.updatable = updatable

    @override
    def forwards(self, model: type[Model]) -> list[str]:
        """Swap the key, then protect."""
        table = model._meta.db_table
        return [
            f'ALTER TABLE "{table}" DROP CONSTRAINT "{table}_pkey"',
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_pkey" PRIMARY KEY (tenant_id, id)',
            f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
            *policy_statements(table, self.policy),
            *_grants(table, app=self.app_rights()),
            *self._triggers(table),
        ]

    def app_rights(self) -> str:
        """Write the rights of the app role; the system check compares the database with them."""
        if self.policy == Policy.AUDIT:
            return "SELECT, INSERT"
        if self.append_only or self.updatable != ("scope_code",):
            return f"SELECT, INSERT, UPDATE ({', '.join(self.updatable)})"
        return "SELECT, INSERT, UPDATE, DELETE" if self.deletable else "SELECT, INSERT, UPDATE"

    @override
    def trigger_names(self, table: str) -> list[str]:
        """Name the trigger that keeps rows as they were written."""
        return [f"{table}_append_only"] if self.append_only else []

    def _triggers(self, table: str) -> list[str]:
        return [
            f'CREATE TRIGGER "{name}" BEFORE UPDATE OR DELETE ON "{table}"'
            f" FOR EACH ROW EXECUTE FUNCTION {self.trigger}()"
            for name in self.trigger_names(table)
        ]

    @override
    def backwards(self, model: type[Model]) -> list[str]:
        """Take the protection away; the table is dropped by the next operation backwards."""
        table = model._meta.db_table
        return [
            *[f'DROP TRIGGER "{name}" ON "{table}"' for name in self.trigger_names(table)],
            *[f'DROP POLICY {name} ON "{table}"' for name, *_rest in policies(self.policy)],
            f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" DROP CONSTRAINT "{table}_pkey"',
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_pkey" PRIMARY KEY (id)',
        ]

    @override
    def describe(self) -> str:
        """Say what the operation does."""
        return f"Protect the tenant table of {self.model}"


class OwnRowsOnly(TableOperation):
    """Refuse a new row of a platform table whose `column` is not the tenant of the scope."""

    def __init__(self, model: str, *, column: str) -> None:
        super().__init__(model)
        self.column = column

    @override
    def trigger_names(self, table: str) -> list[str]:
        """Name the trigger that asks for the tenant."""
        return [f"{table}_own_rows_only"]

    @override
    def forwards(self, model: type[Model]) -> list[str]:
        """Add the trigger."""
        table = model._meta.db_table
        return [
            f'CREATE TRIGGER "{name}" BEFORE INSERT ON "{table}"'
            f" FOR EACH ROW EXECUTE FUNCTION app_is_ours('{self.column}')"
            for name in self.trigger_names(table)
        ]

    @override
    def backwards(self, model: type[Model]) -> list[str]:
        """Drop the trigger."""
        table = model._meta.db_table
        return [f'DROP TRIGGER "{name}" ON "{table}"' for name in self.trigger_names(table)]

    @override
    def describe(self) -> str:
        """Say what the operation does."""
        return f"Let a scope insert only its own rows of {self.model}"


class TenantLink(TableOperation):
    """Make the composite foreign key (tenant_id, field) -> (tenant_id, id) of a TenantForeignKey."""

    def __init__(self, model: str, field: str) -> None:
        super().__init__(model)
        self.field = field

    def _name(self, model: type[Model]) -> str:
        return f"{model._meta.db_table}_{self.field}_link"

    @override
    def forwards(self, model: type[Model]) -> list[str]:
        """Add the constraint."""
        field = model._meta.get_field(self.field)
        target = field.related_model
        if not isinstance(target, type) or not isinstance(field, Field):
            raise TypeError(f"{self.field} is no relation")
        foreign = f'FOREIGN KEY (tenant_id, "{field.column}") REFERENCES "{target._meta.db_table}" (tenant_id, id)'
        return [f'ALTER TABLE "{model._meta.db_table}" ADD CONSTRAINT "{self._name(model)}" {foreign}']

    @override
    def backwards(self, model: type[Model]) -> list[str]:
        """Drop the constraint."""
        return [f'ALTER TABLE "{model._meta.db_table}" DROP CONSTRAINT "{self._name(model)}"']

    @override
    def describe(self) -> str:
        """Say what the operation does."""
        return f"Link {self.model}.{self.field} within the tenant"


class KeepHistory(TableOperation):
    """Keep every superseded version of a table's rows in `registry_rowversion`, by triggers.

    `of` names the relation to the row that a version moves and is read with: of a membership its household; without
    it, and with `or_itself` where it names none, a row owns its versions itself. The end of each migrate writes the
    text anew for columns that came or went since.
    A distributed database takes triggers for each row alone: `HISTORY_FOR_EACH_ROW`.
    """

    def __init__(self, model: str, *, of: str = "", or_itself: bool = False) -> None:
        super().__init__(model)
        self.of = of
        self.or_itself = or_itself

    def keeper(self, model: type[Model]) -> VersionKeeper:
        """Give what writes the triggers of this table."""
        return VersionKeeper.of_model(model, owner=self.of, or_itself=self.or_itself)

    @override
    def trigger_names(self, table: str) -> list[str]:
        """Name the triggers that store versions."""
        return [f"{table}_version_update", f"{table}_version_delete"]

    @override
    def forwards(self, model: type[Model]) -> list[str]:
        """Make the function and its triggers."""
        return self.keeper(model).statements(each_row=settings.HISTORY_FOR_EACH_ROW)

    @override
    def backwards(self, model: type[Model]) -> list[str]:
        """Drop them; what is stored stays."""
        table = model._meta.db_table
        triggers = [f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"' for name in self.trigger_names(table)]
        return [*triggers, f'DROP FUNCTION IF EXISTS "{self.keeper(model).function}"()']

    @override
    def describe(self) -> str:
        """Say what the operation does."""
        return f"Keep the history of {self.model}"


class GrantTable(Operation):
    """Grant the app role exactly what it needs of a table outside the tenants; the backup role reads."""

    reversible = True
    reduces_to_sql = True
    category = OperationCategory.SQL

    def __init__(self, table: str, rights: str) -> None:
        self.table = table
        self.rights = rights

    @override
    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Leave the state of the models alone."""

    @override
    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Grant."""
        for statement in _grants(self.table, app=self.rights):
            schema_editor.execute(statement, params=None)

    @override
    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Revoke."""
        schema_editor.execute(f'REVOKE ALL ON "{self.table}" FROM "{settings.DATABASE_APP_ROLE}"', params=None)

    @override
    def describe(self) -> str:
        """Say what the operation does."""
        return f"Grant {self.rights} on {self.table} to the app role"


class CreateScopeFunctions(Operation):
    """Make the functions that the policies and append-only triggers call."""

    reversible = True
    category = OperationCategory.SQL
    create, drop = FUNCTIONS, DROP_FUNCTIONS

    @override
    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Leave the state of the models alone."""

    @override
    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Create them."""
        schema_editor.execute(self.create, params=None)

    @override
    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Drop them."""
        schema_editor.execute(self.drop, params=None)

    @override
    def describe(self) -> str:
        """Say what the operation does."""
        return "Create the functions of row-level security"


class CreateHistoryFunctions(CreateScopeFunctions):
    """Make the functions that the triggers of history call."""

    create, drop = HISTORY_FUNCTIONS, DROP_HISTORY_FUNCTIONS

    @override
    def describe(self) -> str:
        """Say what the operation does."""
        return "Create the functions of history"
