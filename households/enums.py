"""Choices of the households. What differs by year or county (causes, relations, categories) is a code list."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registry.lib.periods import Precision

# How exact a date is, as people read it.
PRECISION_CHOICES: Final = ((Precision.DAY.value, _("Day")), (Precision.MONTH.value, _("Month")))
# 与户主关系: 户主. Source: national column AAB006.
HEAD_RELATION: Final = "01"
# 健康状况: 健康, which no other state of health goes with. Source: list `health`.
HEALTHY: Final = "1"
# 在校生状况: unknown, or 非在校生. Source: list `school_status`; rule 13 of the provincial checks.
NOT_AT_SCHOOL: Final = ("", "00")
# The marks of a disability certificate. Source: registry.lib.idcard, characters 19 and 20 of its number.
DISABILITY_CATEGORIES: Final = ("1", "2", "3", "4", "5", "6", "7")
DISABILITY_GRADES: Final = ("1", "2", "3", "4")
# No certificate is older. House rule: a limit of plausibility; the first national certificates are of the nineties.
EARLIEST_DISABILITY_CARD: Final = 1990
# Codes of 家庭成员增减原因 that a rule asks for: 新生儿, 长期离家返回, 退役复员, 并户, 死亡, 分户, 长期离家, 参军.
# Source: code_lists/membership_change.csv.
BIRTH_REASON: Final = "11"
BACK_REASON: Final = "15"
DISCHARGED_REASON: Final = "16"
JOINED_REASON: Final = "18"
DEATH_REASON: Final = "21"
SPLIT_REASON: Final = "24"
ABSENT_REASON: Final = "25"
SERVING_REASON: Final = "26"
# Who leaves or joins for these reasons does not go to, or come from, a household of another county.
STAYS_IN_COUNTY: Final = frozenset(
    {
        BIRTH_REASON,
        BACK_REASON,
        DISCHARGED_REASON,
        JOINED_REASON,
        DEATH_REASON,
        SPLIT_REASON,
        ABSENT_REASON,
        SERVING_REASON,
    }
)
# A code of the list `closing_reason`: the household, and each of its members with it, went to another county.
TRANSFERRED: Final = "transferred"


class HouseholdStatus(models.TextChoices):
    """What a household is on the register for. The terms that people read are a code list by edition and date."""

    CANDIDATE = "candidate", _("Candidate")
    FILED = "filed", _("Filed, not lifted")
    LIFTED = "lifted", _("Lifted")
    RETURNED = "returned", _("Returned to poverty")
    ORDINARY = "ordinary", _("Ordinary household")
    CLOSED = "closed", _("Closed")


# Who counts as not lifted out of poverty.
NOT_LIFTED: Final = frozenset({HouseholdStatus.FILED, HouseholdStatus.RETURNED})


class MonitoringState(models.TextChoices):
    """Where a household stands in the monitoring against (renewed) poverty."""

    NONE = "none", _("Not monitored")
    IDENTIFIED = "identified", _("Identified, risk not removed")
    REMOVED = "removed", _("Risk removed")
    RELAPSED = "relapsed", _("Relapsed, risk not removed")


# A household that was closed at risk: its monitoring ended with it, and no risk was removed. Only shown, never stored.
ENDED_AT_RISK: Final = "ended"
MONITORING_SHOWN: Final = (*MonitoringState.choices, (ENDED_AT_RISK, _("Ended with the household")))


class Stock(models.TextChoices):
    """The three stocks of the clear account (明白账)."""

    NOT_LIFTED = "not_lifted", _("Not lifted")
    LIFTED = "lifted", _("Lifted")
    MONITORED = "monitored", _("Monitored, risk not removed")


class VisitSection(models.TextChoices):
    """The parts of the household form that a visit may find unchanged."""

    BASIC = "basic", _("Basic facts")
    MEMBERS = "members", _("Members")
    LIVING = "living", _("Production and living conditions")
    INCOME = "income", _("Income")


class PostingKind(models.TextChoices):
    """Why a stock changed. docs/ledger.md says which verb posts which kind."""

    TAKEOVER = "takeover", _("Taken over")
    FILED = "filed", _("Filed")
    RETURNED = "returned", _("Returned to poverty")
    LIFTED = "lifted", pgettext_lazy("kind of posting", "Lifted")
    IDENTIFIED = "identified", _("Identified for monitoring")
    RELAPSED = "relapsed", _("Relapsed")
    RISK_REMOVED = "risk_removed", _("Risk removed")
    NATURAL_IN = "natural_in", _("Natural increase")
    NATURAL_OUT = "natural_out", _("Natural decrease")
    MOVED_IN = "moved_in", _("Moved in from another village")
    MOVED_OUT = "moved_out", _("Moved out to another village")
    SPLIT = "split", _("Split")
    MERGE = "merge", _("Merged")
    WRONGLY_FILED = "wrongly_filed", _("Wrongly filed")
    CORRECTION = "correction", _("Correction")


# Status by status, the stock in which the household is counted; the others are in none.
STOCK_OF_STATUS: Final[dict[str, Stock]] = {
    HouseholdStatus.FILED: Stock.NOT_LIFTED,
    HouseholdStatus.RETURNED: Stock.NOT_LIFTED,
    HouseholdStatus.LIFTED: Stock.LIFTED,
}
# The monitoring states in which the risk is not removed.
AT_RISK: Final = frozenset({MonitoringState.IDENTIFIED, MonitoringState.RELAPSED})
# The statuses of a household that is on the register.
ON_REGISTER: Final = frozenset(
    {HouseholdStatus.FILED, HouseholdStatus.RETURNED, HouseholdStatus.LIFTED, HouseholdStatus.ORDINARY}
)


class TieKind(models.TextChoices):
    """How a household is tied to another one: where it came from, and where it went."""

    SPLIT_FROM = "split_from", _("Founded by a split of")
    SPLIT_OFF = "split_off", _("Was split; founded")
    MERGED_INTO = "merged_into", _("Merged into")
    MERGED_FROM = "merged_from", _("Took in by a merger")
    CAME_FROM = "came_from", _("Came from another county as")
    WENT_TO = "went_to", _("Went to another county as")


class TransferDirection(models.TextChoices):
    """On which side of a transfer between counties a row stands."""

    OUTGOING = "outgoing", _("To another county")
    INCOMING = "incoming", _("From another county")


class TransferSubject(models.TextChoices):
    """Who goes to another county."""

    HOUSEHOLD = "household", pgettext_lazy("transfer between counties", "Whole household")
    PERSON = "person", pgettext_lazy("transfer between counties", "One person")


class TransferState(models.TextChoices):
    """How far a transfer between counties is. docs/transfers.md has the table."""

    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Accepted, on its way")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed")
    DONE = "done", pgettext_lazy("transfer between counties", "Done")


class DuplicateState(models.TextChoices):
    """What became of a person whom two counties have. Source: house rule, docs/decisions/0075."""

    NEW = "new", _("Open")
    TRANSFERRED = "transferred", _("Transferred")
    CORRECTED = "corrected", _("Number corrected")
    BOTH_RIGHT = "both_right", _("Both are right")


class NearReason(models.TextChoices):
    """Why two persons of a county may be one. Source: house rule, docs/decisions/0123."""

    SAME_NAME_BIRTH = "same_name_birth", _("Same name and same day of birth")
    SOUND_BIRTH = "sound_birth", _("The names sound alike, same day of birth")
    SHORT_NAME_BIRTH = "short_name_birth", _("One name begins with the other, same day of birth, same township")
    NAME_VILLAGE = "name_village", _("Same name and same village; a day of birth is missing or in the same year")


class NearState(models.TextChoices):
    """What two persons who look alike are."""

    NEW = "new", _("Open")
    DIFFERENT = "different", _("Different persons")
    SAME = "same", _("Same person, put right")


class ChangeKind(models.TextChoices):
    """What a change request is about."""

    IDENTITY = "identity", _("Identity of a person")
    ACCOUNT = "account", _("Bank account of a household")
    STATUS = "status", _("Status or monitoring of a household")
    FIGURES = "figures", _("Figures of a closed year")


class ChangeState(models.TextChoices):
    """What became of a change request."""

    OPEN = "open", _("Waits for a second person")
    APPROVED = "approved", pgettext_lazy("change request", "Approved")
    REFUSED = "refused", pgettext_lazy("change request", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("change request", "Withdrawn")
