"""Which changes the county lets a second person decide, and the gate that amending asks."""

from collections.abc import Collection
from typing import Final, TypedDict

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from households.enums import ChangeKind, HouseholdStatus
from households.models import ChangeRule, Household, Membership, Person
from registry.access import require
from registry.audit import record
from registry.domain.tenants import on_opening
from registry.domain.versions import lock_version, stale_version
from registry.lib.errors import Conflict
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint

# What tells who a person is. The marks of a disability certificate follow from its number.
IDENTITY: Final = frozenset(
    {
        "name",
        "sex_code",
        "birth_on",
        "birth_precision",
        "document_code",
        "document_sealed",
        "document_index",
        "disability_category_code",
        "disability_grade_code",
        "is_placeholder",
    }
)
# Where the money goes: the account, and the bank that keeps it.
ACCOUNT: Final = frozenset({"account_sealed", "account_index", "bank_name"})


class RuleChanges(TypedDict, total=False):
    """The parts of the rule; those left out stay."""

    identity_by_two: bool
    account_by_two: bool
    status_by_two: bool
    covers_candidates: bool


def set_change_rule(changes: RuleChanges, *, actor: Actor, version: int | None = None) -> ChangeRule:
    """Write the changed parts of the county's rule; the first time the row is made from the proposal.

    Locks: the row. Raises: NotAllowed, StaleVersion.
    """
    require(actor, "households.manage_change_rule")
    known = ChangeRule.objects.first()
    if known is None and version:
        raise stale_version()
    row = ChangeRule(scope_code=actor.tenant_code)
    if known is not None:
        row = lock_version(ChangeRule.objects.all(), known.pk, version)
    before = {name: getattr(known, name, None) for name in changes}
    for name, value in changes.items():
        setattr(row, name, value)
    if known is None:
        try:
            with savepoint():
                row.save()
        except IntegrityError as error:
            raise stale_version() from error
    else:
        row.touch().save()
    after = {name: (old, getattr(row, name)) for name, old in before.items()}
    record("households.set_change_rule", row, actor=actor, changes=after)
    return row


@on_opening
def begin_with_rule(actor: Actor) -> None:
    """Let a new county begin with the rule on for identity and bank account; it edits or switches it off itself.

    Raises: NotAllowed.
    """
    require(actor, "households.begin_change_rule")
    row = ChangeRule(scope_code=actor.tenant_code)
    row.save()
    changes = {name: (None, getattr(row, name)) for name in RuleChanges.__annotations__}
    record("households.set_change_rule", row, actor=actor, changes=changes)


def guarded_in(row: Person | Household, names: Collection[str]) -> frozenset[str]:
    """Give those of the changed columns that take a second person: none where the county has no rule."""
    guarded = (IDENTITY if isinstance(row, Person) else ACCOUNT) & frozenset(names)
    if not guarded:
        return frozenset()
    rule = ChangeRule.objects.first()
    kind = ChangeKind.IDENTITY if isinstance(row, Person) else ChangeKind.ACCOUNT
    if rule is None or not _covers(rule, kind):
        return frozenset()
    return frozenset() if not rule.covers_candidates and _is_candidate(row) else guarded


def status_takes_two() -> bool:
    """Tell whether a second person decides on a change of status or monitoring outside a dossier."""
    return ChangeRule.objects.filter(status_by_two=True).exists()


def require_no_second(row: Person | Household, names: Collection[str]) -> None:
    """Go on only where no changed column takes a second person. Raises: Conflict `change.needs_second_person`."""
    if guarded_in(row, names):
        message = _(
            "In this county a second person decides on this change. Propose it as a change request; all other "
            "fields are saved at once."
        )
        raise Conflict("change.needs_second_person", message)


def _covers(rule: ChangeRule, kind: ChangeKind) -> bool:
    return rule.identity_by_two if kind == ChangeKind.IDENTITY else rule.account_by_two


def _is_candidate(row: Person | Household) -> bool:
    """Tell whether the household, or the one in which the person lives, is not on the register yet."""
    if isinstance(row, Household):
        return row.status == HouseholdStatus.CANDIDATE
    status = Membership.objects.filter(person=row, ends_on__isnull=True).values_list("household__status", flat=True)
    return status.first() == HouseholdStatus.CANDIDATE
