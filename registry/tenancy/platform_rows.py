"""Migration operations on platform tables, whose rows no policy guards."""

from django.db.models import Model
from typing_extensions import override

from registry.tenancy.operations import TableOperation


class _Trigger(TableOperation):
    """One trigger that every row of the table passes."""

    rule: str
    moment: str

    def function(self) -> str:
        """Give the call of the function that decides."""
        raise NotImplementedError

    @override
    def trigger_names(self, table: str) -> list[str]:
        """Name the trigger."""
        return [f"{table}_{self.rule}"]

    @override
    def forwards(self, model: type[Model]) -> list[str]:
        """Add the trigger."""
        table = model._meta.db_table
        return [
            f'CREATE TRIGGER "{name}" BEFORE {self.moment} ON "{table}" FOR EACH ROW EXECUTE FUNCTION {self.function()}'
            for name in self.trigger_names(table)
        ]

    @override
    def backwards(self, model: type[Model]) -> list[str]:
        """Drop the trigger."""
        table = model._meta.db_table
        return [f'DROP TRIGGER "{name}" ON "{table}"' for name in self.trigger_names(table)]


class WrittenOnce(_Trigger):
    """Refuse every change and deletion of a row, whoever asks, the owner of the table too."""

    rule = "written_once"
    moment = "UPDATE OR DELETE"

    @override
    def function(self) -> str:
        """Give the call that refuses."""
        return "app_refuse_change()"

    @override
    def describe(self) -> str:
        """Say what the operation does."""
        return f"Keep the rows of {self.model} as they were written"


class OwnChangesOnly(_Trigger):
    """Refuse the change of a row whose `column` is not the tenant of the scope."""

    rule = "own_changes_only"
    moment = "UPDATE"

    def __init__(self, model: str, *, column: str) -> None:
        super().__init__(model)
        self.column = column

    @override
    def function(self) -> str:
        """Give the call that asks for the tenant."""
        return f"app_is_ours('{self.column}')"

    @override
    def describe(self) -> str:
        """Say what the operation does."""
        return f"Let a scope change only its own rows of {self.model}"
