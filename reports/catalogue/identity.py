"""Sealed values in a report of the register: masked, or in full to whoever may see them, each with its event."""

from typing import Final
from uuid import UUID

from assistance.models import Helper
from households.models import Household, Person
from households.queries.lists import masked
from registry import audit
from registry.access import require
from registry.crypto import Purpose, unseal
from registry.tenancy.context import Actor
from registry.tenancy.models import TenantModel
from reports.catalogue.base import REVEALED, Picture

_FIELD: Final = {Purpose.DOCUMENT: "document_sealed", Purpose.PHONE: "phone_sealed"}


class Identity:
    """Shows the sealed values of one report, as the pages of the register do.

    In full only with the right of the page that shows the same value; each value that was shown is an event of the
    audit trail on the person, household or helper, so that who asks later finds it beside those that were shown on
    pages. Why it was asked for stands in the event of the run.
    """

    def __init__(self, picture: Picture, *, actor: Actor, report_title: str) -> None:
        """Ask for the right where values shall be shown in full. Raises: NotAllowed."""
        self._actor, self._reason = actor, report_title
        self._in_full = picture.option(REVEALED) == "1"
        if self._in_full:
            require(actor, "households.reveal")

    def document(self, sealed: bytes | memoryview | None, person_id: UUID, scope_code: str) -> str:
        """Show the document number of a person."""
        return self._shown(sealed, Purpose.DOCUMENT, "households.reveal", self._named(Person, person_id, scope_code))

    def household_phone(self, sealed: bytes | memoryview | None, household_id: UUID, scope_code: str) -> str:
        """Show the telephone of a household."""
        return self._shown(sealed, Purpose.PHONE, "households.reveal", self._named(Household, household_id, scope_code))

    def helper_phone(self, sealed: bytes | memoryview | None, helper_id: UUID, scope_code: str) -> str:
        """Show the telephone of a helper."""
        return self._shown(sealed, Purpose.PHONE, "assistance.reveal", self._named(Helper, helper_id, scope_code))

    def _named(self, model: type[TenantModel], id_: UUID, scope_code: str) -> TenantModel:
        """Name the object of an event without reading its row again."""
        return model(id=id_, tenant_id=self._actor.tenant_id, scope_code=scope_code)

    def _shown(self, sealed: bytes | memoryview | None, purpose: Purpose, verb: str, subject: TenantModel) -> str:
        if sealed is None:
            return ""
        if not self._in_full:
            return masked(sealed, purpose, tenant_id=self._actor.tenant_id)
        require(self._actor, verb)
        audit.record(verb, subject, actor=self._actor, changes={_FIELD[purpose]: ("", "")}, reason=self._reason)
        return unseal(sealed, purpose, tenant_id=self._actor.tenant_id)
