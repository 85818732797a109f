"""Contact villages of leading officials: begin and end such an assignment."""

from datetime import date
from typing import Final
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.text import clean, clean_name
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.models import Village, VillageContact

ACTION: Final = "villages.manage_contacts"


def assign_contact(
    village_id: UUID, *, name: str, post_title: str, on: date, actor: Actor, until: date | None = None
) -> VillageContact:
    """Make the village the contact village of an official from the day `on`, until the day (not included) if given.

    Raises: NotFound, NotAllowed; Conflict when the official has the village on these days; DomainError.
    """
    village = Village.objects.filter(pk=village_id).first()
    if village is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    require(actor, ACTION, village)
    name, post_title = clean_name(name), clean(post_title)
    if not name or not post_title:
        message = _("Name and post are both needed. Enter them.")
        raise DomainError("contact.unnamed", message, field="post_title" if name else "name")
    if until is not None and until <= on:
        message = _("The assignment ends before it began. Enter a later day.")
        raise DomainError("contact.ends_before_start", message, field="until")
    contact = VillageContact(
        scope_code=village.code, village=village, name=name, post_title=post_title, starts_on=on, ends_on=until
    )
    try:
        with savepoint():
            contact.save()
    except IntegrityError as error:
        message = _("This official has the village as a contact village on these days already.")
        raise Conflict("contact.on_file", message, field="name") from error
    changes = {key: (None, getattr(contact, key)) for key in ("name", "post_title", "starts_on", "ends_on")}
    record("villages.assign_contact", contact, actor=actor, changes=changes)
    return contact


def end_contact(contact_id: UUID, *, on: date, actor: Actor, version: int | None = None) -> VillageContact:
    """End such an assignment: `on` is the first day without it; on its first day it was entered in error.

    Locks: the contact's row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    contact = lock_version(VillageContact.objects.all(), contact_id, version)
    require(actor, ACTION, contact)
    if contact.ends_on is not None and contact.ends_on <= on:
        message = _("The assignment has ended already, on %(day)s. Enter an earlier day.")
        raise Conflict("contact.ended", message % {"day": contact.ends_on.isoformat()}, field="on")
    if on < contact.starts_on:
        message = _("The assignment ends before it began. Enter a later day.")
        raise DomainError("contact.ends_before_start", message, field="on")
    before, contact.ends_on = contact.ends_on, on
    contact.touch().save(update_fields=["ends_on", "version", "updated_at"])
    record("villages.end_contact", contact, actor=actor, changes={"ends_on": (before, on)})
    return contact
