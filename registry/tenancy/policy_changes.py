"""The migration operation that puts another policy on a table that is protected already."""

from django.db.models import Model
from typing_extensions import override

from registry.enums import Policy
from registry.tenancy.operations import ProtectTenantTable, policies, policy_statements


class ChangePolicy(ProtectTenantTable):
    """Put another policy in place of the `former` one; all else of the protection stays, and is stated again."""

    def __init__(
        self,
        model: str,
        *,
        former: Policy,
        policy: Policy,
        append_only: bool = False,
        deletable: bool = False,
        trigger: str = "app_refuse_change",
        updatable: tuple[str, ...] = ("scope_code",),
    ) -> None:
        super().__init__(
            model, policy=policy, append_only=append_only, deletable=deletable, trigger=trigger, updatable=updatable
        )
        self.former = Policy(former)

    @override
    def forwards(self, model: type[Model]) -> list[str]:
        """Drop the former policies and write the new ones."""
        return self._swap(model, self.former, self.policy)

    @override
    def backwards(self, model: type[Model]) -> list[str]:
        """Put the former policies back."""
        return self._swap(model, self.policy, self.former)

    def _swap(self, model: type[Model], former: Policy, policy: Policy) -> list[str]:
        table = model._meta.db_table
        dropped = [f'DROP POLICY {name} ON "{table}"' for name, *_rest in policies(former)]
        return [*dropped, *policy_statements(table, policy)]

    @override
    def describe(self) -> str:
        """Say what the operation does."""
        return f"Change the policy of {self.model}"
