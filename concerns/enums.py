"""Choices of requests and grievances. What differs between counties is a code list or a figure."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registry.enums import Role

KIND_SCHEME: Final = "request_kind"
CHANNEL_SCHEME: Final = "request_channel"
MATTER_SCHEME: Final = "grievance_matter"
REMEDY_SCHEME: Final = "grievance_remedy"
# Of the list of remedies: it is put right on the page of the team, all else on that of the household.
CHANGE_OF_TEAM: Final = "4"
# The periods of grievances beside those of the kinds of requests.
ACKNOWLEDGE: Final = "acknowledge"
ANSWER: Final = "answer"


class RequestState(models.TextChoices):
    """Where a request stands."""

    OPEN = "open", pgettext_lazy("state of a request", "Open")
    TAKEN = "taken", pgettext_lazy("state of a request", "Taken on")
    SOLVED = "solved", pgettext_lazy("state of a request", "Solved, not confirmed yet")
    CONFIRMED = "confirmed", pgettext_lazy("state of a request", "Confirmed as solved")
    REFUSED = "refused", pgettext_lazy("state of a request", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a request", "Withdrawn")


class OwnerRole(models.TextChoices):
    """Which side solves a request; of its own area, which is that of the request."""

    HELPER = Role.HELPER.value, Role.HELPER.label
    VILLAGE_TEAM = Role.VILLAGE_TEAM.value, Role.VILLAGE_TEAM.label
    TOWNSHIP_CLERK = Role.TOWNSHIP_CLERK.value, Role.TOWNSHIP_CLERK.label
    COUNTY_OFFICE = Role.COUNTY_OFFICE.value, Role.COUNTY_OFFICE.label


class RequestColumn(models.TextChoices):
    """A column of a file with requests."""

    PLACE = "place", _("household number or village code")
    KIND = "kind_code", _("kind of request")
    CHANNEL = "channel_code", _("how it was told")
    DAY = "told_on", _("told on")
    TEXT = "text", _("what is asked for")


# What still waits for somebody to do something about it.
WAITING: Final = (RequestState.OPEN, RequestState.TAKEN)


class Against(models.TextChoices):
    """Who is complained of."""

    NOBODY = "nobody", _("Nobody: the matter itself")
    HELPER = "helper", _("A helper")
    TEAM = "team", _("A work team")
    ACCOUNT = "account", _("Somebody with a login")
    TOWNSHIP = "township", _("The township")
    COUNTY = "county", _("The county office")


class Level(models.TextChoices):
    """Who answers a grievance."""

    TOWNSHIP = "township", _("The township")
    COUNTY = "county", _("The county office")
    ABOVE = "above", _("The level above the county")


class Reach(models.TextChoices):
    """From which level upwards a grievance is seen: the office of whoever is complained of lies below it."""

    VILLAGE = "village", _("The village and above")
    TOWNSHIP = "township", _("The township and above")
    COUNTY = "county", _("The county office alone")
    ABOVE = "above", _("The audit administrator alone")


class GrievanceState(models.TextChoices):
    """Where a grievance stands."""

    FILED = "filed", pgettext_lazy("state of a grievance", "Filed")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("state of a grievance", "Acknowledged")
    ANSWERED = "answered", pgettext_lazy("state of a grievance", "Answered")
    SETTLED = "settled", pgettext_lazy("state of a grievance", "Settled: the household is content")
    EXHAUSTED = "exhausted", pgettext_lazy("state of a grievance", "Ended: the last level has answered")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a grievance", "Withdrawn by the household")


class Verdict(models.TextChoices):
    """What an answer says."""

    UPHELD = "upheld", _("Upheld")
    PARTLY = "partly", _("Upheld in part")
    NOT_UPHELD = "not_upheld", _("Not upheld")


class Reply(models.TextChoices):
    """What the household says to an answer."""

    CONTENT = "content", _("Content with the answer")
    NOT_CONTENT = "not_content", _("Not content: to the next level")


# What waits for an office.
PENDING: Final = (GrievanceState.FILED, GrievanceState.ACKNOWLEDGED)
