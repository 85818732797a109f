"""Committees of villages: the telephone as lists show it."""

from registry.crypto import Purpose, unseal
from registry.lib.text import masked_phone
from villages.models import CommitteeMember


def masked_phone_of(member: CommitteeMember) -> str:
    """Show the telephone of a committee member as its mask; an unknown one as nothing."""
    if member.phone_sealed is None:
        return ""
    return masked_phone(unseal(member.phone_sealed, Purpose.PHONE, tenant_id=member.tenant_id))
