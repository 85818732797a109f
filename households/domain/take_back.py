"""Let a person on file, who left, join a household again: the same person, in a new membership."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from households.domain.locking import lock_household
from households.domain.members import join_again, require_change, standing_of_change
from households.domain.sent_away import lives_elsewhere
from households.models import Membership
from households.queries.transfers import sent_away
from households.queries.visibility import persons_visible_to
from registry.access import require
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict
from registry.tenancy.context import Actor


def take_back(
    person_id: UUID,
    household_id: UUID,
    *,
    relation_code: str,
    actor: Actor,
    on: date,
    reason_code: str,
    other_countys_word: str = "",
    version: int | None = None,
) -> Membership:
    """Let a person who left come back into a household from the day `on`, for a reason for joining.

    It names the person on file, where `add_person` knows one only by document or number. `version` is the person's.
    Who is on file as dead does not come back; a wrong death is taken back by `reinstate_member`. Somebody without a
    document whom a transfer sent away is offered back by the other county; `other_countys_word` says what its office
    told where the person lives in no household there any more (docs/decisions/0225).
    Locks: the household row, the person row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    household = lock_household(household_id, "households.change_members", actor=actor, version=None)
    person = lock_version(persons_visible_to(actor), person_id, version)
    require(actor, "households.change_members", person)
    standing = standing_of_change(household, on)
    require_change(reason_code, "in", on)
    if person.anonymised_on is not None:
        raise Conflict("person.anonymised", _("Nothing is on file of this person any more. Add the person anew."))
    if Membership.objects.filter(person=person, ends_on__isnull=True).exists():
        message = _("The person lives in a household now. End that membership first, from the same day.")
        raise Conflict("person.present", message)
    word = other_countys_word.strip()
    if person.is_placeholder and sent_away(person.id) is not None and not word:
        raise lives_elsewhere("other_countys_word")
    return join_again(
        household,
        standing,
        person,
        relation_code,
        "households.take_back",
        actor=actor,
        on=on,
        reason_code=reason_code,
        reason=word[:200],
    )
