"""Sealed values in a report: masked, or in full to whoever may and says why, each with its line in the trail."""

from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from assistance.models import Helper
from households.domain.locking import require_reason
from households.models import Household, Person
from households.queries.lists import masked
from registry import audit
from registry.access import require
from registry.crypto import Purpose, unseal
from registry.lib.errors import DomainError
from registry.tenancy.context import Actor
from registry.tenancy.models import TenantModel
from reports.catalogue.base import Picture

# Choices of every report with sealed values: whether they are shown in full, and why.
REVEAL: Final = "reveal"
REASON: Final = "reason"
IN_FULL: Final = "yes"
_CHOICES: Final = frozenset({"", "no", IN_FULL})


class Identity:
    """Shows the sealed values of one report, as the pages of the register do.

    In full only with the right of the page that shows the same value and with a reason; each value that was shown is an
    event of the audit trail on the person, household or helper, so that who asks later finds it beside the others.
    """

    def __init__(self, picture: Picture, *, actor: Actor) -> None:
        """Ask for the right where values shall be shown in full.

        Raises: NotAllowed; DomainError without a reason, or for a choice that is neither yes nor no.
        """
        chosen = picture.option(REVEAL)
        if chosen not in _CHOICES:
            raise DomainError(
                "report.reveal_is_yes_or_no",
                _("Say yes or no to showing numbers in full."),
                field=REVEAL,
            )
        self._actor, self._in_full = actor, chosen == IN_FULL
        self._reason = ""
        if self._in_full:
            require(actor, "households.reveal")
            self._reason = require_reason(picture.option(REASON))

    def document(self, sealed: bytes | memoryview | None, person_id: UUID | None, scope_code: str) -> str:
        """Show the document number of a person."""
        return self._shown(
            sealed, Purpose.DOCUMENT, "households.reveal", lambda: self._stub(Person, person_id, scope_code)
        )

    def household_phone(self, sealed: bytes | memoryview | None, household_id: UUID, scope_code: str) -> str:
        """Show the telephone of a household."""
        return self._shown(
            sealed, Purpose.PHONE, "households.reveal", lambda: self._stub(Household, household_id, scope_code)
        )

    def person_phone(self, sealed: bytes | memoryview | None, person_id: UUID, scope_code: str) -> str:
        """Show the telephone of a person."""
        return self._shown(
            sealed, Purpose.PHONE, "households.reveal", lambda: self._stub(Person, person_id, scope_code)
        )

    def helper_phone(self, sealed: bytes | memoryview | None, helper_id: UUID | None, scope_code: str) -> str:
        """Show the telephone of a helper."""
        return self._shown(
            sealed, Purpose.PHONE, "assistance.reveal", lambda: self._stub(Helper, helper_id, scope_code)
        )

    def _named(self, model: type[TenantModel], id_: UUID | None, scope_code: str) -> TenantModel:
        """Name the object of an event without reading its row again."""
        return model(id=id_, tenant_id=self._actor.tenant_id, scope_code=scope_code)

    def _shown(
        self,
        sealed: bytes | memoryview | None,
        purpose: Purpose,
        verb: str,
        subject: TenantModel,
    ) -> str:
        if sealed is None:
            return ""
        if not self._in_full:
            return masked(sealed, purpose, tenant_id=self._actor.tenant_id)
        require(self._actor, verb)
        changes: dict[str, Any] = {f"{_FIELD[purpose]}_sealed": ("", "")}
        audit.record(verb, subject, actor=self._actor, changes=changes, reason=self._reason)
        return unseal(sealed, purpose, tenant_id=self._actor.tenant_id)


_FIELD: Final = {Purpose.DOCUMENT: "document", Purpose.PHONE: "phone"}
