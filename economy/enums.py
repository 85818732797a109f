"""Choices of the collective economy. What differs between counties is a code list or a figure."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SOURCE_SCHEME: Final = "collective_source"
PROJECT_SCHEME: Final = "industry_project_kind"
ASSET_SCHEME: Final = "project_asset_kind"
ACTION_SCHEME: Final = "enrichment_action"
# What an entry of a project's money may say.
MONEY: Final = ("planned_yuan", "arrived_yuan", "spent_yuan", "folded_yuan", "returned_yuan")
# What a village earns itself, and what it is given: the two entries that stand above the sources.
OWN: Final = "own"
AID: Final = "aid"


class EntryKind(models.TextChoices):
    """Which side of the ledger an entry stands on."""

    INCOME = "income", _("Income")
    COST = "cost", _("Cost")


class DividendState(models.TextChoices):
    """Where a dividend stands."""

    PROPOSED = "proposed", pgettext_lazy("state of a dividend", "Proposed")
    APPROVED = "approved", pgettext_lazy("state of a dividend", "Approved")
    REFUSED = "refused", pgettext_lazy("state of a dividend", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a dividend", "Withdrawn")


class Payer(models.TextChoices):
    """Who paid a dividend out, on which depends what the collective's ledger books of it."""

    PROJECT = "project", _("The project or enterprise paid the holders itself")
    COLLECTIVE = "collective", _("The collective had the money, and paid the households")


class ProjectState(models.TextChoices):
    """Where an industry project stands."""

    LIBRARY = "library", pgettext_lazy("state of an industry project", "In the library")
    PROPOSED = "proposed", pgettext_lazy("state of an industry project", "Proposed")
    APPROVED = "approved", pgettext_lazy("state of an industry project", "Approved")
    UNDER_WAY = "under_way", pgettext_lazy("state of an industry project", "Under way")
    COMPLETED = "completed", pgettext_lazy("state of an industry project", "Completed, not accepted yet")
    ACCEPTED = "accepted", pgettext_lazy("state of an industry project", "Accepted")
    STOPPED = "stopped", pgettext_lazy("state of an industry project", "Stopped")


class AssetOwner(models.TextChoices):
    """Who owns a project's asset."""

    VILLAGE = "village", _("Collective of a village")
    TOWNSHIP = "township", pgettext_lazy("owner of an asset", "Township")
    COUNTY = "county", pgettext_lazy("owner of an asset", "County")
    COOPERATIVE = "cooperative", pgettext_lazy("owner of an asset", "Cooperative")


class AssetState(models.TextChoices):
    """Where a project's asset stands."""

    IN_USE = "in_use", pgettext_lazy("state of an asset", "In use")
    IDLE = "idle", pgettext_lazy("state of an asset", "Idle")
    DISPOSED = "disposed", pgettext_lazy("state of an asset", "Disposed of")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of an asset", "Entered in error")
