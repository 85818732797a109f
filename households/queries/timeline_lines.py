"""What a line of a household's timeline says, and the rooms that tell some: upper apps enter theirs here."""

import base64
import binascii
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from households.models import Household
from registry.domain.readable import ShownChange
from registry.enums import Role
from registry.lib.errors import DomainError
from registry.lib.periods import TIME_ZONE, start_of
from registry.queries.audit import FieldChange
from registry.tenancy.context import Actor


class Topic(models.TextChoices):
    """What a line is about, for the filter."""

    CHANGE = "change", _("Entries and corrections")
    LOOK = "look", _("Looks at sealed values")
    STATUS = "status", _("Status and village")
    MEMBERS = "members", _("Members")
    VISIT = "visit", _("Visits")
    MONITORING = "monitoring", _("Monitoring")
    DOSSIER = "dossier", _("Dossiers")
    ASSISTANCE = "assistance", _("Assistance")
    QUALITY = "quality", _("Data quality")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: `at` is the moment of a deed, `on` the day of a fact without a moment.

    `key` parts lines of the same moment, `text` is the sentence in the reader's language, `deed` what was done
    together. `verb` is empty for work on many households at once, which names none of them in the audit trail.
    `code` is the status, category, relation or reason that a fact is about, `name` the person. `shown` has the
    `changes` in words.
    """

    key: str
    topic: Topic
    kind: str
    at: datetime | None
    on: date | None
    text: str
    deed: str = ""
    verb: str = ""
    who: str = ""
    who_name: str = ""
    role: str = ""
    reason: str = ""
    code: str = ""
    code_label: str = ""
    name: str = ""
    village_code: str = ""
    village_name: str = ""
    changes: tuple[FieldChange, ...] = ()
    shown: tuple[ShownChange, ...] = ()

    @property
    def moment(self) -> datetime:
        """Give where the line stands: a day without a moment begins with that day, no day is before all others."""
        return self.at or (start_of(self.on) if self.on else _FIRST)

    @property
    def role_label(self) -> str:
        """Give the role of whoever did it in words; details of earlier versions name none."""
        return str(Role(self.role).label) if self.role else ""

    @property
    def day(self) -> date | None:
        """Give the day under which the line is shown, as the county counts it."""
        return self.at.astimezone(TIME_ZONE).date() if self.at else self.on

    @property
    def place(self) -> tuple[datetime, str]:
        """Give what orders lines and parts pages."""
        return self.moment, self.key


Teller = Callable[[Household, Actor], Iterable[Entry]]
_tellers: Final[list[Teller]] = []
_FIRST: Final = start_of(date(1900, 1, 1))


def tell(teller: Teller) -> Teller:
    """Have an app tell what it knows of a household; it asks itself what the actor may know."""
    _tellers.append(teller)
    return teller


def told(household: Household, actor: Actor) -> Iterable[Entry]:
    """Give the lines of every app."""
    for teller in _tellers:
        yield from teller(household, actor)


def cursor_after(entry: Entry) -> str:
    """Give the cursor of the page that begins after a line."""
    moment, key = entry.place
    return base64.urlsafe_b64encode(f"{moment.isoformat()} {key}".encode()).decode().rstrip("=")


def place_of(cursor: str) -> tuple[datetime, str]:
    """Read a cursor. Raises: DomainError."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        moment, _space, key = text.partition(" ")
        return datetime.fromisoformat(moment).astimezone(TIME_ZONE), key
    except (ValueError, binascii.Error, OverflowError) as error:
        message = _("The cursor is not one of ours. Begin again without it.")
        raise DomainError("api.bad_cursor", message, field="cursor") from error
